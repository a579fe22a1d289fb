"""Zip archives and XML from outside, opened within limits: neither asks for anything else."""

import zlib
from typing import NamedTuple
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from docctl.errors import UnreadableError

__all__ = ["BROKEN", "COMPOUND", "MOST_PARTS", "Limit", "checked", "content", "parts", "root"]

#: How a file begins that an older Word wrote, or that is locked by a password.
COMPOUND = b"\xd0\xcf\x11\xe0"
#: What goes wrong in a zip that is none, or that somebody tampered with.
BROKEN = (
    BadZipFile,
    LargeZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
)
#: The most parts that an archive may have.
MOST_PARTS = 2_000
#: The most beginnings and ends of elements, and attributes, of a part: each takes memory.
_MOST_MARKS = 8_000_000
#: Smaller parts may be pressed together as they like.
_SMALL = 1 << 20


class Limit(NamedTuple):
    """How much is unpacked of a part."""

    largest: int
    """In bytes."""

    tightest: int
    """How many times smaller a large part may be packed; more is a trap."""


def parts(archive: ZipFile, source: str) -> dict[str, ZipInfo]:
    """Return the parts of an archive by their names; *source* is what errors call it.

    Raises:
        UnreadableError: they are too many, or one of them is there twice.
    """
    members = archive.infolist()
    found = {one.filename: one for one in members}
    if len(members) > MOST_PARTS or len({name.casefold() for name in found}) < len(members):
        raise UnreadableError(source, "it has too many parts, or one of them twice")
    return found


def checked(part: ZipInfo, limit: Limit, source: str) -> None:
    """Look whether a part says that it keeps a limit.

    Raises:
        UnreadableError: it does not.
    """
    tight = part.file_size > max(part.compress_size, 1) * limit.tightest
    if part.file_size > limit.largest or (tight and part.file_size > _SMALL):
        raise UnreadableError(source, f"{part.filename:.100} is too large unpacked")


def content(archive: ZipFile, part: ZipInfo, limit: Limit, source: str) -> bytes:
    """Return the bytes of a part, of which no more are unpacked than its limit, whatever it says.

    Raises:
        UnreadableError: it is larger, or damaged.
    """
    checked(part, limit, source)
    try:
        with archive.open(part) as stream:
            found = stream.read(limit.largest + 1)
    except BROKEN as error:
        raise UnreadableError(source, f"{part.filename:.100} is damaged: {error}") from error
    if len(found) > limit.largest:
        raise UnreadableError(source, f"{part.filename:.100} is too large unpacked")
    return found


def root(data: bytes, name: str, source: str) -> etree._Element:
    """Return the root element of a part that is XML; comments and instructions are left out.

    Raises:
        UnreadableError: it is no XML, or declares entities.
    """
    if data.count(b"<") + data.count(b'="') + data.count(b"='") > _MOST_MARKS:
        raise UnreadableError(source, f"{name:.100} has too many elements")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        found = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(source, f"{name:.100}: {error}") from error
    if found.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(source, f"{name:.100} declares entities")
    return found
