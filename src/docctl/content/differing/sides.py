"""The two sides of a marked tree: as it was, and as it is."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar

from docctl.content.marks import Changed, Deleted, Inserted
from docctl.content.tree import Figure, Heading, Table, Text
from docctl.content.walk import FIELDS

__all__ = [
    "accepted",
    "across",
    "alike_in_shape",
    "emptied",
    "has_columns",
    "held",
    "rejected",
    "reshaped",
    "seen",
]

Node = TypeVar("Node")

#: Fields that hold one node, not a row of them.
_SINGLE = frozenset({"image", "now", "was"})


def accepted(tree: Node) -> Node:
    """Return the newer of the two trees that a marked tree, or a part of one, holds."""
    made: Node = _newer(tree)
    return made


def rejected(tree: Node) -> Node:
    """Return the older of the two trees that a marked tree, or a part of one, holds."""
    made: Node = _older(tree)
    return made


def reshaped(change: Changed) -> Any:
    """Return the block in its older shape, with what it holds now, marks and all."""
    return replace(change.was, **{name: getattr(change.now, name) for name in held(change.was)})


def across(change: Changed) -> Changed:
    """Return a change of tables with alignments for the columns of both, in each of its shapes."""
    now, was = (iter(table.alignments) for table in (change.now, change.was))
    sides: list[Any] = []
    for cell in change.now.head:
        left = None if type(cell) is Inserted else next(was)
        right = left if type(cell) is Deleted else next(now)
        sides.append((right if left is None else left, right))
    before, after = zip(*sides, strict=True)
    return Changed(replace(change.now, alignments=after), replace(change.was, alignments=before))


def has_columns(table: Table) -> bool:
    """Tell whether columns of a table came or went."""
    return not _COLUMNS.isdisjoint(map(type, table.head))


_COLUMNS = frozenset({Inserted, Deleted})


def emptied(block: Any) -> Any:
    """Return a block without what it holds: what is left is its shape."""
    kind: Any = type(block)
    return kind(*[name and getattr(block, name) for name in _without_rows(kind)])


def seen(block: Any) -> Any:
    """Return what readers see of a block: not the number that was counted, nor the anchor."""
    kind = type(block)
    if kind is Heading:
        return (block.level, block.inlines)
    return replace(block, anchor="") if kind in _ANCHORED and block.anchor else block


_ANCHORED = frozenset({Table, Figure})


def alike_in_shape(one: Any, other: Any) -> bool:
    """Tell whether two blocks are the same but for what they hold."""
    if type(one) is not type(other):
        return False
    kind: Any = type(one)
    return all(getattr(one, name) == getattr(other, name) for name in _shape_of(kind))


def held(block: Any) -> tuple[str, ...]:
    """Return the fields of a block that hold rows of nodes."""
    kind: Any = type(block)
    return _rows_of(kind)


@cache
def _rows_of(kind: Any) -> tuple[str, ...]:
    return tuple(name for name in FIELDS.get(kind, ()) if name not in _SINGLE)


@cache
def _without_rows(kind: Any) -> tuple[Any, ...]:
    """Return the names of all fields, in order; in the place of one that holds a row, nothing."""
    rows = _rows_of(kind)
    return tuple(() if one.name in rows else one.name for one in fields(kind))


@cache
def _shape_of(kind: Any) -> tuple[str, ...]:
    """Return the fields of a kind of block that tell two of them apart but for what they hold."""
    rows = _rows_of(kind)
    return tuple(one.name for one in fields(kind) if one.compare and one.name not in rows)


def _newer(tree: Any) -> Any:
    if isinstance(tree, Changed):
        return _newer(tree.now)
    return _side(tree, _newer, Inserted)


def _older(tree: Any) -> Any:
    if isinstance(tree, Changed):
        return _older(reshaped(tree))
    return _side(tree, _older, Deleted)


def _side(tree: Any, inner: Callable[[Any], Any], kept: type) -> Any:
    if isinstance(tree, tuple):
        return _merged(_parts(tree, inner, kept))
    return replace(tree, **{name: inner(getattr(tree, name)) for name in held(tree)})


def _parts(tree: tuple[Any, ...], inner: Callable[[Any], Any], kept: type) -> Iterator[Any]:
    for part in tree:
        if not isinstance(part, Inserted | Deleted):
            yield inner(part)
        elif isinstance(part, kept):
            yield from part.nodes


def _merged(parts: Iterator[Any]) -> tuple[Any, ...]:
    """Return parts with neighbouring texts as one."""
    row: list[Any] = []
    for part in parts:
        if row and isinstance(part, Text) and isinstance(row[-1], Text):
            row[-1] = Text(row[-1].text + part.text)
        else:
            row.append(part)
    return tuple(row)
