"""Two revisions side by side: on the screen, and as a file to hand round."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from firm import TEXT, Firm
from lxml import etree

from docctl import ExternalDocument, InputError, Library, NotFoundError, Procedure, State
from docctl.errors import ExportForbiddenError
from docctl.model.answers.reading import ChangedFact
from docctl.model.control import Function

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NEXT = TEXT.replace("Say how", "Say well how") + "\nBetter.\n"


def revised(firm: Firm) -> str:
    """Return the number of a procedure with a revision in force and a draft of the next."""
    number = firm.reach(State.EFFECTIVE, attachments={"a.txt": b"a"})
    ben = firm.by("ben")
    ben.revise(number, reason="Audit finding")
    text = ben.text(number, "2")
    document = text.document.but(title="Control of all documents")
    ben.save_text(number, type(text)(document, NEXT, {"a.txt": b"b"}))
    return number


def changes(data: bytes) -> set[tuple[str, str, str]]:
    root = etree.fromstring(ZipFile(BytesIO(data)).read("word/document.xml"))
    return {
        (one.get(f"{W}author", ""), one.get(f"{W}date", ""), "".join(one.itertext()))
        for one in root.iter(f"{W}ins", f"{W}del")
    }


def test_a_difference_tells_metadata_and_passages_word_by_word(firm: Firm) -> None:
    found = firm.ada.diff(revised(firm))

    assert found.facts == (
        ChangedFact(name="Title", was="Control of documents", now="Control of all documents"),
    )
    assert [(one.place, one.kind, one.now) for one in found.passages] == [
        (("1 Purpose",), "changed", "Say well how it is done."),
        (("2 Scope",), "inserted", "Better."),
    ]
    assert found.passages[0].parts == (
        ("kept", "Say"),
        ("inserted", " well"),
        ("kept", " how it is done."),
    )
    assert found.attachments == {"a.txt": "changed"}
    assert found.file == ""


def test_tracked_changes_are_of_who_saved_the_draft_then_of_who_submitted_it(
    firm: Firm, place: Path
) -> None:
    number = revised(firm)
    saved = firm.ada.bench.get(number).newest.saved
    assert saved
    told = firm.ada.diff(number, to=place / "draft.docx")

    assert told.file == str(place / "draft.docx")
    assert changes((place / "draft.docx").read_bytes()) >= {
        ("Ben", f"{saved.event.time:%Y-%m-%dT%H:%M:%SZ}", " well"),
    }

    firm.by("ben").submit(number)
    submitted = firm.ada.bench.get(number).newest.round
    assert submitted
    firm.ada.diff(number, to=place / "submitted.docx")
    times = {time for _, time, _ in changes((place / "submitted.docx").read_bytes())}
    assert times - {""} == {f"{submitted.opened.event.time:%Y-%m-%dT%H:%M:%SZ}"}


@pytest.mark.parametrize(
    ("ending", "inserted"), [("html", "<ins> well</ins>"), ("md", "{++ well++}")]
)
def test_a_redline_can_be_a_page_or_markdown(
    firm: Firm, place: Path, ending: str, inserted: str
) -> None:
    path = place / f"change.{ending}"
    firm.ada.diff(revised(firm), to=path)

    text = path.read_text(encoding="utf-8")
    assert inserted in text
    assert "Control of all documents: changes from revision 1 to revision 2" in text
    assert "REDLINE, not the controlled copy" in text
    assert "Audit finding" in text


def test_into_a_folder_it_is_named_by_both_revisions(firm: Firm, place: Path) -> None:
    number = revised(firm)

    assert firm.ada.diff(number, to=place).file == str(place / f"{number}-1-to-2.docx")
    told = firm.ada.diff(number, "2", "1", to=place, format="html")
    assert told.file == str(place / f"{number}-2-to-1.html")


def test_the_same_revisions_give_the_same_bytes(firm: Firm, place: Path) -> None:
    number = revised(firm)
    for name in ("one.docx", "two.docx"):
        firm.ada.diff(number, to=place / name)

    assert (place / "one.docx").read_bytes() == (place / "two.docx").read_bytes()


def test_settings_are_compared_too(firm: Firm, place: Path) -> None:
    firm.change_control(firm.ada.control().but(functions=(Function(title="Welder"),)))

    found = firm.ada.diff("CONTROL", to=place / "control.docx")

    assert any("Welder" in one.now for one in found.passages)
    assert (place / "control.docx").exists()


def test_what_cannot_be_written_is_refused(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    with firm.refuses(InputError, "with itself"):
        firm.ada.diff(number, to=place / "x.docx")
    with firm.refuses(NotFoundError, "revision 9"):
        firm.ada.diff(number, "9", to=place / "x.docx")
    firm.by("ben").revise(number, reason="More")
    with firm.refuses(InputError, "cannot be written as 'pdf'"):
        firm.ada.diff(number, to=place / "x.pdf")
    assert not list(place.glob("x.*"))


def test_a_text_that_may_not_be_handed_out_makes_no_redline(firm: Firm, place: Path) -> None:
    ben: Library = firm.by("ben")
    given = {
        "identifier": "S 1",
        "issuer": "A",
        "edition": "1",
        "licence": "one reader",
        "exportable": False,
    }
    number = ben.new(ExternalDocument(title="A standard", **given), "Text.\n").number
    for step in (firm.submit, firm.sign, firm.release):
        step(number)
    ben.revise(number, reason="Newer edition")

    with firm.refuses(ExportForbiddenError, "one reader"):
        firm.ada.diff(number, to=place / "x.docx")


def test_a_document_without_a_change_says_so(firm: Firm) -> None:
    found = firm.ada.diff(firm.by("ben").new(Procedure(title="X"), TEXT).number)

    assert (found.facts, found.passages) == ((), ())
