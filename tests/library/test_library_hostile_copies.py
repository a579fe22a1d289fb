"""Files that mean harm, or that are broken, are told as unknown: quickly, and in a sentence."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from firm import Firm
from test_library_altered import added
from test_library_judged import changed, told

from docctl import State

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(**parts: bytes) -> bytes:
    paper = BytesIO()
    with ZipFile(paper, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return paper.getvalue()


def document(body: str, before: str = "") -> bytes:
    return packed(word__document=f"{before}<w:document {W}>{body}</w:document>".encode())


def nested(depth: int) -> str:
    cell = "<w:tbl><w:tr><w:tc>"
    return f"<w:body>{cell * depth}<w:p/>{'</w:tc></w:tr></w:tbl>' * depth}</w:body>"


ENTITIES = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


def duplicated() -> bytes:
    paper = BytesIO()
    with ZipFile(paper, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", b"<b/>")
    return paper.getvalue()


def locked() -> bytes:
    data = bytearray(document("<w:body/>"))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    return bytes(data)


def lying() -> bytes:
    """Return a package whose part is larger than it says."""
    data = bytearray(packed(word__document=b"<a>" + b"x" * 5_000_000 + b"</a>"))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


BROKEN = {
    "a bomb": lambda: packed(word__document=bytes(80 << 20)),
    "a tight bomb": lambda: packed(word__document=b" " * (8 << 20)),
    "many parts": lambda: packed(**{f"word__p{at}": b"" for at in range(2_100)}),
    "a part twice": duplicated,
    "a name that leaves": lambda: packed(word__document=b"<a/>", **{"..__x": b""}),
    "entities": lambda: document("<w:body>&c;</w:body>", ENTITIES),
    "entities from outside": lambda: document("<w:body>&a;</w:body>", OUTSIDE),
    "nested tables": lambda: document(nested(3_000)),
    "deep tables": lambda: document(nested(70)),
    "cut off": lambda: document("<w:body/>")[:-30],
    "not closed": lambda: packed(word__document=b"<w:document>"),
    "locked": locked,
    "a lie about its size": lying,
    "no text": lambda: packed(word__other=b"<a/>"),
    "a page too deep": lambda: b"<html><body>" + b"<div>" * 5_000 + b"PRO-001",
    "no page": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "an empty page": lambda: b"<",
    "bad UTF-8": lambda: b"---\nnumber: \xff\n---\n",
    "front matter of aliases": lambda: b"---\na: &a [x]\nb: *a\n---\n",
    "zeros in a page": lambda: b"<html>" + bytes(1000),
    "a PDF of nothing": lambda: b"%PDF-" + bytes(1000),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_or_means_harm_is_unknown_and_says_why(
    firm: Firm, place: Path, name: str
) -> None:
    (place / "file.docx").write_bytes(BROKEN[name]())

    found = told(firm, place / "file.docx")

    assert found.verdict == "unknown"
    assert found.sentence
    assert "file.docx" not in found.sentence


def test_a_copy_that_was_cut_off_anywhere_is_never_genuine(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    for ending in ("docx", "html", "md"):
        data = firm.ada.export(number, place / f"copy.{ending}").read_bytes()
        for share in (10, 35, 60, 85, 97):
            (place / "cut").write_bytes(data[: len(data) * share // 100])
            assert told(firm, place / "cut").verdict in {"altered", "unknown"}, (ending, share)


def test_a_copy_whose_parts_lead_in_circles_or_nowhere_is_read(firm: Firm, place: Path) -> None:
    file = firm.ada.export(firm.reach(State.EFFECTIVE), place / "copy.docx")
    rels = "word/_rels/document.xml.rels"

    gone = changed(file, lambda text: text.replace("styles.xml", "nothing.xml"), rels)
    assert [one.expected for one in told(firm, gone).alterations] == ["1 Purpose", "2 Scope"]

    self_ = changed(file, lambda text: text.replace("footnotes.xml", "document.xml"), rels)
    assert told(firm, self_).verdict in {"current", "altered"}

    based = changed(
        file,
        lambda text: text.replace('<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="BodyText"/>'),
        "word/styles.xml",
    )
    assert told(firm, based).verdict == "current"


def test_active_content_in_a_package_is_an_alteration(firm: Firm, place: Path) -> None:
    file = firm.ada.export(firm.reach(State.EFFECTIVE), place / "copy.docx")

    for name, kind in (
        ("word/vbaProject.bin", "macros"),
        ("word/activeX/activeX1.xml", "active content"),
        ("word/embeddings/oleObject1.bin", "embedded object"),
    ):
        found = told(firm, added(file, **{name: b"<x/>"}))
        assert (found.verdict, found.alterations[0].place) == ("altered", kind)


def test_files_that_cannot_be_read_or_go_away_are_told(firm: Firm, place: Path) -> None:
    drive = place / "drive"
    file = firm.ada.export(firm.reach(State.EFFECTIVE), drive / "copy.docx")
    going = drive / "going.docx"
    going.write_bytes(file.read_bytes())

    def step(done: int, total: int) -> None:
        assert total == 2
        if done == 1:
            going.unlink()

    found = firm.ada.verify_copy(drive, progress=step)

    assert [one.verdict for one in found.copies] == ["current", "unknown"]
    assert "not there" in found.copies[1].sentence
