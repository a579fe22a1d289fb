"""The heads and feet of a template: read once, and filled for each copy.

What must stand on every page of a controlled copy and the template does not show is added below.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from docctl.render.cover import Cover
from docctl.render.docx.around.direction import directed
from docctl.render.docx.around.frame import Page, watermark
from docctl.render.docx.around.lying import Chapter
from docctl.render.docx.parts.package import Relationships
from docctl.render.docx.runs import BOLD, field, plain_run
from docctl.render.docx.template.cleaned import Drawn
from docctl.render.docx.template.wordml import measure, own, put, w
from docctl.render.docx.template.words import PLACEHOLDERS, told
from docctl.render.docx.xml import declared, text

__all__ = ["FIRST_SHAPE", "TheirFrame", "filled", "kept", "missing"]

#: The number of the first mark across a page.
FIRST_SHAPE = 2049
#: So many shapes of a head or foot have numbers of their own in a package.
_SHAPES = 1_000
_SHAPE = re.compile(r'(<wp:docPr\b[^>]*? id=")(\d+)')
_ASKED = re.compile(r"\{([a-z_]+)\}")
_SCALED = (("tblW", "w"), ("gridCol", "w"), ("tcW", "w"), ("tab", "pos"), ("tblInd", "w"))


#: A stop of the tabulator: its kind, and where it is.
Tab = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TheirFrame:
    """A head or foot of a template: its XML by the way the page lies, and what it asks for."""

    upright: str
    across: str
    asks: frozenset[str]
    """The placeholders in it."""

    links: Relationships


def kept(
    drawn: Drawn, asks: frozenset[str], pages: tuple[Page, Page], tabs: Mapping[str, Sequence[Tab]]
) -> TheirFrame:
    """Return what is kept of a head or foot; on pages that lie across it is as wide as the line.

    *pages* are the upright page and the one that lies across, *tabs* are those of the styles.
    """
    upright, across = pages
    root = drawn.root
    if root[-1].tag == w("tbl"):  # a table must not end it
        root.append(etree.fromstring(declared("w:p", _GAP, "w")))
    for paragraph in root.iter(w("p")):
        _fitted(paragraph, tabs, upright.text)
    plain = etree.tostring(root, encoding="unicode")
    if across.text != upright.text:
        for paragraph in root.iter(w("p")):
            _own_tabs(paragraph, tabs)
        _widened(root, across.text, upright.text)
    return TheirFrame(plain, etree.tostring(root, encoding="unicode"), asks, drawn.links)


_GAP = '<w:pPr><w:pStyle w:val="TableGap"/></w:pPr>'
#: Kinds of measures and tabs whose numbers are twips.
_TABS = ("left", "start", "center", "right", "end", "decimal", "bar", "num")


def _own_tabs(paragraph: etree._Element, tabs: Mapping[str, Sequence[Tab]]) -> None:
    """Give a paragraph the tabs of its style as its own."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    found = tabs.get("" if style is None else own(style, "val"), ())
    about = paragraph.find(w("pPr"))
    if not found or about is None or about.find(w("tabs")) is not None:
        return
    here = put(about, etree.Element(w("tabs")))
    for kind, position in found:
        etree.SubElement(here, w("tab"), {w("val"): kind, w("pos"): position})


