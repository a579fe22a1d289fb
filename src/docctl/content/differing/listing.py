"""What a marked tree says to people: a list of the places that differ, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from docctl.content.differing.saying import Part, parts_of, said
from docctl.content.differing.shapes import shape
from docctl.content.differing.sides import held
from docctl.content.differing.tongues import NAMED, PLAIN
from docctl.content.marks import Changed, Deleted, Inserted, Mark
from docctl.content.tree import Block, Definition, Document, Heading, Inlines, Table
from docctl.content.walk import plain

__all__ = ["Difference", "differences"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place that differs. What was looks as in Markdown: `**bold**`, `[words](target)`."""

    place: tuple[str, ...]
    """The headings above it in the newer tree, outer first; empty above the first heading."""

    kind: Literal["inserted", "deleted", "changed"]
    was: str
    """Empty where it was inserted."""

    now: str
    """Empty where it was deleted."""

    parts: tuple[Part, ...] = ()
    """Of changed words all of them, in order: what was kept, deleted, inserted."""

    plainly: tuple[Part, ...] = ()
    """The same in plain words, without Markdown; of what was not changed by words, the whole."""


def differences(marked: Document, newer: Document | None = None) -> tuple[Difference, ...]:
    """Return the places that differ, in the order of the text; footnotes come last.

    With *newer*, the newer tree in it, blocks that it shares with that one need no second look.

    A number that was only counted, or a place that links lead to, is no difference.
    """
    found = _Listing(newer.blocks if newer else ())
    found.row(marked.blocks)
    found.place = [(1, "Notes")]
    found.row(marked.footnotes)
    return tuple(found.made)


class _Listing:
    """The differences found, and where in the text we are."""

    def __init__(self, same: Iterable[Block]) -> None:
        self._same = frozenset(map(id, same))
        self.made: list[Difference] = []
        self.place: list[tuple[int, str]] = []

    def row(self, nodes: Iterable[Any]) -> None:
        """Look through blocks, items, rows or notes."""
        for node in nodes:
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
        was, now = shape(change)
        if was != now:
            self._add("changed", was, now, plainly=(("deleted", was), ("inserted", now)))
        self._node(change.now)

    def _mark(self, mark: Mark) -> None:
        for node in mark.nodes:
            if isinstance(mark, Inserted):
                self._enter(node)
                self._add("inserted", "", said(node), plainly=(("inserted", said(node, PLAIN)),))
            else:
                self._add("deleted", said(node), "", plainly=(("deleted", said(node, PLAIN)),))

    def _node(self, node: Any) -> None:
        self._enter(node)
        if isinstance(node, tuple):
            self._cells(node)
            return
        if isinstance(node, Table):
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
            above = [one for one in self.place if one[0] < node.level]
            title = f"{node.number} {plain(node.inlines)}".strip()
            self.place = [*above, (node.level, title)]

    def _cells(self, row: tuple[Inlines, ...]) -> None:
        for cell in row:
            self._line(cell)

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
        parts: tuple[Part, ...] = (),
        plainly: tuple[Part, ...] = (),
    ) -> None:
        place = tuple(title for _, title in self.place)
        self.made.append(Difference(place, kind, was, now, parts, plainly))


def _sides(parts: tuple[Part, ...]) -> tuple[str, str]:
    """Return what was said, and what is."""
    was = "".join(words for kind, words in parts if kind != "inserted")
    now = "".join(words for kind, words in parts if kind != "deleted")
    return was, now


def _plainly(inlines: Inlines) -> tuple[Part, ...]:
    """Return the plain words of a line; where these are the same, with what else differs."""
    parts = tuple(parts_of(inlines, PLAIN))
    was, now = _sides(parts)
    return tuple(parts_of(inlines, NAMED)) if was == now else parts
