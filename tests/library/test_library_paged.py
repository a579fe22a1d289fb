"""Copies whose contents show pages: the numbers are those of the pages as LibreOffice has them."""

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from firm import Firm
from ooxml_invariants import faults
from openxml_audit import OpenXmlValidator
from templates import TEMPLATES
from wordml import W, part

from docctl import LibreOffice, Manual, State
from docctl.errors import InputError, PagingError
from docctl.model.document import Chapter
from docctl.render import docx

OFFICE = shutil.which("soffice") and shutil.which("pdftotext")
needs_office = pytest.mark.skipif(not OFFICE, reason="LibreOffice or pdftotext is not installed")

_LINE = re.compile(r"^\s*(\S.*?)\s*\.{3,}\s*(\d+)$", re.MULTILINE)
_TABLE = "\n".join(f"| {at} | word |" for at in range(90))
#: Sections of many lengths; one lies across, one has a title that no line holds.
BODY = "\n\n".join(
    f"## Section {'very ' * (30 if at == 5 else 0)}number {at}\n\n"
    + "A sentence that is repeated. " * (97 * at % 310)
    + (f"\n\n| Wide | Table |\n|--|--|\n{_TABLE}\n{{.landscape}}\n" if at == 7 else "")
    for at in range(1, 14)
)


def pages(file: Path, to: Path) -> list[str]:
    """Return the words of each page as LibreOffice sets them, without what stands between."""
    to.mkdir()
    home = f"-env:UserInstallation=file://{to / 'home'}"
    command = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", str(to), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    made = to / f"{file.stem}.pdf"
    done = subprocess.run(
        ["pdftotext", "-layout", str(made), "-"], check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode().split("\f")


def close(words: str) -> str:
    return re.sub(r"\s+", "", words)


def listed(found: list[str]) -> list[tuple[str, int]]:
    """Return the lines of the contents; of a title on several lines the last one."""
    return [(title, int(page)) for words in found for title, page in _LINE.findall(words)]


def shown(file: Path) -> list[str]:
    """Return the numbers that the contents hold."""
    lines = part(file.read_bytes(), "word/document.xml").iter(f"{W}hyperlink")
    paged = [one for one in lines if one.find(f".//{W}instrText") is not None]
    return [list(one.iter(f"{W}t"))[-1].text or "" for one in paged]


def is_right(file: Path, to: Path) -> int:
    """Look every line of the contents up on its page; return how many there are."""
    found = pages(file, to)
    lines = listed(found)
    for title, page in lines:
        assert close(title) in close(found[page - 1]), (title, page)
        assert f"Page{page}of" in close(found[page - 1])
    assert [str(page) for _, page in lines] == shown(file)
    return len(lines)


@pytest.fixture
def number(firm: Firm) -> str:
    return firm.reach(State.EFFECTIVE, title="Long", body=BODY)


def script(place: Path, *lines: str) -> str:
    """Return a program that stands where LibreOffice is looked for."""
    file = place / "office"
    file.write_text("\n".join(("#!/bin/sh", *lines, "")))
    file.chmod(0o755)
    return str(file)


@needs_office
def test_the_contents_show_the_pages_on_which_the_headings_stand(
    firm: Firm, place: Path, number: str
) -> None:
    file = firm.ada.export(number, place / "a.docx", paged=LibreOffice())

    assert is_right(file, place / "pdf") == 13
    assert len(set(shown(file))) > 5
    assert faults(file.read_bytes()) == []
    assert OpenXmlValidator().validate(file).errors == []
    again = firm.ada.export(number, place / "b.docx", paged=LibreOffice())
    assert again.read_bytes() == file.read_bytes()


@needs_office
@pytest.mark.parametrize("template", ["simple", "sections"])
def test_so_they_do_on_a_template_with_a_code_and_in_a_copy_for_reading_only(
    firm: Firm, place: Path, number: str, template: str
) -> None:
    (place / "acme.docx").write_bytes(TEMPLATES[template]())
    file = firm.ada.export(
        number,
        place / "a.docx",
        template=place / "acme.docx",
        read_only=True,
        qr=True,
        paged=LibreOffice(),
    )
    found = pages(file, place / "pdf")

    assert [str(page) for _, page in listed(found)] == shown(file)
    for title, page in listed(found):
        assert close(title) in close(found[page - 1])
    assert faults(file.read_bytes()) == []


@needs_office
def test_a_manual_with_pages_is_genuine_and_up_to_date(firm: Firm, place: Path) -> None:
    for at in range(12):
        firm.reach(State.EFFECTIVE, title=f"Text {at}")
    chapter = Chapter(title="Procedures", type="procedure")
    manual = firm.by("ben").new(Manual(title="The manual", chapters=(chapter,)), "Text.").number
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)
    file = firm.ada.manual(manual, place / "m.docx", paged=LibreOffice())

    assert is_right(file, place / "pdf") > 12
    assert firm.ada.outdated(manual, file) == ()
    (judged,) = firm.ada.verify_copy(file).copies
    assert (judged.verdict, judged.alterations) == ("current", ())


