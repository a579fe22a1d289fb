"""A package that comes from outside: its parts, read within limits, whatever somebody put there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import NamedTuple, TypeVar
from zipfile import ZipFile, ZipInfo

from lxml import etree

from docctl.errors import UnreadableError
from docctl.packed import BROKEN, COMPOUND, Limit, content, parts, root

__all__ = ["Related", "Unpacked", "unpacked"]

#: The largest part that is read, in bytes. Nothing that a word processor writes is pressed together
#: more than this.
LARGEST_PART = 32 << 20
_TIGHTEST = 1_000
_SMALL = 1 << 20

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_Read = TypeVar("_Read")


class Related(NamedTuple):
    """What a part points to: a kind such as `header`, and a part's name or an outside address."""

    kind: str
    target: str
    outside: bool


@dataclass(slots=True)
class Unpacked:
    """The parts of a package; nothing outside the file is looked at."""

    archive: ZipFile
    source: str
    """What errors call the file."""

    names: Mapping[str, ZipInfo] = field(init=False)
    """The parts by their names."""

    def __post_init__(self) -> None:
        self.names = parts(self.archive, self.source)

    def main(self) -> str:
        """Return the name of the part that holds the text."""
        found = (one.target for one in self.related("").values() if one.kind == "officeDocument")
        return next(found, "word/document.xml")

    def facts(self) -> dict[str, str]:
        """Return the properties that the file was given."""
        kinds = {one.kind: one.target for one in self.related("").values()}
        name = kinds.get("custom-properties", "docProps/custom.xml")
        if name not in self.names:
            return {}
        return {
            node.get("name") or "": (node[0].text or "").strip()
            for node in self.xml(name, _SMALL)
            if len(node) and node[0].tag.startswith(_VALUE)
        }

    def related(self, owner: str) -> dict[str, Related]:
        """Return what a part points to, by id; the empty name is that of the whole package."""
        folder, name = dirname(owner), owner.rpartition("/")[2]
        beside = join(folder, "_rels", f"{name}.rels")
        if owner and beside not in self.names:
            return {}
        return dict(self._lines(beside, folder))

    def _lines(self, beside: str, folder: str) -> Iterator[tuple[str, Related]]:
        for node in self.xml(beside, _SMALL):
            kind, target = node.get("Type") or "", node.get("Target") or ""
            outside = node.get("TargetMode") == "External"
            if kind.startswith(_OFFICE):
                place = target if outside else normpath(join("/", folder, target)).lstrip("/")
                yield node.get("Id") or "", Related(kind.removeprefix(_OFFICE), place, outside)

    def xml(self, name: str, limit: int = LARGEST_PART) -> etree._Element:
        """Return a part of XML.

        Raises:
            UnreadableError: it is missing, no XML, too large, or declares entities.
        """
        return root(self.content(name, limit), name, self.source)

    def content(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """Return the bytes of a part, of which no more are unpacked than *limit*.

        Raises:
            UnreadableError: it is missing or too large.
        """
        if name not in self.names:
            raise UnreadableError(self.source, f"it has no part {name:.100}")
        return content(self.archive, self.names[name], Limit(limit, _TIGHTEST), self.source)


def unpacked(data: bytes, source: str, read: Callable[[Unpacked], _Read]) -> _Read:
    """Return what *read* makes of a package, which is open for as long as it takes.

    Raises:
        UnreadableError: it is no such file, is damaged, or asks for more than is reasonable.
    """
    if data.startswith(COMPOUND):
        raise UnreadableError(
            source,
            "it is a file of an older Word, or locked by a password",
            hint="open it, and save it as .docx without a password",
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            return read(Unpacked(archive, source))
    except BROKEN as error:
        raise UnreadableError(source, f"it is no DOCX file, or a damaged one: {error}") from error
