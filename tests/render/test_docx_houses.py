"""Templates as other houses have them: nothing in a copy is unread, torn, or out of line."""

from collections.abc import Callable
from io import BytesIO

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
from pictures import PNG
from templates import saved
from wordml import W, part

from docctl.content.parse import parse
from docctl.content.structure.outline import numbered
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
