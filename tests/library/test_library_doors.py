"""Hostile packages at every door that opens one: refused in a sentence, or read, and at once."""

import struct
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from firm import Firm

from docctl import State, intake
from docctl.errors import UnreadableError
from docctl.intake import pins
from docctl.render import docx
from docctl.render.docx.filled import filled

Parts = dict[str, bytes]
MAIN, STYLES, RELATED = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
PROPERTIES = "docProps/custom.xml"

#: What opens a package that comes from outside.
DOORS: Mapping[str, Callable[[bytes, str], object]] = {
    "a template": docx.template,
    "a filled form": filled,
    "a copy that comes back": intake.read,
    "a compiled manual": pins.pins,
}

LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9)
) + b"]>"  # fmt: skip
OUTSIDE = b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>'
INCLUDED = (
    b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" '
    b'parse="text"/><w:sectPr>'
)


def packed(parts: Mapping[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    paper = BytesIO()
    with ZipFile(paper, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return paper.getvalue()


def of(part: str, change: Callable[[bytes], bytes]) -> Callable[[Parts], bytes]:
    """Change a part."""

    def made(parts: Parts) -> bytes:
        assert change(parts[part]) != parts[part]
        return packed({**parts, part: change(parts[part])})

    return made


def declared(words: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"?>", b"?>" + words, 1)


def in_sixteen_bits(data: bytes) -> bytes:
    return data.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def with_bits(offset: int, bits: int) -> Callable[[Parts], bytes]:
    """Turn bits over in each line of the directory of a package."""

    def made(parts: Parts) -> bytes:
        data = bytearray(packed(parts))
        at = data.find(b"PK\x01\x02")
        while at >= 0:
            data[at + offset] ^= bits
            at = data.find(b"PK\x01\x02", at + 4)
        return bytes(data)

    return made


def streamed(parts: Parts) -> bytes:
    """Pack parts as one who cannot go back: sizes stand behind them."""

    class Stream(BytesIO):
        def seekable(self) -> bool:
            return False

    paper = Stream()
    with ZipFile(paper, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return paper.getvalue()


def overlapping(_: Parts) -> bytes:
    """Name the same packed bytes a thousand times."""
    raw = packed({"0000.": bytes(8 << 20)})
    at, end = raw.find(b"PK\x01\x02"), raw.find(b"PK\x05\x06")
    line, many = bytearray(raw[at:end]), 1_500
    lines = b"".join(bytes(line[:46] + b"%04d." % one + line[51:]) for one in range(many))
    counted = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, many, many, len(lines), at, 0)
    return raw[:at] + lines + counted


def deep(tag: bytes, depth: int) -> Callable[[bytes], bytes]:
    nest = b"<w:%b>" % tag * depth + b"</w:%b>" % tag * depth
    return lambda data: data.replace(b"<w:sectPr>", nest + b"<w:sectPr>", 1)


HOSTILE: Mapping[str, Callable[[Parts], bytes]] = {
    "entities within entities": of(MAIN, declared(LAUGHS)),
    "entities of styles": of(STYLES, declared(LAUGHS)),
    "entities of properties": of(PROPERTIES, declared(LAUGHS)),
    "entities from a host": of(MAIN, declared(OUTSIDE)),
    "entities in sixteen bits": of(MAIN, lambda data: in_sixteen_bits(declared(LAUGHS)(data))),
    "sixteen bits": of(MAIN, in_sixteen_bits),
    "letters of seven bits": of(MAIN, lambda data: data.replace(b"UTF-8", b"UTF-7", 1)),
    "a file put in": of(MAIN, lambda data: data.replace(b"<w:sectPr>", INCLUDED, 1)),
    "deep": of(MAIN, deep(b"sdt", 200)),
    "too deep": of(MAIN, deep(b"sdt", 5_000)),
    "locked": with_bits(8, 1),
    "wrong sums": with_bits(16, 255),
    "sizes behind parts": streamed,
    "packed otherwise": lambda parts: packed(parts, ZIP_LZMA),
    "one packed part a thousand times": overlapping,
    "names that leave": lambda parts: packed({**parts, "../x": b"", "/etc/x": b"", "C:/x": b""}),
    "two thousand parts": lambda parts: packed(
        {**parts, **{f"x/{at}": b"" for at in range(2_100)}}
    ),
    "leads outside": of(
        RELATED,
        lambda data: data.replace(b'"styles.xml"', b'"file:///etc/passwd" TargetMode="External"'),
    ),
    "leads above": of(RELATED, lambda data: data.replace(b"styles.xml", b"../../../../etc/passwd")),
    "leads to itself": of(RELATED, lambda data: data.replace(b"styles.xml", b"document.xml")),
    "long numbers": of(
        STYLES, lambda data: data.replace(b'<w:sz w:val="', b'<w:sz w:val="' + b"9" * 5_000)
    ),
    "nothing in the text": of(MAIN, lambda _: b""),
    "another text": of(MAIN, lambda _: b"<a/>"),
}


@pytest.fixture(scope="module")
def parts(founded: Callable[[str], Firm], tmp_path_factory: pytest.TempPathFactory) -> Parts:
    place: Path = tmp_path_factory.mktemp("doors")
    with founded("standard").copy(place / "acme") as firm:
        file = firm.ada.export(firm.reach(State.EFFECTIVE), place / "copy.docx")
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_read_or_refused(parts: Parts, name: str, door: str) -> None:
    data = HOSTILE[name](parts)

    try:
        found = DOORS[door](data, "x.docx")
    except UnreadableError as error:
        found = error

    assert "root:" not in f"{found!r} {found}"
