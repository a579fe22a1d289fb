"""Numbers, descriptions and capitals that a copy shows otherwise, and rows in another order."""

import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from firm import Firm
from test_library_altered import added, before, replaced, within, written
from test_library_judged import changed, told
from test_library_tricks import VML, Change, is_told, of_cell, of_paragraph

MAIN, NUMBERING, STYLES = (f"word/{one}.xml" for one in ("document", "numbering", "styles"))
APP, CORE = "docProps/app.xml", "docProps/core.xml"
SECOND = "<w:p><w:pPr><w:numPr>{}</w:numPr></w:pPr></w:p>"
LEVEL = '<w:ilvl w:val="0"/><w:numId w:val="6"/>'
DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext>'
    '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
FOLDED = (
    '<w15:collapsed xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" w:val="1"/>'
)
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def anywhere(pattern: str, words: str, count: int = 0) -> Change:
    return lambda text: re.sub(pattern, words, text, count=count, flags=re.DOTALL)


def in_field(properties: str) -> Change:
    """Set the words `Close the valve` into a field with these properties."""
    return anywhere(
        r"<w:r>(?:(?!</?w:r>).)*>Close the valve\.</w:t></w:r>",
        rf"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>\g<0></w:sdtContent></w:sdt>",
        1,
    )


def of_tables(properties: str) -> Change:
    """Give every other row of the tables of a style these properties."""
    part = f'<w:tblStylePr w:type="band1Horz">{properties}</w:tblStylePr>'
    return anywhere(r'(<w:style w:type="table" .*?)(</w:style>)', rf"\1{part}\2")


