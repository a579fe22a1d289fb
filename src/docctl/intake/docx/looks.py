"""How runs look, as far as it changes what a reader reads: hidden, crossed out, raised, lowered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from docctl.intake.digits import whole
from docctl.intake.docx.names import A, W, value, written

__all__ = ["CONTRAST", "OFF", "SIGNS", "TINY", "Look", "Looks", "lightness"]

OFF = frozenset({"0", "false", "off", "none"})
#: Letters of this many half points are too small to be seen.
TINY = 8
#: Less difference of lightness than this, of 255, leaves letters unread.
CONTRAST = 40
#: How light the first colours of themes are.
_PAPERS: Mapping[str, int] = MappingProxyType({"dk1": 0, "lt1": 255})
#: What says in a table's own bits that its first row is a head.
_FIRST_ROW = 0x20
_TABLE = f"{W}tbl"
#: Where what lies around a run says its background.
_SHADES = MappingProxyType({f"{W}{one}": f"{W}{one}Pr/{W}shd" for one in ("p", "tc", "tbl")})
#: How long a chain of styles may be.
_DEEPEST = 20
#: Letters that are pressed to this many per cent of their width are not read.
_PRESSED = 15
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
#: Fillings of letters that may leave them unread.
_UNFILLED = tuple(f"{_W14}{name}" for name in ("noFill", "alpha", "gradFill"))
#: Fonts that show something else than the letters that stand in the file.
SIGNS = (
    "wingdings", "webdings", "symbol", "marlett", "mt extra", "zapfdingbats", "zapf dingbats",
    "dingbats", "bookshelf symbol", "opensymbol", "ms reference specialty", "segoe mdl2",
)  # fmt: skip
#: What themes call the colours that properties of runs name otherwise.
_THEME: Mapping[str, str] = MappingProxyType(
    {"text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1",
     "text2": "dk2", "dark2": "dk2", "background2": "lt2", "light2": "lt2"}
)  # fmt: skip
_MARKED: Mapping[str, int] = MappingProxyType(
    {"black": 0, "darkBlue": 15, "darkRed": 38, "darkGreen": 59, "darkMagenta": 53,
     "blue": 29, "red": 76, "darkCyan": 74, "darkGray": 128, "darkYellow": 113,
     "magenta": 105, "green": 150, "cyan": 179, "lightGray": 192, "yellow": 226, "white": 255}
)  # fmt: skip


class Look(NamedTuple):
    """What a run looks like."""

    hidden: bool
    struck: bool
    raised: str
    """`superscript`, `subscript`, or empty."""

    ink: int | None = None
    """How light its letters are, from 0 to 255; nothing for a colour that is chosen to be read."""

    paper: int | None = None
    """How light its own background is, where it has one."""

    signs: bool = False
    """Whether its font shows signs instead of letters."""

    caps: bool = False
    """Whether it shows capitals where other letters stand: `mW` as `MW`."""

    offline: bool = False
    """Whether it is hidden where a text is shown as a page of the web."""


@dataclass
class Looks:
    """The styles of a file, by which its runs look."""

    styles: etree._Element | None
    theme: etree._Element | None = None
    _known: dict[str, etree._Element] = field(default_factory=dict)
    _seen: dict[tuple[object, str, str], Look] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.styles is not None:
            for one in self.styles.iterfind(f"{W}style"):
                self._known[one.get(f"{W}styleId") or ""] = one
        self.name = cache(self._name)

    def _name(self, style: str) -> str:
        """Return what a style is called, in lower case."""
        found = self._known.get(style)
        named = value(found.find(f"{W}name")) if found is not None else ""
        return (named or style).lower()

    def of(self, run: etree._Element, paragraph: etree._Element | None) -> Look:
        """Return the look of a run in a paragraph."""
        own = run.find(f"{W}rPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
        table = next(run.iterancestors(f"{W}tbl"), None)
        grid = value(table.find(f"{W}tblPr/{W}tblStyle")) if table is not None else ""
        key = (written(own), value(style), grid)
        if key not in self._seen:
            self._seen[key] = self._look(list(self._layers(own, value(style), grid)))
        found = self._seen[key]
        unread = found.ink is not None and abs(found.ink - self._paper(found, run)) < CONTRAST
        return found._replace(hidden=True) if unread else found

    def said(self, paragraph: etree._Element, path: str, name: str = "val") -> str:
        """Return what a paragraph, or else its style, says of itself; empty where neither does."""
        found = self.property(paragraph, path)
        return (found.get(f"{W}{name}") or "") if found is not None else ""

    def property(self, paragraph: etree._Element, path: str) -> etree._Element | None:
        """Return a property of a paragraph, or else of its style."""
        where = "/".join(f"{W}{one}" for one in path.split("/"))
        own = paragraph.find(f"{W}pPr")
        style = value(own.find(f"{W}pStyle")) if own is not None else ""
        layers = (own, *(one.find(f"{W}pPr") for one in self._based(style or self._default)))
        found = (one.find(where) for one in layers if one is not None)
        return next((one for one in found if one is not None), None)

    def _look(self, layers: list[etree._Element]) -> Look:
        aligned, size = value(_first(layers, "vertAlign")), value(_first(layers, "sz"))
        pressed = value(_first(layers, "w")).rstrip("%")
        large = value(_first(layers, "szCs")) if _on(layers, "cs") or _on(layers, "rtl") else ""
        fill = next((one for one in (each.find(f"{_W14}textFill") for each in layers)
                     if one is not None), None)  # fmt: skip
        return Look(
            hidden=_on(layers, "vanish")
            or any((whole(one) or TINY + 1) <= TINY for one in (size, large))
            or (whole(pressed) or _PRESSED + 1) <= _PRESSED
            or (fill is not None and next(fill.iter(*_UNFILLED), None) is not None),
            struck=_on(layers, "strike") or _on(layers, "dstrike"),
            raised=aligned if aligned in {"superscript", "subscript"} else "",
            ink=self._ink(layers, fill),
            paper=_paper_of(layers),
            signs=any(one.lower().startswith(SIGNS) for one in self._fonts(layers)),
            caps=_on(layers, "caps") or _on(layers, "smallCaps"),
            offline=_on(layers, "webHidden"),
        )

    def _fonts(self, layers: list[etree._Element]) -> Iterator[str]:
        """Yield the fonts of letters: what the theme says counts before what is named."""
        fonts = [found for one in layers if (found := one.find(f"{W}rFonts")) is not None]
        for name in ("ascii", "hAnsi"):
            named = (one for one in fonts if one.get(f"{W}{name}") or one.get(f"{W}{name}Theme"))
            if (found := next(named, None)) is None:
                continue
            themed = (found.get(f"{W}{name}Theme") or "")[:5]
            theme = self.theme if themed else None
            font = theme.find(f".//{A}{themed}Font/{A}latin") if theme is not None else None
            yield (
                (font.get("typeface") or "") if font is not None else found.get(f"{W}{name}") or ""
            )

    def _ink(self, layers: list[etree._Element], fill: etree._Element | None) -> int | None:
        """Return how light letters are: as they are filled, else by the theme, else by colour."""
        solid = fill.find(f".//{_W14}srgbClr") if fill is not None else None
        if solid is not None:
            return lightness(solid.get(f"{_W14}val") or "")
        scheme = fill.find(f".//{_W14}schemeClr") if fill is not None else None
        colour = _first(layers, "color")
        if scheme is not None:
            return {"bg1": 255, "lt1": 255, "bg2": 255, "lt2": 255}.get(
                scheme.get(f"{_W14}val") or "", 0
            )
        tint = (colour.get(f"{W}themeTint") or "") if colour is not None else ""
        if tint and _number(tint) < CONTRAST:
            return 255
        named = (colour.get(f"{W}themeColor") or "") if colour is not None else ""
        key = _THEME.get(named, named)
        theme = self.theme if key else None
        found = theme.find(f".//{A}clrScheme/{A}{key}") if theme is not None else None
        if found is None or not len(found):
            return {"lt1": 255, "dk1": 0}.get(key, lightness(value(colour)))
        return lightness(found[0].get("lastClr") or found[0].get("val") or "")

    def _paper(self, look: Look, run: etree._Element) -> int:
        """Return the lightness of what lies behind a run: the nearest background that there is."""
        if look.paper is not None:
            return look.paper
        for above in run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl"):
            own = _fill(above.find(_SHADES[above.tag]))
            light = self._styled(above, run) if own is None and above.tag == _TABLE else own
            if light is not None:
                return light
        return 255

    def _styled(self, table: etree._Element, run: etree._Element) -> int | None:
        """Return how light the style of a table makes the head that a run stands in."""
        style = value(table.find(f"{W}tblPr/{W}tblStyle"))
        for _ in range(_DEEPEST if _is_headed(table, run) else 0):
            found = self._known.get(style)
            if found is None:
                break
            light = _fill(found.find(f"{W}tblStylePr[@{W}type='firstRow']/{W}tcPr/{W}shd"))
            if light is not None:
                return light
            style = value(found.find(f"{W}basedOn"))
        return None

    def _layers(
        self, own: etree._Element | None, style: str, grid: str
    ) -> Iterator[etree._Element]:
        """Yield run properties, what counts more first."""
        if own is not None:
            yield own
            yield from self._chain(value(own.find(f"{W}rStyle")))
        yield from self._chain(style or self._default)
        for one in self._based(grid):
            yield from one.iterfind(f"{W}rPr")
            yield from one.iterfind(f"{W}tblStylePr[@{W}type='wholeTable']/{W}rPr")
            yield from _vanishing(one)
        if self.styles is not None:
            yield from self.styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    @cached_property
    def _default(self) -> str:
        for key, one in self._known.items():
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in {"1", "true"}:
                return key
        return ""

    def _chain(self, style: str) -> Iterator[etree._Element]:
        for found in self._based(style):
            if (properties := found.find(f"{W}rPr")) is not None:
                yield properties

    def _based(self, style: str) -> Iterator[etree._Element]:
        """Yield a style and those on which it is based, the nearest first."""
        for _ in range(_DEEPEST):
            found = self._known.get(style)
            if found is None:
                return
            yield found
            style = value(found.find(f"{W}basedOn"))


def _vanishing(style: etree._Element) -> Iterator[etree._Element]:
    """Yield looks that hide the words of some rows or columns."""
    for found in style.iterfind(f"{W}tblStylePr/{W}rPr"):
        if _on([found], "vanish"):
            yield found


def _first(layers: list[etree._Element], name: str) -> etree._Element | None:
    found = (one.find(f"{W}{name}") for one in layers)
    return next((one for one in found if one is not None), None)


def _on(layers: list[etree._Element], name: str) -> bool:
    found = _first(layers, name)
    return found is not None and value(found) not in OFF


def _paper_of(layers: list[etree._Element]) -> int | None:
    mark = _MARKED.get(value(_first(layers, "highlight")))
    shade = _first(layers, "shd")
    return mark if mark is not None else _fill(shade)


def _is_headed(table: etree._Element, run: etree._Element) -> bool:
    """Tell whether a run stands in the first row of a table that shows its first row as a head."""
    row = next(run.iterancestors(f"{W}tr"), None)
    look = table.find(f"{W}tblPr/{W}tblLook")
    if row is None or look is None or table.find(f"{W}tr") is not row:
        return False
    said = look.get(f"{W}firstRow")
    if said is not None:
        return said not in OFF
    return bool(_number(value(look)) & _FIRST_ROW)


def _number(digits: str) -> int:
    try:
        return int(digits, 16)
    except ValueError:
        return 0


def _fill(shade: etree._Element | None) -> int | None:
    if shade is None:
        return None
    name = "olor" if value(shade) == "solid" else "ill"
    themed = shade.get(f"{W}theme{'C' if name == 'olor' else 'F'}{name}") or ""
    if (key := _THEME.get(themed, themed)) in _PAPERS:
        return _PAPERS[key]
    return lightness(shade.get(f"{W}{'c' if name == 'olor' else 'f'}{name}") or "")


def lightness(colour: str) -> int | None:
    """Return how light a colour is, from 0 to 255; nothing for one that is chosen to be read."""
    try:
        red, green, blue = bytes.fromhex(colour)
    except ValueError:
        return None
    return (red * 299 + green * 587 + blue * 114) // 1000
