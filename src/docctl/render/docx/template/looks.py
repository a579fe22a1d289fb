"""What a style says: of itself, by those it is based on, and by the defaults."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from docctl.render.docx.template.wordml import measure, own, w
from docctl.render.docx.xml import NAMESPACES

__all__ = [
    "SPACE",
    "breadth",
    "colour",
    "effective",
    "fill",
    "name_of",
    "parent_of",
    "style_of",
    "styles_of",
    "tabs_of",
]

SPACE = MappingProxyType({"w": NAMESPACES["w"]})


def styles_of(root: etree._Element) -> list[etree._Element]:
    """Return the styles of a part."""
    return root.findall(w("style"))


def style_of(root: etree._Element, key: str) -> etree._Element | None:
    """Return the style with an id."""
    return next((one for one in styles_of(root) if own(one, "styleId") == key), None)


def name_of(style: etree._Element) -> str:
    """Return a style's name as it is compared; old files write other names behind a comma."""
    node = style.find(w("name"))
    return "" if node is None else own(node, "val").partition(",")[0].strip().casefold()


def parent_of(style: etree._Element) -> str:
    """Return the id of the style that a style is based on."""
    node = style.find(w("basedOn"))
    return "" if node is None else own(node, "val")


def effective(root: etree._Element, key: str, path: str, name: str) -> str:
    """Return an attribute as a style has it: its own, an inherited one, or the default."""
    style = style_of(root, key)
    while style is not None:
        node = style.find(path, SPACE)
        if node is not None and own(node, name):
            return own(node, name)
        style = style_of(root, parent_of(style))
    kind = path.partition("/")[0].removeprefix("w:")
    node = root.find(f"w:docDefaults/w:{kind}Default/{path}", SPACE)
    return "" if node is None else own(node, name)


def colour(root: etree._Element, key: str) -> str:
    """Return the colour of a style as six hexadecimal digits; empty where it has none."""
    return _hexadecimal(effective(root, key, "w:rPr/w:color", "val"))


def fill(root: etree._Element, key: str) -> str:
    """Return the background of a style as six hexadecimal digits; empty where it has none."""
    return _hexadecimal(effective(root, key, "w:pPr/w:shd", "fill"))


def _hexadecimal(colour: str) -> str:
    letters = set("0123456789abcdefABCDEF")
    return colour.upper() if len(colour) == len("000000") and set(colour) <= letters else ""


def tabs_of(root: etree._Element, key: str) -> Iterator[tuple[str, str]]:
    """Yield the stops of the tabulator that a style has: kind and place."""
    style = style_of(root, key)
    while style is not None:
        tabs = style.find("w:pPr/w:tabs", SPACE)
        if tabs is not None:
            yield from ((own(tab, "val"), own(tab, "pos")) for tab in tabs)
            return
        style = style_of(root, parent_of(style))


#: How wide fonts run, in percent of ours, where they run wider or are larger.
_BREADTHS: Mapping[str, int] = MappingProxyType(
    {
        "arial": 100,
        "calibri": 101,
        "cambria": 102,
        "garamond": 101,
        "helvetica": 100,
        "liberation sans": 100,
        "segoe ui": 102,
        "tahoma": 102,
        "times new roman": 100,
        "georgia": 106,
        "open sans": 110,
        "verdana": 118,
    }
)
_UNKNOWN_BREADTH = 112
_TABLE_SIZE = 18


def breadth(root: etree._Element, fonts: Mapping[str, str]) -> int:
    """Return how wide letters in tables are, by the font of the text, and the size in tables."""
    key = "TableText" if style_of(root, "TableText") is not None else "Normal"
    themed = effective(root, key, "w:rPr/w:rFonts", "asciiTheme")
    font = fonts.get(themed[:5]) or effective(root, key, "w:rPr/w:rFonts", "ascii")
    wide = _BREADTHS.get(font.casefold(), _UNKNOWN_BREADTH)
    size = measure(effective(root, key, "w:rPr/w:sz", "val")) or 0
    sized = key == "TableText" and size > _TABLE_SIZE
    return wide * size // _TABLE_SIZE if sized else wide