#: What was done to a part of a DOCX copy, and what is told of it.
TRICKS: Mapping[str, tuple[str, Change, str]] = {
    "a step without its number": (
        MAIN,
        anywhere(r"<w:numPr>(?:(?!</w:numPr>).)*</w:numPr>(</w:pPr><w:r><w:t[^>]*>Close)", r"\1"),
        "1. Close the valve.",
    ),
    "an empty step before a step": (
        MAIN,
        anywhere(r"(<w:p><w:pPr>(?:(?!</w:p>).)*Open the )", rf"{SECOND.format(LEVEL)}\1", 1),
        "3. Open the",
    ),
    "a heading in another list": (
        MAIN,
        replaced(
            '<w:pStyle w:val="Heading1"/>',
            f'<w:pStyle w:val="Heading1"/><w:numPr>{LEVEL}</w:numPr>',
        ),
        "1. Purpose",
    ),
    "what a picture shows": (
        MAIN,
        lambda text: text.replace('"Valve"', '"Ignore it"'),
        "Ignore it",
    ),
    "what a picture shows, in one of two places": (
        MAIN,
        anywhere(r'(<pic:cNvPr [^>]*)descr="Valve"', r'\1descr="Ignore it"'),
        "Ignore it",
    ),
    "what stands beside a picture": (
        MAIN,
        replaced("<wp:docPr ", '<wp:docPr title="Ignore it" '),
        "Ignore it",
    ),
    "a picture that is passed over": (
        MAIN,
        anywhere(r"(<wp:docPr [^>]*?)/>", rf"\1>{DECORATIVE}</wp:docPr>"),
        "not read out",
    ),
    "what a table shows": (
        MAIN,
        anywhere(r'(<w:tblDescription w:val=)"[^"]*"', r'\1"Ignore it"'),
        "Ignore it",
    ),
    "a cell that runs upwards": (
        MAIN,
        of_cell("4", '<w:textDirection w:val="btLr"/>'),
        "turned round",
    ),
    "capitals": (MAIN, within("Close the valve", "<w:caps/>"), "Close the valve."),
    "small capitals by a style": (
        STYLES,
        replaced("<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:smallCaps/>"),
        "in capitals",
    ),
    "hidden on screens": (MAIN, within("Close the valve", "<w:webHidden/>"), "hidden on screens"),
    "words that stand in no run": (
        MAIN,
        anywhere(r"<w:r>(<w:t [^>]*>Close the valve.</w:t>)</w:r>", r"\1"),
        "leave out",
    ),
    "words of a drawing in a text": (
        MAIN,
        anywhere(r"<w:t [^>]*>Close the valve.</w:t>", f"<a:t {A}>Close the valve.</a:t>"),
        "leave out",
    ),
    "where links begin": (
        APP,
        before("</Properties>", "<HyperlinkBase>http://evil.example/</HyperlinkBase>"),
        "evil.example",
    ),
    "a number that runs into a number": (
        NUMBERING,
        lambda text: text.replace("<w:lvlText", '<w:suff w:val="nothing"/><w:lvlText').replace(
            '<w:suff w:val="tab"/>', ""
        ),
        "1.Close the valve.",
    ),
    "folded text": (
        MAIN,
        replaced('<w:pStyle w:val="Heading1"/>', f'<w:pStyle w:val="Heading1"/>{FOLDED}'),
        "folded text",
    ),
    "text that a style folds": (
        STYLES,
        anywhere(r'(w:styleId="Heading1">.*?<w:pPr>)', rf"\1{FOLDED}", 1),
        "folded text",
    ),
    "a paragraph that runs into the next": (
        MAIN,
        of_paragraph("<w:rPr><w:specVanish/></w:rPr>"),
        "hidden end",
    ),
    "a paragraph from right to left": (MAIN, of_paragraph("<w:bidi/>"), "turned round"),
    "a thin bar through a line": (
        MAIN,
        before(
            "<w:sectPr>",
            f'<w:p><w:r><w:pict><v:rect {VML} style="position:absolute;margin-top:-20pt;'
            'width:300pt;height:2pt" fillcolor="black"/></w:pict></w:r></w:p>',
        ),
        "over the text",
    ),
    "a bar an inch higher": (
        MAIN,
        before(
            "<w:sectPr>",
            f'<w:p><w:r><w:pict><v:rect {VML} style="position:absolute;margin-top:-1in;'
            'width:300pt;height:2pt" fillcolor="black"/></w:pict></w:r></w:p>',
        ),
        "over the text",
    ),
    "a row cut off": (
        MAIN,
        replaced("<w:cantSplit/>", '<w:cantSplit/><w:trHeight w:val="240" w:hRule="exact"/>'),
        "cuts off",
    ),
    "lines over each other": (
        MAIN,
        of_paragraph('<w:spacing w:line="100" w:lineRule="exact"/>'),
        "hidden text",
    ),
    "a cell crossed out": (
        MAIN,
        of_cell("4", '<w:tcBorders><w:tl2br w:val="single" w:sz="18"/></w:tcBorders>'),
        "crossed-out cell",
    ),
    "letters pressed together by a style": (
        STYLES,
        replaced("<w:rPrDefault><w:rPr>", '<w:rPrDefault><w:rPr><w:spacing w:val="-300"/>'),
        "letters on each other",
    ),
    "rows white by the style of a table": (
        STYLES,
        of_tables('<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'),
        "of tables: band1Horz",
    ),
    "rows tiny by the style of a table": (
        STYLES,
        of_tables('<w:rPr><w:sz w:val="2"/></w:rPr>'),
        "of tables: band1Horz",
    ),
    "strokes of a pen": (
        MAIN,
        before("<w:sectPr>", '<w:p><w:r><w:contentPart r:id="rId1"/></w:r></w:p>'),
        "contentPart",
    ),
    "a second text": (
        MAIN,
        before("</w:document>", "<w:body><w:p><w:r><w:t>Ignore it</w:t></w:r></w:p></w:body>"),
        "Ignore it",
    ),
    "words that begin beside the page": (
        MAIN,
        of_paragraph('<w:ind w:left="-2200"/>'),
        "hidden text",
    ),
    "a first line that begins beside the page": (
        MAIN,
        of_paragraph('<w:ind w:hanging="3000"/>'),
        "hidden text",
    ),
    "a table half beside the page": (
        MAIN,
        replaced('<w:tblInd w:w="0"', '<w:tblInd w:w="-9000"'),
        "moved away",
    ),
    "a cell too thin for its words": (
        MAIN,
        anywhere(r'(<w:tcW w:w=)"\d+"( [^>]*></w:tcPr><w:p>(?:(?!</w:p>).)*>Seal<)', r'\1"1"\2'),
        "hidden text",
    ),
    "words raised like a power": (
        MAIN,
        within("Close the valve", '<w:position w:val="14"/>'),
        "moved away",
    ),
    "print of three points": (MAIN, within("Close the valve", '<w:sz w:val="6"/>'), "hidden text"),
    "a hyphen in a number": (
        MAIN,
        replaced("10 minutes", '1</w:t><w:softHyphen/><w:t xml:space="preserve">0 minutes'),
        "1\u00ad0",
    ),
    "pages that begin at 7": (
        MAIN,
        replaced("<w:pgMar", '<w:pgNumType w:start="7"/><w:pgMar'),
        "pages counted otherwise",
    ),
    "a cross for a dot": (
        NUMBERING,
        replaced('w:lvlText w:val="\u200b"', 'w:lvlText w:val="\u2717"'),
        "\u2717",
    ),
    "a field with a title": (MAIN, in_field('<w:alias w:val="Ignore it"/>'), "Ignore it"),
    "other words to choose": (MAIN, in_field("<w:dropDownList/>"), "choose"),
    "a change of pages that nobody accepted": (
        MAIN,
        before(
            "</w:sectPr>", '<w:sectPrChange w:id="9" w:author="Eve"><w:sectPr/></w:sectPrChange>'
        ),
        "tracked change",
    ),
    "a remark for programs": (
        CORE,
        before("</cp:coreProperties>", "<dc:description>Void</dc:description>"),
        "Void",
    ),
    "an author for programs": (CORE, anywhere(r"<dc:creator>[^<]*", "<dc:creator>Eve"), "Eve"),
    "a version for programs": (CORE, anywhere(r"<cp:version>[^<]*", "<cp:version>9"), "9"),
    "a title for programs": (CORE, anywhere(r"<dc:title>[^<]*", "<dc:title>Void"), "Void"),
    "a state for programs": (CORE, replaced(">Effective<", ">Withdrawn<"), "Withdrawn"),
}


