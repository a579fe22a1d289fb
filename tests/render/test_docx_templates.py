"""Copies that look like an organisation's own: whatever its template is made of."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx as python_docx
import pytest
from copies import copy
from lxml import etree
from ooxml_invariants import faults
from openxml_audit import OpenXmlValidator
from pictures import PNG
from templates import TEMPLATES, lines, rewritten, saved
from wordml import W, part

from docctl import intake
from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.content.structure.references import resolved
from docctl.errors import UnreadableError
from docctl.model.answers.controlled import ControlledCopy
from docctl.render import docx

TEXT = """
Before.

## Scope

- one
- two

1. first
2. second

| Who | What |
|--|--|
| Workshop | reads |

Table: Who does what

### Details

| a | b |
|--|--|
| 1 | 2 |
{.landscape}

## After

Text[^1].

[^1]: Note.
"""
FLAT = b'<w:spacing w:line="1" w:lineRule="exact"/>'
TREE = numbered(parse(TEXT)[0])


def written(data: bytes, facts: ControlledCopy | None = None) -> bytes:
    finish = docx.Finish(docx.template(data, "t.docx"))
    return docx.write(TREE, facts or copy(), {"rig.png": PNG}, finish=finish)


def headed(*words: str) -> bytes:
    """Return a template with these words in its head."""
    document = python_docx.Document()
    lines(document.sections[0].header.paragraphs[0], *words)
    return saved(document)


def frames(package: bytes) -> dict[str, str]:
    """Return the words of heads and feet, by the names of their parts."""
    with ZipFile(BytesIO(package)) as archive:
        names = [one for one in archive.namelist() if one.startswith(("word/header", "word/foot"))]
    return {
        name.removeprefix("word/").removesuffix(".xml"): "".join(part(package, name).itertext())
        for name in names
        if name != "word/footnotes.xml"
    }


def styles(package: bytes) -> dict[str, etree._Element]:
    root = part(package, "word/styles.xml")
    return {one.get(f"{W}styleId"): one for one in root.iter(f"{W}style")}


def name_of(style: etree._Element) -> str:
    return style.find(f"{W}name").get(f"{W}val")


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("state", ["effective", "draft"])
def test_a_copy_on_any_template_is_valid(name: str, state: str, tmp_path: Path) -> None:
    package = written(TEMPLATES[name](), copy(state=state))
    (tmp_path / "x.docx").write_bytes(package)

    assert faults(package) == []
    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []
    assert python_docx.Document(BytesIO(package)).core_properties.identifier == "PRO-001"


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_must_stand_on_every_page_stands_there(name: str) -> None:
    package = written(TEMPLATES[name](), copy(state="draft"))
    shown = frames(package)

    for pages in {key.partition("_")[2] for key in shown}:
        both = shown[f"header_{pages}"] + shown[f"footer_{pages}"]
        for words in ("PRO-001", "2", "DRAFT", "Draft", "Uncontrolled when printed", " PAGE "):
            assert words in both, (pages, words)
        shapes = part(package, f"word/header_{pages}.xml").iter(
            "{urn:schemas-microsoft-com:vml}shape"
        )
        assert "DRAFT" in [one.get("alt") for one in shapes]


def test_styles_go_by_their_names_and_not_by_their_ids() -> None:
    package = written(TEMPLATES["german"]())
    found = styles(package)

    assert "berschrift1" not in found
    assert name_of(found["Heading1"]) == "heading 1"
    assert found["Heading2"].find(f"{W}basedOn").get(f"{W}val") == "Normal"
    used = {one.get(f"{W}val") for one in part(package, "word/document.xml").iter(f"{W}pStyle")}
    assert used <= set(found)


def test_the_look_is_the_templates_and_the_numbers_of_headings_are_docctls() -> None:
    found = styles(written(TEMPLATES["simple"]()))
    heading = etree.tostring(found["Heading1"]).decode()

    assert '"7A1F3D"' in heading
    assert "7A1F3D" in etree.tostring(found["FrontHeading"]).decode()
    other = styles(written(TEMPLATES["landscape"]()))["Heading1"]
    assert name_of(other) == "ACME Ebene 1"
    assert [one.get(f"{W}val") for one in other.iter(f"{W}numId")] == ["1"]


def test_the_contents_are_not_counted_as_a_heading() -> None:
    """Word bases the style of the contents' title on that of headings, which are numbered."""
    found = styles(written(saved(python_docx.Document())))
    contents = found["TOCHeading"]

    assert contents.find(f"{W}basedOn").get(f"{W}val") == "Heading1"
    assert [one.get(f"{W}val") for one in found["Heading1"].iter(f"{W}numId")] == ["1"]
    assert [one.get(f"{W}val") for one in contents.iter(f"{W}numId")] == ["0"]


