"""The headings of a document: their numbers, the list of them, and their place in a manual."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from docctl.content.marks import Deleted, bare
from docctl.content.structure.handtyped import TYPED, apart, by_hand
from docctl.content.tree import (
    Block,
    Document,
    Figure,
    Footnote,
    FootnoteRef,
    Heading,
    Link,
    Numbering,
    Table,
    Text,
)
from docctl.content.walk import Changes, blocks, changed, plain


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the table of contents."""

    level: int
    number: str
    title: str
    anchor: str


def outline(document: Document) -> tuple[OutlineEntry, ...]:
    """Return the headings of the document itself; those in quotations and lists do not count."""
    return tuple(
        OutlineEntry(heading.level, heading.number, plain(heading.inlines), heading.anchor)
        for heading in _headings(document)
    )


def title_of(document: Document, anchor: str) -> str:
    """Return the title of the heading with an anchor; empty where there is none."""
    return next((one.title for one in outline(document) if one.anchor == anchor), "")


def numbered(document: Document, *, mode: Numbering = "auto") -> Document:
    """Return the document with the numbers of its headings, and `numbering` set to what was done.

    `auto` counts, unless the author has typed an outline; `source` takes typed numbers out of the
    titles into `Heading.number`, as they were typed; `none` leaves all as it is. The number of an
    outline is never doubled; one that is part of a title stays in it. Not counted are a title (the
    first heading, if it is the only one of level 1), headings of class `unnumbered` and annexes,
    and what lies under these.
    """
    if mode == "auto" and by_hand(tuple(_headings(document))):
        mode = "source"
    if mode == "source":
        parts = [_typed(b) if isinstance(b, Heading) else b for b in document.blocks]
        return replace(document, blocks=tuple(parts), numbering=mode)
    if mode == "auto":
        return replace(document, blocks=tuple(_counted(document)), numbering=mode)
    return document


def heading_of(document: Document) -> str:
    """Return what a heading of level 1 says that the document begins with, or nothing."""
    first = document.blocks[0] if document.blocks else None
    if isinstance(first, Heading) and first.level == 1:
        return " ".join(plain(first.inlines).split())
    return ""


def without_title(document: Document, title: str) -> Document:
    """Return the document without its first heading, if that only repeats *title*."""
    first = document.blocks[0] if document.blocks else None
    if isinstance(first, Heading) and first.level == 1 and _same(plain(first.inlines), title):
        return replace(document, blocks=document.blocks[1:])
    return document


def shifted(document: Document, by: int, prefix: str) -> Document:
    """Return the document as a chapter: headings *by* levels deeper, its names made its own.

    Anchors and footnotes get *prefix*, and the links and marks to them follow. No heading goes
    deeper than level 6.
    """
    return changed(document, shifting(anchors(document), by, prefix))


def shifting(own: Collection[str], by: int, prefix: str) -> Changes:
    """Return the changes that `shifted` makes in a document whose *own* anchors these are."""

    def anchored(node: Table | Figure) -> Table | Figure:
        return replace(node, anchor=prefix + node.anchor) if node.anchor else node

    def lowered(node: Heading) -> Heading:
        return replace(node, level=min(node.level + by, 6), anchor=prefix + node.anchor)

    def followed(node: Link) -> Link:
        inside = node.target.startswith("#") and node.target[1:] in own
        return replace(node, target=f"#{prefix}{node.target[1:]}") if inside else node

    def marked(node: Footnote | FootnoteRef) -> Footnote | FootnoteRef:
        return replace(node, id=prefix + node.id)

    return {
        Heading: lowered,
        Table: anchored,
        Figure: anchored,
        Link: followed,
        Footnote: marked,
        FootnoteRef: marked,
    }


def anchors(document: Document) -> frozenset[str]:
    """Return every anchor that a link in this document can name."""
    named = (b.anchor for b in blocks(document) if isinstance(b, Heading | Table | Figure))
    return frozenset(filter(None, named))


#: What is not in the text any more.
_GONE: frozenset[type] = frozenset({Deleted})


def _headings(document: Document) -> Iterator[Heading]:
    """Yield the headings of the text; of a marked tree those of the newer one."""
    there = (bare(block) for block in document.blocks if type(block) not in _GONE)
    return (block for block in there if isinstance(block, Heading))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _typed(heading: Heading) -> Heading:
    """Move a typed number out of the title, unless the title would be nothing else."""
    first = heading.inlines[0] if heading.inlines else None
    if not isinstance(first, Text):
        return heading
    more = "x" if len(heading.inlines) > 1 else ""
    match = TYPED.match(first.text + more)
    if match is None:
        return heading
    rest = first.text[match.end() :]
    title = (Text(rest), *heading.inlines[1:]) if rest else heading.inlines[1:]
    return replace(heading, number=match[0].rstrip(), inlines=title)


def _counted(document: Document) -> Iterator[Block]:
    levels = [heading.level for heading in _headings(document)]
    titled = levels[:1] == [1] and levels.count(1) == 1 and len(levels) > 1
    counter = _Counter()
    for block in document.blocks:
        if not isinstance(block, Heading):
            yield block
        elif titled:
            titled = False
            yield block
        else:
            yield counter.numbered(block)


class _Counter:
    """Counts headings. A skipped level is no level, so that numbers have no gaps."""

    def __init__(self) -> None:
        self._levels: list[int] = []
        self._counts: list[int] = []
        self._apart = 7

    def numbered(self, heading: Heading) -> Heading:
        if heading.level > self._apart:
            return heading
        if apart(heading):
            self._apart = heading.level
            return heading
        self._apart = 7
        self._count(heading.level)
        return replace(heading, number=".".join(map(str, self._counts)))

    def _count(self, level: int) -> None:
        count = 0
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
            count = self._counts.pop()
        self._levels.append(level)
        self._counts.append(count + 1)
