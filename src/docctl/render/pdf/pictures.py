"""Pictures in a file: what they really are, and how wide they are shown."""

import re
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType

from docctl.content.structure.references import attached_path
from docctl.content.tree import Image
from docctl.render.picture import Picture, measured

__all__ = ["Pictures", "width"]

_POINTS = MappingProxyType({"px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0})
_WIDTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,4})?)(%|px|pt|mm|cm|in)?")
#: No picture is higher than this, in points, so that one fits on a page with its caption.
_HIGHEST = 570.0


class Pictures:
    """The pictures of one file, each by a name of its own."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self._images = images
        self._known: dict[str, Picture | None] = {}
        #: The files that the text shows, by their names.
        self.files: dict[str, bytes] = {}
        #: What the compiler cannot show, although it looked like a picture.
        self.unreadable: set[str] = set()

    def find(self, source: str) -> Picture | None:
        """Return the picture that the text calls *source*; None if there is none to show."""
        if source not in self._known:
            content = self._images.get(source) or self._images.get(attached_path(source))
            self._known[source] = measured(content) if content else None
        picture = self._known[source]
        return picture if picture and self.name(picture) not in self.unreadable else None

    @staticmethod
    def name(picture: Picture) -> str:
        """Return the name of a picture's file: the same bytes are one file."""
        return f"{sha256(picture.content).hexdigest()[:20]}.{picture.kind}"

    def use(self, picture: Picture) -> str:
        """Return the name under which the file of a picture lies."""
        name = self.name(picture)
        self.files[name] = picture.content
        return name


def width(image: Image, picture: Picture, room: float) -> float:
    """Return how wide a picture is shown, in points: never wider than *room*, or too high."""
    wanted = _WIDTH.fullmatch(image.width.strip())
    value = float(wanted[1]) if wanted else 0.0
    found = picture.width / picture.density * _POINTS["in"]
    if wanted and value:
        unit = room / 100 if wanted[2] == "%" else _POINTS[wanted[2] or "px"]
        found = value * unit
    return max(min(found, room, _HIGHEST * picture.width / picture.height), 1.0)
