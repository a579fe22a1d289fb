"""Pictures: what they really are and how large, and how they stand in the text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from struct import unpack_from

from docctl.content.tree import Image
from docctl.render.docx.parts.package import Part, Relationships
from docctl.render.docx.xml import attribute

__all__ = ["Picture", "Pictures", "drawing", "measured", "size"]

_EMU_PER_PIXEL = 9525
_EMU_PER_TWIP = 635
#: No picture is higher than this, so that one fits on a page with its caption.
_HIGHEST = 11_400 * _EMU_PER_TWIP

_UNITS = {"px": 9525, "pt": 12_700, "mm": 36_000, "cm": 360_000, "in": 914_400}
_WIDTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%|px|pt|mm|cm|in)?")

_PNG_END = b"IEND\xaeB\x60\x82"
_JPEG_MARK = 0xFF
_JPEG_HEAD = 9
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file that can be shown: `png`, `jpeg` or `gif`, its size in pixels."""

    kind: str
    width: int
    height: int
    content: bytes = field(repr=False)


def measured(content: bytes) -> Picture | None:
    """Return the picture that *content* is, whatever its name says; None if it cannot be shown."""
    for kind, look in (("png", _png), ("jpeg", _jpeg), ("gif", _gif)):
        found = look(content)
        if found and all(0 < length <= _LARGEST for length in found):
            return Picture(kind, *found, content)
    return None


def size(image: Image, picture: Picture, room: int) -> tuple[int, int]:
    """Return width and height in EMU: as the author wants it, but never wider than *room* twips."""
    most = room * _EMU_PER_TWIP
    wanted = _WIDTH.fullmatch(image.width.strip())
    if wanted and float(wanted[1]):
        unit = most / 100 if wanted[2] == "%" else _UNITS[wanted[2] or "px"]
        width = float(wanted[1]) * unit
    else:
        width = picture.width * _EMU_PER_PIXEL
    width = min(width, most, _HIGHEST * picture.width / picture.height)
    return max(round(width), 1), max(round(width * picture.height / picture.width), 1)


class Pictures:
    """The pictures of one package; the same bytes become one part."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self._images = images
        self._known: dict[str, Picture | None] = {}
        self._parts: dict[str, Part] = {}

    def find(self, source: str) -> Picture | None:
        """Return the picture that the text calls *source*; None if there is none to show."""
        if source not in self._known:
            content = self._images.get(source)
            self._known[source] = measured(content) if content else None
        return self._known[source]

    def link(self, picture: Picture, links: Relationships) -> str:
        """Return the id under which the part with these *links* shows the picture."""
        name = f"media/{sha256(picture.content).hexdigest()[:20]}.{picture.kind}"
        self._parts[name] = Part(f"word/{name}", picture.content)
        return links.to("image", name)

    def parts(self) -> list[Part]:
        """Return the parts of the pictures that were linked."""
        return list(self._parts.values())


def drawing(image: Image, key: str, extent: tuple[int, int], number: int) -> str:
    """Return the run that shows a linked picture; *number* is unique in the package."""
    width, height = extent
    name = f'id="{number}" name="Picture {number}" descr="{attribute(image.alt)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {name}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


# --- the formats -------------------------------------------------------------------------


def _png(content: bytes) -> tuple[int, int] | None:
    whole = content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR"
    return _numbers(">II", content, 16) if whole and _PNG_END in content[-64:] else None


def _gif(content: bytes) -> tuple[int, int] | None:
    whole = content[:6] in {b"GIF87a", b"GIF89a"} and content.rstrip(b"\0").endswith(b";")
    return _numbers("<HH", content, 6) if whole else None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    if content[:2] != b"\xff\xd8" or b"\xff\xd9" not in content:
        return None
    at = 2
    while at + _JPEG_HEAD <= len(content) and content[at] == _JPEG_MARK:
        if content[at + 1] in _JPEG_FRAMES:
            height, width = _numbers(">HH", content, at + 5)
            return width, height
        at += 1 if content[at + 1] == _JPEG_MARK else 2 + int.from_bytes(content[at + 2 : at + 4])
    return None


def _numbers(form: str, content: bytes, at: int) -> tuple[int, int]:
    first, second = unpack_from(form, content.ljust(at + 8, b"\0"), at)
    return first, second
