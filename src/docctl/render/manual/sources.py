"""What a manual is made of, which documents it selects, and the mark of an issue.

The same sources give the same manual, byte for byte: they hold all that it shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from docctl.content import tree
from docctl.errors import InputError
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.document import Chapter, Document, Manual, may_be_handed_out
from docctl.model.lifecycle import State


def _no_images() -> Mapping[str, bytes]:
    return MappingProxyType({})


#: Characters of the digest that an issue mark shows.
_SHORT = 12


@dataclass(frozen=True, slots=True)
class ManualPart:
    """One document: its facts, its text, and its pictures by their paths among its files."""

    copy: ControlledCopy
    tree: tree.Document
    images: Mapping[str, bytes] = field(default_factory=_no_images)
    made: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was made of the same tree before, see `content.kept.KeptTree`."""

    @property
    def exportable(self) -> bool:
        """Tell whether its licence lets its text be handed out."""
        return may_be_handed_out(self.copy.document)


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """A function of the organisation: who holds it, what it answers for and may decide."""

    title: str
    holders: tuple[str, ...] = ()
    responsibility: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class MasterRow:
    """One line of the master list; `clauses` are the document's, as its metadata name them."""

    number: str
    title: str
    type_title: str
    revision: str
    state: State
    effective_on: date | None
    review_due_on: date | None
    owner: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class ManualSources:
    """Everything a manual is made of.

    `parts` are the documents that its chapters may select, as they were in force at the end of
    `cut_off`. `functions` and `master` are printed in their order.
    """

    frame: ManualPart
    """The manual's own approved text; its document is a `Manual`."""

    parts: tuple[ManualPart, ...]
    functions: tuple[FunctionRow, ...]
    master: tuple[MasterRow, ...]
    cut_off: date

    @property
    def rules(self) -> Manual:
        """Return the metadata of the frame.

        Raises:
            InputError: the frame is a document of another type.
        """
        document = self.frame.copy.document
        if not isinstance(document, Manual):
            raise InputError(f"{self.frame.copy.number} is not a manual but a {document.type}")
        return document

    @cached_property
    def chosen(self) -> tuple[tuple[str, ...], ...]:
        """Return the numbers that each chapter selects, those of missing parts included."""
        return selection(self.rules, [_numbered(part) for part in self.parts])

    @cached_property
    def chapters(self) -> tuple[tuple[ManualPart, ...], ...]:
        """Return the parts that each chapter selects."""
        parts = {part.copy.number: part for part in self.parts}
        return tuple(
            tuple(parts[number] for number in numbers if number in parts) for numbers in self.chosen
        )


@dataclass(frozen=True, slots=True)
class Input:
    """One thing an issue was made from, pinned by its digest; lists have no revision, no date."""

    name: str
    revision: str
    content: str
    """SHA-256, 64 hexadecimal digits; of a document, the digest that every signature covers."""

    effective_on: date | None = None


def selection(rules: Manual, documents: Sequence[Document]) -> tuple[tuple[str, ...], ...]:
    """Return the numbers that each chapter selects from *documents*, in their order of printing.

    First come those a chapter names, whether or not they are among *documents*; then all that fit
    both its type and its process. No document is printed twice: the first chapter has it.
    """
    chapters = []
    taken: set[str] = set()
    for chapter in rules.chapters:
        fitting = (document.number or "" for document in documents if _fits(chapter, document))
        chosen = [n for n in dict.fromkeys((*chapter.include, *fitting)) if n not in taken]
        taken.update(chosen)
        chapters.append(tuple(chosen))
    return tuple(chapters)


def inputs(manual: ManualSources) -> tuple[Input, ...]:
    """Return what the issue is made from: the frame, the selected documents, the lists."""
    chosen = (part for chapter in manual.chapters for part in chapter)
    functions = (
        (one.title, one.responsibility, one.authority, *one.holders) for one in manual.functions
    )
    master = (map(str, astuple(row)) for row in manual.master)
    return (
        *(_pinned(part.copy) for part in (manual.frame, *chosen)),
        Input("Functions", "", _digest(functions)),
        Input("Master list", "", _digest(master)),
    )


def issue_digest(pinned: Iterable[Input]) -> str:
    """Return the digest of an issue, 64 hexadecimal digits: it differs when any input does."""
    return _digest((i.name, i.revision, i.content, str(i.effective_on or "")) for i in pinned)


def issue_mark(manual: ManualSources) -> str:
    """Return the mark of the issue: its cut-off date and the beginning of its digest."""
    return f"{manual.cut_off} / {issue_digest(inputs(manual))[:_SHORT]}"


def _numbered(part: ManualPart) -> Document:
    document = part.copy.document
    return document if document.number else document.but(number=part.copy.number)


def _fits(chapter: Chapter, document: Document) -> bool:
    wanted = ((chapter.type, (document.type,)), (chapter.process, document.processes))
    asked = [(value, offered) for value, offered in wanted if value]
    return bool(asked) and all(value in offered for value, offered in asked)


def _pinned(copy: ControlledCopy) -> Input:
    return Input(copy.number, copy.revision, copy.content, copy.effective_on)


def _digest(rows: Iterable[Iterable[str]]) -> str:
    """Hash rows of texts without control characters, so that no two lists give the same bytes."""
    total = sha256()
    for row in rows:
        total.update(("\x1f".join(row) + "\n").encode())
    return total.hexdigest()
