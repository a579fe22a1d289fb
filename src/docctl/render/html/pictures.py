"""Pictures in a page: what they really are, how wide they are shown, and where they lie."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from docctl.content.structure.references import attached_path
from docctl.content.tree import Image
from docctl.render.picture import Picture, measured

__all__ = ["Pictures", "Shown", "embedded"]

#: Says where the page finds a picture.
Places = Callable[[Picture], str]

_PER_INCH = MappingProxyType({"px": 96.0, "pt": 72.0, "mm": 25.4, "cm": 2.54, "in": 1.0})
_WIDTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,4})?)(%|px|pt|mm|cm|in)?")
_DOTS = 96


def embedded(picture: Picture) -> str:
    """Return the address of a picture that the page itself holds."""
    return f"data:image/{picture.kind};base64,{b64encode(picture.content).decode()}"


class Shown(NamedTuple):
    """A picture to be shown: its address, its size in pixels of CSS, its share of the line."""

    address: str
    width: int
    height: int
    share: int = 0
    """In percent; 0 where the author asked for none."""


class Pictures:
    """The pictures of one page, by the names that the text uses."""

    def __init__(self, images: Mapping[str, bytes], places: Places = embedded) -> None:
        self._images = images
        self._places = places
        self._known: dict[str, tuple[Picture, str] | None] = {}

    def find(self, image: Image) -> Shown | None:
        """Return how an image is shown; nothing where there is no picture that can be."""
        if image.source not in self._known:
            self._known[image.source] = self._found(image.source)
        found = self._known[image.source]
        return _shown(image, *found) if found else None

    def _found(self, source: str) -> tuple[Picture, str] | None:
        content = self._images.get(source) or self._images.get(attached_path(source))
        picture = measured(content) if content else None
        return (picture, self._places(picture)) if picture else None


def _shown(image: Image, picture: Picture, address: str) -> Shown:
    wanted = _WIDTH.fullmatch(image.width.strip())
    value = float(wanted[1]) if wanted else 0.0
    width = picture.width / picture.density * _DOTS
    if wanted and value and wanted[2] == "%":
        return Shown(address, *_sized(picture, width), min(max(round(value), 1), 100))
    if wanted and value:
        width = value / _PER_INCH[wanted[2] or "px"] * _DOTS
    return Shown(address, *_sized(picture, width))


def _sized(picture: Picture, width: float) -> tuple[int, int]:
    return max(round(width), 1), max(round(width * picture.height / picture.width), 1)