def test_a_style_of_tables_with_a_head_is_used_as_it_is() -> None:
    package = written(TEMPLATES["dark_tables"]())
    found = styles(package)

    assert name_of(found["TableGrid"]) == "ACME Table"
    assert found["TableHeading"].find(f"{W}rPr/{W}color").get(f"{W}val") == "FFFFFF"
    heads = part(package, "word/document.xml").iter(f"{W}tblHeader")
    rows = [head.getparent().getparent() for head in heads]
    assert rows
    assert not [row for row in rows if row.find(f".//{W}shd") is not None]


def test_placeholders_are_found_however_they_are_cut_up() -> None:
    shown = frames(written(headed("{nu", "mb", "er} of { Title", " }", "/{pages}")))

    assert shown["header_default_portrait"].startswith("PRO-001 of Control of documents/")
    assert " NUMPAGES " in shown["header_default_portrait"]


def test_who_signed_can_stand_in_a_head() -> None:
    words = "{prepared_by} {prepared_on} {approved_by} {approved_on} {released_by}"
    shown = frames(written(headed(words)))["header_default_portrait"]

    assert shown.startswith("Ingrid Solberg 2026-11-18 Kari Hansen 2026-11-20 –")


def test_words_of_a_copy_cannot_break_a_head_nor_ask_for_more() -> None:
    facts = copy(organization="A & <B> {title}")
    shown = frames(written(headed("{organization}"), facts))["header_default_portrait"]

    assert shown.startswith("A & <B> {title}")


def test_an_unknown_placeholder_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnreadableError, match=r"asks for \{reviser\}") as caught:
        docx.template(headed("{reviser}"), "t.docx")
    assert "{number}" in caught.value.hint


