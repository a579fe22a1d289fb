"""The container: parts, their content types and relationships, in a zip with always the same bytes.

The bytes are the same for the same parts on one platform; another build of zlib may compress
differently, the parts are the same everywhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docctl.render.docx.xml import attribute

__all__ = ["Part", "Relationships", "packed"]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_MEDIA = MappingProxyType({"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"})
#: What only templates bring along.
_OTHER_MEDIA = MappingProxyType(
    {
        "bmp": "image/bmp",
        "tiff": "image/tiff",
        "emf": "image/x-emf",
        "wmf": "image/x-wmf",
    }
)
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the package; `content_type` is empty when its ending says it."""

    name: str
    content: bytes
    content_type: str = ""


@dataclass(slots=True)
class Relationships:
    """What one part points to, numbered in the order of asking; the same target is one entry."""

    _ids: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def to(self, kind: str, target: str) -> str:
        """Return the id of the relationship to another part of the package."""
        return self._id(_OFFICE + kind, target, "")

    def outside(self, address: str) -> str:
        """Return the id of the hyperlink to an address on the network, a sound URI."""
        return self._id(_OFFICE + "hyperlink", address, ' TargetMode="External"')

    def package(self, kind: str, target: str) -> str:
        """Return the id of a relationship that the packaging standard itself defines."""
        return self._id(_PACKAGE + "relationships/" + kind, target, "")

    def __bool__(self) -> bool:
        return bool(self._ids)

    def xml(self) -> bytes:
        """Return the part that holds them."""
        lines = (
            f'<Relationship Id="{key}" Type="{kind}" Target="{attribute(target)}"{mode}/>'
            for (kind, target, mode), key in self._ids.items()
        )
        return (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{"".join(lines)}'
            "</Relationships>"
        ).encode()

    def _id(self, kind: str, target: str, mode: str) -> str:
        return self._ids.setdefault((kind, target, mode), f"rId{len(self._ids) + 1}")


def packed(parts: Iterable[Part], links: Mapping[str, Relationships]) -> bytes:
    """Return the zip of *parts* in their order; *links* go by the name of the part they are of."""
    ordered = list(parts)
    stored = BytesIO()
    with ZipFile(stored, "w", ZIP_DEFLATED) as archive:
        _add(archive, "[Content_Types].xml", _content_types(ordered))
        for owner, relationships in links.items():
            if relationships:
                _add(archive, _beside(owner), relationships.xml())
        for part in ordered:
            _add(archive, part.name, part.content)
    return stored.getvalue()


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    info = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.create_system = _UNIX
    info.external_attr = 0o644 << 16
    archive.writestr(info, content, compress_type=ZIP_DEFLATED, compresslevel=2)


def _beside(owner: str) -> str:
    folder, _, name = owner.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _content_types(parts: Iterable[Part]) -> bytes:
    parts = list(parts)
    there = {f".{part.name.rpartition('.')[2]}" for part in parts}
    endings = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **_MEDIA,
        **{one: kind for one, kind in _OTHER_MEDIA.items() if f".{one}" in there},
    }
    defaults = (
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in endings.items()
    )
    overrides = (
        f'<Override PartName="/{part.name}" ContentType="{part.content_type}"/>'
        for part in parts
        if part.content_type
    )
    lines = "".join((*defaults, *overrides))
    return f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">{lines}</Types>'.encode()
