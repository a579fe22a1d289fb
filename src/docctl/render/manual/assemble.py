"""Putting the manual together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain, compress, islice
from types import MappingProxyType

from docctl.content.nodes import ACROSS, words
from docctl.content.structure.outline import anchors, numbered, title_of
from docctl.content.structure.references import Target
from docctl.content.tree import (
    Block,
    Blocks,
    Document,
    Footnote,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from docctl.content.walk import Changes, changed
from docctl.model.answers.controlled import ControlledCopy
from docctl.render.manual.appendix import appendices
from docctl.render.manual.parts import anchor_of, frame_of, picture_names, section_of
from docctl.render.manual.references import binding, named
from docctl.render.manual.sources import Input, ManualSources, Part, inputs, issue_mark
from docctl.render.manual.system import with_system

__all__ = ["Compilation", "assemble"]


_NUMBER = re.compile(r"\w+(?:\.\w+)*")


@dataclass(frozen=True, slots=True)
class Compilation:
    """A manual ready to be written, by any writer.

    `images` are the pictures by the names that the tree uses. `copy` is the manual's own, with a
    note that names the issue.
    """

    tree: Document
    copy: ControlledCopy
    images: Mapping[str, bytes]
    inputs: tuple[Input, ...]
    issue: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Blocks whose headings are numbered with the manual, and those of a text under the last."""

    counted: Blocks
    own: Blocks = ()
    places: frozenset[str] = frozenset()
    loose: tuple[bool, ...] = ()
    """For each of its own blocks whether there are references or notes in it."""

    @classmethod
    def of(cls, blocks: Blocks) -> "_Piece":
        """Return the piece of blocks that are counted, with references in them."""
        return cls(blocks, (), anchors(Document(blocks)))

    @property
    def to_bind(self) -> Blocks:
        """Return the blocks in which there may be references or notes."""
        return (*self.counted, *compress(self.own, self.loose))

    def bound(self, changes: Changes) -> "_Piece":
        """Return the piece with its references and notes bound."""
        own = self.own
        if any(self.loose):
            pairs = zip(own, self.loose, strict=True)
            own = tuple([changed(one, changes) if loose else one for one, loose in pairs])
        return replace(self, counted=changed(self.counted, changes), own=own)


def assemble(manual: ManualSources) -> Compilation:
    """Return the manual: frame, chapters, appendices, as one tree with one set of names.

    Anchors, footnotes and pictures of different documents never collide; a reference to a printed
    document is a link within the manual, any other is text. The same sources give the same result.

    Raises:
        InputError: the frame is not a manual.
    """
    notes: list[Footnote] = []
    frame = with_system(frame_of(manual.frame), manual)
    notes += frame.footnotes
    chapters = tuple(_chapters(manual, notes))
    pieces = (_Piece.of(frame.blocks), *chapters, _Piece.of(appendices(manual)))
    issue = issue_mark(manual)
    return Compilation(
        tree=_bound(pieces, tuple(notes), manual),
        copy=_stated(manual.frame.copy, issue),
        images=MappingProxyType(dict(_pictures(manual))),
        inputs=inputs(manual),
        issue=issue,
    )


def _bound(
    pieces: Sequence[_Piece], notes: tuple[Footnote, ...], manual: ManualSources
) -> Document:
    """Return the pieces as one text, with the references and the notes of one."""
    loose = tuple(block for piece in pieces for block in piece.to_bind)
    places = frozenset().union(*(piece.places for piece in pieces))
    changes = binding(Document(loose, notes), _targets(manual), places)
    blocks = _numbered([piece.bound(changes) for piece in pieces])
    placed = sorted(changed(notes, changes), key=lambda note: int(note.id))
    return named(Document(blocks, tuple(placed), "source"), Document(loose, notes))


def _chapters(manual: ManualSources, notes: list[Footnote]) -> Iterator[_Piece]:
    chosen = zip(manual.rules.chapters, manual.chosen, manual.chapters, strict=True)
    for at, (chapter, numbers, parts) in enumerate(chosen, 1):
        heading = Heading(1, words(chapter.title), f"chapter_{at}")
        yield _Piece((PageBreak(), heading), places=frozenset({heading.anchor}))
        for place, part in enumerate(parts):
            section = section_of(part, said=manual.frame.copy.notes)
            notes += section.footnotes
            begin: Blocks = (PageBreak(),) if place else ()
            counted = (*begin, section.heading)
            yield _Piece(counted, section.text, section.places, section.loose)
        missing = _missing(numbers, parts, manual.cut_off)
        yield _Piece((), missing, loose=(False,) * len(missing))


def _missing(numbers: tuple[str, ...], parts: tuple[Part, ...], cut_off: date) -> Blocks:
    """Say what a chapter names and cannot print, or that it has nothing to print."""
    printed = {part.copy.number for part in parts}
    end = f"in force at the end of {cut_off}"
    absent = [f"{n} was not {end} and is not printed." for n in numbers if n not in printed]
    sentences = absent if numbers else [f"No document of this chapter was {end}."]
    return tuple(Paragraph(words(sentence)) for sentence in sentences)


def _numbered(pieces: list[_Piece]) -> Blocks:
    """Return all blocks, numbered as one text: 8.1 is a document, 8.1.4.2 its section 4.2."""
    counted = tuple(block for piece in pieces for block in piece.counted)
    blocks = iter(numbered(Document(counted)).blocks)
    out: list[Block] = []
    for piece in pieces:
        out += islice(blocks, len(piece.counted))
        last = out[-1] if piece.counted else None
        out += _nested(piece.own, last.number if isinstance(last, Heading) else "")
    return tuple(_broken(out))


def _nested(blocks: Blocks, number: str) -> Iterator[Block]:
    """Yield the blocks of a text with *number* in front of the numbers that its headings have."""
    for block in blocks:
        own = block.number.rstrip(".)") if isinstance(block, Heading) else ""
        if isinstance(block, Heading) and _NUMBER.fullmatch(own):
            yield replace(block, number=f"{number}.{own}")
        else:
            yield block


def _broken(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks without page breaks beside a table across: it has a page of its own."""
    for at, block in enumerate(blocks):
        around = (blocks[at - 1 : at], blocks[at + 2 : at + 3])
        if not (isinstance(block, PageBreak) and any(map(_is_across, chain(*around)))):
            yield block


def _is_across(block: Block) -> bool:
    return isinstance(block, Table) and block.classes == ACROSS


def _targets(manual: ManualSources) -> Iterator[Target]:
    """Yield what references can name: first all documents as text, then those that are printed."""
    for row in manual.master:
        yield Target(row.number, row.title, row.revision)
    for chapter in manual.chapters:
        for part in chapter:
            number, title = part.copy.number, part.copy.document.title
            told = Target(number, title, part.copy.revision, anchor=anchor_of(number))
            yield replace(told, heading=partial(title_of, part.tree)) if part.exportable else told


def _pictures(manual: ManualSources) -> Iterator[tuple[str, bytes]]:
    chosen = (part for chapter in manual.chapters for part in chapter if part.exportable)
    for part in (manual.frame, *chosen):
        names = picture_names(part)
        yield from ((names[path], data) for path, data in part.images.items())


def _stated(copy: ControlledCopy, issue: str) -> ControlledCopy:
    day, _, _ = issue.partition(" ")
    note = f"Issue {issue}: made from the documents in force at the end of {day}."
    return copy.model_copy(update={"notes": (*copy.notes, note)})
