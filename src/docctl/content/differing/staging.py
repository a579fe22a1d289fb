"""A marked tree made ready for writers: marks only among inlines and among blocks."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from operator import is_
from types import MappingProxyType
from typing import Any

from docctl.content.differing.marking import noted
from docctl.content.differing.sides import across, emptied, has_columns, rejected
from docctl.content.marks import Changed, Deleted, Inserted, Mark, bare
from docctl.content.tree import (
    Blocks,
    Code,
    Definition,
    Document,
    Emphasis,
    Figure,
    Footnote,
    FootnoteRef,
    Heading,
    Image,
    Inlines,
    Link,
    ListItem,
    Paragraph,
    Reference,
    Strong,
    Table,
    Text,
)
from docctl.content.walk import FIELDS, Changes, blocks, changed, inlines_of

__all__ = ["staged"]


def staged(marked: Document, newer: Document) -> Document:
    """Return a marked tree whose marks stand only among inlines and among blocks.

    *newer* is the newer tree in it. What came or went with an item, a row or a term is marked
    inside it, as `whole`, and so is what came or went with a column, the head as well; of an item
    that was ticked, `checked` is a `Changed`. What was deleted
    bears only anchors that the newer tree has not, and marks of footnotes lead to the note of
    their own side: one that is on both sides stands there twice, if its mark has moved.
    """
    notes = _Notes(marked, newer)
    kept: set[str] = set()
    changes: dict[type, Changes] = {
        Inserted: notes.renamed(Inserted),
        Deleted: {**notes.renamed(Deleted), **dict.fromkeys(_ANCHORED, _unanchored(kept))},
    }

    def told(mark: Mark) -> Mark:
        wanted = changes[type(mark)]
        if not wanted or (type(mark.nodes[0]) in _SIMPLE and FootnoteRef not in wanted):
            return mark
        if not kept:
            kept.update(getattr(block, "anchor", "") for block in blocks(newer))
        return replace(mark, nodes=changed(mark.nodes, wanted))

    same = frozenset(map(id, newer.blocks))
    shown = tuple(one if _whole(one) in same else _staged(one, told) for one in marked.blocks)
    return replace(marked, blocks=shown, footnotes=_staged(notes.shown(), told))


def _whole(block: Any) -> int:
    """Return which block it is: that of the newer tree, if no mark stands in it."""
    return id(block.now if type(block) is Changed else block)


#: What is a mark or may hold one.
_MARKABLE = frozenset({tuple, *FIELDS})
#: Inlines, which bear no anchors.
_SIMPLE = frozenset({Text, Code, Emphasis, Strong, Link, Reference, Image, FootnoteRef})
_ANCHORED = (Heading, Table, Figure)


def _unanchored(kept: set[str]) -> Callable[[Any], Any]:
    return lambda block: replace(block, anchor="") if block.anchor in kept else block


def _staged(tree: Any, told: Callable[[Mark], Mark]) -> Any:
    if isinstance(tree, Inserted | Deleted):
        mark = told(tree) if tree.nodes else tree
        push = _WHOLE.get(type(mark.nodes[0])) if mark.nodes else None
        return push(type(mark), mark.nodes[0]) if push else mark
    if isinstance(tree, tuple):
        if _MARKABLE.isdisjoint(map(type, tree)):
            return tree
        parts = tuple([_staged(part, told) for part in tree])
        return tree if all(map(is_, parts, tree)) else parts
    return _reshaped(tree, told) if isinstance(tree, Changed) else _inside(tree, told)


def _reshaped(change: Changed, told: Callable[[Mark], Mark]) -> Any:
    if isinstance(change.now, Table) and has_columns(change.now):
        change = across(change)
    now = _staged(change.now, told)
    if isinstance(now, ListItem):
        box: Any = Changed(now.checked, change.was.checked)
        return replace(now, checked=box)
    return change if now is change.now else replace(change, now=bare(now))


def _inside(tree: Any, told: Callable[[Mark], Mark]) -> Any:
    """Return a node with what it holds staged; a list whose items were ticked is another one."""
    if isinstance(tree, Table) and has_columns(tree):
        tree = _columned(tree)
    new = {}
    for name in FIELDS.get(type(tree), ()):
        before = getattr(tree, name)
        after = _staged(before, told)
        if after is not before:
            new[name] = after
    made = replace(tree, **new) if new else tree
    ticked = (isinstance(getattr(one, "checked", None), Changed) for one in new.get("items", ()))
    return Changed(made, emptied(tree)) if any(ticked) else made


# --- what comes or goes with what holds it -------------------------------------------------


def _cell(mark: type[Mark], inlines: Inlines) -> Inlines:
    row: tuple[Any, ...] = (mark(inlines, whole=True),)
    return row


def _row(mark: type[Mark], row: tuple[Inlines, ...]) -> tuple[Inlines, ...]:
    return tuple(_cell(mark, cell) for cell in row)


def _columned(table: Table) -> Table:
    """Return a table in which every row has the cells of all columns.

    A column came or went whose head is one `whole` mark.
    """
    sides = tuple(map(type, table.head))

    def filled(row: Any) -> Any:
        if not isinstance(row, Inserted | Deleted):
            return tuple(
                _cell(type(cell), cell.nodes[0]) if type(cell) in _SUFFIXES else cell
                for cell in row
            )
        cells, other = iter(row.nodes[0]), Deleted if isinstance(row, Inserted) else Inserted
        return replace(row, nodes=(tuple(() if side is other else next(cells) for side in sides),))

    rows = tuple(map(filled, table.rows))
    if len(table.alignments) < len(sides):
        table = across(Changed(table, table)).now
    return replace(table, head=filled(table.head), rows=rows)


def _headed(mark: type[Mark], content: Blocks) -> Blocks:
    """Return marked blocks whose first stands behind a bullet or a number."""
    first, rest = content[:1], content[1:]
    if first and isinstance(first[0], Paragraph | Heading):
        head: tuple[Any, ...] = (replace(first[0], inlines=_cell(mark, first[0].inlines)),)
    else:
        head, rest = (Paragraph(_cell(mark, ())),), content
    return (*head, *_each(mark, rest))


def _each(mark: type[Mark], content: Blocks) -> Blocks:
    row: tuple[Any, ...] = tuple(mark((block,)) for block in content)
    return row


def _item(mark: type[Mark], item: ListItem) -> ListItem:
    return replace(item, blocks=_headed(mark, item.blocks))


def _term(mark: type[Mark], item: Definition) -> Definition:
    meanings = tuple(_each(mark, one) for one in item.definitions)
    return replace(item, term=_cell(mark, item.term), definitions=meanings)


def _note(mark: type[Mark], note: Footnote) -> Footnote:
    return replace(note, blocks=_headed(mark, note.blocks))


_WHOLE: Mapping[type, Callable[[type[Mark], Any], Any]] = MappingProxyType(
    {ListItem: _item, tuple: _row, Definition: _term, Footnote: _note}
)


# --- footnotes -----------------------------------------------------------------------------


class _Notes:
    """The footnotes of a marked tree, and on which sides their marks stand."""

    def __init__(self, marked: Document, newer: Document) -> None:
        self._marked: tuple[Any, ...] = marked.footnotes
        self._sides: Mapping[type, set[str]] = defaultdict(set)
        if marked.footnotes:
            same = frozenset(map(id, newer.blocks))
            others = tuple(one for one in marked.blocks if id(one) not in same)
            self._look((others, marked.footnotes), Document)
            if self._sides.keys() & _SUFFIXES.keys():  # else each leads to the same on both sides
                shared = tuple(one for one in marked.blocks if id(one) in same)
                marks = inlines_of(Document(shared), FootnoteRef)
                self._sides[Document].update(mark.id for mark in marks)
        older = rejected(Document((), marked.footnotes)).footnotes
        self._was = {note.id: note for note in older}
        self._now = {note.id: note for note in newer.footnotes}
        self._names = dict(self._renamed())

    def renamed(self, side: type) -> Changes:
        """Return the changes that lead the marks on one side to the note of that side."""
        own = {name: self._named(side, name) for name in self._sides[side]}
        if all(name == new for name, new in own.items()):
            return {}
        return {FootnoteRef: lambda mark: FootnoteRef(own.get(mark.id, mark.id))}

    def shown(self) -> tuple[Any, ...]:
        """Return the notes that are there, each under the name that its marks have."""
        sides = (
            side((replace(notes[name], id=self._named(side, name)),))
            for side, notes in ((Deleted, self._was), (Inserted, self._now))
            for name in sorted(notes)
            if not self._stays(name) or name in self._sides[side]
        )
        return (*self._staying(), *sides)

    def _staying(self) -> Iterator[Any]:
        """Yield the notes that are as they were, or that marks on both sides lead to."""
        for note in self._marked:
            name = bare(note).id
            if self._stays(name) and name in self._was and isinstance(note, Inserted):
                yield noted(self._was[name], self._now[name])  # the same in another place
            elif self._stays(name) and not (name in self._now and isinstance(note, Deleted)):
                yield note

    def _stays(self, name: str) -> bool:
        """Tell whether a mark that is on both sides leads to a note, or none at all."""
        return name in self._sides[Document] or not any(
            name in names for names in self._sides.values()
        )

    def _named(self, side: type, name: str) -> str:
        return self._names.get((side, name), name)

    def _renamed(self) -> Iterator[tuple[tuple[type, str], str]]:
        """Yield other names for the notes on one side that the other side has too."""
        taken = {*self._was, *self._now, *chain.from_iterable(self._sides.values())}
        for side, notes in ((Deleted, self._was), (Inserted, self._now)):
            others = set().union(*(names for one, names in self._sides.items() if one is not side))
            for name in sorted(others & {*notes, *self._sides[side]}):
                own = name + _SUFFIXES[side]
                while own in taken:
                    own += _SUFFIXES[side]
                taken.add(own)
                yield (side, name), own

    def _look(self, tree: Any, side: type) -> None:
        kind = type(tree)
        if kind is tuple:
            for part in tree:
                if type(part) is not Text:
                    self._look(part, side)
        elif kind is FootnoteRef:
            self._sides[side].add(tree.id)
        else:
            inner = kind if kind in _SUFFIXES else side
            for name in FIELDS.get(kind, ()):
                self._look(getattr(tree, name), inner)


#: What the name of a note gets on a side if the other side has it too.
_SUFFIXES: Mapping[type, str] = MappingProxyType({Deleted: "-was", Inserted: "-now"})
