"""How the columns of a table share the line, and at which size its text is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from docctl.render.pdf.measure import BOLD, wide
from docctl.render.pdf.words import unbroken

__all__ = ["Sharing", "sharing"]

#: The sizes of text in tables, each with the room that stands beside it in a cell; the first at
#: which no word need break is taken, or else the last.
_SIZES = ((9.5, 5.0), (8.5, 4.0), (7.5, 3.0))
#: A column asks for no more than this many lines' worth of its text.
_MOST = 1.5
#: So many letters of a longer word ask for room: the rest may be torn off.
_LONGEST_WORD = 24
#: An empty column counts as wide as this, in parts of the size.
_LEAST = 3.0
#: So many letters of a cell are measured.
_MEASURED = 500


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a table is set: the widths of its columns, its size of type, the room around its cells.

    All are points.
    """

    columns: tuple[float, ...]
    size: float
    inset: float
    torn: bool = False
    """Whether words must break."""

    def inner(self, column: int) -> float:
        """Return how wide the text of a column is."""
        return self.columns[column] - 2 * self.inset

    def lines(self, row: Sequence[str]) -> int:
        """Return about how many lines a row takes."""
        rooms = map(self.inner, range(len(row)))
        return max(
            ceil(wide(cell, self.size) / room) for cell, room in zip(row, rooms, strict=True)
        )


def sharing(texts: Sequence[Sequence[str]], room: float, *, heads: int = 1) -> Sharing:
    """Return how the columns of a table share *room*: no word breaks that need not.

    *texts* are its rows, all of the same length, at least 1; the first *heads* are bold.
    """
    columns = [_Column.of(cells, heads) for cells in zip(*texts, strict=True)]
    for size, inset in _SIZES:
        around = 2 * inset
        needed = [one.word * size + around for one in columns]
        if sum(needed) <= room:
            break
    else:
        return Sharing(_levelled(needed, room), size, inset, torn=True)
    wanted = [min(one.line * size + around, _MOST * room) for one in columns]
    if sum(map(max, needed, wanted)) > room:  # then heads may take two lines
        wanted = [min(one.body * size + around, _MOST * room) for one in columns]
    return Sharing(_shared(needed, wanted, room), size, inset)


def _shared(needed: Sequence[float], wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Return what columns get that have what they need.

    Those that want no more than their part of the rest get it, so that days and names stand on one
    line; the others share what is left, and those with very long texts give way to the long ones.
    """
    more = [max(want - need, 0.0) for need, want in zip(needed, wanted, strict=True)]
    widths, rest = list(needed), room - sum(needed)
    if sum(more) <= rest:  # everything fits on one line: what is left goes to all of them
        widths = [need + one for need, one in zip(needed, more, strict=True)]
        return tuple(width * room / sum(widths) for width in widths)
    left = sorted(range(len(more)), key=more.__getitem__, reverse=True)
    while more[left[-1]] <= rest / len(left):
        at = left.pop()
        widths[at] += more[at]
        rest -= more[at]
    weights = {at: sqrt(more[at]) for at in left}
    for at, weight in weights.items():
        widths[at] += rest * weight / sum(weights.values())
    return tuple(widths)


def _levelled(needed: Sequence[float], room: float) -> tuple[float, ...]:
    """Return what columns get where words must break: those that need most have the same."""
    left, widths = room, dict.fromkeys(range(len(needed)), 0.0)
    for rank, at in enumerate(sorted(widths, key=lambda one: needed[one])):
        widths[at] = min(needed[at], left / (len(needed) - rank))
        left -= widths[at]
    return tuple(widths.values())


@dataclass(frozen=True, slots=True)
class _Column:
    """Widths in parts of the size: of its longest line, head or not, and of its longest word."""

    line: float
    body: float
    word: float

    @classmethod
    def of(cls, cells: Sequence[str], heads: int) -> "_Column":
        line = body = word = _LEAST
        for row, cell in enumerate(cells):
            factor = BOLD if row < heads else 1.0
            width = factor * wide(cell[:_MEASURED], 1.0)
            line, body = max(line, width), body if row < heads else max(body, width)
            pieces = (piece for one in cell.split() for piece in unbroken(one))
            longest = max(pieces, key=len, default="")[:_LONGEST_WORD]
            word = max(word, factor * wide(longest, 1.0))
        return cls(line, body, word)
