"""Tables: columns as wide as their content needs, heads that repeat, rows that stay whole."""

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from docctl.content.marks import MARKS, came_or_went
from docctl.content.tree import Figure, Inlines, Table, Text
from docctl.content.walk import plain
from docctl.render.docx.columns import SMALL, Type, columns, for_entries, longest_word
from docctl.render.docx.pens.brackets import KINDS, around_cell
from docctl.render.docx.pens.pen import Ink, Pen
from docctl.render.docx.place import Place
from docctl.render.docx.runs import field, plain_run, runs
from docctl.render.docx.xml import attribute

__all__ = ["GAP", "described", "is_crowded", "label", "opened", "shaded", "table"]

#: What keeps two tables, or a table and the text after it, apart.
GAP = '<w:p><w:pPr><w:pStyle w:val="TableGap"/></w:pPr></w:p>'


#: Whether a style of tables sets off the first row.
HEADED, _HEADLESS = 'w:val="0420" w:firstRow="1"', 'w:val="0400" w:firstRow="0"'
#: How high a row should be to write into by hand.
_ENTRY_ROW = '<w:trHeight w:val="454" w:hRule="atLeast"/>'
#: Fewer columns are never too many for a page.
_MANY = 8
#: A row of more lines than this may be torn apart by the end of a page.
_MOST_LINES = 25
#: A shorter text does not take so many lines in any column that is worth the name.
_LONG = 200
#: What an empty cell of a table that nobody writes into counts as.
_NO_ENTRY = "\N{EN DASH}"
#: So much of an alternative text is read out.
_TOLD = 250
_JUSTIFIED = MappingProxyType(
    {
        "": "",
        "left": "",
        "center": '<w:jc w:val="center"/>',
        "right": '<w:jc w:val="right"/>',
    }
)


def table(pen: Pen, block: Table, place: Place, name: str = "") -> str:
    """Return the table with its caption before it and a gap after it.

    *name* is what those are told that do not see it, where it has no caption.
    """
    headed = any(map(_has_content, block.head)) or not block.rows
    rows = (block.head, *block.rows) if headed else block.rows
    nothing = _NO_ENTRY if name else ""
    texts = [[_words(cell) or nothing for cell in row] for row in rows]
    widths, setting = columns(texts, place.width, pen.look.breadth)
    height = _ENTRY_ROW if any(map(for_entries, zip(*texts, strict=True))) else ""
    caption = captioned(pen, block.caption, place, block.anchor) if block.caption else ""
    room = pen.room
    head = _head(pen, block, widths, setting) if headed else ""
    whole = f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"
    begins = ["<w:tr>" if _is_long(r, widths, setting) else whole for r in texts[headed:]]
    body = _body(pen, block, widths, setting, begins)
    pen.room = room
    look = HEADED if headed else _HEADLESS
    more = described(plain(block.caption) or name)
    begin = opened(widths, place.left, more, margins=setting.margins, look=look)
    return f"{caption}{pen.marked(block.anchor, '')}{begin}{head}{body}</w:tbl>{GAP}"


def is_crowded(block: Table, width: int) -> bool:
    """Tell whether words would be torn apart on a line of *width* twips, even in small type."""
    if len(block.head) < _MANY:
        return False
    cells = zip(*[[_words(cell) for cell in row] for row in (block.head, *block.rows)], strict=True)
    return sum(map(longest_word, cells)) * SMALL.bold + len(block.head) * SMALL.padding > width


def captioned(pen: Pen, caption: Inlines, place: Place, anchor: str = "") -> str:
    """Return the caption of a table, with its number; it stays with what follows it."""
    opening = place.paragraph("Caption", keep="<w:keepNext/>")
    return f"{opening}{label(pen, 'Table', anchor)}{runs(pen, caption)}</w:p>"


