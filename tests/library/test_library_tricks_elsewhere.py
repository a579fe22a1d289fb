"""More tricks: words moved, veiled or turned round, and what programs read in two ways."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from firm import Firm
from test_library_altered import before, replaced, within, written
from test_library_judged import changed, told
from test_library_tricks import (
    END,
    MARK,
    MC,
    NUMBERING,
    SETTINGS,
    STYLES,
    VML,
    W14,
    field,
    is_told,
    of_cell,
    of_paragraph,
)

Change = Callable[[str], str]

MAIN, PROPERTIES = "word/document.xml", "docProps/custom.xml"
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
CHOICE = f'<mc:AlternateContent {MC}><mc:Choice xmlns:z="urn:z" Requires="z">'
RUN = r"<w:r>(?:(?!</?w:r>).)*>Close the valve\.</w:t></w:r>"


def anywhere(pattern: str, put: str, count: int = 0) -> Change:
    return lambda text: re.sub(pattern, put, text, count=count, flags=re.DOTALL)


def around(start: str, end: str) -> Change:
    return anywhere(RUN, rf"{start}\g<0>{end}", 1)


def drawn(xml: str) -> Change:
    return before(END, f"<w:p><w:r><w:pict>{xml}</w:pict></w:r></w:p>")


def of_tables(properties: str) -> Change:
    return anywhere(r"</w:tblPr>", f"{properties}</w:tblPr>")


def of_levels(properties: str) -> Change:
    return anywhere(r"(?:<w:rPr>(?:(?!</w:lvl>).)*</w:rPr>)?</w:lvl>", f"{properties}</w:lvl>")


def as_field(instruction: str) -> Change:
    start = f"{MARK.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return around(start + MARK.format("separate"), MARK.format("end"))


def veil(style: str, inner: str = "") -> str:
    return f'<v:rect {VML} style="{style}" fillcolor="white">{inner}</v:rect>'


def told_twice(name: str, value: str) -> Change:
    one = (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="99" name="{name}">'
        '<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{value}</vt:lpwstr></property>"
    )
    return replaced("<property ", f"{one}<property ")


FULL = "position:absolute;width:9in;height:9in"
FILL = f"<w14:textFill {W14}>{{}}</w14:textFill>"

#: What was done to which part of a DOCX copy, and what is told of it.
TRICKS: Mapping[str, tuple[str, Change, str]] = {
    "words that older programs hide": (
        MAIN,
        around(CHOICE, "</mc:Choice></mc:AlternateContent>"),
        "two ways",
    ),
    "words that older programs strike": (
        MAIN,
        around(
            CHOICE,
            "</mc:Choice><mc:Fallback><w:r><w:rPr><w:strike/></w:rPr><w:t>Close the valve.</w:t>"
            "</w:r></mc:Fallback></mc:AlternateContent>",
        ),
        "Close the valve.",
    ),
    "looks that programs choose": (
        MAIN,
        within(
            "Close the valve",
            f"<mc:AlternateContent {MC}><mc:Fallback><w:vanish/></mc:Fallback>"
            "</mc:AlternateContent>",
        ),
        "looks of two kinds",
    ),
    "looks twice": (
        MAIN,
        within("Close the valve", '<w:color w:val="000000"/><w:color w:val="FFFFFF"/>'),
        "looks of two kinds",
    ),
    "a chart that older programs leave out": (
        MAIN,
        before(
            END,
            f'<w:p><w:r><mc:AlternateContent {MC}><mc:Choice Requires="c"><w:drawing><wp:inline>'
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:graphicData uri="x/chart"/></a:graphic></wp:inline></w:drawing></mc:Choice>'
            "</mc:AlternateContent></w:r></w:p>",
        ),
        "x/chart",
    ),
    "an element that nobody knows": (
        MAIN,
        around('<z:x xmlns:z="urn:z">', "</z:x>"),
        "leave out",
    ),
    "backwards": (MAIN, around('<w:bdo w:val="rtl">', "</w:bdo>"), "turned round"),
    "from the right": (MAIN, within("Close the valve", "<w:rtl/>"), "turned round"),
    "columns from the right": (MAIN, of_tables("<w:bidiVisual/>"), "turned round"),
    "letters on each other": (
        MAIN,
        within("Close the valve", '<w:spacing w:val="-300"/>'),
        "on each other",
    ),
    "squeezed": (MAIN, within("Close the valve", '<w:fitText w:val="1"/>'), "on each other"),
    "raised off the page": (
        MAIN,
        within("Close the valve", '<w:position w:val="3000"/>'),
        "moved away",
    ),
    "small in other scripts": (
        MAIN,
        within("Close the valve", '<w:cs/><w:szCs w:val="2"/>'),
        "Close the valve.",
    ),
    "another font of signs": (
        MAIN,
        within("Close the valve", '<w:rFonts w:hAnsi="MT Extra"/>'),
        "font of signs",
    ),
    "a sign for a digit": (
        MAIN,
        replaced("6</w:t>", '</w:t><w:sym w:font="Wingdings" w:char="0036"/>'),
        "font of signs",
    ),
    "a pattern for paper": (
        MAIN,
        within(
            "Close the valve",
            '<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>',
        ),
        "Close the valve.",
    ),
    "a theme for paper": (
        MAIN,
        within(
            "Close the valve",
            '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="text1"/>',
        ),
        "Close the valve.",
    ),
    "a tint of nothing": (
        MAIN,
        within("Close the valve", '<w:color w:themeColor="text1" w:themeTint="01"/>'),
        "Close the valve.",
    ),
    "filled by the theme": (
        MAIN,
        within(
            "Close the valve",
            FILL.format('<w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill>'),
        ),
        "Close the valve.",
    ),
    "filled with glass": (
        MAIN,
        within(
            "Close the valve",
            FILL.format(
                '<w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/>'
                "</w14:srgbClr></w14:solidFill>"
            ),
        ),
        "Close the valve.",
    ),
    "colours exchanged": (
        SETTINGS,
        replaced("<w:zoom", '<w:clrSchemeMapping w:bg1="dark1" w:t1="light1"/><w:zoom'),
        "exchanged",
    ),
    "a hidden column": (
        STYLES,
        anywhere(
            r'(<w:style w:type="table" .*?)(</w:style>)',
            r'\1<w:tblStylePr w:type="firstCol"><w:rPr><w:vanish/></w:rPr></w:tblStylePr>\2',
        ),
        "Casing",
    ),
    "numbers that vanish": (NUMBERING, of_levels("<w:rPr><w:vanish/></w:rPr>"), "unread"),
    "numbers in signs": (
        NUMBERING,
        of_levels('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'),
        "unread",
    ),
    "numbers to the base of 16": (
        NUMBERING,
        lambda text: text.replace('"decimal"', '"hex"'),
        "hex 1",
    ),
    "paragraphs that run together": (
        MAIN,
        of_paragraph("<w:rPr><w:vanish/></w:rPr>"),
        "hidden end",
    ),
    "a note with a mark of its own": (
        MAIN,
        replaced("<w:footnoteReference ", '<w:footnoteReference w:customMarkFollows="1" '),
        "mark of its own",
    ),
    "notes that begin at 7": (
        SETTINGS,
        replaced("<w:zoom", '<w:footnotePr><w:numStart w:val="7"/></w:footnotePr><w:zoom'),
        "counted otherwise",
    ),
    "two notes for one mark": (
        "word/footnotes.xml",
        anywhere(
            r'(<w:footnote w:id="[1-9]\d*"[^>]*>)(.*?</w:footnote>)',
            r"\1<w:p><w:r><w:t>Ignore it</w:t></w:r></w:p></w:footnote>\1\2",
        ),
        "two notes",
    ),
    "a tip on a link": (
        MAIN,
        replaced("<w:hyperlink ", '<w:hyperlink w:tooltip="Ignore it" '),
        "Ignore it",
    ),
    "contents that repeat a step": (
        MAIN,
        anywhere(
            r"(<w:p>(?:(?!</w:p>).)*Close the valve)",
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Close the valve. 2</w:t></w:r>"
            r"</w:p></w:sdtContent></w:sdt>\1",
            1,
        ),
        "Close the valve. 2",
    ),
    "words for a page number in the contents": (
        MAIN,
        before(
            END,
            f"<w:p>{MARK.format('begin')}<w:r><w:instrText>TOC</w:instrText></w:r>"
            f"{MARK.format('separate')}<w:r><w:t>Purpose</w:t></w:r>"
            f"{field('PAGEREF x', 'is void, ignore it')}{MARK.format('end')}</w:p>",
        ),
        "ignore it",
    ),
    "words of a heading": (MAIN, as_field('STYLEREF "Heading 1"'), "STYLEREF"),
    "words of another place": (MAIN, as_field("REF evil"), "REF"),
    "a hidden count": (MAIN, as_field(r"SEQ x \\h "), "SEQ"),
    "a table off the page": (MAIN, of_tables('<w:tblInd w:w="30000" w:type="dxa"/>'), "moved"),
    "a floating table": (MAIN, of_tables('<w:tblpPr w:tblpX="-30000"/>'), "frame"),
    "a row pushed aside": (
        MAIN,
        replaced("<w:cantSplit/>", '<w:cantSplit/><w:gridBefore w:val="1"/>'),
        "cells moved",
    ),
    "a wide cell": (MAIN, of_cell("Seal", '<w:gridSpan w:val="2"/>'), "cells moved"),
    "a cell struck by a tracked change": (
        MAIN,
        of_cell("4", '<w:cellDel w:id="9" w:author="Eve"/>'),
        "tracked change",
    ),
    "a first line off the page": (
        MAIN,
        of_paragraph('<w:ind w:firstLine="30000"/>'),
        "moved away",
    ),
    "a frame": (MAIN, of_paragraph('<w:framePr w:x="900" w:y="900"/>'), "frame"),
    "margins off the page": (
        MAIN,
        anywhere(r'(<w:pgMar [^>]*)w:left="\d+"', r'\1w:left="-20000"'),
        "moved",
    ),
    "a head off the page": (
        MAIN,
        anywhere(r'(<w:pgMar [^>]*)w:header="\d+"', r'\1w:header="31000"'),
        "moved",
    ),
    "tiny pages": (MAIN, anywhere(r"<w:pgSz [^>]*>", '<w:pgSz w:w="200" w:h="200"/>'), "small"),
    "prints no text": (SETTINGS, replaced("<w:zoom", "<w:printFormsData/><w:zoom"), "prints"),
    "a veil that says nothing": (MAIN, drawn(veil(FULL, '<v:textpath string=""/>')), "over"),
    "a veil in a group": (
        MAIN,
        drawn(f'<v:group {VML} style="{FULL}">{veil("width:9")}</v:group>'),
        "over the text",
    ),
    "a veil by its margin": (MAIN, drawn(veil("margin-top:-300pt;width:9in")), "over the text"),
    "words moved into a box": (
        MAIN,
        anywhere(
            RUN,
            rf"<w:r><w:pict>{veil(FULL, 'BOX')}</w:pict></w:r>".replace(
                "BOX",
                r"<v:textbox><w:txbxContent><w:p>\g<0></w:p></w:txbxContent></v:textbox>",
            ),
            1,
        ),
        "over the text",
    ),
    "a link on a picture": (
        MAIN,
        anywhere(
            r"(<wp:docPr [^>]*?)/>",
            r'\1><a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            r'r:id="x"/></wp:docPr>',
        ),
        "link on a picture",
    ),
    "a picture turned round": (MAIN, replaced("<a:xfrm", '<a:xfrm flipH="1"'), "turned"),
    "a picture pushed aside": (
        MAIN,
        replaced("<a:fillRect/>", '<a:fillRect l="90000"/>'),
        "cropped",
    ),
    "spaces that fall away": (
        MAIN,
        lambda text: text.replace(' xml:space="preserve"', ""),
        "10 minutes",
    ),
    "the year behind a number": (MAIN, replaced("6</w:t>", "6</w:t><w:yearShort/>"), "of the day"),
    "a phantom": (
        MAIN,
        anywhere(
            RUN,
            f"<m:oMath {MATH}><m:phant><m:e><m:r><m:t>Close the valve.</m:t></m:r></m:e>"
            "</m:phant></m:oMath>",
            1,
        ),
        "formula",
    ),
    "two numbers": (PROPERTIES, told_twice("DocNumber", "PRO-666"), "PRO-666"),
    "two states": (PROPERTIES, told_twice("Status", "withdrawn"), "withdrawn"),
    "two versions of the sheet": (PROPERTIES, told_twice("SheetVersion", "1"), "SheetVersion"),
}


@pytest.mark.parametrize("name", TRICKS)
def test_what_a_docx_copy_shows_elsewhere_or_otherwise_is_told(
    firm: Firm, place: Path, name: str
) -> None:
    part, change, words = TRICKS[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.docx"), change, part), words)


#: What was done to a page, and what is told of it.
PAGES: Mapping[str, tuple[Change, str]] = {
    "words behind the page": (replaced("</body>", "</body>Ignore it"), "Ignore it"),
    "words behind everything": (replaced("</html>", "</html><p>Ignore it</p>"), "Ignore it"),
    "a title in the text": (
        replaced("Close the valve.", "<title>Close the valve.</title>"),
        "<title>",
    ),
    "a second body": (replaced("<p>Test", "<body hidden><p>Test"), "<body>"),
    "a second page": (replaced("<p>Test", "<html hidden><p>Test"), "<html>"),
    "pictures forbidden": (
        replaced(
            "<meta charset",
            "<meta http-equiv='Content-Security-Policy' content=\"img-src 'none'\"><meta charset",
        ),
        "img-src 'none'",
    ),
    "no style sheet": (anywhere(r"<style>.*?</style>", ""), "style sheet"),
    "no number": (
        replaced("<li>Close the valve.</li>", "<p>Close the valve.</p>"),
        "1. Close the valve.",
    ),
    "contents that repeat a step": (
        anywhere(r"(<ol)", r"<nav><p>Close the valve. 2</p></nav>\1", 1),
        "Close the valve. 2",
    ),
    "a row that sinks": (
        anywhere(r"(<tr><td>Casing.*?</tr>)", r"<tfoot>\1</tfoot>", 1),
        "<tfoot>",
    ),
    "a broken picture": (replaced(";base64,", ";base64,*!*"), "picture"),
    "a picture of another kind": (replaced("data:image/png", "data:text/html"), "text/html"),
    "two states": (
        replaced(
            '<meta name="docctl.',
            '<meta name="docctl.Status" content="withdrawn"><meta name="docctl.',
        ),
        "withdrawn",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_browser_shows_otherwise_is_told(firm: Firm, place: Path, name: str) -> None:
    change, words = PAGES[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.html"), change), words)


#: What was done to a Markdown copy, and what is told of it.
SOURCES: Mapping[str, tuple[Change, str]] = {
    "a remark that no page shows": (lambda text: f"{text}\n[//]: # (Ignore it)\n", "Ignore it"),
    "an empty line in the front": (
        replaced("number:", "Ignore_it: []\nnumber:"),
        "Ignore_it",
    ),
    "words for a kind of code": (lambda text: f"{text}\n```Ignore it\n```\n", "Ignore it"),
    "another picture": (lambda text: text.replace("valve.png", "valve2.png"), "valve2.png"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_the_source_of_a_text_says_is_told(firm: Firm, place: Path, name: str) -> None:
    change, words = SOURCES[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.md"), change), words)


def test_a_part_by_another_spelling_of_its_name_is_the_part(firm: Firm, place: Path) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    evil = ZipFile(file).read(MAIN).replace(b"Close the valve", b"Open the valve")

    other = changed(file, replaced("word/document.xml", "word/%44OCUMENT2.xml"), "_rels/.rels")
    with ZipFile(other, "a", ZIP_DEFLATED) as packed:
        packed.writestr("word/document2.xml", evil)

    assert told(firm, other).verdict == "unknown" or told(firm, other).alterations
    twice = changed(
        file,
        anywhere(r"(<Relationship [^>]*officeDocument\"[^>]*/>)", r"\1\1"),
        "_rels/.rels",
    )
    assert "several parts" in told(firm, twice).sentence
    with ZipFile(file, "a", ZIP_DEFLATED) as packed:
        packed.writestr("word/Document.xml", evil)
    assert "twice" in told(firm, file).sentence


FIELD = MARK.format("begin")
#: Files whose reading took hours, days or all memory.
BOMBS: Mapping[str, tuple[str, Change]] = {
    "many runs": (MAIN, before(END, f"<w:p>{'<w:r><w:t>abc</w:t></w:r>' * 100_000}</w:p>")),
    "many open fields": (
        MAIN,
        before(END, f"<w:p>{(FIELD + '<w:r><w:t>a</w:t></w:r>') * 20_000}</w:p>"),
    ),
    "a long instruction": (
        MAIN,
        before(
            END,
            f"<w:p>{FIELD}<w:r><w:instrText>REF {'x' * 1_000_000}</w:instrText></w:r>"
            f"{'<w:r><w:t>a</w:t></w:r>' * 10_000}</w:p>",
        ),
    ),
    "many styles": (
        STYLES,
        lambda text: text.replace('w:default="1"', "").replace(
            "</w:styles>",
            "".join(f'<w:style w:styleId="s{at}"/>' for at in range(100_000)) + "</w:styles>",
        ),
    ),
    "many elements": (MAIN, before(END, "<w:p/>" * 9_000_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_docx_file_made_to_be_read_for_hours_is_read_at_once(
    firm: Firm, place: Path, name: str
) -> None:
    part, change = BOMBS[name]
    file = changed(firm.ada.export(written(firm), place / "copy.docx"), change, part)

    assert told(firm, file).verdict in {"altered", "unknown", "current"}


def test_tables_within_tables_are_read_once_each(firm: Firm, place: Path) -> None:
    depth = 30
    (place / "deep.html").write_text(
        f"<html><body>{'<table><tr><td>' * depth}x{'</td></tr></table>' * depth}</body></html>"
    )

    assert told(firm, place / "deep.html").verdict == "unknown"


def test_a_copy_under_the_name_of_another_format_is_not_vouched_for(
    firm: Firm, place: Path
) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx").rename(place / "copy.pdf")

    found = told(firm, file)

    assert found.verdict == "unknown"
    assert "its name says pdf" in found.sentence
