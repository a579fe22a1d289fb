"""Templates as other houses have them: nothing in a copy is unread, torn, or out of line."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx as python_docx
import pytest
from copies import copy
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, RGBColor
from lxml import etree
from ooxml_invariants import faults
from openxml_audit import OpenXmlValidator
from pictures import PNG
from templates import rewritten, saved
from wordml import W, part

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
from docctl.model.document import Manual
from docctl.render import docx

WHITE, DARK = RGBColor(0xFF, 0xFF, 0xFF), "1F4E79"
TEXT = """
## Scope

1. Before

   ```
   code
   ```

2. After

| Who | What |
|--|--|
| Workshop | reads |

## Use

Said.
"""


def shaded(fill: str) -> etree._Element:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')


def written(document: WordDocument, state: str = "effective") -> bytes:
    finish = docx.Finish(docx.template(saved(document), "t.docx"))
    package = docx.write(numbered(parse(TEXT)[0]), copy(state=state), finish=finish)
    assert faults(package) == []
    return package


def style(package: bytes, key: str) -> etree._Element:
    styles = part(package, "word/styles.xml").iter(f"{W}style")
    return next(one for one in styles if one.get(f"{W}styleId") == key)


def value(node: etree._Element, path: str, name: str = "val") -> str:
    """Return an attribute of what lies at a path such as `rPr/color`; empty if it is not there."""
    found = node.find("/".join(f"{W}{one}" for one in path.split("/")))
    return "" if found is None else found.get(f"{W}{name}", "")


def white_headings() -> WordDocument:
    document = python_docx.Document()
    document.styles["Heading 1"].font.color.rgb = WHITE
    return document


def banded_headings() -> WordDocument:
    document = white_headings()
    document.styles["Heading 1"].element.get_or_add_pPr().append(shaded(DARK))
    return document


def test_headings_are_not_written_white_on_white() -> None:
    package = written(white_headings())

    assert value(style(package, "Heading1"), "rPr/color") == "auto"
    assert "FFFFFF" not in etree.tostring(style(package, "FrontHeading")).decode()
    assert "FFFFFF" not in etree.tostring(style(package, "TableHeading")).decode()


def test_white_headings_on_a_dark_band_stay_and_their_band_colours_the_rest() -> None:
    package = written(banded_headings())

    assert value(style(package, "Heading1"), "rPr/color") == "FFFFFF"
    assert value(style(package, "FrontHeading"), "rPr/color") == DARK
    assert value(style(package, "TableHeading"), "rPr/color") == DARK


def test_properties_in_a_wrong_order_are_put_in_order(tmp_path: Path) -> None:
    document = banded_headings()  # its band stands behind what it must stand before
    (tmp_path / "x.docx").write_bytes(written(document))

    assert OpenXmlValidator().validate(tmp_path / "x.docx").errors == []


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "1.5", "-", ""])
def test_a_measure_that_is_none_is_passed_over(odd: str) -> None:
    document = python_docx.Document()
    about = document.styles["Header"].element.get_or_add_pPr()
    tabs = f'<w:tabs {nsdecls("w")}><w:tab w:val="left" w:pos="{odd}"/></w:tabs>'
    spacing = f'<w:spacing {nsdecls("w")} w:line="{odd}" w:lineRule="exact"/>'
    for one in (tabs, spacing):
        about.append(parse_xml(one))
    size = parse_xml(f'<w:sz {nsdecls("w")} w:val="{odd}"/>')
    document.styles["Normal"].element.get_or_add_rPr().append(size)
    document.sections[0].header.paragraphs[0].text = "{number}\t{title}"

    package = docx.write(
        numbered(parse(TEXT)[0]),
        copy(),
        finish=docx.Finish(docx.template(saved(document), "t.docx")),
    )

    assert "Before" in "".join(part(package, "word/document.xml").itertext())


def test_a_style_that_is_white_by_the_one_it_is_based_on_is_read_too() -> None:
    document = banded_headings()
    document.styles["Heading 2"].font.color.rgb = None
    document.styles["Heading 2"].base_style = document.styles["Heading 1"]
    document.styles["Heading 2"].element.get_or_add_pPr().append(shaded("FFFFFF"))
    package = written(document)

    assert value(style(package, "Heading1"), "rPr/color") == "FFFFFF"
    assert value(style(package, "Heading2"), "rPr/color") == "auto"


def test_white_by_the_theme_is_white() -> None:
    document = python_docx.Document()
    look = document.styles["Heading 1"].element.get_or_add_rPr()
    look.append(parse_xml(f'<w:color {nsdecls("w")} w:val="auto" w:themeColor="background1"/>'))
    look.remove(next(look.iter(f"{W}color")))

    assert value(style(written(document), "Heading1"), "rPr/color") == "auto"


@pytest.mark.parametrize(("fill", "ink"), [(DARK, "FFFFFF"), ("", "auto")])
def test_heads_of_tables_are_written_to_be_read(fill: str, ink: str) -> None:
    document = python_docx.Document()
    background = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="House">'
            '<w:name w:val="docctl Table"/><w:basedOn w:val="TableNormal"/>'
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
            f"{background if fill else ''}</w:tblStylePr></w:style>"
        )
    )

    assert value(style(written(document), "TableHeading"), "rPr/color") == ink


def in_a_head(dress: Callable[[WordDocument, etree._Element], None]) -> str:
    """Return the colour that white words in a head have in a copy, after *dress* has been at it."""
    document = python_docx.Document()
    run = document.sections[0].header.paragraphs[0].add_run("{number}")
    run.font.color.rgb = WHITE
    dress(document, run._r)
    head = part(written(document), "word/header_default_portrait.xml")
    found = next(one for one in head.iter(f"{W}r") if "".join(one.itertext()) == "PRO-001")
    return value(found, "rPr/color")


def test_white_words_in_a_head_are_read_on_paper_and_stay_white_on_what_is_dark() -> None:
    def bare(_document: WordDocument, _run: etree._Element) -> None:
        return

    def on_a_band(_document: WordDocument, run: etree._Element) -> None:
        run.getparent().get_or_add_pPr().append(shaded(DARK))

    def marked(_document: WordDocument, run: etree._Element) -> None:
        run.rPr.append(parse_xml(f'<w:highlight {nsdecls("w")} w:val="darkBlue"/>'))

    def by_a_logo(document: WordDocument, _run: etree._Element) -> None:
        picture = document.sections[0].header.paragraphs[0].add_run()
        picture.add_picture(BytesIO(PNG), Cm(2))

    def over_a_shape(document: WordDocument, _run: etree._Element) -> None:
        document.sections[0].header.paragraphs[0]._p.append(
            parse_xml(
                f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
                '<v:rect id="Band" style="position:absolute;width:400pt;height:40pt"'
                ' fillcolor="#1f4e79"/></w:pict></w:r>'
            )
        )

    assert in_a_head(bare) == ""
    assert in_a_head(on_a_band) == "FFFFFF"
    assert in_a_head(marked) == "FFFFFF"
    assert in_a_head(by_a_logo) == ""
    assert in_a_head(over_a_shape) == "FFFFFF"


def test_a_white_style_of_heads_is_white_on_what_is_dark_alone() -> None:
    document = python_docx.Document()
    document.styles["Header"].font.color.rgb = WHITE
    head = document.sections[0].header
    head.paragraphs[0].add_run("{number}")
    band = head.add_paragraph("Band", style="Header")
    band._p.get_or_add_pPr().append(shaded(DARK))
    package = written(document)
    runs = {
        "".join(one.itertext()): value(one, "rPr/color")
        for one in part(package, "word/header_default_portrait.xml").iter(f"{W}r")
    }

    assert value(style(package, "Header"), "rPr/color") == "auto"
    assert (runs["PRO-001"], runs["Band"]) == ("", "FFFFFF")


def test_what_a_template_does_to_running_text_it_does_to_nothing_else() -> None:
    document = python_docx.Document()
    normal = document.styles["Normal"].paragraph_format
    normal.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    normal.first_line_indent, normal.line_spacing = Cm(0.7), 2.0
    for name in ("Body Text", "Caption"):
        document.styles.element.remove(document.styles[name].element)
    package = written(document)
    straight = [style(package, key) for key in ("FrontHeading", "Caption", "FactValue", "Figure")]

    assert value(style(package, "BodyText"), "pPr/jc") == ""
    assert value(style(package, "BodyText"), "pPr/ind", "firstLine") == ""
    assert value(style(package, "FootnoteText"), "pPr/ind", "firstLine") == "0"
    assert value(style(package, "AdmonitionNote"), "pPr/ind", "firstLine") == "0"
    for one in straight[:2]:
        assert value(one, "pPr/ind", "firstLine") == "0"
        assert value(one, "pPr/jc") == "left"
        assert value(one, "pPr/spacing", "line") == "240"
    assert value(straight[3], "pPr/jc") == "center"


def test_a_plain_template_leaves_our_styles_as_they_are() -> None:
    assert style(written(python_docx.Document()), "FrontHeading").find(f"{W}pPr/{W}ind") is None


def test_labels_of_the_control_block_are_not_torn_on_small_pages() -> None:
    document = python_docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(14.8), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    facts = next(part(written(document), "word/document.xml").iter(f"{W}tblGrid"))
    label, value_, _, last = (int(one.get(f"{W}w")) for one in facts)

    assert label > 1_250  # "Classification" at eight points in a broad font
    assert value_ > label < last
    assert abs(2 * label + value_ + last - Cm(11.8).twips) <= 1


def test_what_is_added_to_a_head_is_not_written_onto_the_text() -> None:
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].add_run("{title}")
    head = part(written(document, "draft"), "word/header_default_portrait.xml")
    added = [one for one in head.iter(f"{W}p") if value(one, "pPr/pStyle") == "StatusMark"]

    assert value(added[-1], "pPr/spacing", "after") == "120"


def test_a_step_stands_on_the_page_of_what_it_shows() -> None:
    package = docx.write(numbered(parse(TEXT)[0]), copy())
    items = {
        "".join(one.itertext()): one.find(f"{W}pPr/{W}keepNext") is not None
        for one in part(package, "word/document.xml").iter(f"{W}p")
    }

    assert (items["Before"], items["After"]) == (True, False)


# --- running chapters ----------------------------------------------------------------------------

CHAPTERS = """
## First

