"""The whole: the control sheet, contents with their pages, the text, and what ends it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from docctl.content.structure.footnotes import unmarked_shown
from docctl.content.structure.outline import outline, without_title
from docctl.content.tree import Document
from docctl.content.walk import changed
from docctl.model.answers.controlled import ControlledCopy
from docctl.render import qr
from docctl.render.cover import Cover
from docctl.render.cover import cover as cover_of
from docctl.render.particulars import Fact
from docctl.render.pdf.block import flowing, statements
from docctl.render.pdf.compiler import compiled, unreadable
from docctl.render.pdf.measure import BOLD
from docctl.render.pdf.pen import Pen
from docctl.render.pdf.pictures import Pictures
from docctl.render.pdf.setting import INSET, LABEL, ROOM, SMALL, setting
from docctl.render.pdf.source import array, call, string
from docctl.render.pdf.words import Line, written
from docctl.render.references import TOLD

__all__ = ["controlled", "covered"]

_NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})
_NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})

#: A text with fewer headings needs no list of them.
_LEAST_LINES = 3
#: Contents up to this length are not torn apart by the end of a page.
_TOGETHER = 10
#: A longer value has the line to itself.
_HALF_A_LINE = 34
#: The size of the title.
_TITLE = 22


def controlled(
    document: Document,
    copy: ControlledCopy,
    images: Mapping[str, bytes] = _NO_IMAGES,
    *,
    properties: Mapping[str, str] = _NO_PROPERTIES,
    coded_for: str = "",
) -> bytes:
    """Return *document* as a PDF file with everything that *copy* says about it.

    See `covered`. *properties* are added to the facts for programs. With *coded_for*, the digest
    of a library, it bears a QR code that names it.
    """
    around = cover_of(copy, without_title(document, copy.document.title), properties=properties)
    return covered(document, qr.coded(around, coded_for), images)


def covered(document: Document, cover: Cover, images: Mapping[str, bytes] = _NO_IMAGES) -> bytes:
    """Return *document* as a PDF/A-2b file, tagged, with what *cover* says around it.

    The same inputs and fonts give the same bytes: the time in it is that of the cover. *images*
    are picture files by the name that the text uses; one that is missing or cannot be shown is
    replaced by words.

    Raises:
        InputError: Typst is not installed, or has no font for some of the letters.
    """
    text = changed(unmarked_shown(without_title(document, cover.title)), TOLD)
    pictures = Pictures(images)
    source = _source(text, cover, pictures)
    if pictures.files:
        pictures.unreadable |= unreadable(pictures.files)
    if pictures.unreadable:
        pictures.files.clear()
        source = _source(text, cover, pictures)
    return compiled(source, pictures.files, cover.created)


def _source(document: Document, cover: Cover, pictures: Pictures) -> str:
    lines = outline(document)
    shift = min((line.level for line in lines), default=1) - 1
    language = cover.language.partition("-")[0]
    room, across = ROOM[cover.paper]
    line = Line(room, language=language)
    pen = Pen.new(document, pictures, write=flowing, shift=shift, line=line, across=across)
    contents = cover.contents and len(lines) >= _LEAST_LINES
    listed = _contents(whole=len(lines) <= _TOGETHER) if contents else ""
    body = f"#{statements(pen, document.blocks)}\n"
    above, below = (_upright(part(pen, cover)) for part in (_above, _below))
    return f"{setting(cover)}{above}{listed}{body}{below}"


def _contents(*, whole: bool) -> str:
    """Return the contents, which stand on one page if they are to be *whole*."""
    outline = "outline(title: [Contents], depth: 3, indent: 1em)"
    return f"#{call('block', outline, breakable='false') if whole else outline}\n#v(0.8em)\n"


def _upright(parts: Iterator[str]) -> str:
    """Return what is in our words: it runs from left to right whatever the text does."""
    return f"#[\n#set text(dir: ltr)\n{''.join(parts)}]\n"


def _above(pen: Pen, cover: Cover) -> Iterator[str]:
    kind = call("text", call("upper", string(cover.kind)), size="9pt", weight='"bold"', fill="grey")
    words = written(cover.title, replace(pen.whole, size=_TITLE * BOLD))
    title = call("text", words, size=f"{_TITLE}pt", weight='"bold"', fill="accent")
    yield f"#block(below: 8pt, {kind})\n#block(below: 12pt, {title})\n"
    if cover.subtitle:
        yield f"#block(text(size: 13pt, fill: grey, {string(cover.subtitle)}))\n"
    if cover.running.mark:
        words = call("upper", string(cover.running.mark))
        mark = call("text", words, weight='"bold"', fill="alarm")
        yield f"#box(stroke: 1pt + alarm, inset: 5pt, {mark})\n"
    yield f"#{_facts(pen, cover.facts)}\n"
    for notice in cover.notices:
        yield f"#notice({'true' if cover.warning else 'false'}, {string(notice)})\n"
    if cover.code:
        yield f"#{_code(pen, cover.code)}\n"
    for name, table in cover.tables:
        if table.rows:
            yield f"#part({string(name)})\n#{statements(pen, (table,))}\n"


def _code(pen: Pen, code: str) -> str:
    """Return the QR code, and beside it the digests that it holds."""
    name = f'"{pen.pictures.use(qr.drawn(code))}"'
    image = call("image", name, width=f"{qr.SIDE}mm", alt=string(qr.described(code)))
    said = (f"({string(fact.label)}, {string(fact.value)})" for fact in qr.facts(code))
    return call("coded", image, array(said))


def _below(pen: Pen, cover: Cover) -> Iterator[str]:
    if cover.closing:
        title = string("Particulars approved with this text")
        yield f"#part({title})\n#{_facts(pen, cover.closing)}\n"


def _facts(pen: Pen, facts: Sequence[Fact]) -> str:
    """Return labelled values, short ones side by side as long as that keeps their order."""
    cells: list[str] = []
    half = False
    for at, fact in enumerate(facts):
        follows = facts[at + 1] if at + 1 < len(facts) else None
        alone = not half and (follows is None or _is_long(follows) or _is_long(fact))
        room = pen.whole.room - LABEL - 2 * INSET
        line = replace(pen.whole, room=room if alone else (room - LABEL) / 2 - INSET, size=SMALL)
        value = written(fact.value, line)
        cells += [
            f"label-cell({string(fact.label)})",
            f"table.cell(colspan: 3, {value})" if alone else value,
        ]
        half = not half and not alone
    return call("facts", *cells)


def _is_long(fact: Fact) -> bool:
    return len(fact.value) > _HALF_A_LINE