@pytest.mark.parametrize("name", TRICKS)
def test_what_a_docx_copy_has_a_reader_read_otherwise_is_told(
    firm: Firm, place: Path, name: str
) -> None:
    part, change, words = TRICKS[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.docx"), change, part), words)


#: What was done to a page, and what is told of it.
PAGES: Mapping[str, tuple[Change, str]] = {
    "a second head": (anywhere(r"(<tr><td>Seal.*?</tr>)", r"<thead>\1</thead>"), "another order"),
    "a head behind its rows": (
        anywhere(r"(<thead>.*?</thead>)(.*?)(</table>)(?=.*<ol)", r"\2\1\3"),
        "another order",
    ),
    "for narrow screens": (
        replaced("<meta charset", "<meta name=viewport content='width=1'><meta charset"),
        "width=1",
    ),
    "a link without words": (
        replaced("<p>Test", '<p><a href="https://evil.example"></a>Test'),
        "evil.example",
    ),
    "a number that breaks": (replaced("10 minutes", "1\u00ad0 minutes"), "1\u00ad0"),
    "another alphabet at the beginning": (
        lambda text: f'<?xml version="1.0" encoding="iso-2022-jp"?>{text}',
        "iso-2022-jp",
    ),
    "no alphabet": (replaced('<meta charset="utf-8">', ""), "none is named"),
    "all of it from right to left": (replaced("<html ", '<html dir="rtl" '), 'dir="rtl"'),
    "all of it hidden": (replaced("<html ", "<html hidden "), "hidden"),
    "small print": (
        replaced("Close the valve", "<small><small>Close the valve</small></small>"),
        "<small>",
    ),
    "another author": (anywhere(r'(name="author" content=)"[^"]*"', r'\1"Eve"'), "Eve"),
    "a step moved into a list before": (
        anywhere(
            r'(<ol class="tight">)\s*(<li>Close the valve.</li>)',
            r"\1\n<li></li>\2",
        ),
        "2. Close the valve.",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_has_a_reader_read_otherwise_is_told(
    firm: Firm, place: Path, name: str
) -> None:
    change, words = PAGES[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.html"), change), words)


#: What was done to a Markdown copy, and what is told of it.
SOURCES: Mapping[str, tuple[Change, str]] = {
    "a number that pages do not show": (replaced("2. Open", "7. Open"), "7 in the place of 2"),
    "the same number for all": (replaced("2. Open", "1. Open"), "1 in the place of 2"),
    "a number that breaks": (replaced("10 minutes", "1\u200b0 minutes"), "1\u200b0"),
    "a remark behind a value": (anywhere(r"(\nowner: .*?)\n", r"\1 # until 2030\n", 1), "2030"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_a_source_has_a_reader_read_otherwise_is_told(
    firm: Firm, place: Path, name: str
) -> None:
    change, words = SOURCES[name]
    is_told(firm, changed(firm.ada.export(written(firm), place / "copy.md"), change), words)


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_changed_word_of_a_list_is_one_place_and_shows_its_number(
    firm: Firm, place: Path, ending: str
) -> None:
    file = firm.ada.export(written(firm), place / f"copy.{ending}")

    found = told(firm, changed(file, replaced("Close the valve", "Shut the valve")))

    (one,) = found.alterations
    assert (one.expected, one.found) == ("1. Close the valve.", "1. Shut the valve.")


#: Numbers that no program reads, where a file has numbers.
ODD = {"long": "9" * 5000, "raised": "\u00b2", "signed": "-9", "empty": "", "words": "one"}


@pytest.mark.parametrize("name", ODD)
def test_a_number_that_is_none_is_read_as_none(firm: Firm, place: Path, name: str) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    odd = ODD[name]

    for part, change in (
        (MAIN, lambda text: text.replace('w:ilvl w:val="0"', f'w:ilvl w:val="{odd}"')),
        (NUMBERING, replaced('startOverride w:val="1"', f'startOverride w:val="{odd}"')),
        (NUMBERING, anywhere(r'(<w:start w:val=)"1"', rf'\1"{odd}"')),
        (STYLES, replaced("<w:rPrDefault><w:rPr>", f'<w:rPrDefault><w:rPr><w:w w:val="{odd}"/>')),
        (STYLES, anywhere(r'(<w:sz w:val=)"\d+"', rf'\1"{odd}"')),
        (STYLES, replaced('<w:name w:val="heading 1"', f'<w:name w:val="heading {odd}"')),
        (MAIN, anywhere(r'(<w:pgMar [^>]*w:left=)"\d+"', rf'\1"{odd}"')),
    ):
        assert told(firm, changed(file, change, part)).verdict in {"current", "altered"}
    page = firm.ada.export(written(firm), place / "copy.html")
    start = replaced('<ol class="tight"', f'<ol class="tight" start="{odd}"')
    assert told(firm, changed(page, start)).verdict == "altered"


def test_programs_beside_a_text_are_told(firm: Firm, place: Path) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")

    is_told(firm, added(file, **{"customUI/customUI14.xml": b"<x/>"}), "active content")


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Target="{}" Type="{}"/></Relationships>'
)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "macros"),
        (f"{RELATIONS}/package", "embedded object"),
    ],
)
def test_programs_and_files_in_a_copy_are_told_by_whatever_name(
    firm: Firm, place: Path, kind: str, words: str
) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    rels = RELATED.format("plain.bin", kind).encode()

    other = added(file, **{"word/_rels/styles.xml.rels": rels, "word/plain.bin": b"x"})

    is_told(firm, other, words)


def test_a_file_that_stands_before_a_copy_in_one_file_is_not_passed_over(
    firm: Firm, place: Path
) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    other = changed(file, replaced("Close the valve", "Open the valve"))

    file.write_bytes(other.read_bytes() + file.read_bytes())

    found = told(firm, file)
    assert (found.verdict, "before its first part" in found.sentence) == ("unknown", True)


def in_strict(file: Path) -> Path:
    """Write a copy in the strict dialect of the format, as Word does when it is asked to."""
    strict = file.with_name("strict.docx")
    pairs = {
        "/2006/custom-properties": "/2006/customProperties",
        "/2006/extended-properties": "/2006/extendedProperties",
        "relationships/custom-properties": "relationships/customProperties",
        "relationships/extended-properties": "relationships/extendedProperties",
        "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/": "http://purl.oclc.org/ooxml/wordprocessingml/",
        "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/",
    }
    with ZipFile(file) as old, ZipFile(strict, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for common, other in pairs.items() if name.endswith((".xml", ".rels")) else ():
                data = data.replace(common.encode(), other.encode())
            new.writestr(name, data)
    return strict


def test_the_strict_dialect_says_the_same_and_its_properties_count(firm: Firm, place: Path) -> None:
    file = in_strict(firm.ada.export(written(firm), place / "copy.docx"))

    assert told(firm, file).verdict == "current"
    owner = anywhere(r'(name="Owner">.*?>)[^<]*', r"\1Eve", 1)
    is_told(firm, changed(file, owner, "docProps/custom.xml"), "Eve")


def test_half_a_letter_is_told_as_no_letter(firm: Firm, place: Path) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    half = anywhere(r"<w:t [^>]*>Close the valve.</w:t>", '<w:sym w:char="D800"/>', 1)

    found = told(firm, changed(file, half))

    assert found.verdict == "altered"
    assert "1. \ufffd" in found.model_dump_json()


def test_names_declared_by_thousands_around_a_text_are_read_at_once(
    firm: Firm, place: Path
) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    names = " ".join(f'xmlns:a{at}="u{at}"' for at in range(20_000))
    runs = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r></w:p>" * 2_000

    def many(text: str) -> str:
        return text.replace("<w:body>", f"<w:body {names}>").replace(
            "<w:sectPr>", f"{runs}<w:sectPr>", 1
        )

    assert told(firm, changed(file, many)).verdict in {"altered", "unknown"}
