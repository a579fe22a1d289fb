"""The table of contents: its lines lead to the headings, and may show their pages."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docctl.content.structure.outline import OutlineEntry
from docctl.render.docx.around.sheet import line as paragraph
from docctl.render.docx.plan import bookmark
from docctl.render.docx.runs import field
from docctl.render.docx.tables import GAP
from docctl.render.docx.xml import text

__all__ = ["Pages", "contents"]

#: A table of contents up to this length is not torn apart by the end of a page; of a longer one
#: at least so many lines stand on either page.
_TOGETHER = 10
_APART = 3
_KEEP = "<w:keepNext/>"
#: What stands for a number that is not known yet.
_UNKNOWN = "000"


class Pages(NamedTuple):
    """On which pages the places of a copy stand."""

    numbers: Mapping[str, str]
    """The numbers of pages by the names of bookmarks; what is not in it is not known yet."""

    by: str
    """The program that laid the copy out, with its version."""


def contents(lines: Sequence[OutlineEntry], pages: Pages | None, width: int) -> str:
    """Return the table of contents, already filled; a word processor can fill it again.

    It shows numbers of pages only where *pages* has them: only a word processor knows them. One
    that fills it again puts them in, too.
    """
    if not lines:
        return ""
    deepest = max(line.level for line in lines)
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f' TOC \\o "1-{deepest}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    tab = _tab(width) if pages else ""
    entries = [_entry(line, _kept(at, len(lines)) + tab, pages) for at, line in enumerate(lines, 1)]
    entries[0] = entries[0].replace("</w:pPr>", f"</w:pPr>{begin}", 1)
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    entries[-1] = entries[-1].removesuffix("</w:p>") + end
    return (
        '<w:sdt><w:sdtPr><w:id w:val="1000"/><w:docPartObj>'
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('TOCHeading', 'Contents')}{''.join(entries)}</w:sdtContent>"
        f"</w:sdt>{GAP}"
    )


def _kept(at: int, lines: int) -> str:
    """Return what keeps a line on the page of the next one."""
    together = lines <= _TOGETHER or not _APART <= at <= lines - _APART
    return _KEEP if together and at < lines else ""


def _tab(width: int) -> str:
    """Return the place of the numbers; LibreOffice shows none where the line ends before it."""
    return f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'


def _page(name: str, cached: str) -> str:
    return field(f"PAGEREF {name} \\h", cached)


def _entry(line: OutlineEntry, properties: str, pages: Pages | None) -> str:
    name = bookmark(line.anchor)
    number = f"<w:t>{text(line.number)}</w:t><w:tab/>" if line.number else ""
    words = f'<w:r>{number}<w:t xml:space="preserve">{text(line.title)}</w:t></w:r>'
    if pages:
        cached = pages.numbers.get(name, _UNKNOWN)
        words += f"<w:r><w:tab/></w:r>{_page(name, cached)}"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TOC{line.level}"/>{properties}</w:pPr>'
        f'<w:hyperlink w:anchor="{name}" w:history="1">{words}</w:hyperlink></w:p>'
    )
