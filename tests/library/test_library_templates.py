"""Word copies on a template: named by the caller, or by CONTROL as a controlled document."""

from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from firm import Firm
from templates import TEMPLATES

from docctl import Manual, State
from docctl.errors import InputError, UnreadableError
from docctl.model.document import Chapter


def head(file: Path) -> str:
    """Return the first head of a copy."""
    with ZipFile(file) as archive:
        names = [one for one in archive.namelist() if one.startswith("word/header")]
        return archive.read(names[0]).decode()


def custom(file: Path) -> str:
    """Return what a copy says to programs."""
    with ZipFile(file) as archive:
        return archive.read("docProps/custom.xml").decode()


def attached(firm: Firm, *names: str) -> None:
    """Let a document with these attachments be the library's template, in force from now on."""
    files = {name: TEMPLATES["simple"]() for name in names}
    template = firm.reach(State.EFFECTIVE, title="Look of copies", attachments=files)
    firm.change_control(firm.ada.control().but(template=template))


def test_copies_manuals_and_blanks_are_written_on_a_template(firm: Firm, place: Path) -> None:
    template = place / "acme.docx"
    template.write_bytes(TEMPLATES["simple"]())
    number = firm.reach(State.EFFECTIVE)
    chapter = Chapter(title="Procedures", type="procedure")
    manual = firm.by("ben").new(Manual(title="The manual", chapters=(chapter,)), "Text.").number
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)

    assert "ACME" in head(firm.ada.export(number, place / "a.docx", template=template))
    assert "ACME" in head(firm.ada.manual(manual, place / "m.docx", template=template))
    assert "ACME" not in head(firm.ada.export(number, place / "b.docx"))
    assert firm.ada.outdated(manual, place / "m.docx") == ()


def test_a_template_is_for_docx_alone(firm: Firm, place: Path) -> None:
    template = place / "acme.docx"
    template.write_bytes(TEMPLATES["simple"]())
    number = firm.reach(State.EFFECTIVE)

    with pytest.raises(InputError, match=r"^a copy in markdown has no template$"):
        firm.ada.export(number, place / "a.md", template=template)
    with pytest.raises(InputError, match=r"^a copy in markdown has no QR code$"):
        firm.ada.export(number, place / "a.md", qr=True)
    with pytest.raises(InputError, match=r"^a copy in html cannot be made read-only$"):
        firm.ada.export(number, place / "a.html", read_only=True)
    (place / "bad.docx").write_bytes(b"no")
    with pytest.raises(UnreadableError, match=r"bad\.docx: it is no DOCX file"):
        firm.ada.export(number, place / "a.docx", template=place / "bad.docx")
    assert not (place / "a.docx").exists()


def test_copies_manuals_and_evidence_bear_a_qr_code_where_that_is_wanted(
    firm: Firm, place: Path
) -> None:
    chapter = Chapter(title="Procedures", type="procedure")
    manual = firm.by("ben").new(Manual(title="The manual", chapters=(chapter,)), "Text.").number
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)
    library = firm.ada.bench.world.authority.library

    for file in (
        firm.ada.manual(manual, place / "m.docx", qr=True),
        firm.ada.export("CONTROL", place / "c.docx", qr=True),
    ):
        with ZipFile(file) as archive:
            body = archive.read("word/document.xml").decode()
        assert f"library={library}" in body
    assert f"docctl:{manual};rev=1;issue=" in custom(place / "m.docx")
    assert "docctl:CONTROL;rev=" in custom(place / "c.docx")
    assert firm.ada.outdated(manual, place / "m.docx") == ()
    with pytest.raises(InputError, match=r"^a copy in markdown has no QR code$"):
        firm.ada.export(manual, place / "a.md", qr=True)


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_pages_bear_the_code_too_and_are_known_again(firm: Firm, place: Path, ending: str) -> None:
    number = firm.reach(State.EFFECTIVE)
    file = firm.ada.export(number, place / f"a.{ending}", qr=True)
    plain = firm.ada.export(number, place / f"b.{ending}")
    library = firm.ada.bench.world.authority.library

    assert f";library={library}".encode() in file.read_bytes()
    assert file.read_bytes() != plain.read_bytes()
    for one in (file, plain):
        (found,) = firm.ada.verify_copy(one).copies
        assert found.verdict == "current"
    with pytest.raises(InputError, match=f"^a copy in {ending} cannot be made read-only$"):
        firm.ada.export(number, place / f"c.{ending}", qr=True, read_only=True)


def test_a_copy_can_be_had_as_a_document_of_python_docx(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    document = firm.ada.export_docx(number)

    assert document.core_properties.identifier == number
    assert "Purpose" in [one.text for one in document.paragraphs]


def test_the_librarys_own_template_is_a_controlled_document(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.clock.wait(days=1)
    attached(firm, "acme.docx")
    before = firm.today - timedelta(days=1)

    assert "ACME" in head(firm.ada.export(number, place / "a.docx"))
    assert "ACME" not in head(firm.ada.export(number, place / "b.docx", as_of=before))
    assert firm.ada.export(number, place / "a.md").read_text()
    firm.revise(number)
    assert "ACME" in head(Path(firm.ada.diff(number, to=place / "r.docx").file))
    chapter = Chapter(title="Procedures", type="procedure")
    manual = firm.by("ben").new(Manual(title="The manual", chapters=(chapter,)), "Text.").number
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)
    assert firm.ada.outdated(manual, firm.ada.manual(manual, place / "m.docx")) == ()


@pytest.mark.parametrize(
    ("names", "said"),
    [((), "it has 0 .docx files"), (("a.docx", "b.docx"), "it has 2 .docx files")],
    ids=["none", "two"],
)
def test_it_must_be_clear_which_attachment_is_the_template(
    firm: Firm, place: Path, names: tuple[str, ...], said: str
) -> None:
    number = firm.reach(State.EFFECTIVE)
    attached(firm, *names)

    with pytest.raises(InputError, match=said) as caught:
        firm.ada.export(number, place / "a.docx")
    assert "template.docx" in caught.value.hint
