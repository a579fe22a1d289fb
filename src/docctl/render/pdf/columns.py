"""How the columns of a table share the line, and at which size its text is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from docctl.render.pdf.measure import BOLD, wide
from docctl.render.pdf.words import unbroken

__all__ = ["Sharing", "sharing"]

#: The sizes of text in tables, each with the room that stands beside it in a cell; the first at
#: which no word need break is taken, or else the last.
_SIZES = ((9.5, 5.0), (8.5, 4.0), (7.5, 3.0))
#: A column asks for no more than this many lines' worth of its text.
_MOST = 1.5
#: So many letters of a longer word ask for room: the rest may be torn off. The more of the line the
#: long ones take, the fewer.
_LONGEST_WORDS = (24, 18)
#: How much of the line words may take before they are cut shorter.
_CROWDED = 0.7
#: So many parts of what is left of the line are given away one by one.
_PARTS = 16
#: So many rows are looked at for that.
_LOOKED_AT = 40
#: A column wants to be as wide as this, and needs no less than that, in parts of the size.
_WANTED, _LEAST = 3.0, 1.2
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
        needed = [one.words[0] * size + around for one in columns]
        if sum(needed) <= room:
            break
    else:
        return Sharing(_levelled(needed, room), size, inset, torn=True)
    if sum(needed) > _CROWDED * room:
        needed = [one.words[-1] * size + around for one in columns]
    wanted = [min(one.line * size + around, _MOST * room) for one in columns]
    if sum(map(max, needed, wanted)) > room:  # then heads may take two lines
        wanted = [min(one.body * size + around, _MOST * room) for one in columns]
    lines = [
        tuple(one * size for one in row) for row in zip(*(c.cells for c in columns), strict=True)
    ]
    return Sharing(_shared(needed, wanted, room, lines, around), size, inset)


def _shared(
    needed: Sequence[float],
    wanted: Sequence[float],
    room: float,
    lines: Sequence[tuple[float, ...]],
    around: float,
) -> tuple[float, ...]:
    """Return what columns get that have what they need.

    Those that want no more than their part of the rest get it, so that days and names stand on one
    line; what is left goes where it makes the rows lower. *lines* are the widths of the cells of
    each row, *around* is what stands beside a text in its cell.
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
    part = rest / _PARTS
    for given in range(_PARTS):
        gains = _gains(widths, part, lines, around)
        if not any(gains):  # every row is one line high
            each = (rest - given * part) / len(widths)
            return tuple(width + each for width in widths)
        widths[max(left, key=lambda at: (gains[at], more[at]))] += part
    return tuple(widths)


def _gains(
    widths: Sequence[float], part: float, lines: Sequence[tuple[float, ...]], around: float
) -> list[float]:
    """Return by how many lines rows would be lower if a column had a *part* more."""
    gains = [0.0] * len(widths)
    for row in lines:
        heights = [wide / (width - around) for wide, width in zip(row, widths, strict=True)]
        tallest = max(heights)
        at = heights.index(tallest)
        heights[at] = row[at] / (widths[at] + part - around)
        gains[at] += max(tallest, 1.0) - max(*heights, 1.0)
    return gains


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
    words: tuple[float, ...]
    """Of the longest word, and as it is where long ones are cut shorter."""

    cells: tuple[float, ...]
    """Of the first cells below the heads."""

    @classmethod
    def of(cls, cells: Sequence[str], heads: int) -> "_Column":
        line = body = _WANTED
        words = [_LEAST if any(cells) else _WANTED] * len(_LONGEST_WORDS)
        found: list[float] = []
        for row, cell in enumerate(cells):
            factor = BOLD if row < heads else 1.0
            pieces = (piece for one in cell.split() for piece in unbroken(one))
            longest = max(pieces, key=partial(wide, size=1.0), default="")
            torn = wide(longest[_LONGEST_WORDS[0] : _MEASURED], 1.0)
            width = max(factor * (wide(cell[:_MEASURED], 1.0) - torn), 0.0)
            line, body = max(line, width), body if row < heads else max(body, width)
            if row >= heads and len(found) < _LOOKED_AT:
                found.append(width)
            words = [
                max(word, factor * wide(longest[:most], 1.0))
                for word, most in zip(words, _LONGEST_WORDS, strict=True)
            ]
        return cls(line, body, tuple(words), tuple(found))
