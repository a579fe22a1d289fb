"""Tables: the rule that finds them, their cells and alignments, and the caption below."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from docctl.content.inlines import Inlines
from docctl.content.markdown.attributes import NONE, leading, trailing
from docctl.content.tree import Alignment, Table

__all__ = ["captioned", "read_table", "table_rule"]

Read = Callable[[str, int], Inlines]

_CAPTION = "Table:"
_SPACE = " \t"
_DASHES = r"[ \t]*:?-+:?[ \t]*"
_DELIMITERS = re.compile(rf"(?!-[ \t])[ \t]*\|?{_DASHES}(?:\|{_DASHES})*\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
#: Empty cells that short rows may be filled up with, so that no small text becomes a huge table.
_MOST_FILLED = 65_536
_ALIGNMENTS: Mapping[tuple[bool, bool], Alignment] = MappingProxyType(
    {(True, False): "left", (True, True): "center", (False, True): "right", (False, False): ""}
)


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a table as GFM has it, as one token that holds the texts of its cells.

    What a row has beyond the cells of the head stands in its last one, with the bars it had.
    """
    alignments = _alignments(state, start, end)
    head = _cells(_line(state, start)) if alignments else []
    if not head or len(head) != len(alignments):
        return False
    if silent:
        return True
    token = state.push("table", "", 0)
    outer, state.parentType = state.parentType, "table"
    edged = _line(state, start)[0] == "|"
    rows, state.line = _rows(state, start + 2, end, len(head), edged=edged)
    state.parentType = outer
    token.map = [start, state.line]
    token.meta = {"head": head, "rows": rows, "alignments": alignments}
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _alignments(state: StateBlock, start: int, end: int) -> list[Alignment]:
    """Return the alignments in the line below the head; none when it is not such a line."""
    line = start + 1
    if line >= end or state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return []
    first = state.bMarks[line] + state.tShift[line]
    if state.src[first : first + 1] not in {"|", "-", ":"} or first + 1 >= state.eMarks[line]:
        return []
    text = _line(state, line)
    if not _DELIMITERS.fullmatch(text) or state.is_code_block(start):
        return []
    cells = (cell.strip(_SPACE) for cell in text.split("|"))
    return [_ALIGNMENTS[cell[0] == ":", cell[-1] == ":"] for cell in cells if cell]


def _cells(line: str) -> list[str]:
    """Return the cells of a line, the bars at its ends left out; none when it has no bar."""
    text = line.strip(_SPACE)
    if "|" not in text:
        return []
    if "\\" in text:
        cells = [cell.replace("\\|", "|") for cell in _BAR.split(text)]
    else:
        cells = text.split("|")
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return [cell.strip(_SPACE) for cell in cells]


def _rows(
    state: StateBlock, line: int, end: int, columns: int, *, edged: bool
) -> tuple[list[list[str]], int]:
    """Return the rows from *line* on, and the line behind the last of them.

    A line that is indented like code, and has a bar, goes on as a row. Where the head is not
    *edged* by a bar, its first cell is the empty one under the column that it leaves free.
    """
    terminators = state.md.block.ruler.getRules("blockquote")
    rows: list[list[str]] = []
    filled = 0
    while line < end and state.sCount[line] >= state.blkIndent:
        text, indented = _line(state, line), state.is_code_block(line)
        if not text or (indented and "|" not in text):
            break
        if not indented and any(rule(state, line, end, True) for rule in terminators):
            break
        row = _cells(f"|{text}" if indented and not edged else text) or [text.strip(_SPACE)]
        filled += columns - len(row)
        if filled > _MOST_FILLED:
            break
        rows.append(row)
        line += 1
    return rows, line


def read_table(token: Token, line: int, read: Read) -> tuple[Table, tuple[int, ...]]:
    """Return the table in *token*, its head on *line*, and the lines that have too many cells.

    A last row that is only a caption or attributes, without any `|`, is taken as such.
    """
    head, rows, alignments = token.meta["head"], token.meta["rows"], token.meta["alignments"]
    width = len(head)
    below = token.meta.get("lines") or range(2, 2 + len(rows))
    long = tuple(line + at for at, row in zip(below, rows, strict=True) if len(row) > width)
    cells = tuple(_row(row, width, line + at, read) for at, row in zip(below, rows, strict=True))
    table = Table(tuple([read(cell, line) for cell in head]), cells, tuple(alignments), line=line)
    if words := token.meta.get("caption"):
        return replace(table, caption=read(words, line)), long
    if width > 1 and rows and not any(rows[-1][1:]):
        shorter = replace(table, rows=cells[:-1])
        table = captioned(shorter, rows[-1][0], line + 1 + len(rows), read) or table
    return table, long


def _row(cells: Sequence[str], width: int, line: int, read: Read) -> tuple[Inlines, ...]:
    if len(cells) > width:
        cells = (*cells[: width - 1], " | ".join(cells[width - 1 :]))
    found = [read(cell, line) if cell else () for cell in cells]
    return (*found, *[()] * (width - len(found)))


def captioned(table: Table, content: str, line: int, read: Read) -> Table | None:
    """Return the table with the caption and attributes in *content*, or None if that is neither.

    The anchor is as the author wrote it.
    """
    if content.startswith(_CAPTION) and not table.caption:
        text, found = trailing(content[len(_CAPTION) :].strip())
        caption = read(text, line)
        if not caption:
            return None
    else:
        found, rest = leading(content)
        if found is NONE or rest:
            return None
        caption = table.caption
    anchor = found.anchor or table.anchor
    return replace(table, caption=caption, anchor=anchor, classes=found.classes or table.classes)
