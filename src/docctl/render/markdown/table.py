"""Tables as Markdown, with their columns aligned where the page is wide enough."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from docctl.content.tree import Alignment, Inlines, Table
from docctl.render.markdown.inline import LINE, written

__all__ = ["rows"]

#: The longest line for which columns are padded to one width.
_WIDEST = 160

#: What the last row would be taken for, were it left bare; brackets of changes are no such thing.
_CAPTION = re.compile(r"(?:Table(?=:)|(?=\{(?!\+\+|--)))")

_DASHES: Mapping[Alignment, tuple[str, str]] = MappingProxyType(
    {"": ("-", "-"), "left": (":", "-"), "center": (":", ":"), "right": ("-", ":")}
)


def rows(table: Table) -> list[str]:
    """Return the lines of a table, without its caption."""
    cells = [[_cell(cell) for cell in row] for row in (table.head, *table.rows)]
    widths = [max(3, *map(len, column)) for column in zip(*cells, strict=True)]
    if sum(widths) + 3 * len(widths) + 1 > _WIDEST:
        widths = [3] * len(widths)
    dashes = [_dashes(kind, width) for kind, width in zip(table.alignments, widths, strict=True)]
    return [_row(row, widths) for row in chain(cells[:1], [dashes], cells[1:])]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def _dashes(kind: Alignment, width: int) -> str:
    first, last = _DASHES[kind]
    return f"{first}{'-' * (width - 2)}{last}"


def _cell(inlines: Inlines) -> str:
    text = written(inlines, LINE).replace("|", "\\|")
    return (
        _CAPTION.sub(lambda match: match[0] + "\\", text, count=1) if _CAPTION.match(text) else text
    )
