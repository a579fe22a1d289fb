"""What a marked tree says to people: a list of the places that differ, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

from docctl.content.differing.sides import accepted, across, has_columns, held
from docctl.content.differing.telling.notations import MARKDOWN, NAMED, PLAIN, Notation
from docctl.content.differing.telling.saying import MarkedWords, parts_of, said
from docctl.content.differing.telling.shapes import shape
from docctl.content.marks import Changed, Deleted, Inserted, Mark
from docctl.content.tree import (
    Block,
    Definition,
    Document,
    Figure,
    Heading,
    Inlines,
    ListItem,
    Paragraph,
    Table,
    Text,
)
from docctl.content.walk import plain

__all__ = ["ChangedPlace", "differences"]


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """A place that differs. What was looks as in Markdown: `**bold**`, `[words](target)`."""

    place: tuple[str, ...]
    """The headings above it in the newer tree, outer first; empty above the first heading."""

    kind: Literal["inserted", "deleted", "changed"]
    was: str
    """Empty where it was inserted."""

    now: str
    """Empty where it was deleted."""

    parts: tuple[MarkedWords, ...] = ()
    """Of changed words all of them, in order: what was kept, deleted, inserted."""

    plainly: tuple[MarkedWords, ...] = ()
    """The same in plain words, without Markdown; of what was not changed by words, the whole."""

    moved: str = ""
    """Where a passage begins that was moved, the heading that it went to or came from."""


def differences(marked: Document, newer: Document | None = None) -> tuple[ChangedPlace, ...]:
    """Return the places that differ, in the order of the text; footnotes come last.

    With *newer*, the newer tree in it, blocks that it shares with that one need no second look.

    A number that was only counted, or a place that links lead to, is no difference.
    """
    found = _Listing(newer.blocks if newer else ())
    found.row(marked.blocks)
    found.place = [_NOTES]
    found.row(marked.footnotes)
    return tuple(found.made)


#: What footnotes stand under.
_NOTES = Heading(1, (Text("Notes"),), "")

#: What stands between two cells.
_EDGE = Text(" | ")

_NOTATIONS = (MARKDOWN, PLAIN, NAMED)


class _Listing:
    """The differences found, and where in the text we are."""

    def __init__(self, same: Iterable[Block]) -> None:
        self._same = frozenset(map(id, same))
        self.made: list[ChangedPlace] = []
        self.place: list[Heading] = []
        self.gone: list[Heading] = []
        """The headings that went with what stood under them."""

    def row(self, nodes: Iterable[Any]) -> None:
        """Look through blocks, items, rows or notes."""
        for node in nodes:
            if not isinstance(node, Deleted):
                self.gone = []
            if isinstance(node, Inserted | Deleted):
                self._mark(node)
            elif isinstance(node, Changed):
                self._shape(node)
            elif id(node) in self._same:
                self._enter(node)
            else:
                self._node(node)

    def _shape(self, change: Changed) -> None:
        self._enter(change.now)
        if isinstance(change.now, Table) and has_columns(change.now):
            change = across(change)
        if isinstance(change.now, ListItem):
            self._box(change)
        elif isinstance(change.now, Figure):
            self._figure(change)
        elif change.words:
            self._code(change)
        was, now = shape(change)
        if was != now:
            self._add("changed", was, now, plainly=(("deleted", was), ("inserted", now)))
        if id(change.now) not in self._same:
            self._node(change.now)

    def _box(self, change: Changed) -> None:
        """Tell that an item was ticked, or is no more; its first block says which one it is."""
        item = accepted(change.now)
        parts, plainly = (
            _told(
                ("deleted", notation.boxes[change.was.checked]),
                ("inserted", notation.boxes[item.checked]),
                ("kept", "".join(said(block, notation) for block in item.blocks[:1])),
            )
            for notation in (MARKDOWN, PLAIN)
        )
        self._add("changed", *_sides(parts), parts, plainly)

    def _figure(self, change: Changed) -> None:
        was, now = (replace(one.image, title="") for one in (change.was, change.now))
        if was != now:
            words = [
                (said(change.was, notation), said(change.now, notation)) for notation in _NOTATIONS
            ]
            before, after = next(pair for pair in words[1:] if len({*pair}) > 1)
            self._add("changed", *words[0], plainly=_told(("deleted", before), ("inserted", after)))
        self._line(change.words)

    def _code(self, change: Changed) -> None:
        """Tell line by line what changed; of code where nothing can be seen of it, the whole."""
        count = len(self.made)
        for line in _lines(change.words):
            marks: tuple[Any, ...] = line
            kinds: set[Any] = {*map(type, line)}
            if len(kinds) == 1 and kinds <= {Deleted, Inserted}:
                (kind,) = kinds
                self._mark(kind((Paragraph(tuple(one.nodes[0] for one in marks)),)))
            else:
                self._line(line)
        if len(self.made) == count and change.was.text != change.now.text:
            was, now = said(change.was), said(change.now)
            self._add("changed", was, now, plainly=_told(("deleted", was), ("inserted", now)))

    def _mark(self, mark: Mark) -> None:
        for node in mark.nodes:
            came = isinstance(mark, Inserted)
            if came:
                self._enter(node)
            elif isinstance(node, Heading):
                self.gone = _under(self.gone, node)
            sides = ("", said(node)) if came else (said(node), "")
            kind: Literal["inserted", "deleted"] = "inserted" if came else "deleted"
            if mark.along:
                self._go_on(*sides, (kind, said(node, PLAIN)))
            else:
                self._add(kind, *sides, plainly=((kind, said(node, PLAIN)),), moved=mark.moved)

    def _go_on(self, was: str, now: str, plainly: MarkedWords) -> None:
        """Let the passage that was told last go on: it was moved as a whole."""
        last = self.made.pop()
        sides = (f"{last.was} {was}".strip(), f"{last.now} {now}".strip())
        words = ((plainly[0], f"{last.plainly[0][1]} {plainly[1]}"),)
        self.made.append(replace(last, was=sides[0], now=sides[1], plainly=words))

    def _node(self, node: Any) -> None:
        self._enter(node)
        if isinstance(node, tuple):
            self._cells(node)
            return
        if isinstance(node, Table):
            self._columns(node)
            self._cells(node.head)
            self.row(node.rows)
            self._line(node.caption)
        elif isinstance(node, Definition):
            self._line(node.term)
            for one in node.definitions:
                self.row(one)
        else:
            for name in held(node):
                part = getattr(node, name)
                self._line(part) if name == "inlines" else self.row(part)

    def _enter(self, node: Any) -> None:
        if isinstance(node, Heading):
            self.place = _under(self.place, node)

    def _columns(self, table: Table) -> None:
        """Tell of columns that came or went, each with what stands in it."""
        head: tuple[Any, ...] = table.head
        for at, mark in enumerate(head):
            if isinstance(mark, Inserted | Deleted):
                rows: Iterator[Any] = (row for row in table.rows if isinstance(row, tuple))
                cells = [one.nodes[0] for one in (mark, *(row[at] for row in rows))]
                words, plainly = (_column(cells, notation) for notation in (MARKDOWN, PLAIN))
                if isinstance(mark, Inserted):
                    self._add("inserted", "", words, plainly=(("inserted", plainly),))
                else:
                    self._add("deleted", words, "", plainly=(("deleted", plainly),))

    def _cells(self, row: tuple[Any, ...]) -> None:
        """Tell of a row as a whole: another cell says little without the others."""
        cells = [cell for cell in row if isinstance(cell, tuple) and cell]
        self._line(
            tuple(chain.from_iterable((*cells[:1], *((_EDGE, *cell) for cell in cells[1:]))))
        )

    def _line(self, inlines: Inlines) -> None:
        parts = tuple(parts_of(inlines))
        if any(kind != "kept" for kind, _ in parts):
            was, now = _sides(parts)
            self._add("changed", was, now, parts, _plainly(inlines))

    def _add(
        self,
        kind: Literal["inserted", "deleted", "changed"],
        was: str,
        now: str,
        parts: tuple[MarkedWords, ...] = (),
        plainly: tuple[MarkedWords, ...] = (),
        moved: str = "",
    ) -> None:
        above = [one for one in self.place if not self.gone or one.level < self.gone[0].level]
        place = tuple(map(_titled, (*above, *self.gone)))
        self.made.append(ChangedPlace(place, kind, was, now, parts, plainly, moved))


def _under(place: Sequence[Heading], heading: Heading) -> list[Heading]:
    """Return the headings that stand above what follows *heading*, which is the last."""
    return [*(one for one in place if one.level < heading.level), heading]


def _titled(heading: Heading) -> str:
    return f"{heading.number} {plain(heading.inlines)}".strip()


def _column(cells: Sequence[Inlines], notation: Notation) -> str:
    head, *texts = (said((cell,), notation) for cell in cells)
    return f"column {head}: {'; '.join(filter(None, texts))}".strip(": ")


def _told(*parts: MarkedWords) -> tuple[MarkedWords, ...]:
    return tuple(part for part in parts if part[1])


def _lines(words: Inlines) -> Iterator[Inlines]:
    """Yield the lines of a text with marks that have words."""
    line: list[Any] = []
    one: Any
    for one in words:
        kept = isinstance(one, Text)
        first, *others = (one.text if kept else one.nodes[0].text).split("\n")
        for at, text in enumerate((first, *others)):
            if at:
                yield tuple(line)
                line = []
            if text.strip():
                line.append(Text(text) if kept else type(one)((Text(text),)))
    yield tuple(line)


def _sides(parts: tuple[MarkedWords, ...]) -> tuple[str, str]:
    """Return what was said, and what is."""
    was = "".join(words for kind, words in parts if kind != "inserted")
    now = "".join(words for kind, words in parts if kind != "deleted")
    return was, now


def _plainly(inlines: Inlines) -> tuple[MarkedWords, ...]:
    """Return the plain words of a line; where these are the same, with what else differs."""
    parts = tuple(parts_of(inlines, PLAIN))
    was, now = _sides(parts)
    return tuple(parts_of(inlines, NAMED)) if was == now else parts
