"""Tricks that change what a copy shows, and leave its words as they were, are told."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from firm import Firm
from test_library_altered import added, before, replaced, within, written
from test_library_judged import changed, told

from docctl import State

Change = Callable[[str], str]

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ASVG = 'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
BINDING = '<{} w:xpath="/a" w:storeItemID="{{1}}"/>'
MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
END = "<w:sectPr>"


def field(instruction: str, result: str) -> str:
    return (
        f"{MARK.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f"{MARK.format('separate')}<w:r><w:t>{result}</w:t></w:r>{MARK.format('end')}"
    )


def of_paragraph(properties: str) -> Change:
    """Give the paragraph that says `Close the valve` more properties."""
    return lambda text: re.sub(
        r"(</w:numPr>)(</w:pPr><w:r><w:t[^>]*>Close the valve)",
        rf"\1{properties}\2",
        text,
        count=1,
    )


def of_cell(words: str, properties: str) -> Change:
    return lambda text: re.sub(
        rf"(<w:tcPr><w:tcW [^>]*>)(</w:tcPr><w:p>(?:(?!</w:p>).)*>{words}<)",
        rf"\1{properties}\2",
        text,
        count=1,
    )


def around(words: str, start: str, end: str) -> Change:
    return lambda text: re.sub(
        rf"<w:r>(?:(?!</?w:r>).)*>{words}</w:t></w:r>", rf"{start}\g<0>{end}", text, count=1
    )


def _other_link(text: str) -> str:
    return re.sub(
        r"(<w:hyperlink [^>]*>)(.*?)(</w:hyperlink>)",
        rf"<mc:AlternateContent {MC}><mc:Choice Requires='x'>\1\2\3</mc:Choice>"
        r'<mc:Fallback><w:hyperlink w:anchor="evil">\2\3</mc:Fallback></mc:AlternateContent>',
        text,
        count=1,
    )


#: What was done to a part of a DOCX copy, and what is told of it.
TRICKS: Mapping[str, tuple[Change, str]] = {
    "a page number behind a number": (
        replaced("6</w:t></w:r>", f"6</w:t></w:r>{field('PAGE', '0')}"),
        "6#",
    ),
    "words in the place of a page number": (
        before(END, f"<w:p>{field('PAGE', 'Or not')}</w:p>"),
        "#",
    ),
    "a simple field": (
        before(END, '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>'),
        "#",
    ),
    "a page number not worked out": (
        before(
            END,
            f"<w:p>{MARK.format('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>{MARK.format('end')}</w:p>",
        ),
        "#",
    ),
    "a count that is set": (
        before(END, f"<w:p>{field(chr(92).join(('SEQ x ', 'r 40')), ' ')}</w:p>"),
        "r 40",
    ),
    "a field without end": (before(END, f"<w:p>{MARK.format('begin')}</w:p>"), "does not end"),
    "white by the theme": (
        within("Close the valve", '<w:color w:val="000000" w:themeColor="background1"/>'),
        "Close the valve.",
    ),
    "not filled": (
        within("Close the valve", f"<w14:textFill {W14}><w14:noFill/></w14:textFill>"),
        "Close the valve.",
    ),
    "filled white": (
        within(
            "Close the valve",
            f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/>'
            "</w14:solidFill></w14:textFill>",
        ),
        "Close the valve.",
    ),
    "black on black": (
        within("Close the valve", '<w:color w:val="000000"/><w:highlight w:val="black"/>'),
        "Close the valve.",
    ),
    "pressed together": (within("Close the valve", '<w:w w:val="1"/>'), "Close the valve."),
    "a font of signs": (
        within("Close the valve", '<w:rFonts w:ascii="Wingdings"/>'),
        "font of signs",
    ),
    "a line without height": (
        of_paragraph('<w:spacing w:line="1" w:lineRule="exact"/>'),
        "hidden text",
    ),
    "beside the page": (of_paragraph('<w:ind w:left="30000"/>'), "hidden text"),
    "a frame beside the page": (of_paragraph('<w:framePr w:x="-9000" w:y="0"/>'), "hidden text"),
    "a row without height": (
        replaced("<w:cantSplit/>", '<w:cantSplit/><w:trHeight w:val="1" w:hRule="exact"/>'),
        "hidden text",
    ),
    "a cell that goes on with the one above": (of_cell("4", "<w:vMerge/>"), "hidden text"),
    "bound by a newer Word": (
        around(
            "Close the valve.",
            f"<w:sdt><w:sdtPr>{BINDING.format(f'w15:dataBinding {W15}')}</w:sdtPr><w:sdtContent>",
            "</w:sdtContent></w:sdt>",
        ),
        "bound to data",
    ),
    "bound in one of two ways": (
        around(
            "Close the valve.",
            f"<mc:AlternateContent {MC}><mc:Choice Requires='w14'><w:sdt><w:sdtPr>"
            f"{BINDING.format('w:dataBinding')}</w:sdtPr><w:sdtContent>",
            "</w:sdtContent></w:sdt></mc:Choice></mc:AlternateContent>",
        ),
        "bound to data",
    ),
    "another link in one of two ways": (_other_link, "#evil"),
    "a shape over the text": (
        before(
            END,
            f'<w:p><w:r><w:pict><v:rect {VML} style="position:absolute;width:9in" '
            'fillcolor="white"/></w:pict></w:r></w:p>',
        ),
        "over the text",
    ),
    "a picture over the text": (
        lambda text: re.sub(
            r"<wp:inline ([^>]*)>", r'<wp:anchor behindDoc="0" \1>', text, count=1
        ).replace("</wp:inline>", "</wp:anchor>", 1),
        "picture over the text",
    ),
    "a part of a picture": (
        replaced("<a:stretch>", '<a:srcRect l="90000"/><a:stretch>'),
        "l=90000",
    ),
    "a picture in a second form": (
        lambda text: re.sub(
            r"(<a:blip [^>]*)/>",
            rf"\1><a:extLst><a:ext><asvg:svgBlip {ASVG} r:embed='x'/></a:ext></a:extLst></a:blip>",
            text,
        ),
        "second form",
    ),
    "a bleached picture": (
        lambda text: re.sub(r"(<a:blip [^>]*)/>", r"\1><a:lum bright='100000'/></a:blip>", text),
        "lum",
    ),
    "a hidden picture": (replaced("<wp:docPr ", '<wp:docPr hidden="1" '), "hidden picture"),
    "a picture without size": (
        lambda text: re.sub(r'<wp:extent cx="\d+"', '<wp:extent cx="1"', text),
        "hidden picture",
    ),
    "black pages": (replaced("<w:body>", '<w:background w:color="000000"/><w:body>'), "000000"),
}

NUMBERING, STYLES, SETTINGS = (f"word/{one}.xml" for one in ("numbering", "styles", "settings"))
#: What was done to other parts of a DOCX copy.
ELSEWHERE: Mapping[str, tuple[str, Change, str]] = {
    "a list that begins at 4": (
        NUMBERING,
        replaced('startOverride w:val="1"', 'startOverride w:val="4"'),
        "4. Close",
    ),
    "roman numbers": (
        NUMBERING,
        lambda text: text.replace('"decimal"', '"upperRoman"'),
        "I. Close",
    ),
    "letters": (NUMBERING, lambda text: text.replace('"decimal"', '"lowerLetter"'), "a. Close"),
    "words before a number": (
        NUMBERING,
        replaced('w:val="%1."', 'w:val="Do not %1."'),
        "Do not 1. Close",
    ),
    "words for a bullet": (
        NUMBERING,
        replaced('w:lvlText w:val="\u200b"', 'w:lvlText w:val="Not"'),
        "Not",
    ),
    "words before a heading": (
        NUMBERING,
        replaced('w:lvlText w:val="%1"', 'w:lvlText w:val="Old %1"'),
        "Old 1 Purpose",
    ),
    "words above the notes": (
        "word/footnotes.xml",
        replaced("<w:separator/>", "<w:t>Ignore it</w:t>"),
        "Ignore it",
    ),
    "a white table": (
        STYLES,
        lambda text: re.sub(
            r'(<w:style w:type="table" .*?)(<w:tblPr>)',
            r'\1<w:rPr><w:color w:val="FFFFFF"/></w:rPr>\2',
            text,
        ),
        "Casing",
    ),
    "mail to many": (SETTINGS, replaced("<w:zoom", "<w:mailMerge/><w:zoom"), "mail merge"),
    "even pages without a head": (
        SETTINGS,
        replaced("<w:zoom", "<w:evenAndOddHeaders/><w:zoom"),
        "says nothing",
    ),
}


def is_told(firm: Firm, file: Path, words: str) -> None:
    found = told(firm, file)
    assert found.verdict == "altered"
    assert any(words in f"{one.place} {one.expected} {one.found}" for one in found.alterations), (
        found.alterations
    )


@pytest.mark.parametrize("name", TRICKS)
def test_what_a_docx_copy_shows_otherwise_is_told(firm: Firm, place: Path, name: str) -> None:
    change, words = TRICKS[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.docx"), change), words)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_other_parts_make_of_a_docx_copy_is_told(firm: Firm, place: Path, name: str) -> None:
    part, change, words = ELSEWHERE[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.docx"), change, part), words)


def test_a_font_that_a_copy_brings_along_is_told(firm: Firm, place: Path) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Target="fonts/font1.odttf" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/font"/></Relationships>'
    )

    other = added(file, **{"word/_rels/fontTable.xml.rels": rels.encode()})

    is_told(firm, other, "font of its own")


def test_what_is_switched_off_or_was_no_trick_is_no_alteration(firm: Firm, place: Path) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")

    for change, part in (
        (before("</w:sectPr>", '<w:titlePg w:val="0"/>'), "word/document.xml"),
        (within("Close the valve", '<w:color w:themeColor="text2"/>'), "word/document.xml"),
        (within("Close the valve", '<w:highlight w:val="yellow"/>'), "word/document.xml"),
        (of_paragraph('<w:spacing w:line="240" w:lineRule="exact"/>'), "word/document.xml"),
        (replaced("<w:zoom", '<w:evenAndOddHeaders w:val="0"/><w:zoom'), SETTINGS),
        (replaced('w:lvlText w:val="•"', 'w:lvlText w:val="o"'), NUMBERING),
    ):
        assert told(firm, changed(file, change, part)).alterations == ()


def test_a_watermark_that_is_not_painted_is_told(firm: Firm, place: Path) -> None:
    file = firm.ada.export(written(firm, State.DRAFT), place / "copy.docx")

    for change in (
        replaced('style="position:absolute;', 'style="visibility:hidden;position:absolute;'),
        replaced('opacity="32768f"', 'opacity="0"'),
        replaced("<v:textpath style", '<v:textpath on="f" style'),
    ):
        is_told(firm, changed(file, change, "word/header_portrait.xml"), "hidden text")


#: What was done to a page, and what is told of it.
PAGES: Mapping[str, tuple[Change, str]] = {
    "closed": (replaced("<p>Test every", "<dialog></dialog><p>Test every"), "<dialog>"),
    "folded": (replaced("<p>Test every", "<details><p>Test every"), "<details>"),
    "a hidden row": (replaced("<tr><td>Seal", "<tr hidden><td>Seal"), "hidden"),
    "a hidden cell": (replaced("<td>Seal", '<td style="display:none">Seal'), "display:none"),
    "a cell that acts": (replaced("<td>Seal", '<td onclick="x()">Seal'), "x()"),
    "another class": (replaced("<p>Test every", '<p class="skip">Test every'), "skip"),
    "a white font": (replaced("Test every", '<font color="white">Test every</font>'), "white"),
    "backwards": (replaced("10 minutes", '<bdo dir="rtl">10</bdo> minutes'), "<bdo"),
    "a picture of another size": (replaced('width="8"', 'width="0"'), 'width="0"'),
    "a picture for other screens": (replaced("<img ", '<img srcset="data:,x 1x" '), "data:,x"),
    "a list that begins at 4": (
        replaced('<ol class="tight"', '<ol start="4" class="tight"'),
        "start",
    ),
    "an item of another number": (replaced("<li>Close", '<li value="4">Close'), 'value="4"'),
    "words between cells": (replaced("<tr><td>Seal", "Ignore it<tr><td>Seal"), "Ignore it"),
    "an element between cells": (replaced("<tr><td>Seal", "<i>Ignore it</i><tr><td>Seal"), "<i>"),
    "a wide cell": (replaced("<td>Seal", '<td colspan="9">Seal'), "colspan"),
    "another alphabet": (replaced('charset="utf-8"', 'charset="iso-2022-jp"'), "iso-2022-jp"),
    "a style for paper": (replaced("<style>", '<style media="print">'), "media"),
    "a page behind": (replaced("<body>", "<body background='//x/y.png'>"), "background"),
    "comments of a browser": (replaced("<p>Test", "<!--><p>Ignore it</p>--><p>Test"), "Ignore it"),
    "words that scroll": (replaced("<p>Test", "<marquee></marquee><p>Test"), "<marquee>"),
    "a number for a meter": (replaced("10 minutes", "<meter>10</meter> minutes"), "<meter>"),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_otherwise_is_told(firm: Firm, place: Path, name: str) -> None:
    change, words = PAGES[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.html"), change), words)


def test_contents_that_lead_away_are_told(firm: Firm, place: Path) -> None:
    number = firm.new(body="## One\n\nA.\n\n## Two\n\nB.\n\n## Three\n\nC.\n")
    file = firm.ada.export(number, place / "copy.html")

    is_told(firm, changed(file, replaced('href="#one"', 'href="https://x.example"')), "x.example")


#: What was done to a Markdown copy, and what is told of it.
SOURCES: Mapping[str, tuple[Change, str]] = {
    "a comment": (replaced("Test every", "<!-- not --> Test every"), "'not'"),
    "hidden by HTML": (
        replaced("Test every", '<div style="display:none">\n\nTest every'),
        "display",
    ),
    "more in the front": (replaced("status: eff", "note: Use it until 2030\nstatus: eff"), "2030"),
    "a remark in the front": (replaced("status: eff", "# until 2030\nstatus: eff"), "2030"),
    "a list that begins at 4": (replaced("1. Close", "4. Close"), "4. Close the valve."),
    "the title of a link": (replaced("org/list)", 'org/list "Ignore it")'), "Ignore it"),
    "what a picture shows": (replaced("![Valve]", "![Ignore it]"), "Ignore it"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_a_markdown_copy_shows_otherwise_is_told(firm: Firm, place: Path, name: str) -> None:
    change, words = SOURCES[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.md"), change), words)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-" + b"<x:xmpmeta " * 400_000,
        b"<html><nav><p>" + b"1" * 400_000 + b"x</nav>",
    ],
    ids=["openings without an end", "digits"],
)
def test_a_file_made_to_be_read_for_hours_is_read_at_once(
    firm: Firm, place: Path, data: bytes
) -> None:
    (place / "slow").write_bytes(data)

    assert told(firm, place / "slow").verdict == "unknown"