@needs_office
def test_a_copy_says_what_counted_its_pages(firm: Firm, place: Path, number: str) -> None:
    file = firm.ada.export(number, place / "a.docx", paged=LibreOffice())
    plain = firm.ada.export(number, place / "b.docx")

    said = part(file.read_bytes(), "docProps/custom.xml")
    says = {one.get("name"): "".join(one.itertext()) for one in said}
    assert re.fullmatch(r"LibreOffice \d+\.\d+\.\d+\.\d+ \S+", says[docx.PAGED_BY])
    said = part(plain.read_bytes(), "docProps/custom.xml")
    assert docx.PAGED_BY not in {one.get("name") for one in said}
    assert shown(plain) == []


def test_a_copy_without_contents_needs_no_libreoffice(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE, body="One sentence, and no heading.")
    file = firm.ada.export(number, place / "a.docx", paged=LibreOffice("no-such-program"))

    assert file.read_bytes() == firm.ada.export(number, place / "b.docx").read_bytes()


def test_without_libreoffice_nothing_is_written(firm: Firm, place: Path, number: str) -> None:
    with pytest.raises(PagingError, match="there is no LibreOffice") as refused:
        firm.ada.export(number, place / "a.docx", paged=LibreOffice("no-such-program"))

    assert "install LibreOffice" in refused.value.hint
    assert not (place / "a.docx").exists()


def test_a_libreoffice_that_hangs_is_ended_with_all_it_started(
    firm: Firm, place: Path, number: str
) -> None:
    started = place / "started"
    hanging = script(place, "sleep 600 &", f'echo "$! $$" > {started}', "wait")

    with pytest.raises(PagingError, match="not laid the copy out in 1 seconds"):
        firm.ada.export(number, place / "a.docx", paged=LibreOffice(hanging, limit=1))

    ends = time.monotonic() + 30  # a busy system ends them a moment later
    known = started.read_text().split() if started.exists() else []  # it was ended even sooner
    while (left := [*filter(_runs, known)]) and time.monotonic() < ends:
        time.sleep(0.05)
    assert left == []


def _runs(process: str) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def test_a_libreoffice_that_fails_says_why(firm: Firm, place: Path, number: str) -> None:
    failing = script(place, "echo 'no source' >&2", "exit 1")
    with pytest.raises(PagingError, match="did not lay the copy out: no source"):
        firm.ada.export(number, place / "a.docx", paged=LibreOffice(failing))

    damaged = script(place, "echo '%PDF-1.7 and no more' > copy.pdf")
    with pytest.raises(PagingError, match="cannot be read"):
        firm.ada.export(number, place / "a.docx", paged=LibreOffice(damaged))

    unable = place / "text"
    unable.write_bytes(b"\x7fELF no program")
    unable.chmod(0o755)
    with pytest.raises(PagingError, match="cannot be started"):
        firm.ada.export(number, place / "a.docx", paged=LibreOffice(str(unable)))
    assert not (place / "a.docx").exists()


def test_pages_are_for_docx_alone(firm: Firm, place: Path, number: str) -> None:
    with pytest.raises(InputError, match="not laid out by LibreOffice"):
        firm.ada.export(number, place / "a.html", paged=LibreOffice())
