"""What stands on every page: its size, its head and foot, and the mark across it."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from docctl.render.cover import Cover
from docctl.render.docx.around.direction import directed
from docctl.render.docx.parts.styles import FONT, LINE
from docctl.render.docx.runs import BOLD, PLAIN, field, plain_run
from docctl.render.docx.tables import GAP, opened
from docctl.render.docx.xml import attribute, declared

__all__ = [
    "LANDSCAPE",
    "PORTRAIT",
    "SHAPES",
    "Margins",
    "Page",
    "Reference",
    "footer",
    "header",
    "page",
    "section",
    "styleref",
    "watermark",
]

PORTRAIT, LANDSCAPE = "portrait", "landscape"

_SIZES = MappingProxyType({"A4": (11_906, 16_838), "Letter": (12_240, 15_840)})


class Margins(NamedTuple):
    """What stays free around the text, in twips; `header` and `footer` begin so far from the edge.

    A negative `top` or `bottom` stays as it is however high the head or foot grows.
    """

    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    gutter: int = 0


_MARGINS = Margins(1701, 1247, 1474, 1247, 624, 624)


class Page(NamedTuple):
    """A page in twips; `width` and `height` as it lies, `text` is the length of a line."""

    orientation: str
    width: int
    height: int
    margins: Margins = _MARGINS

    @property
    def text(self) -> int:
        """The length of a line."""
        return self.width - self.margins.left - self.margins.right - self.margins.gutter


def page(paper: str, orientation: str) -> Page:
    """Return the page of *paper*, `A4` or `Letter`, in this orientation."""
    width, height = _SIZES[paper]
    if orientation == LANDSCAPE:
        return Page(orientation, height, width)
    return Page(orientation, width, height)


class Reference(NamedTuple):
    """A head or foot of a section: `header` or `footer`, for which pages, and under which id."""

    kind: str
    pages: str
    id: str


def section(sheet: Page, references: Iterable[Reference], *, title_page: bool = False) -> str:
    """Return the properties of a section whose pages are like *sheet*.

    With *title_page* the first page has a head and foot of its own.
    """
    frames = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{key}"/>' for kind, pages, key in references
    )
    turned = ' w:orient="landscape"' if sheet.orientation == LANDSCAPE else ""
    free = " ".join(f'w:{side}="{size}"' for side, size in sheet.margins._asdict().items())
    return (
        f"<w:sectPr>{frames}"
        f'<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/><w:pgMar {free}/>'
        f"{'<w:titlePg/>' if title_page else ''}</w:sectPr>"
    )


def header(cover: Cover, sheet: Page, shape: int = 0, *, chapter: str = "") -> bytes:
    """Return the header: organisation, number, title and revision, and the status mark.

    *shape* is a number of its own for the mark across the page, where there are more headers.
    *chapter* is what stands behind the title.
    """
    facts = cover.running
    title = plain_run(facts.title, BOLD) + (plain_run(" · ") + chapter if chapter else "")
    left = _line("HeaderText", facts.organization) + f"{_P.format('HeaderText')}{title}</w:p>"
    right = _line("HeaderNumber", facts.number, BOLD) + _line("HeaderNumber", facts.revision)
    number = shape or SHAPES[sheet.orientation]
    across = watermark(cover.watermark, number) if cover.watermark else ""
    mark = across + plain_run(facts.mark)
    content = f"{_two_columns(sheet, left, right, 'bottom')}{_P.format('StatusMark')}{mark}</w:p>"
    return declared("w:hdr", directed(content), "w r v o w10")


def footer(cover: Cover, sheet: Page, shape: int = 0) -> bytes:
    """Return the footer: status, effective date, classification, caution, page x of y, digest.

    With a *shape*, on the pages of others, something keeps it apart from the text above.
    """
    facts = cover.running
    status = (
        f"Status: {facts.status}",
        facts.effective,
        f"Classification: {facts.classification}" if facts.classification else "",
    )
    pages = f"{plain_run('Page ')}{field('PAGE', '1')}{plain_run(' of ')}{field('NUMPAGES', '1')}"
    left = _line("FooterText", " · ".join(filter(None, status))) + _line(
        "FooterText", facts.caution, BOLD
    )
    right = f"{_P.format('FooterPages')}{pages}</w:p>"
    right += _line("FooterPages", facts.digest) if facts.digest else ""
    apart = GAP if shape else ""
    content = f"{apart}{_two_columns(sheet, left, right, 'top')}{_P.format('Break')}</w:p>"
    return declared("w:ftr", directed(content), "w r")


def styleref(shown: str, level: int = 1) -> str:
    """Return the field that shows the heading of a level that a page is under.

    *shown* is what stands there until it is worked out, as the content of a run.
    """
    words = f'<w:t xml:space="preserve">{shown}</w:t>'
    return f'<w:fldSimple w:instr=" STYLEREF {level} "><w:r>{words}</w:r></w:fldSimple>'


_P = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>'


def _line(style: str, words: str, look: int = PLAIN) -> str:
    return f"{_P.format(style)}{plain_run(words, look)}</w:p>"


def _two_columns(sheet: Page, left: str, right: str, edge: str) -> str:
    """Return a table over the whole line, ruled at one *edge*."""
    wide = sheet.text * 7 // 10
    line = f'<w:{edge} w:val="single" w:sz="6" w:space="0" w:color="{LINE}"/>'
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{line}</w:tcBorders>'
        f"</w:tcPr>{content}</w:tc>"
        for width, content in ((wide, left), (sheet.text - wide, right))
    )
    return f"{opened((wide, sheet.text - wide), style='TableFrame')}<w:tr>{cells}</w:tr></w:tbl>"


#: The numbers of the first shapes; all are unique in a package.
SHAPES = MappingProxyType({PORTRAIT: 2049, LANDSCAPE: 2050})

_WIDEST = 500
_HIGHEST = 104


def watermark(mark: str, shape: int) -> str:
    """Return the run that lays *mark* across the page; *shape* is unique in the package."""
    width = min(_WIDEST, _HIGHEST * len(mark) * 7 // 10)
    height = min(_HIGHEST, width * 15 // 10 // len(mark))
    words = attribute(mark)
    where = ";".join(
        f"mso-position-{axis}:center;mso-position-{axis}-relative:margin"
        for axis in ("horizontal", "vertical")
    )
    return (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136"'
        ' path="m0,0l21600,0m0,21600l21600,21600e"><v:path textpathok="t" o:connecttype="rect"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="StatusWatermark{shape}" o:spid="_x0000_s{shape}" type="#_x0000_t136"'
        f' alt="{words}" style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;'
        f'height:{height}pt;rotation:315;z-index:-251658752;{where}" o:allowincell="f"'
        ' fillcolor="#d5d9e0" stroked="f"><v:fill opacity="32768f"/>'
        f'<v:textpath style="font-family:&quot;{FONT}&quot;;font-weight:bold" string="{words}"/>'
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
    )
