"""Tables drawn as a grid of `+---+` and `|`, as pandoc and reStructuredText have them.

A grid of which every line fits becomes the token that `tables.table_rule` makes; any other stays
what it was, lines of text.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from markdown_it.rules_block import StateBlock

from docctl.content.tree import Alignment

__all__ = ["grid"]

_EDGE = re.compile(r"\+(?:[:-][-]+:?\+)+\Z")
_DOUBLE = re.compile(r"\+(?::?=+:?\+)+\Z")
#: What begins a line of its own in a cell, and what only blocks of a text may hold.
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,3}[.)])[ \t]+")
_BLOCK = re.compile(r"`{3}|~{3}|#{1,6}[ \t]|>|\+[-=]")
_SIDES: Mapping[tuple[bool, bool], Alignment] = MappingProxyType(
    {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
)
_MOST = 64


def grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a grid whose lines all fit the columns of its first one."""
    if state.is_code_block(start) or start < state.env.get("no grid", 0):
        return False
    first = _line(state, start)
    if not _EDGE.match(first) or first.count("+") > _MOST:
        return False
    drawn = _Grid(first)
    line = start + 1
    while (
        line < end and state.sCount[line] == state.sCount[start] and drawn.take(_line(state, line))
    ):
        line += 1
    if not drawn.is_whole:
        state.env["no grid"] = line
        return False
    if not silent:
        token = state.push("table", "", 0)
        token.map = [start, line]
        token.meta = drawn.meta()
        state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" \t")


class _Grid:
    """The rows of a grid while its lines are taken one by one."""

    def __init__(self, first: str) -> None:
        self._bounds = [at for at, character in enumerate(first) if character == "+"]
        self._columns = len(self._bounds) - 1
        self._sides = _sides(first)
        self._open: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._lines: list[int] = []
        self._head: list[str] | None = None
        self._taken = 1
        self._fits = True

    def take(self, line: str) -> bool:
        """Take the next line; answer False where it does not belong to the grid."""
        if line[:1] not in {"+", "|"}:
            return False
        is_double = bool(_DOUBLE.match(line))
        if is_double or _EDGE.match(line):
            self._fits &= self._bounds == [at for at, one in enumerate(line) if one == "+"]
            self._fits &= self._close(line, is_double=is_double)
        else:
            cells = self._cells(line)
            self._fits &= len(cells) == self._columns
            self._open.append(cells)
        self._taken += 1
        return self._fits

    @property
    def is_whole(self) -> bool:
        """Tell whether every line fits, and the last row is closed."""
        return self._fits and not self._open and bool(self._rows or self._head)

    def meta(self) -> dict[str, object]:
        """Return what the token of a table holds."""
        return {
            "head": self._head or [""] * self._columns,
            "rows": self._rows,
            "alignments": self._sides,
            "lines": self._lines,
        }

    def _close(self, line: str, *, is_double: bool) -> bool:
        """End the row that is open; a double line ends the head."""
        if not self._open:
            return False
        at = self._taken - len(self._open)
        row = [_told(column) for column in zip(*self._open, strict=True)]
        self._open = []
        if is_double:
            self._head, self._sides = row, _sides(line)
            return not self._rows and at == 1 and not any("\n" in cell for cell in row)
        self._rows.append(row)
        self._lines.append(at)
        return not any("\n" in cell for cell in row)

    def _cells(self, line: str) -> list[str]:
        """Return the cells of a line by the columns, or by its bars where letters are wide."""
        if len(line) == self._bounds[-1] + 1 and all(line[at] == "|" for at in self._bounds):
            pairs = zip(self._bounds, self._bounds[1:], strict=False)
            return [line[left + 1 : right] for left, right in pairs]
        return [] if line.isascii() else line[1:].removesuffix("|").split("|")


def _sides(line: str) -> list[Alignment]:
    return [_SIDES[cell[0] == ":", cell[-1] == ":"] for cell in line.strip("+").split("+")]


def _told(lines: Sequence[str]) -> str:
    r"""Return what stands in a cell on one line; with a `\n` in it where it holds other blocks."""
    parts: list[str] = []
    breaks = False
    for line in map(str.strip, lines):
        if line:
            parts += ["<br>" if breaks or _ITEM.match(line) else " ", _item(line)]
        breaks = not line or line.endswith("\\")
    return "".join(parts[1:])


def _item(line: str) -> str:
    if _BLOCK.match(line):
        return f"\n{line}"
    item = _ITEM.match(line)
    if item and not item[0][0].isdigit():
        line = f"\u2022 {line[item.end() :]}"
    return line.removesuffix("\\")
