"""The whole file: its text, its notes, what stands on every page, its properties, its oddities."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from docctl.content.tree import Block, Document, Footnote
from docctl.intake.contents import without_contents
from docctl.intake.docx.blocks import blocks
from docctl.intake.docx.counting import Counting
from docctl.intake.docx.inlines import Pen
from docctl.intake.docx.looks import OFF, Looks
from docctl.intake.docx.moved import styled
from docctl.intake.docx.names import R, W, local, said, value
from docctl.intake.docx.package import Package
from docctl.intake.docx.unseen import unseen
from docctl.intake.foreign import Foreign, Strange

__all__ = ["facts", "read"]

_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_BASE = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}HyperlinkBase"
#: What programs show of a file that is not open, by the names that docctl gives it.
_CORE: Mapping[str, str] = MappingProxyType(
    {
        "title": "Title",
        "creator": "Author",
        "version": "Version",
        "subject": "Subject",
        "description": "Description",
        "keywords": "Keywords",
        "category": "Category",
        "contentStatus": "Content status",
        "identifier": "Identifier",
    }
)
_MAIN = "word/document.xml"
_ENDS = ("header", "footer")
_FRAMES = tuple(f"{W}{name}Reference" for name in _ENDS)
#: The parts beside the text in which words stand, or that say what is put in their place.
_READ = frozenset({"header", "footer", "footnotes", "endnotes", "settings"})
#: Parts that no copy has, by how their names begin or end.
_ODD_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "vbaproject.bin": "macros",
        "vbadata": "macros",
        "customui": "active content",
        "attachedtoolbars": "active content",
        "activex": "active content",
        "embeddings": "embedded object",
    }
)
#: The same by what they are to the part that leads to them, wherever they lie.
_ODD_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "vbaProject": "macros",
        "wordVbaData": "macros",
        "extensibility": "active content",
        "keyMapCustomizations": "active content",
        "attachedToolbars": "active content",
        "webextensiontaskpanes": "active content",
        "control": "active content",
        "oleObject": "embedded object",
        "package": "embedded object",
        "aFChunk": "embedded object",
        "subDocument": "embedded object",
    }
)


def read(data: bytes, source: str) -> Foreign:
    """Return what a DOCX file says.

    Raises:
        UnreadableError: it is no such file, is damaged, or asks for more than is reasonable.
    """
    package = Package(data, source)
    named = [one.target for one in package.related("").values() if one.kind == "officeDocument"]
    main = named[0] if named else _MAIN
    if main not in package:
        raise package.refused("it is no Word document, but something else that is packed as a zip")
    styles, theme = package.first("styles", of=main), package.first("theme", of=main)
    looks = Looks(package.xml(styles) if styles else None, package.xml(theme) if theme else None)
    strange: list[Strange] = []
    labels = _labels(package, looks, main)
    pen = Pen(package, package.related(main), looks, strange, [], labels)
    root = package.xml(main)
    body = root.find(f"{W}body")
    text = tuple(blocks(pen, body)) if body is not None else ()
    notes = tuple(_notes(pen, main))
    running = tuple(_running(pen, root, main))
    background = root.find(f"{W}background")
    if background is not None and len(background):
        pen.odd("picture behind the pages")
    strange += _oddities(pen, main)
    strange += styled(looks.styles) if looks.styles is not None else ()
    for second in root.findall(f"{W}body")[1:]:
        pen.odd("words that programs leave out", said(second))
    strange += (one for name in _pages(package, main) for one in unseen(package.xml(name), looks))
    tree = Document(without_contents(text), notes)
    shown = {**dict.fromkeys(_CORE.values(), ""), **_facts(package)}
    return Foreign("docx", shown, tree, running, tuple(strange))


def facts(data: bytes, source: str) -> dict[str, str]:
    """Return the properties that a DOCX file was given, by name.

    Raises:
        UnreadableError: it is no such file, is damaged, or asks for more than is reasonable.
    """
    return _facts(Package(data, source))


def _facts(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    if name := package.first("metadata/core-properties"):
        core = {_CORE[local(one)]: said(one) for one in package.xml(name) if local(one) in _CORE}
        found |= {name: words for name, words in core.items() if words}
    name = package.first("custom-properties")
    for node in package.xml(name) if name else ():
        if len(node) and str(node[0].tag).startswith(_VALUE):
            key, said_ = node.get("name") or "", (node[0].text or "").strip()
            found[key] = said_ if found.get(key, said_) == said_ else f"{found[key]} {said_}"
    return found


def _notes(pen: Pen, main: str) -> Iterator[Footnote]:
    """Yield the notes whose marks were met, numbered in the order of their marks."""
    found: dict[str, etree._Element] = {}
    for kind in ("footnote", "endnote"):
        if part := pen.package.first(f"{kind}s", of=main):
            pen.links = pen.package.related(part)
            for one in pen.package.xml(part).iterfind(f"{W}{kind}"):
                key = f"{kind}Reference {one.get(f'{W}id')}"
                if key in found:
                    pen.odd("two notes in the place of one", said(one))
                found[key] = one
                if one.get(f"{W}type") not in {None, "normal"} and (words := said(one)):
                    pen.odd("words above the notes", words)
    for number, mark in enumerate(pen.notes, 1):
        if mark in found:
            yield Footnote(str(number), tuple(blocks(pen, found[mark])))


def _running(pen: Pen, root: etree._Element, main: str) -> Iterator[Block]:
    """Yield what stands at the head and the foot of pages, each text once.

    A section takes over what it does not name itself; pages that show nothing there are odd.
    """
    links = pen.package.related(main)
    even = _even(pen.package, main)
    named: dict[str, str] = {}
    seen: set[tuple[Block, ...]] = set()
    for section in root.iter(f"{W}sectPr"):
        first = _on(section.find(f"{W}titlePg"))
        for mark in section.iterchildren(*_FRAMES):
            target = links.get(mark.get(f"{R}id") or "")
            named[f"{local(mark)} {mark.get(f'{W}type') or 'default'}"] = (
                target.target if target else ""
            )
        shown = ["default", *["first"] * first, *["even"] * even]
        for name in (f"{frame}Reference {kind}" for frame in _ENDS for kind in shown):
            found = _frame(pen, named.get(name, ""))
            if found not in seen:
                seen.add(found)
                yield from found
            if not found:
                pen.odd("page head or foot that says nothing", name)


def _frame(pen: Pen, part: str) -> tuple[Block, ...]:
    if part not in pen.package:
        return ()
    pen.links = pen.package.related(part)
    return tuple(blocks(pen, pen.package.xml(part)))


def _even(package: Package, main: str) -> bool:
    """Tell whether even pages have heads and feet of their own: the settings say so."""
    settings = package.first("settings", of=main)
    return bool(settings) and _on(package.xml(settings).find(f"{W}evenAndOddHeaders"))


def _on(node: etree._Element | None) -> bool:
    return node is not None and value(node) not in OFF


def _labels(package: Package, looks: Looks, main: str) -> Mapping[etree._Element, str]:
    """Return what is set before paragraphs by their lists, counted part by part."""
    numbering = package.first("numbering", of=main)
    counting = Counting(package.xml(numbering) if numbering else None, looks)
    return dict(one for name in _pages(package, main) for one in counting.labels(package.xml(name)))


def _pages(package: Package, main: str) -> Iterator[str]:
    """Yield the names of the parts that say something on pages, or of what is put there."""
    others = (
        one.target
        for one in package.related(main).values()
        if one.kind in _READ and not one.outside and one.target in package
    )
    yield from dict.fromkeys((main, *others))


def _oddities(pen: Pen, main: str) -> Iterator[Strange]:
    package = pen.package
    yield from (Strange("field", one) for one in pen.fields.unknown)
    for related in package.everything_related():
        if related.outside and related.kind != "hyperlink":
            yield Strange(f"{related.kind} from outside", related.target)
        if related.kind == "font":
            yield Strange("font of its own", related.target)
    yield from dict.fromkeys(_odd_parts(package))
    yield from (Strange("field that does not end", one) for one in pen.fields.left)
    bases = _inside(package, package.first("extended-properties"), _BASE)
    yield from (Strange("place that links begin at", said(one)) for one in bases)
    for one in _inside(package, package.first("comments", of=main), f"{W}comment"):
        author = one.get(f"{W}author") or "somebody"
        yield Strange("comment", f"by {author}: {said(one)}")


def _odd_parts(package: Package) -> Iterator[Strange]:
    for related in package.everything_related():
        if kind := _ODD_KINDS.get(related.kind.rpartition("/")[2]):
            yield Strange(kind, related.target)
    for name in package.names:
        for sign, kind in _ODD_PARTS.items():
            if sign in name.lower():
                yield Strange(kind, name)


def _inside(package: Package, part: str, tag: str) -> Iterator[etree._Element]:
    """Yield the elements of a name that stand first in a part, if there is such a part."""
    return package.xml(part).iterchildren(tag) if part else iter(())
