"""What hides, covers or replaces words where they stand, whatever the words themselves say."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from docctl.intake.digits import measure
from docctl.intake.docx.looks import OFF, Looks, lightness
from docctl.intake.docx.moved import OUT, is_leftward, moved
from docctl.intake.docx.names import WP, A, V, W, described, local, said, value
from docctl.intake.foreign import Strange

__all__ = ["unseen"]

_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_BOUND = "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"

#: A line or a row of fewer twips shows nothing; an indent of more leaves the page.
_THIN, _FAR = 60, 11_000
#: How far the first line may hang out where nothing is said of the others: a list says that.
_HANGING = 1_500
#: Lines of fewer twips lie over each other.
_FLAT = 120
#: Less of a picture is taken for a rounding of its edges, in thousandths of a per cent.
_EDGE = 1_000
#: A picture of less on a side, in EMU, is not seen.
_SPECK = 25_400
_DARK = 215
#: A shape of fewer points covers nothing.
_LINE = 4
#: How little paint is none, as VML writes it: a share, or so many of 65536 parts.
_ZERO = re.compile(r"0|0?\.0[0-9]*|[0-9]{1,3}f")
_STYLE = re.compile(r"(\w+): *([0-9]{1,9}(?:\.[0-9]{1,9})?)")
#: How far above or below its line a shape stands, in points.
_ABOVE = re.compile(r"(?:^|;)(?:margin-)?top:([^;]*)")
_WORD = re.compile(r"\w+")


def unseen(root: etree._Element, looks: Looks) -> Iterator[Strange]:
    """Yield what in a part keeps words from being read as they stand."""
    for node in root.iter(etree.Element):
        if finder := _FINDERS.get(str(node.tag)):
            yield from finder(node)
        if node.tag == f"{W}p":
            yield from _paragraph(node, looks)
    yield from moved(root)


def _paragraph(node: etree._Element, looks: Looks) -> Iterator[Strange]:
    words = _words(node)
    if not words:
        return
    marks = (node.find(f"{W}pPr/{W}rPr/{W}{name}") for name in ("vanish", "specVanish"))
    if any(mark is not None and value(mark) not in OFF for mark in marks):
        yield Strange("hidden end of a paragraph", words)
    turned = looks.property(node, "bidi")
    if turned is not None and value(turned) not in OFF and not any(map(is_leftward, said(node))):
        yield Strange("words turned round", words)
    exact = looks.said(node, "spacing", "lineRule") == "exact"
    thin = exact and measure(looks.said(node, "spacing", "line"), _FLAT) < _FLAT
    if thin or _is_beyond(node, looks):
        yield Strange("hidden text", words)


def _is_beyond(node: etree._Element, looks: Looks) -> bool:
    """Tell whether the page cuts off where lines begin or end, or where the first one begins."""
    left, start, right, end, first, hanging = (
        measure(looks.said(node, "ind", one))
        for one in ("left", "start", "right", "end", "firstLine", "hanging")
    )
    out = min(left, start, right, end) < -OUT or left + start + first - hanging < -_HANGING
    return out or max(left, start, right, end) > _FAR


def _words(node: etree._Element) -> str:
    parts = node.iter(f"{W}t", f"{W}noBreakHyphen", f"{W}tab")
    found = "".join((one.text or "") if one.tag == f"{W}t" else "-" for one in parts)
    return " ".join(found.strip("-").split())


def _hidden(node: etree._Element, around: str) -> Iterator[Strange]:
    above = next(node.iterancestors(f"{W}{around}"), None)
    if above is not None and (words := _words(above)):
        yield Strange("hidden text", words)


def _bound(node: etree._Element) -> Iterator[Strange]:
    control = next(node.iterancestors(f"{W}sdt"), None)
    yield Strange("words bound to data", said(control) if control is not None else "")


def _merged(node: etree._Element) -> Iterator[Strange]:
    """Yield the words of a cell that goes on with another one, and shows nothing of its own."""
    if value(node) != "restart":
        yield from _hidden(node, "tc")


def _height(node: etree._Element) -> Iterator[Strange]:
    if node.get(f"{W}hRule") != "exact":
        return
    if measure(value(node)) < _THIN:
        yield from _hidden(node, "tr")
    elif _on_page(node):
        row = next(node.iterancestors(f"{W}tr"), node)
        yield Strange("row that cuts off what is longer", _words(row))


def _framed(node: etree._Element) -> Iterator[Strange]:
    exact = node.get(f"{W}hRule") == "exact" and measure(node.get(f"{W}h") or "") < _THIN
    away = any(abs(measure(node.get(f"{W}{side}") or "")) > _FAR / 2 for side in "xy")
    if exact or away:
        yield from _hidden(node, "p")


def _drawn(node: etree._Element) -> Iterator[Strange]:
    """Yield a shape without words that stands over the text, and may cover it."""
    style = _STYLE.findall(node.get("style") or "")
    line = any(name == "height" and float(size) < _LINE for name, size in style)
    style_ = (node.get("style") or "").replace(" ", "")
    placed = any(one in style_ for one in ("position:absolute", "position:relative", "margin-"))
    if not placed or (line and (_is_rule(node) or not _on_page(node))):
        return
    yield from _floating(node)
    if not _speaks(node) or _on_page(node):
        yield Strange("drawing over the text", local(node))


def _is_rule(node: etree._Element) -> bool:
    """Tell whether a thin bar stands where it was drawn, and no words do: a rule between texts."""
    paragraph = next(node.iterancestors(f"{W}p"), node)
    style = (node.get("style") or "").replace(" ", "")
    above = _ABOVE.findall(style)
    away = (measure(one) if one == "0" or one.endswith("pt") else _FAR for one in above)
    return not _words(paragraph) and all(abs(one) < _LINE for one in away)


def _shape(node: etree._Element) -> Iterator[Strange]:
    if next(node.iterancestors(f"{WP}anchor"), None) is not None and not _speaks(node):
        yield Strange("drawing over the text", local(node))


def _floating(node: etree._Element) -> Iterator[Strange]:
    """Yield a picture that stands over the text, or behind it, and not in its line."""
    if not _on_page(node):  # heads and feet may have a logo
        return
    if next(node.iter(f"{A}blip", f"{V}imagedata"), None) is not None:
        yield Strange("picture over the text", "")
    elif node.tag == f"{WP}anchor":
        yield Strange("drawing over the text", local(node))


def _on_page(node: etree._Element) -> bool:
    return node.getroottree().getroot().tag == f"{W}document"


def _speaks(node: etree._Element) -> bool:
    speaking = node.iter(f"{V}imagedata", f"{A}blip")
    strings = " ".join(one.get("string") or "" for one in node.iter(f"{V}textpath"))
    return bool(_WORD.search(_words(node) + strings)) or next(speaking, None) is not None


def _across(node: etree._Element) -> Iterator[Strange]:
    """Yield words across a page that are not painted."""
    shape = node.getparent()
    style = ((shape.get("style") if shape is not None else None) or "").replace(" ", "")
    painted = (shape.get("filled") if shape is not None else None) not in {"f", "false"}
    faint = any(
        _ZERO.fullmatch(one.get("opacity") or "")
        for one in (shape.iterchildren(f"{V}fill") if shape is not None else ())
    )
    if "visibility:hidden" in style or node.get("on") in {"f", "false"} or not painted or faint:
        yield Strange("hidden text", node.get("string") or "")


def _cropped(node: etree._Element) -> Iterator[Strange]:
    cut = [f"{side}={node.get(side)}" for side in "ltrb" if measure(node.get(side) or "") > _EDGE]
    if cut:
        yield Strange("cropped picture", " ".join(cut))


def _blip(node: etree._Element) -> Iterator[Strange]:
    for child in node.iterchildren(etree.Element):
        if child.tag != f"{A}extLst":
            yield Strange("picture under effects", local(child))


def _second(node: etree._Element) -> Iterator[Strange]:
    yield Strange("picture in a second form", local(node))


def _named(node: etree._Element) -> Iterator[Strange]:
    if node.get("hidden") in {"1", "true"}:
        yield Strange("hidden picture", node.get("name") or "")
    for one in node.iter(_DECORATIVE):
        if (one.get("val") or "1") not in OFF:
            yield Strange("picture that is not read out", node.get("descr") or "")


def _inner(node: etree._Element) -> Iterator[Strange]:
    """Yield what a picture says of itself where that is not what its drawing says."""
    words, outer = " ".join((node.get("descr") or "").split()), described(node)
    if words and words not in outer:
        yield Strange("picture described in two ways", words)


def _extent(node: etree._Element) -> Iterator[Strange]:
    above = node.getparent()
    small = min(measure(node.get(side) or "", _SPECK) for side in ("cx", "cy")) < _SPECK
    if small and above is not None and next(above.iter(f"{A}blip"), None) is not None:
        yield Strange("hidden picture", "")


def _background(node: etree._Element) -> Iterator[Strange]:
    light = lightness(node.get(f"{W}color") or "")
    if light is not None and light < _DARK:
        yield Strange("colour behind the pages", node.get(f"{W}color") or "")


def _merge(node: etree._Element) -> Iterator[Strange]:
    if value(node) not in OFF:
        yield Strange("mail merge", said(node))


_FINDERS: Mapping[str, Callable[[etree._Element], Iterator[Strange]]] = MappingProxyType(
    {
        f"{W}dataBinding": _bound,
        _BOUND: _bound,
        f"{W}vMerge": _merged,
        f"{W}hMerge": _merged,
        f"{W}trHeight": _height,
        f"{W}framePr": _framed,
        f"{W}background": _background,
        f"{W}mailMerge": _merge,
        f"{A}srcRect": _cropped,
        f"{A}blip": _blip,
        _SVG: _second,
        f"{WP}docPr": _named,
        f"{WP}anchor": _floating,
        f"{WP}extent": _extent,
        f"{_WPS}wsp": _shape,
        _PICTURE: _inner,
        f"{V}textpath": _across,
        **dict.fromkeys(
            (
                f"{V}{name}"
                for name in (
                    "rect",
                    "shape",
                    "oval",
                    "roundrect",
                    "polyline",
                    "line",
                    "arc",
                    "curve",
                    "image",
                    "group",
                )
            ),
            _drawn,
        ),
    }
)
