"""The footnotes part."""

from docctl.content.tree import Footnote
from docctl.render.docx.around.direction import directed
from docctl.render.docx.blocks import first_paragraph, write
from docctl.render.docx.parts.package import Relationships
from docctl.render.docx.pens.pen import Ink
from docctl.render.docx.place import Place
from docctl.render.docx.runs import RAISED, plain_run, runs
from docctl.render.docx.xml import declared

__all__ = ["footnotes"]

_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
_LINES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr>'
    '<w:spacing w:before="0" w:after="0"/></w:pPr>'
    f"<w:r><w:{mark}/></w:r></w:p></w:footnote>"
    for kind, number, mark in (
        ("separator", -1, "separator"),
        ("continuationSeparator", 0, "continuationSeparator"),
    )
)


def footnotes(pen: Ink, width: int) -> tuple[bytes, Relationships]:
    """Return the part with every note whose mark was written, and its relationships.

    A note that only another note mentions is set below that one.
    """
    pen.links, pen.in_note, pen.room = Relationships(), True, width
    place = Place(width, "FootnoteText")
    parts, placed = [_LINES], pen.notes.placed
    known = len(placed)
    for number, note in enumerate(tuple(placed), 1):
        content = _note(pen, note, place, _MARK)
        while len(placed) > known:
            known += 1
            content += _note(pen, placed[known - 1], place, plain_run(str(known), RAISED))
        parts.append(f'<w:footnote w:id="{number}">{content}</w:footnote>')
    return declared("w:footnotes", directed("".join(parts))), pen.links


def _note(pen: Ink, note: Footnote, place: Place, mark: str) -> str:
    first, rest = first_paragraph(note.blocks)
    words = f"{mark}{plain_run(' ')}{runs(pen, first)}"
    return f"{place.opening}{words}</w:p>{write(pen, rest, place)}"