def _fitted(paragraph: etree._Element, tabs: Mapping[str, Sequence[Tab]], line: int) -> None:
    """Draw tabs together that lie beyond the line: some programs show nothing that stands there."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    found = [place for _, place in tabs.get("" if style is None else own(style, "val"), ())]
    written = [own(tab, "pos") for tab in paragraph.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}")]
    furthest = max((measure(one) or 0 for one in written or found), default=0)
    if furthest > line:
        _own_tabs(paragraph, tabs)
        for node in paragraph.iterfind(f"{w('pPr')}/{w('tabs')}"):
            _ended(node)
            for tab in node:
                place = measure(own(tab, "pos"))
                if own(tab, "val") in _TABS and place is not None and place >= 0:
                    tab.set(w("pos"), str(place * line // furthest))


def _ended(tabs: etree._Element) -> None:
    """End the tabs that a style has at the places of these."""
    for tab in list(tabs):
        if own(tab, "val") != "clear":
            ended = {w("val"): "clear", w("pos"): own(tab, "pos")}
            tabs.insert(0, etree.Element(w("tab"), ended))


def _widened(root: etree._Element, wide: int, narrow: int) -> None:
    """Stretch tables and tabs from a narrow line to a wide one; tabs of styles end."""
    for tabs in root.iter(w("tabs")):
        _ended(tabs)
    for name, key in _SCALED:
        for node in root.iter(w(name)):
            value, kind = measure(own(node, key)), own(node, "type") or own(node, "val")
            if value is not None and kind in {"", "dxa", *_TABS}:
                node.set(w(key), str(value * wide // narrow))


def filled(
    xml: str, cover: Cover, chapter: Chapter, more: str, *, place: int, marked: bool
) -> bytes:
    """Return a head or foot with the words of a copy; *more* is added below.

    *chapter* is what its pages are of. *place* numbers it among those of a package. Where it is
    *marked*, the status mark of the copy lies across the page.
    """
    xml = _RUNNING.sub(lambda match: _headed(match, chapter), xml)
    names = {name: text(told(name, cover)) for name in set(_ASKED.findall(xml)) & set(PLACEHOLDERS)}
    said = _ASKED.sub(lambda match: names.get(match[1], match[0]), xml)
    said = _SHAPE.sub(lambda match: f"{match[1]}{int(match[2]) + place * _SHAPES}", said)
    mark = ""
    if marked and cover.watermark:
        lain = watermark(cover.watermark, FIRST_SHAPE + place)
        mark = f'<w:p><w:pPr><w:pStyle w:val="Break"/></w:pPr>{lain}</w:p>'
    at = said.rindex("</")
    whole = f"{said[:at]}{directed(mark + more)}{said[at:]}"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{whole}'.encode()


_RUNNING = re.compile(
    r'(<w:fldSimple w:instr=" STYLEREF (\d) ([^"]*)">.*?)</w:fldSimple>', re.DOTALL
)


def _headed(match: re.Match[str], chapter: Chapter) -> str:
    """Return a field that shows a heading, with what it shows; nothing where there is none."""
    shown = chapter.shown if match[2] == "1" else ""
    if not chapter.title:  # word processors would show an error
        return ""
    if match[3].strip() not in {"", "\\l"}:
        shown = text(chapter.number)
    return f"{match[1].replace('{chapter}', shown)}</w:fldSimple>"


# --- what may not be missing ---------------------------------------------------------------------


def missing(cover: Cover, kind: str, shown: frozenset[str]) -> str:
    """Return the lines of a head or foot that must be there and are not among what is *shown*."""
    lines = [line for one in _FURNITURE[kind] if (line := _line(one, shown, cover))]
    if lines and kind == "header":  # the text of the page begins right below
        lines[-1] = lines[-1].replace("</w:pPr>", f"{_APART}</w:pPr>", 1)
    return "".join(lines)


_APART = '<w:spacing w:after="120"/>'


class _Item(NamedTuple):
    """Something that must stand on every page: any of the placeholders shows it."""

    shown_by: tuple[str, ...]
    content: Callable[[Cover], str]


def _said(words: Callable[[Cover], str], look: int = 0) -> Callable[[Cover], str]:
    def written(cover: Cover) -> str:
        found = words(cover)
        return plain_run(found, look) if found else ""

    return written


def _pages(_cover: Cover) -> str:
    return f"{plain_run('Page ')}{field('PAGE', '1')}{plain_run(' of ')}{field('NUMPAGES', '1')}"


def _classification(cover: Cover) -> str:
    said = cover.running.classification
    return f"Classification: {said}" if said else ""


#: By kind the lines, each a style and what stands on it.
_FURNITURE: Mapping[str, tuple[tuple[str, tuple[_Item, ...]], ...]] = MappingProxyType(
    {
        "header": (
            (
                "HeaderNumber",
                (
                    _Item(("number",), _said(lambda cover: cover.running.number, BOLD)),
                    _Item(("revision",), _said(lambda cover: cover.running.revision)),
                ),
            ),
            ("StatusMark", (_Item(("mark",), _said(lambda cover: cover.running.mark)),)),
        ),
        "footer": (
            (
                "FooterText",
                (
                    _Item(("status",), _said(lambda cover: f"Status: {cover.running.status}")),
                    _Item(("effective_on",), _said(lambda cover: cover.running.effective)),
                    _Item(("classification",), _said(_classification)),
                    _Item(("caution",), _said(lambda cover: cover.running.caution, BOLD)),
                    _Item(("digest",), _said(lambda cover: cover.running.digest)),
                    _Item(("page",), _pages),
                ),
            ),
        ),
    }
)


def _line(line: tuple[str, tuple[_Item, ...]], shown: frozenset[str], cover: Cover) -> str:
    style, items = line
    wanted = (item.content(cover) for item in items if not shown & set(item.shown_by))
    content = plain_run(" · ").join(filter(None, wanted))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>' if content else ""
