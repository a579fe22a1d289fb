"""Copies that somebody altered so that they seem to be of a later version than they are."""

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from firm import Firm
from test_library_judged import changed, told
from test_library_outdated import manual_of
from test_library_tricks import Change

from docctl import State
from docctl.model.answers.verified import VerifiedCopy

FORMATS = ("docx", "md", "html")
PROPERTIES = "docProps/custom.xml"


def renewed(firm: Firm, number: str) -> None:
    """Bring a second revision into force, on another day."""
    firm.clock.wait(days=3)
    firm.revise(number)
    for step in (firm.submit, firm.sign, firm.release):
        step(number)


def everywhere(file: Path, old: str, new: str) -> Path:
    """Write words in the place of others wherever they stand, in every part."""
    if file.suffix != ".docx":
        return changed(file, lambda text: text.replace(old, new))
    other = file.with_name("changed.docx")
    with ZipFile(file) as before, ZipFile(other, "w", ZIP_DEFLATED) as after:
        parts = {name: before.read(name) for name in before.namelist()}
        assert any(old.encode() in data for data in parts.values())
        for name, data in parts.items():
            after.writestr(name, data.replace(old.encode(), new.encode()))
    return other


def digest(firm: Firm, number: str, place: Path) -> str:
    """Return the digest of the text that is in force, as copies name it."""
    page = firm.ada.export(number, place / "digest.html").read_text(encoding="utf-8")
    (found,) = re.findall(r'name="docctl.ContentSHA256" content="(\w+)"', page)
    return str(found)


def test_an_old_copy_that_names_the_new_revision_is_altered(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    files = [firm.ada.export(number, place / f"copy.{one}") for one in FORMATS]
    old = digest(firm, number, place)
    renewed(firm, number)
    new = digest(firm, number, place)
    assert old != new

    for file in files:
        assert told(firm, file).verdict == "superseded"
        newer = everywhere(file, old, new)
        assert told(firm, newer).verdict == "altered", file
        today = everywhere(file, "2026-01-05", "2026-01-08")
        assert told(firm, today).verdict == "altered", file


@pytest.mark.parametrize("ending", FORMATS)
def test_an_altered_manual_is_altered_whatever_came_later(
    firm: Firm, place: Path, ending: str
) -> None:
    chapter = firm.reach(State.EFFECTIVE)
    manual = manual_of(firm)
    file = firm.ada.manual(manual, place / f"manual.{ending}")
    old = digest(firm, chapter, place)
    renewed(firm, chapter)
    new = digest(firm, chapter, place)
    issue = "2026-01-05"

    def after(change: Change, part: str = "word/document.xml") -> VerifiedCopy:
        return told(firm, changed(file, change, part))

    assert told(firm, file).verdict == "outdated"
    assert after(lambda text: text.replace("how it is done", "how we do it")).verdict == "altered"
    pinned = after(
        lambda text: text.replace(old, new).replace("revision 1,", "revision 2,"), PROPERTIES
    )
    assert pinned.verdict == "altered"
    later = after(lambda text: text.replace(issue, "2026-01-08"), PROPERTIES)
    assert later.verdict in {"altered", "unknown", "unjudged"}
    renewed(firm, manual)
    assert told(firm, file).verdict in {"superseded", "outdated"}
    assert after(lambda text: text.replace("how it is done", "how we do it")).verdict == "altered"


#: What somebody appends to a PDF file, or writes into it, so that readers show something else.
UPDATE = (
    b"\n9 0 obj\n<< /Type /Annot /Subtype /FreeText /Rect [0 0 600 800] /C [1 1 1] "
    b"/Contents (Ignore it) >>\nendobj\nxref\n9 1\n0000000000 00000 n \n"
    b"trailer\n<< /Size 10 >>\nstartxref\n0\n%%EOF\n"
)
OPENS = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "
FILES = b"/Names << /EmbeddedFiles << /Names [(x.exe) 9 0 R] >> >> "


def test_a_pdf_to_which_something_was_done_is_never_genuine(firm: Firm, place: Path) -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    file = firm.ada.export(firm.reach(State.EFFECTIVE), place / "copy.pdf")
    data = file.read_bytes()
    assert told(firm, file).verdict == "current"
    assert b"/Type/Catalog" in data

    for other in (
        data + UPDATE,
        data.replace(b"/Type/Catalog", b"/Type/Catalog " + OPENS, 1),
        data.replace(b"/Type/Catalog", b"/Type/Catalog " + FILES, 1),
        b"%PDF-1.4\n" + UPDATE + data,
        data[:-1],
    ):
        assert other != data
        file.write_bytes(other)
        found = told(firm, file)
        assert (found.verdict, bool(found)) == ("unjudged", False)
        assert not firm.ada.verify_copy(file)


def test_a_redline_that_was_altered_is_no_copy_and_altered(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    renewed(firm, number)
    for ending in ("docx", "html"):
        file = place / f"redline.{ending}"
        firm.ada.diff(number, "1", "2", to=file)
        assert told(firm, file).verdict == "unjudged"

        bare = changed(file, lambda text: re.sub(r"Redline", "Bedline", text), PROPERTIES)
        assert told(firm, bare).verdict in {"altered", "unknown"}
        other = changed(file, lambda text: text.replace("Better", "Worse"))
        assert told(firm, other).verdict == "altered"
