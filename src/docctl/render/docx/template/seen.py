"""Letters that can be seen: their colour, set against what lies behind them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from lxml import etree

from docctl.render.docx.template.looks import SPACE, parent_of, styles_of
from docctl.render.docx.template.wordml import dropped, own, put, w
from docctl.render.docx.xml import NAMESPACES

__all__ = ["is_pale", "readable_styles", "readable_words"]

#: Less difference of lightness than this, of 255, leaves letters unread.
_CONTRAST = 60
_PAPER = 255
#: A paler colour than this is none to write with.
_PALE = 200
#: How light the colours of themes are that words may be said to have.
_THEMES: Mapping[str, int] = MappingProxyType(
    {"background1": 255, "light1": 255, "text1": 0, "dark1": 0}
)
_MARKS: Mapping[str, int] = MappingProxyType(
    {"black": 0, "darkBlue": 15, "darkRed": 38, "darkGreen": 59, "darkMagenta": 53, "blue": 29,
     "red": 76, "darkCyan": 74, "darkGray": 128, "darkYellow": 113, "magenta": 105}
)  # fmt: skip
#: The colour that word processors choose themselves, by what lies behind.
_AUTO = "auto"
#: What may lie behind words without being their own background; on it all colours are seen.
_DRAWN = (f"{{{NAMESPACES['wp']}}}anchor", w("pict"))
_UNKNOWN = -1_000


def lightness(colour: str) -> int | None:
    """Return how light a colour is, from 0 to 255; nothing for one that is chosen to be read."""
    try:
        red, green, blue = bytes.fromhex(colour)
    except ValueError:
        return None
    return (red * 299 + green * 587 + blue * 114) // 1000


def is_pale(colour: str) -> bool:
    """Tell whether words in a colour, as six hexadecimal digits, are hard to read on paper."""
    return (lightness(colour) or 0) > _PALE


def readable_styles(root: etree._Element) -> Mapping[str, str]:
    """Let no style of paragraphs write in the colour of its background.

    Return the colours that were taken away, by the ids of the styles: elsewhere they may be seen.
    """
    known = {own(one, "styleId"): one for one in styles_of(root)}
    defaults = root.find("w:docDefaults/w:rPrDefault", SPACE)
    taken: dict[str, str] = {}
    for key, style in known.items():
        layers = [*_based(known, key), *([] if defaults is None else [defaults])]
        ink = _first(layers, "w:rPr/w:color")
        if own(style, "type") == "paragraph" and not _is_seen(_lit(ink), _paper(layers)):
            taken[key] = "" if ink is None else own(ink, "val")
    for key in taken:
        look = known[key].find(w("rPr"))
        look = put(known[key], etree.Element(w("rPr"))) if look is None else look
        put(look, etree.Element(w("color"), {w("val"): _AUTO}))
    for part in root.iter(w("tblStylePr")):
        colour, table = part.find("w:rPr/w:color", SPACE), part.getparent()
        behind = [part.find("w:tcPr/w:shd", SPACE)]
        behind += [] if table is None else [table.find(one, SPACE) for one in _WHOLE]
        if colour is not None and not _is_seen(_lit(colour), _nearest(behind)):
            colour.attrib.clear()
            colour.set(w("val"), _AUTO)
    return MappingProxyType(taken)


#: Where a style of tables says the background of all its cells.
_WHOLE = ("w:tblStylePr[@w:type='wholeTable']/w:tcPr/w:shd", "w:tcPr/w:shd", "w:tblPr/w:shd")


def _based(known: Mapping[str, etree._Element], key: str) -> Iterator[etree._Element]:
    """Yield a style, and those that it is based on; none is based on itself."""
    while key in known:
        yield known[key]
        key = parent_of(known[key])


def _first(layers: Iterable[etree._Element], path: str) -> etree._Element | None:
    found = (one.find(path, SPACE) for one in layers)
    return next((one for one in found if one is not None), None)


def _lit(colour: etree._Element | None) -> int | None:
    """Return how light a colour of words is; nothing for one that is chosen to be read."""
    if colour is None:
        return None
    said = lightness(own(colour, "val"))
    return said if own(colour, "themeShade") else _THEMES.get(own(colour, "themeColor"), said)


def _paper(layers: Sequence[etree._Element]) -> int:
    """Return how light the background of a style is; that of the page where it has none."""
    return _nearest(_first(layers, f"w:{look}/w:shd") for look in ("rPr", "pPr"))


def _nearest(shades: Iterable[etree._Element | None]) -> int:
    """Return how light the first background is that there is; that of the page without any."""
    found = (lightness(own(one, "fill")) for one in shades if one is not None)
    return next((one for one in found if one is not None), _PAPER)


def _is_seen(ink: int | None, paper: int) -> bool:
    return ink is None or abs(ink - paper) >= _CONTRAST


# --- heads and feet ------------------------------------------------------------------------------


def readable_words(root: etree._Element, taken: Mapping[str, str]) -> None:
    """Let no words of a head or foot have the colour of what lies behind them.

    Where something is drawn that may lie behind them they keep their colour, also that of their
    style: *taken* says which it was.
    """
    drawn = next(root.iter(*_DRAWN), None) is not None
    for run in root.iter(w("r")):
        behind = _behind(run)
        if behind is None and drawn:
            behind = _UNKNOWN
        colour = run.find("w:rPr/w:color", SPACE)
        styled = taken.get(_style_of(run), "")
        if colour is not None:
            if not _is_seen(_lit(colour), _PAPER if behind is None else behind):
                dropped(colour)
        elif styled and behind is not None and _is_seen(lightness(styled), behind):
            look = run.find(w("rPr"))
            if look is None:
                look = etree.Element(w("rPr"))
                run.insert(0, look)
            put(look, etree.Element(w("color"), {w("val"): styled}))


def _style_of(run: etree._Element) -> str:
    paragraph = next(run.iterancestors(w("p")), None)
    style = None if paragraph is None else paragraph.find("w:pPr/w:pStyle", SPACE)
    return "" if style is None else own(style, "val")


#: Where what lies around a run says its background.
_SHADES: Mapping[str, str] = MappingProxyType(
    {w("p"): "w:pPr/w:shd", w("tc"): "w:tcPr/w:shd", w("tbl"): "w:tblPr/w:shd"}
)


def _behind(run: etree._Element) -> int | None:
    """Return how light the background of a run is that it or what lies around it says."""
    mark = run.find("w:rPr/w:highlight", SPACE)
    if mark is not None:
        return _MARKS.get(own(mark, "val"), _PAPER)
    shades = [run.find("w:rPr/w:shd", SPACE)]
    shades += [above.find(_SHADES[str(above.tag)], SPACE) for above in run.iterancestors(*_SHADES)]
    found = (lightness(own(one, "fill")) for one in shades if one is not None)
    return next((one for one in found if one is not None), None)
