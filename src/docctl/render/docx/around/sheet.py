"""The control sheet: what stands before the text, and the particulars that end it."""

from collections.abc import Iterable, Sequence

from docctl.content.tree import Image, Table
from docctl.render import qr
from docctl.render.cover import Cover
from docctl.render.docx.columns import longest_word
from docctl.render.docx.pens.pen import Ink, Look
from docctl.render.docx.pictures import drawing, size
from docctl.render.docx.place import Place
from docctl.render.docx.runs import BOLD, plain_run
from docctl.render.docx.tables import GAP, described, opened, shaded, table
from docctl.render.particulars import Fact

__all__ = ["closing", "control_sheet", "line"]

#: A longer value has the line to itself.
_HALF_A_LINE = 34
#: How wide a letter of a label is, and what its cell needs besides, in twips.
_LETTER, _PADDING = 68, 215
#: The breadth of our own letters, and of those that machines may take for a font they lack.
_OURS, _REPLACED = 100, 118
#: How wide the cell of the QR code is, in twips.
_CODE_CELL = 1800
#: Particulars of no more letters stand on one page.
_TOGETHER = 1500
_KEEP = "<w:keepNext/>"


def control_sheet(pen: Ink, cover: Cover, place: Place) -> str:
    """Return the title, the title block, notices, and tables such as approvals and history."""
    return "".join(
        (
            line("DocumentType", cover.kind),
            _title(pen, cover),
            _fact_table(cover.facts, place.width, pen.look, cover.kind),
            GAP,
            *(_notice(notice, place) for notice in cover.notices),
            _coded(pen, cover.code, place.width),
            *(_headed(pen, title, content, place) for title, content in cover.tables),
        )
    )


def closing(cover: Cover, place: Place, look: Look) -> str:
    """Return the facts that end the text as a table, if there are any."""
    if not cover.closing:
        return ""
    rows = [(fact,) for fact in cover.closing]
    title = "Particulars approved with this text"
    short = sum(len(fact.value) for fact in cover.closing) <= _TOGETHER
    grid = _grid(rows, place.width, look, title, keep=_KEEP if short else "")
    return f"{line('FrontHeading', title)}{grid}{GAP}"


def _title(pen: Ink, cover: Cover) -> str:
    words = pen.marked(pen.plan.title_anchor, plain_run(cover.title))
    title = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{words}</w:p>'
    return title + (line("Subtitle", cover.subtitle) if cover.subtitle else "")


def _notice(words: str, place: Place) -> str:
    opening = place.admonition("important").opening
    return f"{opening}{plain_run(words, BOLD)}</w:p>{GAP}"


def _headed(pen: Ink, title: str, content: Table, place: Place) -> str:
    return line("FrontHeading", title) + table(pen, content, place, title) if content.rows else ""


def _coded(pen: Ink, code: str, width: int) -> str:
    """Return the QR code, and beside it the digests that it holds."""
    if not code:
        return ""
    picture = qr.drawn(code)
    image = Image("", qr.described(code), width=f"{qr.SIDE}mm")
    key = pen.pictures.link(picture, pen.links)
    shown = drawing(image, picture, key, size(image, picture, pen.room), pen.id())
    said = "".join(
        line("FactLabel", fact.label) + line("FactValue", fact.value) for fact in qr.facts(code)
    )
    widths = _CODE_CELL, width - _CODE_CELL
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="FactValue"/></w:pPr>{shown}</w:p>'
    cells = "".join(map(_filled, widths, (paragraph, said)))
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    told = described("QR code", "The code, and the digests that it holds")
    return f"{opened(widths, more=told, style='FactGrid')}{row}</w:tbl>{GAP}"


def line(style: str, words: str, more: str = "") -> str:
    """Return a paragraph in a style that says only *words*; *more* are its properties besides."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{plain_run(words)}</w:p>'


# --- labelled values -----------------------------------------------------------------------


def _fact_table(facts: Sequence[Fact], width: int, look: Look, kind: str) -> str:
    return _grid(_pairs(facts), width, look, f"Control block: {kind}")


def _pairs(facts: Iterable[Fact]) -> list[tuple[Fact, ...]]:
    """Put short facts side by side, as long as that keeps their order."""
    rows: list[tuple[Fact, ...]] = []
    waiting: tuple[Fact, ...] = ()
    for fact in facts:
        if len(fact.value) > _HALF_A_LINE:
            rows.extend(filter(None, (waiting, (fact,))))
            waiting = ()
        elif waiting:
            rows.append((*waiting, fact))
            waiting = ()
        else:
            waiting = (fact,)
    return [*rows, waiting] if waiting else rows


def _widths(rows: Iterable[Sequence[Fact]], width: int, breadth: int) -> tuple[int, int, int, int]:
    """Return the widths of the columns; no word of a label is torn where the line is short."""
    longest = max(longest_word([fact.label for fact in row]) for row in rows)
    safe = breadth if breadth == _OURS else max(breadth, _REPLACED)
    word = longest * _LETTER * safe // _OURS + _PADDING
    label = max(width * 15 // 100, min(word, width // 4))
    value = width // 2 - label
    return label, value, label, width - 2 * label - value


def _grid(
    rows: Sequence[Sequence[Fact]], width: int, look: Look, title: str, *, keep: str = ""
) -> str:
    told = described(title, "Labels, each with its value to the right of it")
    widths = _widths(rows, width, look.breadth)
    lines = [_row(row, widths, look.shade, keep) for row in rows[:-1]]
    lines.append(_row(rows[-1], widths, look.shade))
    return f"{opened(widths, more=told, style='FactGrid')}{''.join(lines)}</w:tbl>"


def _row(
    facts: Sequence[Fact], widths: tuple[int, int, int, int], shade: str, keep: str = ""
) -> str:
    """Return a row; *keep* is what keeps it on the page of the next one."""
    back = shaded(shade)
    label, value, _, last = widths
    heads = [_filled(label, line("FactLabel", fact.label, keep), back) for fact in facts]
    if len(facts) == 1:
        rooms, more = [sum(widths[1:])], '<w:gridSpan w:val="3"/>'
    else:
        rooms, more = [value, last], ""
    return "<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr>".format(
        "".join(
            head + _filled(room, line("FactValue", fact.value, keep), more)
            for head, fact, room in zip(heads, facts, rooms, strict=True)
        )
    )


def _filled(width: int, content: str, more: str = "") -> str:
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>'
    return f"<w:tc>{properties}{content}</w:tc>"
