"""References and footnotes of many documents, made those of one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from docctl.content.structure.labels import is_wordless
from docctl.content.structure.references import Target, telling
from docctl.content.tree import Block, Document, Footnote, FootnoteRef, Link, Mention, Reference
from docctl.content.walk import Changes, inlines_of
from docctl.render.references import TOLD

__all__ = ["NOTHING", "Asked", "Binding", "asked", "is_loose", "names"]


class Asked(NamedTuple):
    """What blocks ask of the manual that they stand in."""

    cited: tuple[tuple[str, str], ...] = ()
    """The numbers and sections that they refer to."""

    marks: tuple[str, ...] = ()
    """The notes that they mention, in the order of their first marks."""

    wordless: bool = False
    """Whether there are links that go by the name of what they lead to."""


#: What a text asks in which there is nothing to bind.
NOTHING = Asked()


def is_loose(block: Block) -> bool:
    """Tell whether anything in a block is to be bound."""
    found = inlines_of(Document((block,)), Reference, Mention, FootnoteRef, Link)
    return any(type(node) is not Link or not node.target or is_wordless(node) for node in found)


def asked(document: Document) -> Asked:
    """Return what the blocks and notes of *document* ask."""
    cited: dict[tuple[str, str], None] = {}
    marks: dict[str, None] = {}
    wordless = False
    for node in inlines_of(document, Reference, FootnoteRef, Link):
        if isinstance(node, Reference):
            cited[node.number, node.section] = None
        elif isinstance(node, FootnoteRef):
            marks[node.id] = None
        else:
            wordless = wordless or is_wordless(node)
    return Asked(tuple(cited), tuple(marks), wordless)


def names(found: Iterable[Asked], notes: Iterable[Footnote]) -> dict[str, str]:
    """Return the new names of footnotes: 1, 2, 3, … by their first marks, unmentioned ones last."""
    known = dict.fromkeys(note.id for note in notes)
    marks = dict.fromkeys(mark for one in found for mark in one.marks if mark in known)
    return {key: str(number) for number, key in enumerate({**marks, **known}, 1)}


@dataclass(frozen=True, slots=True)
class Binding:
    """What makes references and footnotes of many documents those of one.

    A reference to a printed document becomes a link; any other plain text, number and title. A
    section that the printed document does not have leads to its beginning.
    """

    targets: Mapping[str, Target]
    """What can be referred to, by number."""

    places: Collection[str]
    """The anchors that there are."""

    names: Mapping[str, str]
    """The new names of footnotes."""

    def answers(self, found: Asked) -> tuple[object, ...]:
        """Return everything that `changes` would make different in blocks that ask for *found*."""
        led = tuple([self._led(Reference(*cited)) for cited in found.cited])
        return led, tuple([self.names.get(mark, mark) for mark in found.marks])

    @property
    def changes(self) -> Changes:
        """The changes that resolve references and name the notes."""
        return {**TOLD, Reference: self._led, Footnote: self._named, FootnoteRef: self._named}

    def _led(self, reference: Reference) -> Reference | Link:
        node = telling(self.targets.get)(reference)
        if not node.target:
            return node
        home = f"#{self.targets[node.number].anchor}"
        return Link(node.target if node.target[1:] in self.places else home, node.inlines)

    def _named(self, node: Footnote | FootnoteRef) -> Footnote | FootnoteRef:
        return replace(node, id=self.names.get(node.id, node.id))