One.

\\newpage

## Second & last

Two.

## Third

Three.
"""


def field(instruction: str) -> str:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{begin}{code}{separate}<w:r><w:rPr><w:b/></w:rPr><w:t>Old</w:t></w:r>{end}"


def asking(*instructions: str) -> WordDocument:
    """Return a template whose head has these fields, and headings with German ids."""
    document = python_docx.Document()
    content = "".join(map(field, instructions))
    for one in parse_xml(f"<w:p {nsdecls('w')}>{content}</w:p>"):
        document.sections[0].header.paragraphs[0]._p.append(one)
    return document


def heads(package: bytes) -> dict[str, list[tuple[str, str]]]:
    """Return the fields that show headings, each with its words, by the parts of heads."""
    with ZipFile(BytesIO(package)) as archive:
        names = [one for one in archive.namelist() if one.startswith("word/header")]
    return {
        name.removeprefix("word/header_").removesuffix(".xml"): [
            (one.get(f"{W}instr", "").strip(), "".join(one.itertext()))
            for one in part(package, name).iter(f"{W}fldSimple")
        ]
        for name in names
    }


def on(document: WordDocument, text: str) -> dict[str, list[tuple[str, str]]]:
    finish = docx.Finish(docx.template(saved(document), "t.docx"))
    package = docx.write(numbered(parse(text)[0]), copy(), finish=finish)
    assert faults(package) == []
    return heads(package)


@pytest.mark.parametrize(
    ("instruction", "found"),
    [
        ("STYLEREF 1", [("STYLEREF 1", "Scope")]),
        ('STYLEREF "Heading 1" \\* MERGEFORMAT', [("STYLEREF 1", "Scope")]),
        ("STYLEREF 1 \\n", [("STYLEREF 1 \\n", "1")]),
        ("STYLEREF 1 \\l", [("STYLEREF 1 \\l", "Scope")]),
        ('STYLEREF "Heading 2"', [("STYLEREF 2", "")]),
        ('STYLEREF "A style of theirs"', []),
    ],
)
def test_a_head_shows_the_chapter_by_a_name_that_every_word_knows(
    instruction: str, found: list[tuple[str, str]]
) -> None:
    assert on(asking(instruction), TEXT)["default_portrait"] == found


def test_a_heading_goes_by_the_name_that_it_has_in_the_language_of_the_template() -> None:
    document = asking('STYLEREF "\N{LATIN CAPITAL LETTER U WITH DIAERESIS}berschrift 1"')
    package = rewritten(
        saved(document),
        lambda name, content: (
            content.replace(b'"Heading1"', b'"berschrift1"')
            if name == "word/styles.xml"
            else content
        ),
    )
    finish = docx.Finish(docx.template(package, "t.docx"))
    copied = docx.write(numbered(parse(TEXT)[0]), copy(), finish=finish)

    assert heads(copied)["default_portrait"] == [("STYLEREF 1", "Scope")]


def test_a_heading_that_is_the_title_becomes_the_title() -> None:
    document = asking("STYLEREF Title")
    finish = docx.Finish(docx.template(saved(document), "t.docx"))
    package = docx.write(numbered(parse(TEXT)[0]), copy(), finish=finish)
    words = "".join(part(package, "word/header_default_portrait.xml").itertext())

    assert "Control of documents" in words
    assert "Old" not in words


def test_without_headings_there_is_no_field_that_would_show_an_error() -> None:
    assert on(asking("STYLEREF 1"), "Only words.")["default_portrait"] == []


def test_a_placeholder_asks_for_the_chapter_too() -> None:
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].add_run("In {chapter}, page {page}")

    assert on(document, TEXT)["default_portrait"] == [("STYLEREF 1", "Scope")]


def test_a_chapter_on_pages_of_its_own_has_a_head_of_its_own() -> None:
    shown = on(asking("STYLEREF 1"), CHAPTERS)

    assert shown["default_portrait"] == [("STYLEREF 1", "First")]
    assert shown["default_portrait_1"] == [("STYLEREF 1", "Second & last")]


@pytest.mark.parametrize("state", ["effective", "draft"])
def test_a_manual_says_on_the_pages_of_a_chapter_which_it_is(state: str) -> None:
    text = CHAPTERS.replace("## Third\n\nThree.\n", "\\newpage\n\n## Third\n\nThree.\n")
    facts = copy(document=Manual(title="Quality manual"), state=state)
    package = docx.write(numbered(parse(text)[0]), facts)
    main = part(package, "word/document.xml")

    assert faults(package) == []
    assert heads(package) == {
        "portrait": [],
        "portrait_1": [("STYLEREF 1", "Second & last")],
        "portrait_2": [("STYLEREF 1", "Third")],
    }
    assert len([*main.iter(f"{W}sectPr")]) == 3
    assert [one for one in main.iter(f"{W}br") if one.get(f"{W}type") == "page"] == []


def test_a_typed_number_is_part_of_what_a_head_shows() -> None:
    text = "## 2 First\n\n### 2.1 Part\n\n\\newpage\n\n## 4 Second\n\n### 4.1 Part\n"
    facts = copy(document=Manual(title="Quality manual"))
    package = docx.write(numbered(parse(text)[0]), facts)

    assert heads(package)["portrait_1"] == [("STYLEREF 1", "4Second")]
    head = part(package, "word/header_portrait_1.xml")
    assert next(head.iter(f"{W}fldSimple")).find(f"{W}r/{W}tab") is not None


def test_no_other_text_is_divided_for_its_heads() -> None:
    package = docx.write(numbered(parse(CHAPTERS)[0]), copy())

    assert heads(package) == {"portrait": []}
    assert len([*part(package, "word/document.xml").iter(f"{W}sectPr")]) == 1


def test_what_stands_in_a_foot_besides_the_templates_own_stands_straight() -> None:
    document = python_docx.Document()
    text = document.styles["Normal"].paragraph_format
    text.first_line_indent, text.alignment = Cm(1.25), WD_ALIGN_PARAGRAPH.JUSTIFY
    with_theirs = python_docx.Document()
    with_theirs.styles["Normal"].paragraph_format.first_line_indent = Cm(1.25)
    with_theirs.sections[0].footer.paragraphs[0].text = "Works council"

    for package in (written(document), written(with_theirs)):
        foot = part(package, "word/footer_default_portrait.xml")
        caution = next(
            one for one in foot.iter(f"{W}p") if "Uncontrolled" in "".join(one.itertext())
        )
        key = value(caution, "pPr/pStyle")
        assert value(style(package, key), "pPr/ind", "firstLine") == "0"


def test_a_name_that_only_libreoffice_gives_to_shapes_is_left_out() -> None:
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
            '<v:rect id="Band" ID="Band" style="width:400pt;height:40pt"/></w:pict></w:r>'
        )
    )

    head = part(written(document), "word/header_default_portrait.xml")

    (band,) = (one for one in head.iter() if one.get("id") == "Band")
    assert "ID" not in band.attrib
