"""Pictures: how large they are shown, and how they stand in the text."""

import re
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType

from docctl.content.structure.references import attached_path
from docctl.content.tree import Image
from docctl.render.docx.parts.package import Part, Relationships
from docctl.render.docx.xml import attribute
from docctl.render.picture import Picture, Turn, measured

__all__ = ["Pictures", "drawing", "size"]

_EMU_PER_TWIP = 635
#: No picture is higher than this, so that one fits on a page with its caption.
_HIGHEST = 11_400 * _EMU_PER_TWIP

_UNITS = MappingProxyType({"px": 9525, "pt": 12_700, "mm": 36_000, "cm": 360_000, "in": 914_400})
_WIDTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%|px|pt|mm|cm|in)?")


def size(image: Image, picture: Picture, room: int) -> tuple[int, int]:
    """Return width and height in EMU, as it is seen.

    It is as wide as the author wants it, or as the file says, but never wider than *room* twips.
    """
    most = room * _EMU_PER_TWIP
    wanted = _WIDTH.fullmatch(image.width.strip())
    if wanted and float(wanted[1]):
        unit = most / 100 if wanted[2] == "%" else _UNITS[wanted[2] or "px"]
        width = float(wanted[1]) * unit
    else:
        width = picture.width / picture.density * _UNITS["in"]
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
            content = self._images.get(source) or self._images.get(attached_path(source))
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


def drawing(image: Image, picture: Picture, key: str, extent: tuple[int, int], number: int) -> str:
    """Return the run that shows a linked picture; *number* is unique in the package.

    A word processor turns the stored picture around its centre, and needs room for what then
    stands out above and below, or left and right.
    """
    width, height = stored = extent[::-1] if picture.turn.aside else extent
    over = max(extent[0] - stored[0], 0) // 2, max(extent[1] - stored[1], 0) // 2
    effect = f'<wp:effectExtent l="{over[0]}" t="{over[1]}" r="{over[0]}" b="{over[1]}"/>'
    title = f' title="{attribute(image.title)}"' if image.title else ""
    name = f'id="{number}" name="Picture {number}" descr="{attribute(image.alt)}"{title}'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>{effect if any(over) else ""}<wp:docPr {name}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f"<a:xfrm{_turned(picture.turn)}>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _turned(turn: Turn) -> str:
    rotated = f' rot="{turn.degrees * 60_000}"' if turn.degrees else ""
    return rotated + (' flipH="1"' if turn.mirrored else "")
