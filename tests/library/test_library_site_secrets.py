"""What is not meant for readers is in no file of a site, whatever leads to it."""

import io
import re
import shutil
import subprocess
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from firm import TEXT, Firm

from docctl import Procedure, State, Text
from docctl.model.document import Chapter, ExternalDocument, Manual, Process

EVERY_FORMAT = ("docx", "markdown", "html", "pdf")


def said(folder: Path) -> dict[str, str]:
    """Return everything that the files of a site say, by path; their names are said too."""
    return {
        path.relative_to(folder).as_posix(): path.name + unpacked(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def unpacked(data: bytes) -> str:
    """Return what is said by bytes that may be packed."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(one) for one in package.namelist()]
        return " ".join(re.sub(r"<[^>]+>", "", one.decode("utf-8", "replace")) for one in parts)
    if data.startswith(b"%PDF") and shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
        return done.stdout.decode() + data.decode("latin-1")
    if found := re.fullmatch(rb'docctlTexts\("([^"]*)"\);\n', data):
        return zlib.decompress(b64decode(found[1])).decode()
    return data.decode("utf-8", "replace")


def where(site: Path, words: str) -> list[str]:
    return [path for path, text in said(site).items() if words in text]


def secret(name: str) -> Procedure:
    """Return metadata each of whose facts says one word that is not for readers."""
    return Procedure(
        title=f"{name}title",
        subtitle=f"{name}subtitle",
        summary=f"{name}summary",
        keywords=(f"{name}keyword",),
        processes=(f"{name}process",),
        purpose=f"{name}purpose",
    )


def open_ended(firm: Firm) -> Iterator[str]:
    """Bring documents into the states that are not for readers; yield their numbers."""
    ben = firm.by("ben")
    ways = {"": (), "review": ("submit",), "ready": ("submit", "sign"), "gone": ("cancel",)}
    for steps in ways.values():
        number = ben.new(secret("SECRET"), f"{TEXT}\nSECRETtext\n").number
        for step in steps:
            getattr(firm, step)(number)
        yield number


@pytest.mark.usefixtures("pdf_fonts")
def test_nothing_of_a_draft_leaves_by_any_way(firm: Firm, site: Path) -> None:
    drafts = [*open_ended(firm)]
    links = "".join(f"See [[{one}]] and [[{one}#purpose]].\n\n" for one in drafts)
    ben = firm.by("ben")
    child = ben.new(Procedure(title="Child", parent=drafts[0]), f"{TEXT}\n{links}").number
    chapters = (Chapter(title="All", include=tuple(drafts)), Chapter(title="By", type="procedure"))
    told = Process(name="Core", owner="Quality", documents=tuple(drafts))
    manual = Manual(title="Manual", chapters=chapters, processes_map=(told,))
    book = ben.new(manual, f"{TEXT}\n{links}").number
    for number in (child, book):
        for step in ("submit", "sign", "release"):
            getattr(firm, step)(number)
    firm.revise(child, f"{TEXT}\n{links}\nMore.\n")
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(child)
    for number in (child, book):  # and the next revision is being written
        ben.revise(number, reason="SECRETreason")
        label = ben.status(number).revision
        text = ben.text(number, label)
        later = text.document.but(title="SECRETlater", summary="SECRETlater")
        ben.save_text(number, Text(later, f"{TEXT}\nSECRETtext\n", {"SECRET.txt": b"SECRET"}))
        assert ben.status(number).state is State.DRAFT

    made = firm.ada.publish(site, formats=EVERY_FORMAT)

    assert made.pages == 2
    assert where(site, "SECRET") == []
    assert len(where(site, "Child")) >= 5


def test_a_text_that_may_not_be_handed_out_is_not_found_in_what_refers_to_it(
    firm: Firm, site: Path
) -> None:
    norm = ExternalDocument(title="Pumps", exportable=False, licence="One reader")
    ben = firm.by("ben")
    number = ben.new(norm, "## SECRETheading {#deep}\n\nSECRETtext\n").number
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)
    firm.reach(State.EFFECTIVE, body=f"{TEXT}\nSee [[{number}#deep]].\n")
    ben.revise(number, reason="New edition")
    text = ben.text(number, ben.status(number).revision)
    ben.save_text(number, Text(text.document.but(exportable=True), "## Open\n\nOpen text.\n", {}))
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)

    firm.ada.publish(site, formats=("docx", "markdown", "html"))

    assert where(site, "SECRET") == []
    assert not (site / f"documents/{number}.changes.html").exists()
    assert where(site, "Open text.")


def test_once_a_licence_forbids_it_the_text_is_taken_away(firm: Firm, site: Path) -> None:
    ben = firm.by("ben")
    number = ben.new(ExternalDocument(title="Pumps"), "## Part\n\nSECRETtext\n").number
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)
    firm.ada.publish(site)
    assert where(site, "SECRETtext")
    ben.revise(number, reason="The licence ended")
    text = ben.text(number, ben.status(number).revision)
    ben.save_text(number, Text(text.document.but(exportable=False), "## Part\n\nSECRETtext\n", {}))
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)

    firm.ada.publish(site)

    assert where(site, "SECRETtext") == []


def test_a_withdrawn_text_is_in_no_search_and_no_file(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE, title="Old ways", body=f"{TEXT}\nSECRETtext\n")
    firm.reach(State.EFFECTIVE, body=f"{TEXT}\nSee [[{number}#scope]].\n")
    firm.ada.publish(site, formats=("docx", "markdown", "html"))
    assert where(site, "SECRETtext")
    firm.withdraw(number)
    firm.sign(number)

    firm.ada.publish(site, formats=("docx", "markdown", "html"))

    assert where(site, "SECRETtext") == []
    assert not [*site.rglob(f"{number}*")]


def test_records_are_on_no_site(firm: Firm, site: Path) -> None:
    firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)

    assert not [one for one in said(site) if "record" in one.lower()]


@pytest.fixture
def pdf_fonts() -> None:
    pytest.importorskip("typst", reason="the extra pdf is not installed")
