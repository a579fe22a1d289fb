"""What stands on every page: its size, its head and foot, and the mark across it."""

from typing import NamedTuple

from docctl.render.cover import Cover
from docctl.render.docx.around.direction import directed
from docctl.render.docx.parts.styles import FONT, LINE
from docctl.render.docx.runs import BOLD, PLAIN, field, plain_run
from docctl.render.docx.tables import opened
from docctl.render.docx.xml import attribute, declared

__all__ = ["LANDSCAPE", "PORTRAIT", "Page", "footer", "header", "page", "section"]

PORTRAIT, LANDSCAPE = "portrait", "landscape"

_SIZES = {"A4": (11_906, 16_838), "Letter": (12_240, 15_840)}
_SIDE = 1247
_TOP = 1701
_BOTTOM = 1474
_RUNNING = 624


class Page(NamedTuple):
    """A page in twips; `width` and `height` as it lies, `text` is the length of a line."""

    orientation: str
    width: int
    height: int

    @property
    def text(self) -> int:
        """The length of a line."""
        return self.width - 2 * _SIDE


def page(paper: str, orientation: str) -> Page:
    """Return the page of *paper*, `A4` or `Letter`, in this orientation."""
    width, height = _SIZES[paper]
    if orientation == LANDSCAPE:
        return Page(orientation, height, width)
    return Page(orientation, width, height)


def section(sheet: Page, header_id: str, footer_id: str) -> str:
    """Return the properties of a section whose pages are like *sheet*."""
    turned = ' w:orient="landscape"' if sheet.orientation == LANDSCAPE else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header_id}"/>'
        f'<w:footerReference w:type="default" r:id="{footer_id}"/>'
        f'<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
        f'<w:pgMar w:top="{_TOP}" w:right="{_SIDE}" w:bottom="{_BOTTOM}" w:left="{_SIDE}"'
        f' w:header="{_RUNNING}" w:footer="{_RUNNING}" w:gutter="0"/></w:sectPr>'
    )


def header(cover: Cover, sheet: Page) -> bytes:
    """Return the header: organisation, number, title and revision, and the status mark."""
    facts = cover.running
    left = _line("Header", facts.organization) + _line("Header", facts.title, BOLD)
    right = _line("HeaderNumber", facts.number, BOLD) + _line("HeaderNumber", facts.revision)
    across = _watermark(cover.watermark, _SHAPES[sheet.orientation]) if cover.watermark else ""
    mark = across + plain_run(facts.mark)
    content = f"{_two_columns(sheet, left, right, 'bottom')}{_P.format('StatusMark')}{mark}</w:p>"
    return declared("w:hdr", directed(content), "w r v o w10")


def footer(cover: Cover, sheet: Page) -> bytes:
    """Return the footer: status, effective date, classification, caution, page x of y."""
    facts = cover.running
    status = (
        f"Status: {facts.status}",
        facts.effective,
        f"Classification: {facts.classification}" if facts.classification else "",
    )
    pages = f"{plain_run('Page ')}{field('PAGE', '1')}{plain_run(' of ')}{field('NUMPAGES', '1')}"
    left = _line("Footer", " · ".join(filter(None, status))) + _line("Footer", facts.caution, BOLD)
    right = f"{_P.format('FooterPages')}{pages}</w:p>"
    content = f"{_two_columns(sheet, left, right, 'top')}{_P.format('Break')}</w:p>"
    return declared("w:ftr", directed(content), "w r")


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


#: The numbers of the shapes, unique in the package.
_SHAPES = {PORTRAIT: 2049, LANDSCAPE: 2050}

_WIDEST = 500
_HIGHEST = 104


def _watermark(mark: str, shape: int) -> str:
    """Return the run that lays *mark* across the page, behind the text."""
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
