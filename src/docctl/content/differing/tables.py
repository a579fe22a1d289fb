"""Tables: row by row, cell by cell; a column that came or went is marked in every row.

In the head and in rows that are on both sides a cell of such a column is a mark of its own. A row
that came or went has the cells of its own side. The alignments are those of the newer table.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from docctl.content.differing.aligning import Pairs, gaps, matched
from docctl.content.differing.pairing import Nodes, Said, enough, paired, rows_marked
from docctl.content.differing.wording import reworded
from docctl.content.differing.words import words
from docctl.content.marks import Deleted, Inserted
from docctl.content.tree import Inlines, Table
from docctl.content.walk import plain

__all__ = ["merged"]

#: How much two rows must share to be versions of each other, and if no cell of theirs is the same.
_ALIKE, _MOSTLY = 0.4, 0.6
#: So many rows say what a column is about.
_ROWS = 40

Cells: TypeAlias = tuple[Inlines, ...]


class _Row(NamedTuple):
    """A row of a table that lost or got columns."""

    kept: Cells
    """The cells of columns that both tables have."""

    cells: Cells


class _Column(NamedTuple):
    """A column of a table."""

    head: Inlines
    cells: Cells


def merged(old: Table, new: Table) -> Table | None:
    """Return *new* with marks; None if they have too few columns in common."""
    pairs = _columns(old, new)
    if len(pairs) * 2 < min(len(old.head), len(new.head)):
        return None
    kept = len(pairs) == len(old.head) == len(new.head)
    rows = rows_marked(old.rows, new.rows, _CELLS) if kept else _rows(old, new, pairs)
    joined = _reworded if kept else _joined(pairs)
    caption = reworded(old.caption, new.caption)
    return replace(new, head=joined(old.head, new.head), rows=rows, caption=caption)


def _reworded(old: Cells, new: Cells) -> Cells:
    return tuple(reworded(was, now) for was, now in zip(old, new, strict=True))


def _row_words(row: Cells) -> list[str]:
    return words(" ".join(map(plain, row)))


def _rows_alike(old: Said, new: Said) -> float:
    same = sum(was == now != () for was, now in zip(old.node, new.node, strict=True))
    share: float = same / len(new.node)
    return max(share, enough(old, new, _ALIKE if same else _MOSTLY))


_CELLS = Nodes(
    tuple, lambda row: next(filter(None, row.node), ()), _row_words, _rows_alike, _reworded
)

# --- columns -------------------------------------------------------------------------------


def _columns(old: Table, new: Table) -> Pairs:
    """Return which columns are versions of each other, in order: by their heads, or their cells."""
    if old.head == new.head:
        return [(at, at) for at in range(len(new.head))]
    pairs = matched(old.head, new.head)
    found = list(pairs)
    for a, b, c, d in gaps(pairs, (0, len(old.head), 0, len(new.head))):
        if b - a == d - c:
            found += zip(range(a, b), range(c, d), strict=True)
        else:
            sides = (_cut(old, a, b), _cut(new, c, d))
            found += [(a + i, c + j) for i, j in paired(*sides, _BY_CELLS)]
    return sorted(found)


def _cut(table: Table, start: int, end: int) -> list[_Column]:
    rows = table.rows[:_ROWS]
    return [_Column(table.head[at], tuple(row[at] for row in rows)) for at in range(start, end)]


def _likeness(old: Said, new: Said) -> float:
    return enough(old, new, _ALIKE)


_BY_CELLS = Nodes(
    lambda column: column,
    lambda column: column.node.head,
    lambda column: _row_words((column.head, *column.cells)),
    _likeness,
    lambda _old, new: new,
)


def _rows(old: Table, new: Table, pairs: Pairs) -> tuple[Any, ...]:
    """Return the rows with marks, compared by the columns that both tables have."""
    befores, afters = zip(*pairs, strict=True)
    before, after = (
        [_Row(tuple(row[at] for at in places), row) for row in table.rows]
        for table, places in ((old, befores), (new, afters))
    )
    joined = _joined(pairs)
    kind = Nodes(
        lambda row: row.kept,
        lambda row: next(filter(None, row.node.kept), ()),
        lambda row: _row_words(row.kept),
        lambda was, now: _rows_alike(
            was._replace(node=was.node.kept), now._replace(node=now.node.kept)
        ),
        lambda was, now: joined(was.cells, now.cells),
    )
    marked = rows_marked(before, after, kind)
    return tuple(_unwrapped(row, joined) for row in marked)


def _unwrapped(row: Any, joined: Callable[[Cells, Cells], Cells]) -> Any:
    if isinstance(row, Deleted | Inserted):
        return replace(row, nodes=tuple(one.cells for one in row.nodes))
    return joined(row.cells, row.cells) if isinstance(row, _Row) else row


def _joined(pairs: Pairs) -> Callable[[Cells, Cells], Cells]:
    return partial(_with_columns, pairs)


def _with_columns(pairs: Pairs, old: Sequence[Inlines], new: Sequence[Inlines]) -> Cells:
    """Return a row of both tables with the cells of all columns; what only one has is a mark."""
    row: list[Any] = []
    for pair, (a, b, c, d) in zip(
        [*pairs, None], gaps(pairs, (0, len(old), 0, len(new))), strict=True
    ):
        row += [Deleted((cell,)) for cell in old[a:b]]
        row += [Inserted((cell,)) for cell in new[c:d]]
        if pair:
            row.append(reworded(old[pair[0]], new[pair[1]]))
    return tuple(row)
