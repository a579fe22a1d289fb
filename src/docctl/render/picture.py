"""Picture files: what they really are, how large, how dense and which way up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from struct import calcsize, unpack
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["UPRIGHT", "Picture", "Turn", "measured"]

_PNG_END = b"IEND\xaeB\x60\x82"
_PNG_DENSITY = b"\0\0\0\x09pHYs"
_JPEG_MARK = 0xFF
_JPEG_HEAD = 9
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JFIF, _EXIF, _SCAN = 0xE0, 0xE1, 0xDA
_ORIENTATION = 0x0112
_LARGEST = 100_000

#: More pixels than a scan of the largest sheet has; a reader of the copy must unpack them all.
_MOST_PIXELS = 300_000_000

#: More pixels than a byte of a PNG can hold: a bit for each, packed as tightly as can be.
_PNG_TIGHTEST = 8 * 1032

#: Pixels to the inch where the file does not say, and what it may sensibly say.
_DENSITY = 96.0
_COARSEST, _FINEST = 30, 2400
_PER_INCH = MappingProxyType({1: 1.0, 2: 2.54})


class Turn(NamedTuple):
    """How to turn a stored picture clockwise, in degrees, after it was mirrored left to right."""

    degrees: int
    mirrored: bool = False

    @property
    def aside(self) -> bool:
        """Whether width and height change places."""
        return self.degrees % 180 != 0


UPRIGHT = Turn(0)

#: The orientation that a camera notes → what must be done.
_TURNS: Mapping[int, Turn] = MappingProxyType(
    {
        2: Turn(0, mirrored=True),
        3: Turn(180),
        4: Turn(180, mirrored=True),
        5: Turn(270, mirrored=True),
        6: Turn(90),
        7: Turn(90, mirrored=True),
        8: Turn(270),
    }
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file that can be shown: `png`, `jpeg` or `gif`; width and height as it is seen."""

    kind: str
    width: int
    height: int
    content: bytes = field(repr=False)
    density: float = _DENSITY
    """Pixels to the inch."""

    turn: Turn = UPRIGHT
    """What makes the stored picture stand upright."""


def measured(content: bytes) -> Picture | None:
    """Return the picture that *content* is, whatever its name says; None if it cannot be shown."""
    for look in (_png, _jpeg, _gif):
        found = look(content)
        if found and _reasonable(found.width, found.height):
            return found
    return None


def _reasonable(width: int, height: int) -> bool:
    sides = 0 < width <= _LARGEST and 0 < height <= _LARGEST
    return sides and width * height <= _MOST_PIXELS


def _sensible(density: float) -> float:
    return density if _COARSEST <= density <= _FINEST else _DENSITY


# --- the formats -------------------------------------------------------------------------


def _png(content: bytes) -> Picture | None:
    whole = content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR"
    if not whole or _PNG_END not in content[-64:]:
        return None
    width, height = _read(">II", content, 16)
    if width * height > len(content) * _PNG_TIGHTEST:
        return None
    at = content.find(_PNG_DENSITY, 0, content.find(b"IDAT"))
    density = _DENSITY
    if at >= 0:
        per_metre, _, unit = _read(">IIB", content, at + len(_PNG_DENSITY))
        density = per_metre * 0.0254 if unit == 1 else _DENSITY
    return Picture("png", width, height, content, _sensible(density))


def _gif(content: bytes) -> Picture | None:
    if content[:6] not in {b"GIF87a", b"GIF89a"} or not content.rstrip(b"\0").endswith(b";"):
        return None
    width, height = _read("<HH", content, 6)
    return Picture("gif", width, height, content)


def _jpeg(content: bytes) -> Picture | None:
    if content[:2] != b"\xff\xd8" or b"\xff\xd9" not in content:
        return None
    density, turn = _DENSITY, UPRIGHT
    for mark, at in _segments(content):
        if mark in _JPEG_FRAMES:
            height, width = _read(">HH", content, at + 5)
            width, height = (height, width) if turn.aside else (width, height)
            return Picture("jpeg", width, height, content, density, turn)
        if mark == _JFIF and content[at + 4 : at + 9] == b"JFIF\0":
            unit, dots = _read(">BH", content, at + 11)
            density = _sensible(dots * _PER_INCH.get(unit, 0))
        elif mark == _EXIF and content[at + 4 : at + 10] == b"Exif\0\0":
            turn = _TURNS.get(_orientation(content[at + 10 : at + 10 + 0x10000]), UPRIGHT)
    return None


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the marks up to the picture itself, and where they stand."""
    at = 2
    while at + _JPEG_HEAD <= len(content) and content[at] == _JPEG_MARK:
        mark = content[at + 1]
        if mark == _JPEG_MARK:
            at += 1
        elif mark == _SCAN:
            return
        else:
            yield mark, at
            at += 2 + int.from_bytes(content[at + 2 : at + 4])


def _orientation(exif: bytes) -> int:
    """Return the orientation that the first directory of EXIF data notes; 1 when it notes none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return 1
    (start,) = _read(f"{order}I", exif, 4)
    (entries,) = _read(f"{order}H", exif, start)
    for at in range(start + 2, start + 2 + 12 * entries, 12):
        tag, _, _, value = _read(f"{order}HHIH", exif, at)
        if tag == _ORIENTATION:
            return value
    return 1


def _read(form: str, content: bytes, at: int) -> tuple[int, ...]:
    """Return the numbers at a place; zeros where the file has ended."""
    size = calcsize(form)
    return unpack(form, content[at : at + size].ljust(size, b"\0"))
