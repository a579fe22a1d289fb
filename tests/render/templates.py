"""Templates such as organisations have: each by its name, made by python-docx and by hand."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph
from pictures import PNG

GERMAN = {
    "Normal": "Standard",
    "Heading1": "berschrift1",
    "Heading2": "berschrift2",
    "Heading3": "berschrift3",
    "Title": "Titel",
    "Header": "Kopfzeile",
    "Footer": "Fuzeile",
    "TableGrid": "Tabellenraster",
    "TableNormal": "NormaleTabelle",
    "ListParagraph": "Listenabsatz",
    "BodyText": "Textkrper",
    "Caption": "Beschriftung",
}


def saved(document: Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def rewritten(package: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a package with each part as *change* makes it; None leaves it out."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def lines(paragraph: Paragraph, *pieces: str) -> None:
    for piece in pieces:
        paragraph.add_run(piece)


def simple() -> bytes:
    """A Calibri look; placeholders that Word split over runs, and a page count of its own."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x7A, 0x1F, 0x3D)
    document.add_heading("Sample text that goes", 1)
    document.add_paragraph("It shows what the styles look like.")
    section = document.sections[0]
    lines(
        section.header.paragraphs[0], "ACME ", "{num", "ber}", "  rev. {Revision} – {", "title", "}"
    )
    lines(section.footer.paragraphs[0], "{status}, {effective_on} \t{caution}\t{page}/{pages}")
    return saved(document)


def german() -> bytes:
    """A German Word's ids, and a header with a logo in a table."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    table = section.header.add_table(2, 3, Cm(16))
    table.style = document.styles["Table Grid"]
    table.cell(0, 0).paragraphs[0].add_run().add_picture(BytesIO(PNG), Cm(2))
    lines(table.cell(0, 1).paragraphs[0], "{title}")
    lines(table.cell(0, 2).paragraphs[0], "Nr. {number}")
    lines(table.cell(1, 0).paragraphs[0], "Freigabe: {approved_by}, {approved_on}")
    lines(table.cell(1, 1).paragraphs[0], "Klassifizierung: {classification}")
    lines(table.cell(1, 2).paragraphs[0], "Stand {revision}")
    lines(section.footer.paragraphs[0], "Musterfirma GmbH")
    document.add_paragraph("Muster", style="Heading 1")

    def localised(name: str, content: bytes) -> bytes:
        if not name.startswith("word/"):
            return content
        for ours, theirs in GERMAN.items():
            for part in ("w:styleId=", "w:val="):
                content = content.replace(f'{part}"{ours}"'.encode(), f'{part}"{theirs}"'.encode())
        return content

    return rewritten(saved(document), localised)


def sections() -> bytes:
    """Letter paper, a cover page with a head of its own, even pages, and two sections."""
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    cover = document.sections[0]
    lines(cover.header.paragraphs[0], "An old head")
    document.add_paragraph("Cover")
    section = document.add_section()
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    lines(section.header.paragraphs[0], "{organization}\t{number}\tRevision {revision}")
    section.first_page_header.is_linked_to_previous = False
    section.first_page_header.paragraphs[0].add_run().add_picture(BytesIO(PNG), Inches(1))
    section.even_page_footer.is_linked_to_previous = False
    lines(section.even_page_footer.paragraphs[0], "{page}\t\t{title}")
    document.add_paragraph("Text")
    return saved(document)


def dark_tables() -> bytes:
    """A style of tables with a dark head, which the template's own table uses."""
    document = docx.Document()
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ACME">'
            '<w:name w:val="ACME Table"/><w:basedOn w:val="TableNormal"/><w:pPr/>'
            '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
            '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C00000"/></w:tblBorders>'
            '</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/>'
            '</w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="202020"/></w:tcPr>'
            '</w:tblStylePr><w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear"'
            ' w:color="auto" w:fill="F6E3E3"/></w:tcPr></w:tblStylePr></w:style>'
        )
    )
    document.styles["Normal"].font.color.rgb = RGBColor(0x30, 0x30, 0x30)
    table = document.add_table(2, 2)
    table.style = document.styles["ACME Table"]
    return saved(document)


def bare() -> bytes:
    """Nothing but a page: no styles, no theme, no head or foot."""
    kept = (
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    )
    spoken = {
        "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats'
        b'.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd'
        b'.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"'
        b' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document'
        b'.main+xml"/></Types>',
        "word/_rels/document.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org'
        b'/package/2006/relationships"/>',
    }
    return rewritten(
        saved(docx.Document()),
        lambda name, content: content if name in kept else spoken.get(name),
    )


def landscape() -> bytes:
    """Pages that lie across, headings under other names, numbers in the headings' style."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    for level in (1, 2):
        document.styles.element.remove(document.styles[f"Heading {level}"].element)
        style = document.styles.add_style(f"ACME Ebene {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(18 - 2 * level)
        style.element.get_or_add_pPr().append(
            parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level - 1}"/>')
        )
        style.element.pPr.insert(
            0, parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>')
        )
    return saved(document)


def busy() -> bytes:
    """What editing, programs and other companies leave behind: all of it must go."""
    document = docx.Document()
    paragraph = document.sections[0].header.paragraphs[0]
    part = document.sections[0].header.part
    site = part.relate_to("https://acme.example/", f"{OFFICE}/hyperlink", is_external=True)
    spy = part.relate_to("http://tracker.example/p.png", f"{OFFICE}/image", is_external=True)
    space = nsdecls("w", "r")
    for node in parse_xml(f"<w:p {space}>{LEFT_BEHIND.format(site=site)}</w:p>"):
        paragraph._p.append(node)
    run = paragraph.add_run()
    run.add_picture(BytesIO(PNG), Emu(400_000))
    blip = run._r.find(f".//{qn('a:blip')}")
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), spy)
    settings = document.settings.element
    settings.insert(0, parse_xml(f'<w:attachedTemplate {space} r:id="rId99"/>'))
    return saved(document)


def field(instruction: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


WHO = 'w:author="Somebody" w:date="2020-01-01T00:00:00Z"'
LEFT_BEHIND = (
    '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    f'<w:ins w:id="1" {WHO}><w:r><w:t>Kept. </w:t></w:r></w:ins>'
    f'<w:del w:id="2" {WHO}><w:r><w:delText>Gone.</w:delText></w:r></w:del>'
    '<w:fldSimple w:instr=" FILENAME \\p "><w:r><w:t>C:\\old.docx</w:t></w:r></w:fldSimple>'
    '<w:fldSimple w:instr=" DOCPROPERTY DocNumber \\* MERGEFORMAT "><w:r><w:t>OLD-1</w:t></w:r>'
    '</w:fldSimple><w:sdt><w:sdtPr><w:alias w:val="Titel"/><w:dataBinding'
    ' w:xpath="/ns1:coreProperties[1]/ns0:title[1]" w:storeItemID="{{6C3C8BC8}}"/></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>Old title</w:t></w:r></w:sdtContent></w:sdt>"
    + field('INCLUDEPICTURE "http://tracker.example/x.png" \\d', "picture")
    + field("DOCPROPERTY Revision", "99")
    + field("SECTIONPAGES", "7")
    + '<w:hyperlink r:id="{site}"><w:r><w:t>acme.example</w:t></w:r></w:hyperlink>'
)

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

TEMPLATES: dict[str, Callable[[], bytes]] = {
    "simple": simple,
    "german": german,
    "sections": sections,
    "dark_tables": dark_tables,
    "bare": bare,
    "landscape": landscape,
    "busy": busy,
}
