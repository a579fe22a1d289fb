"""Copies that come back: whose they are, whether they were altered, whether they still hold."""

import os
import re
import socket
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from firm import Firm

from docctl import Manual, State
from docctl.errors import InputError, NotFoundError
from docctl.model.answers.verified import VerifiedCopy
from docctl.model.document import Chapter

FORMATS = ("docx", "md", "html")


def told(firm: Firm, file: Path) -> VerifiedCopy:
    (found,) = firm.ada.verify_copy(file).copies
    assert found.file == str(file)
    return found


def changed(file: Path, change: Callable[[str], str], part: str = "word/document.xml") -> Path:
    """Change the text of a file; of a DOCX that of a part."""
    other = file.with_name(f"changed{file.suffix}")
    if file.suffix != ".docx":
        before = file.read_text(encoding="utf-8")
        assert change(before) != before
        other.write_text(change(before), encoding="utf-8")
        return other
    paper = BytesIO()
    with ZipFile(file) as old, ZipFile(paper, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                assert change(data.decode()) != data.decode()
                data = change(data.decode()).encode()
            new.writestr(name, data)
    other.write_bytes(paper.getvalue())
    return other


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("state", State)
def test_a_copy_that_nobody_altered_is_told_by_how_its_revision_stands(
    firm: Firm, place: Path, ending: str, state: State
) -> None:
    number = firm.reach(State.EFFECTIVE if state is State.SUPERSEDED else state)
    file = firm.ada.export(number, place / f"renamed.{ending}")
    if state is State.SUPERSEDED:
        firm.revise(number)
        firm.submit(number)
        firm.sign(number)
        firm.release(number)

    found = told(firm, file)

    assert found.alterations == ()
    assert found.verdict == ("current" if state is State.EFFECTIVE else state.value)
    assert (found.number, found.revision, found.state) == (number, "1", state)
    assert found.instead == (f"{number} revision 2" if state is State.SUPERSEDED else "")
    assert bool(found) == (state is State.EFFECTIVE)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_changed_word_is_told_with_its_place_and_both_wordings(
    firm: Firm, place: Path, ending: str
) -> None:
    file = firm.ada.export(firm.reach(State.EFFECTIVE), place / f"copy.{ending}")

    found = told(firm, changed(file, lambda text: text.replace("how it is done", "how we do it")))

    assert found.verdict == "altered"
    (one,) = found.alterations
    assert "Purpose" in one.place
    assert (one.expected, one.found) == ("Say how it is done.", "Say how we do it.")


def test_a_copy_of_a_day_knows_only_that_day(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    before = firm.ada.export(number, place / "before.docx")
    firm.clock.wait(days=3)
    firm.suspend(number)
    during = firm.ada.export(number, place / "during.docx")
    firm.clock.wait(days=3)
    assert told(firm, before).verdict == told(firm, during).verdict == "suspended"

    firm.by("kim").resume(number, reason="Mended")

    assert told(firm, before).verdict == "current"
    found = told(firm, during)
    assert found.verdict == "outdated"
    assert "it says suspended (as of " in found.sentence


def test_a_draft_that_was_released_or_changed_since_is_outdated(firm: Firm, place: Path) -> None:
    released, edited = firm.reach(State.DRAFT), firm.reach(State.DRAFT)
    files = [firm.ada.export(one, place / f"{one}.html") for one in (released, edited)]
    for step in (firm.submit, firm.sign, firm.release):
        step(released)
    ben = firm.by("ben")
    text = ben.text(edited, "1")
    ben.save_text(edited, type(text)(text.document, text.body + "\nMore.\n", {}))

    first, second = (told(firm, one) for one in files)

    assert (first.verdict, second.verdict) == ("outdated", "outdated")
    assert "it says draft" in first.sentence
    assert "changed since" in second.sentence


def test_without_its_properties_a_copy_is_known_by_what_it_prints(firm: Firm, place: Path) -> None:
    file = firm.ada.export(firm.reach(State.EFFECTIVE), place / "copy.docx")

    def emptied(text: str) -> str:
        return re.sub(r"<property .*</property>", "", text)

    assert told(firm, changed(file, emptied, "docProps/custom.xml")).verdict == "current"


def test_a_copy_without_number_is_known_by_the_digest_of_its_text(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    file = firm.ada.export(number, place / "copy.html")

    found = told(firm, changed(file, lambda text: text.replace(number, "")))

    assert (found.verdict, found.number, found.revision) == ("altered", number, "1")


def test_a_forged_number_is_an_alteration(firm: Firm, place: Path) -> None:
    number, other = firm.reach(State.EFFECTIVE), firm.reach(State.EFFECTIVE)
    file = firm.ada.export(number, place / "copy.docx")

    for part in ("docProps/custom.xml", "word/document.xml", "word/header_portrait.xml"):
        found = told(firm, changed(file, lambda text: text.replace(number, other), part))
        assert found.verdict == "altered", part
        assert any(other in one.found + one.expected for one in found.alterations)


def test_files_that_are_no_copies_are_unknown_and_say_why(firm: Firm, place: Path) -> None:
    said = {
        "a.docx": (b"PK\x03\x04 not really", "damaged"),
        "empty.docx": (b"", "it is empty"),
        "b.docx": (b"\xd0\xcf\x11\xe0" + bytes(100), "password"),
        "c.txt": (b"Hello", "no DOCX"),
        "d.html": (b"<!DOCTYPE html><html><body><p>Hello</p></body></html>", "names no document"),
        "e.md": (b"# Hello\n", "names no document"),
        "f.md": (b"---\nnumber: PRO-999\nrevision: '1'\n---\nHi\n", "this library has not"),
    }
    for name, (data, why) in said.items():
        (place / name).write_bytes(data)
        found = told(firm, place / name)
        assert found.verdict == "unknown", name
        assert why in found.sentence


def test_a_folder_is_told_file_by_file(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    drive = place / "drive"
    firm.ada.export(number, drive / "below" / "copy.docx")
    changed(firm.ada.export(number, drive / "x.html"), lambda text: text.replace("Say", "Do"))
    (drive / "notes.txt").write_text("Nothing")
    (drive / "again").symlink_to(drive)
    (drive / "lost.docx").symlink_to(drive / "nowhere")
    steps: list[tuple[int, int]] = []

    found = firm.ada.verify_copy(drive, progress=lambda *step: steps.append(step))

    assert {one.file: one.verdict for one in found.copies} == {
        "below/copy.docx": "current",
        "changed.html": "altered",
        "x.html": "current",
    }
    assert (found.others, found.links, bool(found)) == (1, 2, False)
    assert steps == [(at, 4) for at in range(1, 5)]


def test_a_folder_of_odd_names_and_things_is_told_as_text(firm: Firm, place: Path) -> None:
    drive = place / "drive"
    data = firm.ada.export(firm.reach(State.EFFECTIVE), drive / "copy.docx").read_bytes()
    odd = os.fsencode(drive) + b"/caf\xe9"
    Path(os.fsdecode(odd)).mkdir()
    Path(os.fsdecode(odd + b"/\xff.docx")).write_bytes(data)
    (drive / "two\nlines.docx").write_bytes(data)
    (drive / "circle").symlink_to(drive)
    (drive / "self.docx").symlink_to("self.docx")
    os.mkfifo(drive / "pipe.docx")
    os.mkfifo(drive / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(drive / "ear.pdf"))
        found = firm.ada.verify_copy(drive)

    assert {one.file: one.verdict for one in found.copies} == {
        "caf\\xe9/\\xff.docx": "current",
        "copy.docx": "current",
        "ear.pdf": "unknown",
        "pipe.docx": "unknown",
        "two\nlines.docx": "current",
    }
    assert (found.others, found.links) == (1, 2)
    assert str(place) not in found.model_dump_json()
    (one_,) = firm.ada.verify_copy(os.fsdecode(odd + b"/\xff.docx")).copies
    assert one_.file.endswith("caf\\xe9/\\xff.docx")


def test_a_folder_that_nobody_looked_into_is_named(firm: Firm, place: Path) -> None:
    deep = place / "drive" / "/".join(["x"] * 101)
    firm.ada.export(firm.reach(State.EFFECTIVE), deep / "copy.docx")

    found = firm.ada.verify_copy(place / "drive")

    assert (found.copies, bool(found)) == ((), False)
    assert found.unopened == ("/".join(["x"] * 101),)


def test_a_packed_file_that_is_no_document_says_so(firm: Firm, place: Path) -> None:
    with ZipFile(place / "a.zip", "w") as packed:
        packed.writestr("a.txt", "Hello")

    assert "no Word document" in told(firm, place / "a.zip").sentence


def test_what_is_not_there_or_a_link_is_refused(firm: Firm, place: Path) -> None:
    (place / "link").symlink_to(place)
    with firm.refuses(NotFoundError):
        firm.ada.verify_copy(place / "nothing.docx")
    with firm.refuses(InputError, "is a link"):
        firm.ada.verify_copy(place / "link")


def test_a_copy_with_a_qr_code_is_known_again(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    file = firm.ada.export(number, place / "a.docx", qr=True)
    body = ZipFile(file).read("word/document.xml").decode()
    library = firm.ada.bench.world.authority.library

    assert f";library={library}" in body
    assert told(firm, file).verdict == "current"
    other = changed(file, lambda xml: xml.replace(library, "0" * 64))
    assert told(firm, other).verdict == "altered"


def test_a_code_that_somebody_drew_on_a_copy_or_took_from_it_is_seen(
    firm: Firm, place: Path
) -> None:
    number = firm.reach(State.EFFECTIVE)
    file = firm.ada.export(number, place / "a.docx", qr=True)
    name = next(one for one in ZipFile(file).namelist() if one.startswith("word/media/"))
    paper = BytesIO()
    with ZipFile(file) as old, ZipFile(paper, "w", ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, old.read(one) + (b"0" if one == name else b""))
    (place / "b.docx").write_bytes(paper.getvalue())
    assert told(firm, place / "b.docx").verdict == "altered"

    without = changed(file, lambda xml: re.sub(r"<w:drawing>.*?</w:drawing>", "", xml))
    assert told(firm, without).verdict == "altered"

    unnamed = changed(file, lambda xml: xml.replace('"QRCode"', '"Code"'), "docProps/custom.xml")
    assert told(firm, unnamed).verdict == "current"


def test_whether_a_manual_with_a_code_is_genuine_is_not_guessed_without_segno(
    firm: Firm, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = Chapter(title="Procedures", type="procedure")
    manual = firm.by("ben").new(Manual(title="The manual", chapters=(chapter,)), "Text.").number
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)
    file = firm.ada.manual(manual, place / "m.docx", qr=True)

    assert told(firm, file).verdict == "current"
    monkeypatch.setitem(sys.modules, "segno", None)
    found = told(firm, file)
    assert found.verdict == "unjudged"
    assert "segno" in found.sentence