def test_what_editing_and_programs_left_behind_is_gone() -> None:
    package = written(TEMPLATES["busy"]())
    with ZipFile(BytesIO(package)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode(
            "utf-8", "replace"
        )

    shown = frames(package)["header_default_portrait"]
    assert "Kept. C:\\old.docxPRO-001Control of documentspicture2 NUMPAGES 7acme.example" in shown
    for gone in ("tracker", "Gone.", "_GoBack", "Somebody", "attachedTemplate", "INCLUDE", "OLD-1"):
        assert gone not in whole


def test_a_lying_page_is_as_wide_as_its_line() -> None:
    package = written(TEMPLATES["german"]())

    upright, across = (
        sum(
            int(one.get(f"{W}w"))
            for one in part(package, f"word/header_default_{lies}.xml").iter(f"{W}gridCol")
        )
        for lies in ("portrait", "landscape")
    )
    assert upright < across


def test_only_the_first_section_has_a_first_page() -> None:
    package = written(TEMPLATES["sections"]())
    sections = list(part(package, "word/document.xml").iter(f"{W}sectPr"))

    assert [one.find(f"{W}titlePg") is not None for one in sections] == [True, False, False]
    sizes = [one.find(f"{W}pgSz").get(f"{W}w") for one in sections]
    assert sizes == ["12240", "15840", "12240"]


@pytest.mark.parametrize("hiding", ["<w:vanish/>", '<w:sz w:val="1"/>', "<w:specVanish/>"])
def test_no_style_of_a_template_hides_what_a_copy_says(hiding: str) -> None:
    hidden = rewritten(
        TEMPLATES["simple"](),
        lambda name, one: (
            one.replace(
                b"<w:rPrDefault><w:rPr>", f"<w:rPrDefault><w:rPr>{hiding}".encode()
            ).replace(b"<w:pPrDefault><w:pPr>", b"<w:pPrDefault><w:pPr>" + FLAT)
            if name == "word/styles.xml"
            else one
        ),
    )

    assert hidden != TEMPLATES["simple"]()
    assert "hidden text" not in {one.kind for one in intake.read(written(hidden), "copy").strange}


def test_a_copy_says_which_template_it_is_on() -> None:
    data = TEMPLATES["simple"]()
    told = "".join(part(written(data), "docProps/custom.xml").itertext())

    assert docx.template(data, "t.docx").digest in told


MACROS = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'


def altered(part: str, old: bytes, new: bytes) -> bytes:
    """Return a simple template with a part that says something else."""
    return rewritten(
        TEMPLATES["simple"](), lambda name, one: one.replace(old, new) if name == part else one
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no zip", "no DOCX file"),
        (b"\xd0\xcf\x11\xe0 old", "older Word, or locked"),
        (
            altered("[Content_Types].xml", b"document.main", b"document.macroEnabled.main"),
            "holds macros",
        ),
        (
            altered(
                "word/document.xml",
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ),
            "strict Open XML",
        ),
        (
            altered("word/styles.xml", b"<w:styles", b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:styles"),
            "declares entities",
        ),
        (altered("word/document.xml", b'w:w="12240"', b'w:w="3000"'), "no room for a text"),
        (
            altered("word/styles.xml", b"</w:styles>", b"<w:style/>" * 5_000 + b"</w:styles>"),
            "styles",
        ),
    ],
    ids=["text", "old", "macros", "strict", "entities", "narrow", "styles"],
)
def test_what_cannot_be_a_template_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        docx.template(data, "t.docx")


def test_the_same_copy_on_a_template_gives_the_same_bytes_in_another_process(
    tmp_path: Path,
) -> None:
    for name in ("german", "busy", "sections"):
        (tmp_path / name).write_bytes(TEMPLATES[name]())
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from test_docx_templates import written\n"
        "for one in sys.argv[2:]: sys.stdout.buffer.write(written(Path(one).read_bytes()))"
    )
    paths = [str(path) for path in sorted(tmp_path.iterdir())]
    made = [
        subprocess.run(
            [sys.executable, "-c", script, str(Path(__file__).parent), *paths],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    assert made[0] == made[1]
    assert made[0]


def test_the_title_of_the_contents_has_no_number() -> None:
    package = docx.write(
        TREE, copy(), finish=docx.Finish(docx.template(TEMPLATES["simple"](), "x"))
    )
    styles = part(package, "word/styles.xml")
    style = next(one for one in styles if one.get(f"{W}styleId") == "TOCHeading")

    assert style.find(f"{W}basedOn").get(f"{W}val") == "Heading1"
    assert style.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "0"
    assert style.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "9"


def test_broken_lines_are_not_stretched_where_a_template_justifies_its_text() -> None:
    settings = part(written(saved(python_docx.Document())), "word/settings.xml")

    assert settings.find(f"{W}compat/{W}doNotExpandShiftReturn") is not None


def test_a_read_only_copy_says_so_to_word_processors(tmp_path: Path) -> None:
    package = docx.write(TREE, copy(), finish=docx.Finish(read_only=True))
    (tmp_path / "x.docx").write_bytes(package)
    found = part(package, "word/settings.xml").find(f"{W}documentProtection")

    assert (found.get(f"{W}edit"), found.get(f"{W}enforcement")) == ("readOnly", "1")
    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []


def test_a_reference_to_a_caption_is_a_field_with_the_right_words() -> None:
    text = """
See [](#who), [Table 2](#who), [the rig](#rig) and [](#rig), *[](#rig)*.

| a | b |
|--|--|
| 1 | 2 |

Table: First

- | c | d |
  |--|--|
  | 1 | 2 |

  Table: Second {#who}

![rig](rig.png "The rig"){#rig}
"""
    tree = resolved(numbered(parse(text)[0]), lambda _: None)
    package = docx.write(tree, copy(), {"rig.png": PNG})
    body = part(package, "word/document.xml")
    asked = [one.text.split()[1] for one in body.iter(f"{W}instrText") if " REF " in one.text]
    marks = {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}

    assert faults(package) == []
    assert len(asked) == 4
    assert set(asked) <= marks
    words = "".join(word.text for word in body.iter(f"{W}t"))
    assert "See Table 2, Table 2, the rig and Figure 1, Figure 1." in words
    assert "Table 2: Second" in words


def test_what_libreoffice_writes_in_its_own_way_is_written_as_word_does(tmp_path: Path) -> None:
    def odd(name: str, content: bytes) -> bytes:
        if name == "word/numbering.xml":
            return content.replace(b'<w:lvlJc w:val="left"/>', b'<w:lvlJc w:val="start"/>')
        if name == "word/fontTable.xml":
            charset = b'<w:charset w:characterSet="utf-8" w:val="00"/>'
            return content.replace(b'<w:charset w:val="00"/>', charset)
        if name == "word/header1.xml":
            return content.replace(b"<w:r>", b"<w:r><w:rPr><w:b/><w:b/><w:rFonts/></w:rPr>", 1)
        return content

    template = rewritten(headed("{number}"), odd)
    assert template != headed("{number}")
    package = written(template)
    (tmp_path / "x.docx").write_bytes(package)

    assert faults(package) == []
    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []


def _bullet(package: bytes, level: int) -> tuple[str, str]:
    patterns = part(package, "word/numbering.xml").findall(f"{W}abstractNum")
    (ours,) = (one for one in patterns if one.get(f"{W}abstractNumId") == "2")
    found = ours.findall(f"{W}lvl")[level]
    text, font = found.find(f"{W}lvlText"), found.find(f"{W}rPr/{W}rFonts")
    return text.get(f"{W}val"), "" if font is None else font.get(f"{W}ascii")


def test_items_begin_with_the_bullets_of_the_template() -> None:
    package = written(TEMPLATES["simple"]())

    assert _bullet(package, 0) == ("\uf0b7", "Symbol")
    assert faults(package) == []


def test_without_bullets_of_its_own_a_template_has_ours() -> None:
    assert [_bullet(written(TEMPLATES["bare"]()), at)[0] for at in range(4)] == ["•", "–", "▪", "•"]


@pytest.mark.parametrize("words", ["not", "%1", "", " "])
def test_a_bullet_is_one_sign_and_no_word(words: str) -> None:
    document = python_docx.Document(BytesIO(TEMPLATES["simple"]()))
    for level in document.part.numbering_part.element.iter(f"{W}lvl"):
        level.find(f"{W}lvlText").set(f"{W}val", words)
    other = BytesIO()
    document.save(other)

    assert _bullet(written(other.getvalue()), 0) == ("•", "")


def test_what_a_foot_sets_beyond_its_line_is_drawn_onto_it() -> None:
    package = written(TEMPLATES["simple"]())
    tabs = part(package, "word/footer_default_portrait.xml").iter(f"{W}tab")
    places = {(one.get(f"{W}val"), one.get(f"{W}pos")) for one in tabs if one.get(f"{W}pos")}

    assert places == {("clear", "4680"), ("clear", "9360"), ("center", "4320"), ("right", "8640")}
    assert faults(package) == []
