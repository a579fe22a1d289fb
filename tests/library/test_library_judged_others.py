"""Manuals, settings, PDF files and copies on a template that come back."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from firm import Firm
from test_library_judged import changed, told
from test_library_outdated import manual_of
from test_library_templates import attached

from docctl import State
from docctl.model.control import CONTROL

FORMATS = ("docx", "md", "html")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_compiled_manual_is_current_until_a_chapter_changes(
    firm: Firm, place: Path, ending: str
) -> None:
    chapter = firm.reach(State.EFFECTIVE)
    manual = manual_of(firm)
    file = firm.ada.manual(manual, place / f"manual.{ending}")
    assert told(firm, file).verdict == "current"
    other = changed(file, lambda text: text.replace("how it is done", "how we do it"))
    assert told(firm, other).verdict == "altered"
    firm.clock.wait(days=1)

    firm.revise(chapter)
    firm.submit(chapter)
    firm.sign(chapter)
    firm.release(chapter)

    found = told(firm, file)
    assert (found.verdict, found.alterations) == ("outdated", ())
    assert f"{chapter}: the file holds revision 1; in force is revision 2" in found.sentence


@pytest.mark.parametrize("ending", FORMATS)
def test_the_settings_are_judged_as_any_document(firm: Firm, place: Path, ending: str) -> None:
    file = firm.ada.export(CONTROL, place / f"control.{ending}")

    assert told(firm, file).verdict == "current"


def test_a_pdf_is_genuine_byte_for_byte_or_not_judged(firm: Firm, place: Path) -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    number = firm.reach(State.EFFECTIVE)
    file = firm.ada.export(number, place / "copy.pdf")
    assert told(firm, file).verdict == "current"

    file.write_bytes(file.read_bytes() + b"\n% appended\n")

    found = told(firm, file)
    assert (found.verdict, found.number, found.revision) == ("unjudged", number, "1")
    assert "something was appended" in found.sentence
    file.write_bytes(file.read_bytes().replace(b"0000000", b"0000001", 1))
    assert "is not the very file" in told(firm, file).sentence
    file.write_bytes(b"%PDF-1.7\nnothing\n%%EOF")
    assert told(firm, file).verdict == "unknown"


def test_a_copy_on_a_template_is_judged_with_it(firm: Firm, place: Path) -> None:
    docx = pytest.importorskip("docx")
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Acme, {number}, since 1911"
    template.save(str(place / "acme.docx"))
    number = firm.reach(State.EFFECTIVE)
    file = firm.ada.export(number, place / "copy.docx", template=place / "acme.docx")

    def judged(one: Path) -> str:
        (found,) = firm.ada.verify_copy(one, template=place / "acme.docx").copies
        return found.verdict

    plain = firm.ada.export(number, place / "plain.docx")
    assert (judged(file), judged(plain)) == ("current", "current")
    assert told(firm, file).verdict == "unjudged"
    assert "template" in told(firm, file).sentence
    (head,) = (one for one in _parts(file) if b"since 1911" in _parts(file)[one])
    other = changed(file, lambda text: text.replace("since 1911", "since 1811"), head)
    assert (judged(other), told(firm, other).verdict) == ("altered", "unjudged")
    other = changed(file, lambda text: text.replace("how it is done", "how we do it"))
    assert (judged(other), told(firm, other).verdict) == ("altered", "altered")
    assert "a template that was not named: --template FILE" in told(firm, other).sentence
    bare = changed(
        file, lambda text: re.sub("<property .*</property>", "", text), "docProps/custom.xml"
    )
    assert judged(bare) == "current"


def test_a_copy_on_the_template_of_the_library_is_judged_by_itself(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    attached(firm, "acme.docx")
    file = firm.ada.export(number, place / "copy.docx")
    assert b"TemplateSHA256" in _parts(file)["docProps/custom.xml"]

    assert told(firm, file).verdict == "current"
    (name,) = (one for one, data in _parts(file).items() if b"ACME" in data and "header" in one)
    other = changed(file, lambda text: text.replace("ACME", "ACNE"), name)
    assert told(firm, other).verdict == "altered"


def test_white_heads_of_a_templates_tables_are_read_and_hide_nothing(
    firm: Firm, place: Path
) -> None:
    docx = pytest.importorskip("docx")
    template = docx.Document()
    template.add_table(2, 2, style="Medium Shading 1 Accent 1")
    template.save(str(place / "acme.docx"))
    number = firm.reach(State.EFFECTIVE)
    file = firm.ada.export(number, place / "copy.docx", template=place / "acme.docx")
    assert '<w:color w:val="FFFFFF"' in _parts(file)["word/styles.xml"].decode()

    assert told(firm, file).verdict == "unjudged"

    bare = changed(file, lambda text: text.replace('w:firstRow="1"', 'w:firstRow="0"'))
    (found,) = firm.ada.verify_copy(bare, template=place / "acme.docx").copies
    assert found.verdict == "altered"
    assert "hidden text" in {one.place for one in found.alterations}
    by_bits = changed(file, lambda text: re.sub(' w:firstRow="1"', "", text))
    assert told(firm, by_bits).verdict == "unjudged"
    elsewhere = changed(
        file, lambda text: text.replace('w:val="0420" w:firstRow="1"', 'w:val="odd"')
    )
    assert told(firm, elsewhere).verdict == "altered"


def stripped(text: str) -> str:
    return re.sub("<property .*</property>", "", text)


def _parts(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
