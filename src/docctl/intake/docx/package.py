"""The container: no part is read before the package has kept its limits, none beyond them."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote
from zipfile import ZipFile, ZipInfo

from lxml import etree

from docctl.errors import UnreadableError
from docctl.packed import BROKEN, Limit, checked, content, parts, root

__all__ = ["Package", "Related"]

#: How many bytes all parts and one of them may hold. Nothing that a word processor writes is
#: pressed together more than this.
LARGEST_WHOLE = 256 << 20
_LIMIT = Limit(largest=64 << 20, tightest=200)

_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.openxmlformats.org/package/2006/relationships/",
)
#: Documents of the strict dialect say the same by other names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/",
     b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"/officeDocument/2006/customProperties", b"/officeDocument/2006/custom-properties"),
    (b"/officeDocument/2006/extendedProperties", b"/officeDocument/2006/extended-properties"),
    (b"/2006/relationships/customProperties", b"/2006/relationships/custom-properties"),
    (b"/2006/relationships/extendedProperties", b"/2006/relationships/extended-properties"),
    (b"http://purl.oclc.org/ooxml/drawingml/",
     b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip


#: Of which a part leads to one at most.
_SINGLE = frozenset((
    "officeDocument", "styles", "theme", "numbering", "settings", "footnotes", "endnotes",
    "comments", "custom-properties", "extended-properties", "metadata/core-properties",
))  # fmt: skip


class Related(NamedTuple):
    """What a part leads to: of which kind it is, where it lies, and whether that is elsewhere."""

    kind: str
    target: str
    outside: bool


class Package:
    """The parts of a file, read within limits.

    Raises:
        UnreadableError: it is no such package, is damaged, or asks for more than is reasonable.
    """

    def __init__(self, data: bytes, source: str) -> None:
        self._source = source
        self._left = LARGEST_WHOLE
        self._read: dict[str, etree._Element] = {}
        try:
            self._archive = ZipFile(BytesIO(data))
        except BROKEN as error:
            raise self.refused(f"it is no DOCX file, or a damaged one: {error}") from error
        self._members = parts(self._archive, source)
        self.names = tuple(self._members)
        self._cased = {name.casefold(): name for name in self.names}
        if sum(one.file_size for one in self._members.values()) > LARGEST_WHOLE:
            raise self.refused("it is too large unpacked")
        for one in self._members.values():
            self._check(one)
        if min((one.header_offset for one in self._members.values()), default=0):
            raise self.refused("something stands before its first part, which programs may read")

    def refused(self, why: str) -> UnreadableError:
        """Return the error that says why the file is not read."""
        return UnreadableError(self._source, why)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def content(self, name: str) -> bytes:
        """Return the bytes of a part."""
        if name not in self._members:
            raise self.refused(f"it has no part {name:.100}")
        limit = _LIMIT._replace(largest=min(_LIMIT.largest, self._left))
        found = content(self._archive, self._members[name], limit, self._source)
        self._left -= len(found)
        return found

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a part, the same one each time."""
        if name not in self._read:
            data = self.content(name)
            for strict, common in _STRICT:
                data = data.replace(strict, common)
            self._read[name] = root(data, name, self._source)
        return self._read[name]

    def related(self, name: str) -> dict[str, Related]:
        """Return what a part leads to, by id; nothing where it leads nowhere."""
        place = join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels")
        if place not in self._members:
            return {}
        led = [node for node in self.xml(place) if node.get("Type")]
        found = {node.get("Id") or "": self._related(node, dirname(name)) for node in led}
        single = [one.kind for one in found.values() if one.kind in _SINGLE]
        if len(found) < len(led) or len(set(single)) < len(single):
            raise self.refused(f"{name:.100} leads to several parts where one is meant")
        return found

    def everything_related(self) -> Iterator[Related]:
        """Yield what any part leads to."""
        for name in self.names:
            if name.endswith(".rels"):
                folder = dirname(dirname(name))
                with suppress(TypeError):
                    yield from (self._related(one, folder) for one in self.xml(name))

    def first(self, kind: str, *, of: str = "") -> str:
        """Return the name of the first part of a kind that a part, or the file, leads to."""
        for one in self.related(of).values():
            if one.kind == kind and not one.outside and one.target in self._members:
                return one.target
        return ""

    def _related(self, node: etree._Element, folder: str) -> Related:
        kind, target = node.get("Type") or "", node.get("Target") or ""
        for beginning in _OFFICE:
            kind = kind.removeprefix(beginning)
        if node.get("TargetMode") == "External":
            return Related(kind, target, outside=True)
        where = target if target.startswith("/") else join(folder, target)
        name = unquote(normpath(where).lstrip("/"))
        return Related(kind, self._cased.get(name.casefold(), name), outside=False)

    def _check(self, part: ZipInfo) -> None:
        name = part.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise self.refused(f"a part has the name {name:.100}")
        if part.flag_bits & 1:
            raise self.refused("it is locked by a password")
        checked(part, _LIMIT, self._source)
