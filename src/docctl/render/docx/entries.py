"""Places to write into: tables with a content control in each empty cell."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docctl.render.docx.pens.pen import Ink
from docctl.render.docx.place import Place
from docctl.render.docx.runs import BOLD, plain_run
from docctl.render.docx.tables import GAP, opened, shaded
from docctl.render.docx.xml import attribute
from docctl.render.entries import Entry, Sheet, marks

__all__ = ["written"]

#: What stands in an empty place: nothing is seen of it, and it can be clicked at.
_BLANK = "\u2002" * 5
_ROW = '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="510" w:hRule="atLeast"/></w:trPr>'
_HEAD_ROW = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_LABELS = 38
_DAY = (
    '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
)


def written(pen: Ink, sheets: Sequence[Sheet], place: Place) -> str:
    """Return the parts of a form to be filled in."""
    parts: list[str] = []
    places = _Places(pen, marks(sheets))
    for sheet in sheets:
        parts.append(_line("FrontHeading", sheet.title))
        if sheet.note:
            parts.append(f"{place.opening}{plain_run(sheet.note)}</w:p>")
        parts.extend(_tables(places, sheet.entries, place.width))
    parts.append(_line("FactLabel", "* must be filled in"))
    return "".join(parts)


class _Places(NamedTuple):
    """The places still to be written, with the names of their bookmarks by their tags."""

    pen: Ink
    marks: dict[str, str]


def _tables(places: _Places, entries: Iterable[Entry], width: int) -> Iterator[str]:
    """Yield plain entries as one table, and each entry that is a table for itself."""
    rows: list[str] = []
    widths = (width * _LABELS // 100, width - width * _LABELS // 100)
    for entry in entries:
        if not entry.columns:
            rows.append(_row(places, entry, widths))
            continue
        if rows:
            yield _whole(widths, "FactGrid", rows)
            rows = []
        yield _title(entry)
        yield _inner(places, entry, width)
    if rows:
        yield _whole(widths, "FactGrid", rows)


def _row(places: _Places, entry: Entry, widths: tuple[int, int]) -> str:
    cells = (
        _cell(widths[0], _named(entry), shaded(places.pen.look.shade)),
        _cell(widths[1], _paragraph("TableText", _control(places, entry))),
    )
    return f"{_ROW}{''.join(cells)}</w:tr>"


def _inner(places: _Places, entry: Entry, width: int) -> str:
    share = width // len(entry.columns)
    widths = [share] * (len(entry.columns) - 1)
    widths.append(width - sum(widths))
    pairs = list(zip(entry.columns, widths, strict=True))
    back = shaded(places.pen.look.shade) if places.pen.look.plain_heads else ""
    head = "".join(_cell(room, _named(one, "TableHeading"), back) for one, room in pairs)
    rows = [f"{_ROW}{_blanks(places, pairs)}</w:tr>" for _ in range(entry.rows)]
    return _whole(widths, "TableGrid", [f"{_HEAD_ROW}{head}</w:tr>", *rows])


def _blanks(places: _Places, columns: Iterable[tuple[Entry, int]]) -> str:
    return "".join(
        _cell(room, _paragraph("TableText", _control(places, one))) for one, room in columns
    )


def _control(places: _Places, entry: Entry) -> str:
    """Return the place itself: a content control that is known by its tag."""
    # A control for plain text cannot hold lines: LibreOffice puts their ends before it.
    kinds = {"choice": _choices(entry), "day": _DAY, "text": ""}
    inside = f'<w:id w:val="{places.pen.id()}"/>{kinds[entry.kind]}'
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val="{attribute(entry.label[:60])}"/>'
        f'<w:tag w:val="{attribute(entry.tag)}"/>{inside}</w:sdtPr>'
        f"<w:sdtContent>{plain_run(_BLANK)}</w:sdtContent></w:sdt>"
    )
    mark = places.marks.pop(entry.tag, "")
    return places.pen.bookmarked(mark, control) if mark else control


def _choices(entry: Entry) -> str:
    items = "".join(
        f'<w:listItem w:displayText="{attribute(one)}" w:value="{attribute(one)}"/>'
        for one in dict.fromkeys(entry.choices)
        if one
    )
    return f"<w:dropDownList>{items}</w:dropDownList>"


def _title(entry: Entry) -> str:
    words = plain_run(_starred(entry), BOLD) + (plain_run(f"  {entry.hint}") if entry.hint else "")
    return f'<w:p><w:pPr><w:pStyle w:val="TableText"/><w:keepNext/></w:pPr>{words}</w:p>'


def _named(entry: Entry, style: str = "TableText") -> str:
    name = _paragraph(style, plain_run(_starred(entry), BOLD))
    return name + (_line("FactLabel", entry.hint) if entry.hint else "")


def _starred(entry: Entry) -> str:
    return f"{entry.label} *" if entry.required else entry.label


def _whole(widths: Iterable[int], style: str, rows: Iterable[str]) -> str:
    return f"{opened(tuple(widths), style=style)}{''.join(rows)}</w:tbl>{GAP}"


def _cell(width: int, content: str, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'


def _line(style: str, words: str) -> str:
    return _paragraph(style, plain_run(words))


def _paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'
