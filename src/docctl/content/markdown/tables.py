"""Tables: cells, alignments, and the caption below."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from markdown_it.token import Token

from docctl.content.inlines import Inlines
from docctl.content.markdown.attributes import NONE, leading, trailing
from docctl.content.tree import Alignment, Table

Read = Callable[[str, int], Inlines]

_CAPTION = "Table:"
_ALIGNMENTS: Mapping[object, Alignment] = MappingProxyType(
    {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
)


def read_table(tokens: Iterable[Token], line: int, read: Read) -> Table:
    """Return the table made of *tokens*, its head on *line*.

    A last row that is only a caption or attributes, without any `|`, is taken as such.
    """
    alignments: list[Alignment] = []
    rows: list[tuple[Inlines, ...]] = []
    row: list[Inlines] = []
    first, at = "", line
    for token in tokens:
        if token.type == "inline":
            first = first if row else token.content
            row.append(read(token.content, at))
        elif token.type == "th_open":
            alignments.append(_ALIGNMENTS.get(token.attrs.get("style"), ""))
        elif token.type == "tr_close":
            rows.append(tuple(row))
            row = []
            at = line + 1 + len(rows)
    table = Table(rows[0], tuple(rows[1:]), tuple(alignments), line=line)
    if len(alignments) > 1 and table.rows and not any(rows[-1][1:]):
        shorter = replace(table, rows=table.rows[:-1])
        return captioned(shorter, first, at - 1, read) or table
    return table


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
