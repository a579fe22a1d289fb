"""What must hold in every DOCX file, and validators do not notice: `faults` lists what does not."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LAST_NUMBER = 32_767
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
BOOKMARK = re.compile(r"[A-Za-z_]\w{0,39}")

Parts = dict[str, etree._Element]


def faults(package: bytes) -> list[str]:
    """Return one sentence for each broken invariant; an empty list is what we want."""
    with ZipFile(BytesIO(package)) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    try:
        parts = {
            name: etree.fromstring(content, parser)
            for name, content in files.items()
            if name.endswith((".xml", ".rels"))
        }
    except etree.XMLSyntaxError as error:
        return [f"a part is not well-formed: {error.msg}"]
    found = [f"{name} is there twice" for name, count in Counter(names).items() if count > 1]
    for check in (_content_types, _relationships):
        found += check(parts, set(names))
    for check in CHECKS:
        found += check(parts)
    return found


def texts(parts: Parts) -> Iterator[tuple[str, etree._Element]]:
    yield from (
        (name, root) for name, root in parts.items() if re.fullmatch(r"word/\w+\.xml", name)
    )


def _content_types(parts: Parts, names: set[str]) -> Iterator[str]:
    types = parts["[Content_Types].xml"]
    endings = {node.get("Extension") for node in types if node.tag.endswith("Default")}
    parts_named = {node.get("PartName")[1:] for node in types if node.tag.endswith("Override")}
    yield from (f"content type of missing {name}" for name in parts_named - names)
    for name in names - parts_named:
        ending = name.rpartition(".")[2]
        if ending not in endings or (ending == "xml" and name != "[Content_Types].xml"):
            yield f"{name} has no content type"


def _relationships(parts: Parts, names: set[str]) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for name in (name for name in names if name.endswith(".rels")):
        reached.add(name)
        folder, owner = PurePosixPath(name).parent.parent, PurePosixPath(name).name[: -len(".rels")]
        keys = [node.get("Id") for node in parts[name]]
        if len(set(keys)) < len(keys):
            yield f"{name} uses an id twice"
        for node in parts[name]:
            if node.get("TargetMode") != "External":
                reached.add(str(folder / node.get("Target")))
        if owner:
            used = set(parts[str(folder / owner)].xpath("//@*[namespace-uri()=$r]", r=R[1:-1]))
            yield from (f"{owner} uses the unknown {key}" for key in used - set(keys))
    yield from (f"{name} cannot be reached" for name in names - reached)
    yield from (f"{name} is missing" for name in reached - names)


def _bookmarks(parts: Parts) -> Iterator[str]:
    starts = [node for _, root in texts(parts) for node in root.iter(f"{W}bookmarkStart")]
    ends = [n.get(f"{W}id") for _, root in texts(parts) for n in root.iter(f"{W}bookmarkEnd")]
    keys, marks = [n.get(f"{W}id") for n in starts], [n.get(f"{W}name") for n in starts]
    if sorted(keys) != sorted(ends) or len(set(keys)) < len(keys):
        yield "bookmarks do not begin and end once each"
    if len({mark.lower() for mark in marks}) < len(marks):
        yield "two bookmarks have one name"
    yield from (f"bad bookmark {mark!r}" for mark in marks if not BOOKMARK.fullmatch(mark))
    for name, root in texts(parts):
        anchors = {n.get(f"{W}anchor") for n in root.iter(f"{W}hyperlink")} - {None}
        fields = root.xpath("//w:instrText/text()", namespaces={"w": W[1:-1]})
        anchors |= {words.split()[1] for words in fields if words.split()[0] in {"NOTEREF", "REF"}}
        yield from (f"{name}: no bookmark for {anchor}" for anchor in anchors - set(marks))


def _fields(parts: Parts) -> Iterator[str]:
    for name, root in texts(parts):
        open_fields = []
        for node in root.iter(f"{W}fldChar"):
            kind = node.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(kind)
            elif not open_fields or (kind == "separate" and open_fields[-1] != "begin"):
                yield f"{name}: a field has a {kind} too many"
            elif kind == "separate":
                open_fields[-1] = kind
            else:
                open_fields.pop()
        if open_fields:
            yield f"{name}: a field does not end"


def _dates(parts: Parts) -> Iterator[str]:
    for node in parts["docProps/core.xml"]:
        if "purl.org/dc/terms" in node.tag and not _is_date(node.text or ""):
            yield f"bad date {node.text!r} in the core properties"


def _changes(parts: Parts) -> Iterator[str]:
    """Tracked changes: numbered once over all parts, by somebody, on a day."""
    changes = [
        n for _, root in texts(parts) for n in root.iter() if n.get(f"{W}author") is not None
    ]
    keys = [node.get(f"{W}id") for node in changes]
    if len(set(keys)) < len(keys):
        yield "two changes have one number"
    for node in changes:
        if not _is_date(day := node.get(f"{W}date", "")):
            yield f"a change bears the bad date {day!r}"


def _is_date(text: str) -> bool:
    try:
        return bool(DATE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _shape(parts: Parts) -> Iterator[str]:
    for name, root in texts(parts):
        if any(True for deleted in root.iter(f"{W}del") for _ in deleted.iter(f"{W}t")):
            yield f"{name}: deleted text is written as living text"
        for cell in root.iter(f"{W}tc"):
            if cell[-1].tag != f"{W}p":
                yield f"{name}: a cell does not end with a paragraph"
        for table in root.iter(f"{W}tbl"):
            after = table.getnext()
            if after is None or after.tag == f"{W}tbl":
                yield f"{name}: nothing keeps a table apart from what follows"
            yield from _grid(name, table)


def _grid(name: str, table: etree._Element) -> Iterator[str]:
    columns = [int(node.get(f"{W}w")) for node in table.find(f"{W}tblGrid")]
    for row in table.iterfind(f"{W}tr"):
        cells = [cell.find(f"{W}tcPr") for cell in row.iterfind(f"{W}tc")]
        spans = [cell.find(f"{W}gridSpan") for cell in cells]
        if sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) != len(columns):
            yield f"{name}: a row has not as many cells as the table has columns"
        if sum(int(cell.find(f"{W}tcW").get(f"{W}w")) for cell in cells) != sum(columns):
            yield f"{name}: a row is not as wide as its table"


def _uses(parts: Parts) -> Iterator[str]:
    known = {node.get(f"{W}styleId") for node in parts["word/styles.xml"].iter(f"{W}style")}
    numbers = {node.get(f"{W}numId") for node in parts["word/numbering.xml"].iter(f"{W}num")}
    numbers.add("0")  # no list: so styles and paragraphs of a template leave the one they inherit
    notes = [n.get(f"{W}id") for n in parts["word/footnotes.xml"].iter(f"{W}footnote")]
    used: dict[str, set[str]] = {"style": set(), "num": set(), "note": set()}
    for _, root in texts(parts):
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            used["style"] |= {node.get(f"{W}val") for node in root.iter(f"{W}{kind}")}
        used["num"] |= {node.get(f"{W}val") for node in root.iter(f"{W}numId")}
        used["note"] |= {node.get(f"{W}id") for node in root.iter(f"{W}footnoteReference")}
    yield from (f"unknown style {name}" for name in used["style"] - known)
    yield from (f"unknown list {number}" for number in used["num"] - numbers - {"0"})
    yield from (f"unknown footnote {note}" for note in used["note"] - set(notes))
    if sorted(notes) != sorted({*used["note"], "-1", "0"}):
        yield "a footnote is doubled or nobody refers to it"


def _drawings(parts: Parts) -> Iterator[str]:
    keys = [node.get("id") for _, root in texts(parts) for node in root.iter(f"{WP}docPr")]
    if len(set(keys)) < len(keys):
        yield "two drawings have one id"
    for _, root in texts(parts):
        for inline in root.iter(f"{WP}inline"):
            outer, inner = inline.find(f"{WP}extent"), next(inline.iter(f"{A}xfrm"))[-1]
            if dict(outer.attrib) != dict(inner.attrib):
                yield "a drawing has not the size of its picture"


def _numbers(parts: Parts) -> Iterator[str]:
    for node in parts["word/numbering.xml"].iter(f"{W}startOverride"):
        if not 0 <= int(node.get(f"{W}val")) <= LAST_NUMBER:
            yield "a list begins at a number that is not counted"


def _accessible(parts: Parts) -> Iterator[str]:
    for name, root in texts(parts):
        for row in root.iter(f"{W}tr"):
            styles = {node.get(f"{W}val") for node in row.iter(f"{W}pStyle")}
            headed = row.find(f"{W}trPr/{W}tblHeader") is not None
            if headed != bool(styles & {"TableHeading", "TableSmallHeading"}):
                yield f"{name}: a table head is not marked as one"
        for words in root.iter(f"{W}t"):
            kept = words.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
            if words.text and words.text != words.text.strip() and not kept:
                yield f"{name}: a space would be lost"


CHECKS: tuple[Callable[[Parts], Iterator[str]], ...] = (
    _bookmarks, _fields, _dates, _changes, _shape, _uses, _drawings, _numbers, _accessible,
)  # fmt: skip
