"""Copies with a QR code: a reader of codes finds on the page which copy it is."""

import struct
import sys
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import zxingcpp
from copies import copy
from ooxml_invariants import faults
from openxml_audit import OpenXmlValidator
from templates import TEMPLATES

from docctl.content.parse import parse
from docctl.errors import InputError
from docctl.render import docx, qr
from docctl.render.picture import measured

TREE = parse("## Scope\n\nAll documents.\n\n![Rig](rig.png)\n")[0]
LIBRARY = "e7" * 32
CODED = docx.Finish(coded_for=LIBRARY)
SAID = f"docctl:PRO-001;rev=2;content={copy().content};library={LIBRARY}"


def package(finish: docx.Finish = CODED) -> ZipFile:
    return ZipFile(BytesIO(docx.write(TREE, copy(), finish=finish)))


def code_in(archive: ZipFile) -> bytes:
    (name,) = (one for one in archive.namelist() if one.startswith("word/media/"))
    return archive.read(name)


def dots(png: bytes) -> list[list[int]]:
    """Return the dots of a picture of one bit each, 0 for black and 255 for white."""
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (1, 0)
    start, packed = 8, b""
    while start < len(png):
        (length,) = struct.unpack(">I", png[start : start + 4])
        if png[start + 4 : start + 8] == b"IDAT":
            packed += png[start + 8 : start + 8 + length]
        start += length + 12
    raw, line = zlib.decompress(packed), 1 + (width + 7) // 8
    rows, above = [], bytes(line - 1)
    for at in range(0, height * line, line):
        row = raw[at + 1 : at + line]
        if raw[at] == 2:  # what is added to the row above
            row = bytes((one + two) % 256 for one, two in zip(row, above, strict=True))
        above = row
        rows.append([255 * (row[dot // 8] >> (7 - dot % 8) & 1) for dot in range(width)])
    return rows


def read_back(png: bytes) -> list[str]:
    """Return what a reader of codes finds in a picture."""
    rows = dots(png)
    flat = memoryview(bytes(dot for row in rows for dot in row))
    image = flat.cast("B", (len(rows), len(rows[0])))
    return [one.text for one in zxingcpp.read_barcodes(image)]


def test_a_reader_of_codes_finds_number_revision_content_and_library() -> None:
    assert read_back(code_in(package())) == [SAID]


def test_the_code_keeps_its_quiet_zone_and_is_an_inch_wide() -> None:
    archive = package()
    rows = dots(code_in(archive))
    edge = [at for at, row in enumerate(rows) if 0 in row]
    before, after = edge[0], len(rows) - 1 - edge[-1]
    module = before // 4

    assert before == after == 16
    assert all(row[:16] == row[-16:] == [255] * 16 for row in rows)
    assert 28 * (1 - 8 * module / len(rows)) == pytest.approx(25, abs=1.5)
    assert f'cx="{28 * 36_000}" cy="{28 * 36_000}"' in archive.read("word/document.xml").decode()


def test_it_stands_on_the_control_sheet_with_a_text_for_those_who_do_not_see_it() -> None:
    body = package().read("word/document.xml").decode()

    assert f'descr="QR code: {SAID}"' in body
    before, after = body.split("<w:drawing>")
    assert "Effective" in before
    assert "Approval" in after
    for said in ("Content (SHA-256)", copy().content, LIBRARY):
        assert f">{said}<" in after


def test_programs_find_the_same_among_the_properties() -> None:
    assert SAID in package().read("docProps/custom.xml").decode()


@pytest.mark.parametrize("look", [None, *TEMPLATES])
def test_a_copy_with_a_code_is_a_sound_file(tmp_path: Path, look: str | None) -> None:
    template = docx.template(TEMPLATES[look](), "acme.docx") if look else None
    data = docx.write(TREE, copy(), finish=docx.Finish(template, coded_for=LIBRARY))
    (tmp_path / "x.docx").write_bytes(data)

    assert faults(data) == []
    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []


def test_the_same_copy_is_the_same_bytes_and_nothing_in_the_picture_is_packed() -> None:
    assert docx.write(TREE, copy(), finish=CODED) == docx.write(TREE, copy(), finish=CODED)
    png = code_in(package())
    rows = dots(png)
    assert len(png) > len(rows) * len(rows) // 8
    assert measured(png) == qr.drawn(SAID)


def test_without_one_nothing_is_said_of_it() -> None:
    archive = package(docx.AS_USUAL)

    assert "QR" not in archive.read("word/document.xml").decode()
    assert qr.PROPERTY not in archive.read("docProps/custom.xml").decode()


def test_who_lacks_segno_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)

    with pytest.raises(InputError) as caught:
        package()
    assert caught.value.hint == "install it: pip install 'docctl[qr]'"