def figure(pen: Pen, block: Figure, place: Place, drawn: tuple[str, str]) -> str:
    """Return a figure of the runs of its picture and of its caption, if it has one."""
    picture, caption = drawn
    keep = "<w:keepNext/>" if caption else ""
    shown = f"{place.paragraph('Figure', keep=keep)}{pen.marked(block.anchor, picture)}</w:p>"
    if not caption:
        return shown
    words = f"{label(pen, 'Figure', block.anchor)}{caption}"
    return f"{shown}{place.paragraph('FigureCaption')}{words}</w:p>"


def label(pen: Pen, kind: str, anchor: str = "") -> str:
    """Return the words before a caption, such as `Table 3: `, counted by the word processor too.

    With an *anchor* there is a bookmark around `Table 3`, for what refers to it.
    """
    return f"{pen.later(_counted, kind, anchor)}{plain_run(': ')}"


def _counted(ink: Ink, kind: str, anchor: str) -> str:
    number = field(f"SEQ {kind} \\* ARABIC", str(ink.caption(kind)))
    return ink.named(anchor, f"{plain_run(kind + ' ')}{number}")


def shaded(fill: str) -> str:
    """Return the property of a cell with this background."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def opened(
    widths: Sequence[int],
    left: int = 0,
    more: str = "",
    *,
    style: str = "TableGrid",
    margins: str = "",
    look: str = HEADED,
) -> str:
    """Return the beginning of a table with these columns; *more* are its last properties.

    Only tables of the text's own style have a head.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{left}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{margins}'
        f'<w:tblLook {look} w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="0" w:noVBand="1"/>{more}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _has_content(cell: Inlines) -> bool:
    return any(getattr(one, "nodes", True) for one in cell)


def _words(cell: Inlines) -> str:
    if len(cell) == 1 and isinstance(cell[0], Text):
        return cell[0].text
    if MARKS.isdisjoint(map(type, cell)):
        return plain(cell)
    return "".join(plain(getattr(one, "nodes", (one,))) for one in cell)


def described(title: str, more: str = "") -> str:
    """Return what those are told of a table that do not see it; both may be empty.

    Its columns need no words: readers of screens say the head of the column with each cell.
    """
    return "".join(
        f'<w:tbl{kind} w:val="{attribute(words[:_TOLD])}"/>'
        for kind, words in (("Caption", title), ("Description", more))
        if words
    )


def _head(pen: Pen, block: Table, widths: Sequence[int], setting: Type) -> str:
    cells = []
    shade = f'{shaded(pen.look.shade) if pen.look.plain_heads else ""}<w:vAlign w:val="bottom"/>'
    for content, alignment, width in zip(block.head, block.alignments, widths, strict=True):
        pen.room = width - setting.padding
        more = shade + _column(content)
        opening = _cell(width, setting.head, _JUSTIFIED[alignment], more)
        cells.append(f"{opening}{runs(pen, content)}</w:p></w:tc>")
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _body(
    pen: Pen, block: Table, widths: Sequence[int], setting: Type, begins: Iterable[str]
) -> str:
    openings = [
        _cell(width, setting.text, _JUSTIFIED[alignment], _column(head))
        for width, alignment, head in zip(widths, block.alignments, block.head, strict=True)
    ]
    parts: list[str] = []
    for row, begin in zip(block.rows, begins, strict=True):
        parts.append(begin)
        for content, opening, width in zip(row, openings, widths, strict=True):
            pen.room = width - setting.padding
            parts.append(f"{opening}{runs(pen, content)}</w:p></w:tc>")
        parts.append("</w:tr>")
    return "".join(parts)


def _column(head: Inlines) -> str:
    """Return what is said of each cell of a column, by its head, if the column came or went."""
    mark = came_or_went(head)
    return around_cell(KINDS[mark]) if mark else ""


def _is_long(row: Sequence[str], widths: Sequence[int], setting: Type) -> bool:
    return any(
        len(text) > _LONG
        and len(text) * setting.character > _MOST_LINES * (width - setting.padding)
        for text, width in zip(row, widths, strict=True)
    )


def _cell(width: int, style: str, justified: str, more: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{justified}</w:pPr>'
    )
