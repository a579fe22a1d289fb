"""The whole: sections of the text, the parts around them, the package."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from docctl.content.structure.footnotes import listed, unmarked
from docctl.content.structure.outline import without_title
from docctl.content.tree import Document, Footnote
from docctl.model.answers.controlled import ControlledCopy
from docctl.render.cover import Cover
from docctl.render.cover import cover as cover_of
from docctl.render.docx.around.contents import Pages, contents
from docctl.render.docx.around.direction import directed
from docctl.render.docx.around.frame import PORTRAIT, Reference, section
from docctl.render.docx.around.lying import Chapter, Stretch, chapters, merged
from docctl.render.docx.around.notes import footnotes
from docctl.render.docx.around.sheet import closing, control_sheet
from docctl.render.docx.blocks import pieces
from docctl.render.docx.drafts import laid_out
from docctl.render.docx.entries import written
from docctl.render.docx.finish import AS_USUAL, Finish
from docctl.render.docx.parts.package import Part, Relationships, packed
from docctl.render.docx.parts.properties import application, core, custom
from docctl.render.docx.parts.styles import HeadingNumbers
from docctl.render.docx.pens.pen import Ink, Look
from docctl.render.docx.place import Place
from docctl.render.docx.plan import Plan, planned, shape
from docctl.render.docx.stationery import Frame, Plain, Stationery
from docctl.render.docx.tables import GAP
from docctl.render.docx.tracking.markup import Authorship
from docctl.render.docx.xml import whole
from docctl.render.entries import Sheet

__all__ = ["Tracking", "covered", "form", "write"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_BREAK = '<w:p><w:pPr><w:pStyle w:val="Break"/>'
#: After so many lines of contents the text begins on a new page.
_LONG_CONTENTS = 30
_NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})
_NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})


class Tracking(NamedTuple):
    """What is needed to write a marked tree: the trees that it holds, and whose changes they are.

    All three are staged alike: no title, no note without a mark.
    """

    older: Document
    newer: Document
    authorship: Authorship

    def plan(self, marked: Document, title: str) -> Plan:
        """Return the plan of the newer text, with the places of both.

        Headings move up as far as those of both texts can, and are counted only if both are:
        numbers that only one text has are typed, so that they come and go with it.
        """
        plan, other = planned(self.newer, title), shape(self.older, title)
        if other.shift < plan.shift:
            plan = planned(self.newer, title, shift=other.shift)
        forms = {one.numbers.form for one in (plan, other) if one.headed}
        typed = HeadingNumbers("text") if "text" in forms or len(forms) > 1 else None
        return replace(
            plan,
            passages=marked.passages,
            numbers=typed or plan.numbers,
            bookmarks={**other.bookmarks, **plan.bookmarks},
            sides={"ins": plan.bookmarks, "del": other.bookmarks},
        )


#: Writes what is to be filled in.
Entries = Callable[[Ink, Place], str]


def _no_entries(_pen: Ink, _place: Place) -> str:
    return ""


def write(
    document: Document,
    copy: ControlledCopy,
    images: Mapping[str, bytes] = _NO_IMAGES,
    *,
    properties: Mapping[str, str] = _NO_PROPERTIES,
    finish: Finish = AS_USUAL,
) -> bytes:
    """Return *document* as a DOCX file with everything that *copy* says about it.

    See `covered`. *properties* are added to the custom properties of the file.
    """
    text = Document(without_title(document, copy.document.title).blocks)
    cover = cover_of(copy, text, properties=properties)
    return covered(document, cover, images, finish=finish)


def covered(
    document: Document,
    cover: Cover,
    images: Mapping[str, bytes] = _NO_IMAGES,
    *,
    entries: Entries = _no_entries,
    finish: Finish = AS_USUAL,
    tracking: Tracking | None = None,
) -> bytes:
    """Return *document* as a DOCX file with what *cover* says around it.

    The same inputs give the same bytes; no clock, disk or environment has a part in them.
    *images* are picture files by the name that the text uses; one that is missing or cannot be
    shown is replaced by words. *entries* writes what follows the text and is to be filled in.
    *finish* is what can be chosen, such as a template. With *tracking* the document is a marked
    tree, and its marks become tracked changes.
    """
    cover = finish.coded(cover)
    paper = finish.template or Plain(cover.paper)
    room = paper.page(PORTRAIT).text
    plan = tracking.plan(document, cover.title) if tracking else planned(document, cover.title)
    look = Look(plan.shift, plan.numbers, paper.shade, paper.plain_heads, paper.breadth)
    pen = Ink.new(document, plan, images, room, look)
    links = pen.links
    begun = _UNDIVIDED if tracking else _begun(plan, cover, paper)
    sections = _sections(pen, cover, paper, document.footnotes, entries, finish.pages, begun)
    alike = dict.fromkeys(stretch for stretch, _ in sections)
    frames = {stretch: tuple(paper.frames(cover, stretch)) for stretch in alike}
    content: Iterator[str] = map(directed, _body(pen, paper, sections, frames))
    if tracking:
        content = tracking.authorship.tracked(content, pen.id)
    body = whole("w:document", content)
    notes, note_links = footnotes(pen, room)
    if tracking:
        notes = "".join(tracking.authorship.tracked((notes.decode(),), pen.id)).encode()
    drawn = {frame.part.name: frame for each in frames.values() for frame in each}.values()
    parts = (
        Part("word/document.xml", body, f"{_WORD}document.main+xml"),
        *(frame.part for frame in drawn),
        *_shared(pen, cover, paper, notes, finish),
        *{part.name: part for part in (*paper.media, *pen.pictures.parts())}.values(),
        *_properties(cover, {**paper.facts, **finish.facts}),
    )
    for kind in _SHARED:
        links.to(kind, _SHARED[kind])
    return packed(
        parts,
        {
            "": _package(),
            "word/document.xml": links,
            "word/footnotes.xml": note_links,
            **{frame.part.name: frame.links for frame in drawn},
        },
    )


def form(
    document: Document,
    cover: Cover,
    images: Mapping[str, bytes],
    sheets: Sequence[Sheet],
    *,
    finish: Finish = AS_USUAL,
) -> bytes:
    """Return *document* as a DOCX file that ends with places to write into; see `covered`."""
    return covered(
        document,
        cover,
        images,
        entries=lambda pen, place: written(pen, sheets, place),
        finish=finish,
    )


# --- the sections --------------------------------------------------------------------------


def _body(
    pen: Ink,
    paper: Stationery,
    sections: Sequence[tuple[Stretch, list[str]]],
    frames: Mapping[Stretch, Sequence[Frame]],
) -> Iterator[str]:
    ends = [
        _section(pen, paper, stretch.lies, frames[stretch], first=not at)
        for at, (stretch, _) in enumerate(sections)
    ]
    yield "<w:body>"
    for at, ((_, (*content, last)), end) in enumerate(zip(sections, ends, strict=True), 1):
        yield from content
        yield last.removesuffix(GAP)
        if at < len(sections):
            yield f"{_BREAK}{end}</w:pPr></w:p>"
        elif last.endswith(GAP):  # a higher line might stand alone on a page of its own
            yield f"{_BREAK}</w:pPr></w:p>"
    yield f"{ends[-1]}</w:body>"


def _sections(
    pen: Ink,
    cover: Cover,
    paper: Stationery,
    notes: tuple[Footnote, ...],
    entries: Entries,
    pages: Pages | None,
    begun: Mapping[int, Chapter],
) -> list[tuple[Stretch, list[str]]]:
    """Return pages and their content; after a long table of contents the text begins a page."""
    upright = Place(paper.page(PORTRAIT).text)
    lines = pen.plan.contents if cover.contents else ()
    sheet = control_sheet(pen, cover, upright) + contents(lines, pages, upright.width)
    front = [(Stretch(PORTRAIT, begun[-1]), [sheet])]
    text = list(laid_out(pen, pen.plan.passages, paper, begun))
    last = Stretch(PORTRAIT, [*begun.values()][-1])
    text.append((last, [entries(pen, upright) + _end(pen, cover, notes, upright)]))
    text = [(alike, found) for alike, content in text if (found := [*filter(None, content)])]
    return front + merged(text) if len(lines) > _LONG_CONTENTS else merged(front + text)


def _begun(plan: Plan, cover: Cover, paper: Stationery) -> Mapping[int, Chapter]:
    """Return the chapters that have pages of their own, where heads or feet say which it is."""
    if not (cover.chapters or paper.asks_chapter):
        return _UNDIVIDED
    blocks = [block for passage in plan.passages for block in passage.blocks]
    return chapters(blocks, plan.shift + 1, typed=plan.numbers.form == "text")


#: The chapters of a text whose pages do not say of which they are.
_UNDIVIDED: Mapping[int, Chapter] = MappingProxyType({-1: Chapter()})


def _end(pen: Ink, cover: Cover, notes: tuple[Footnote, ...], place: Place) -> str:
    """Return the notes that nothing leads to, and the particulars that end the text."""
    left = unmarked(notes, [note.id for note in pen.notes.placed])
    pen.notes.leave_out(left)
    return "".join(pieces(pen, listed(left), place)) + closing(cover, place, pen.look)


def _section(
    pen: Ink, paper: Stationery, orientation: str, frames: Iterable[Frame], *, first: bool
) -> str:
    title_page = first and paper.title_page
    references = [
        Reference(kind, pages, pen.links.to(kind, part.name.removeprefix("word/")))
        for kind, pages, part, _ in frames
        if title_page or pages != "first"
    ]
    return section(paper.page(orientation), references, title_page=title_page)


# --- the parts -----------------------------------------------------------------------------


#: The parts that every text has, by the kind of their relationship.
_SHARED: Mapping[str, str] = MappingProxyType(
    {
        "styles": "styles.xml",
        "numbering": "numbering.xml",
        "settings": "settings.xml",
        "fontTable": "fontTable.xml",
        "footnotes": "footnotes.xml",
        "theme": "theme/theme1.xml",
    }
)


def _shared(
    pen: Ink, cover: Cover, paper: Stationery, notes: bytes, finish: Finish
) -> Iterator[Part]:
    language, numbers = cover.language, pen.plan.numbers
    contents = {
        "styles": paper.styles(language, numbers),
        "numbering": paper.numbering(pen.lists, numbers),
        "settings": paper.settings(language, read_only=finish.read_only),
        "fontTable": paper.fonts,
        "footnotes": notes,
    }
    for kind, content in contents.items():
        yield Part(f"word/{_SHARED[kind]}", content, f"{_WORD}{kind}+xml")
    yield Part(f"word/{_SHARED['theme']}", paper.theme, f"{_OFFICE}theme+xml")


def _properties(cover: Cover, more: Mapping[str, str]) -> Iterator[Part]:
    package = "application/vnd.openxmlformats-package."
    yield Part("docProps/core.xml", core(cover), f"{package}core-properties+xml")
    yield Part("docProps/app.xml", application(cover), f"{_OFFICE}extended-properties+xml")
    facts = custom({**cover.properties, **more})
    yield Part("docProps/custom.xml", facts, f"{_OFFICE}custom-properties+xml")


def _package() -> Relationships:
    links = Relationships()
    links.to("officeDocument", "word/document.xml")
    links.package("metadata/core-properties", "docProps/core.xml")
    links.to("extended-properties", "docProps/app.xml")
    links.to("custom-properties", "docProps/custom.xml")
    return links
