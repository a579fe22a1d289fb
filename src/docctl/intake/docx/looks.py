"""How runs look, as far as it changes what a reader reads: hidden, crossed out, raised, lowered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from lxml import etree

from docctl.intake.docx.names import W, value

__all__ = ["Look", "Looks"]

_OFF = frozenset({"0", "false", "off", "none"})
#: Letters of this many half points are too small to be seen.
_TINY = 4
#: Less difference of lightness than this, of 255, leaves letters unread.
_CONTRAST = 40
#: How long a chain of styles may be.
_DEEPEST = 20


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


@dataclass
class Looks:
    """The styles of a file, by which its runs look."""

    styles: etree._Element | None
    _known: dict[str, etree._Element] = field(default_factory=dict)
    _seen: dict[tuple[bytes, str], Look] = field(default_factory=dict)

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
        key = (etree.tostring(own) if own is not None else b"", value(style))
        if key not in self._seen:
            self._seen[key] = _look(list(self._layers(own, key[1])))
        found = self._seen[key]
        unread = found.ink is not None and abs(found.ink - _paper(found, run)) < _CONTRAST
        return found._replace(hidden=True) if unread else found

    def _layers(self, own: etree._Element | None, style: str) -> Iterator[etree._Element]:
        """Yield run properties, what counts more first."""
        if own is not None:
            yield own
            yield from self._chain(value(own.find(f"{W}rStyle")))
        yield from self._chain(style or self._default)
        if self.styles is not None:
            yield from self.styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    @property
    def _default(self) -> str:
        for key, one in self._known.items():
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in {"1", "true"}:
                return key
        return ""

    def _chain(self, style: str) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            found = self._known.get(style)
            if found is None:
                return
            if (properties := found.find(f"{W}rPr")) is not None:
                yield properties
            style = value(found.find(f"{W}basedOn"))


def _first(layers: list[etree._Element], name: str) -> etree._Element | None:
    found = (one.find(f"{W}{name}") for one in layers)
    return next((one for one in found if one is not None), None)


def _on(layers: list[etree._Element], name: str) -> bool:
    found = _first(layers, name)
    return found is not None and value(found) not in _OFF


def _look(layers: list[etree._Element]) -> Look:
    aligned, size = value(_first(layers, "vertAlign")), value(_first(layers, "sz"))
    shade = _first(layers, "shd")
    return Look(
        hidden=_on(layers, "vanish") or (size.isdigit() and int(size) <= _TINY),
        struck=_on(layers, "strike") or _on(layers, "dstrike"),
        raised=aligned if aligned in {"superscript", "subscript"} else "",
        ink=_lightness(value(_first(layers, "color"))),
        paper=_lightness((shade.get(f"{W}fill") or "") if shade is not None else ""),
    )


def _paper(look: Look, run: etree._Element) -> int:
    """Return the lightness of what lies behind a run: the nearest background that there is."""
    if look.paper is not None:
        return look.paper
    for above in run.iterancestors(f"{W}p", f"{W}tc"):
        shade = above.find(f"{W}pPr/{W}shd" if above.tag == f"{W}p" else f"{W}tcPr/{W}shd")
        light = _lightness(shade.get(f"{W}fill") or "") if shade is not None else None
        if light is not None:
            return light
    return 255


def _lightness(colour: str) -> int | None:
    """Return how light a colour is, from 0 to 255; nothing for one that is chosen to be read."""
    try:
        red, green, blue = bytes.fromhex(colour)
    except ValueError:
        return None
    return (red * 299 + green * 587 + blue * 114) // 1000
