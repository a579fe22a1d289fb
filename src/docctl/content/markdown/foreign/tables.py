"""Tables that stand in a text as HTML: what word processors and other programs export.

A table of which every tag is understood becomes the token that `tables.table_rule` makes; any other
stays what it was, lines of text with tags in them.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from markdown_it.rules_block import StateBlock

from docctl.content.markdown.foreign.reading import HTMLReader
from docctl.content.tree import Alignment

__all__ = ["html_table"]

_OPENED = re.compile(r"<table(?=[\s>])", re.IGNORECASE)
_TABLE = re.compile(r"<(/?)table(?=[\s>])[^>]*>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_BREAKS = re.compile(r"(?:[ \t]*<br>[ \t]*)+")
_BULLET = re.compile(r"• ?<br>")
_ALIGNED = re.compile(r"text-align:\s*(left|center|right)")
_INLINE = frozenset(
    {
        *("a", "b", "br", "code", "del", "em", "i", "img", "kbd", "mark", "s", "small"),
        *("span", "strike", "strong", "sub", "sup", "u"),
    }
)
_GROUPS = frozenset({"table", "thead", "tbody", "tfoot", "colgroup", "col"})
#: Tags in a cell that begin a line of their own → what this line begins with.
_LINES: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys(("p", "div", "ul", "ol"), ""), "li": "• "}
)
_SIDES: Mapping[str, Alignment] = MappingProxyType(
    {"left": "left", "center": "center", "right": "right"}
)
#: Columns that one table may have, spans counted.
_MOST = 64
#: Lines that one cell may reach down, and letters that a table may have.
_MOST_ROWS, _LARGEST = 1_000, 500_000


def html_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `<table>` up to its `</table>`, where nothing else stands on these lines."""
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not _OPENED.match(state.src, first):
        return False
    line = _last(state, first, start, end)
    if line < 0:
        return False
    if silent:
        return True
    read = _Table()
    text = state.getLines(start, line + 1, state.blkIndent, False)
    if "<!" in text:  # a comment would be lost without a word; of the rest Python's parser may fail
        return False
    read.feed(text)
    read.close()
    if not read.is_understood:
        return False
    token = state.push("table", "", 0)
    token.map = [start, line + 1]
    token.meta = read.meta()
    state.line = line + 1
    return True


def _last(state: StateBlock, first: int, start: int, end: int) -> int:
    """Return the line that the table begun at *first* ends, or -1 where it does not end alone."""
    opened = _TABLE.match(state.src, first)
    limit = min(state.eMarks[end - 1], first + _LARGEST)
    close = _TABLE.search(state.src, opened.end(), limit) if opened else None
    if close is None or not close[1]:
        return -1
    line = start
    while state.eMarks[line] < close.end():
        line += 1
    return -1 if state.src[close.end() : state.eMarks[line]].strip() else line


class _Table(HTMLReader):
    """Reads one table; what stands in a cell is Markdown with the inline tags left in it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.heads: list[bool] = []
        self.spans = False
        self._sides: dict[int, Alignment] = {}
        self._caption: list[str] = []
        self._parts: list[str] | None = None
        self._cell = ("", 1, 1)
        self._below: dict[int, int] = {}
        self._in_head = False

    # --- what the parser meets -----------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell, or keep the tag where it stands in a cell."""
        if tag in {"td", "th"}:
            self._begin(tag, {name: value or "" for name, value in attrs})
        elif tag == "caption":
            self._finish()
            self._parts = self._caption
        elif tag == "tr":
            self._finish()
            self.rows.append([])
            self.heads.append(True)
            self._skip()
        elif tag in _GROUPS:
            self._finish()
            self._in_head = tag == "thead" or (self._in_head and tag not in {"tbody", "tfoot"})
        elif self._parts is not None and tag in _LINES:
            self._parts.append("<br>" + _LINES[tag])
        elif self._parts is not None and tag in _INLINE:
            self._parts.append(self.get_starttag_text() or "")
        else:
            self.is_understood = False

    def handle_endtag(self, tag: str) -> None:
        """End a cell, or keep the tag where it stands in one."""
        if tag in {"td", "th", "caption", "tr"} | _GROUPS:
            self._finish()
            self._in_head = self._in_head and tag != "thead"
        elif self._parts is not None and tag in _LINES:
            self._parts.append("<br>")
        elif self._parts is not None and tag in _INLINE:
            self._parts.append("" if tag == "br" else f"</{tag}>")
        else:
            self.is_understood = False

    def handle_data(self, data: str) -> None:
        """Keep words; outside of cells there are none."""
        if self._parts is not None:
            self._parts.append(data)
        elif data.strip():
            self.is_understood = False

    # --- rows and cells ------------------------------------------------------------------

    def _begin(self, tag: str, values: Mapping[str, str]) -> None:
        self._finish()
        if not self.rows or len(self.rows[-1]) >= _MOST:
            self.is_understood = False
            return
        wide, high = _number(values.get("colspan", "")), _number(values.get("rowspan", ""))
        self.spans |= (wide, high) != (1, 1)
        aligned = _ALIGNED.search(values.get("style", "").lower())
        side = aligned[1] if aligned else values.get("align", "").lower()
        if side in _SIDES:
            self._sides.setdefault(len(self.rows[-1]), _SIDES[side])
        self.heads[-1] &= tag == "th" or self._in_head
        self._cell = (tag, wide, high)
        self._parts = []

    def _finish(self) -> None:
        """Put the cell that is open into its row."""
        parts, self._parts = self._parts, None
        if parts is None or parts is self._caption:
            return
        row, (_, wide, high) = self.rows[-1], self._cell
        for column in range(len(row), min(len(row) + wide, _MOST)):
            self._below[column] = high - 1
        row += [_joined(parts), *[""] * (wide - 1)]
        self._skip()

    def _skip(self) -> None:
        """Leave the cells free that others reach down into."""
        row = self.rows[-1]
        while self._below.get(len(row), 0) > 0:
            self._below[len(row)] -= 1
            row.append("")

    def meta(self) -> dict[str, object]:
        """Return what the token of a table holds."""
        rows = [row for row in self.rows if row]
        width = max(map(len, rows))
        headed = next(head for row, head in zip(self.rows, self.heads, strict=True) if row)
        head, *rest = rows if headed else [[""] * width, *rows]
        return {
            "head": head + [""] * (width - len(head)),
            "rows": rest,
            "alignments": [self._sides.get(at, "") for at in range(width)],
            "caption": _joined(self._caption),
            "spans": self.spans,
        }

    def close(self) -> None:
        """Take the table as not understood where it has no cell."""
        super().close()
        self._finish()
        self.is_understood &= any(self.rows) and max(map(len, self.rows), default=0) <= _MOST


def _number(text: str) -> int:
    return min(max(int(text), 1), _MOST_ROWS) if text.isascii() and text.isdigit() else 1


def _joined(parts: list[str]) -> str:
    """Return what stands in a cell on one line, without breaks at its ends."""
    text = _BREAKS.sub("<br>", _SPACE.sub(" ", "".join(parts)))
    text = _BULLET.sub("• ", text)
    return text.removeprefix("<br>").strip().removesuffix("<br>").strip()
