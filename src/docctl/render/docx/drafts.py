"""Passages of a text that come back in many packages: each is written once, and kept."""

from collections.abc import Iterator, Sequence

from docctl.content.kept import latest
from docctl.content.tree import Block, Blocks, Document, Link, Passage, Reference, Table
from docctl.content.walk import inlines_of
from docctl.render.docx.around.frame import LANDSCAPE, PORTRAIT
from docctl.render.docx.around.lying import turned
from docctl.render.docx.blocks import pieces
from docctl.render.docx.pens.pen import Ink, Pen
from docctl.render.docx.pens.pencil import Draft, Pencil
from docctl.render.docx.place import Place
from docctl.render.docx.stationery import Stationery

__all__ = ["laid_out"]


#: Blocks of pages that lie alike: which way, and what is written of them.
Laid = tuple[str, list[str]]


def laid_out(ink: Ink, passages: Sequence[Passage], paper: Stationery) -> Iterator[Laid]:
    """Yield the text by the way its pages lie.

    Of a text that was put together from passages, those are drafted that stand alone.
    """
    loose: list[Block] = []
    width = paper.page(PORTRAIT).text
    for passage in passages:
        if len(passages) > 1 and _stands_alone(passage, width):
            yield from _written(ink, loose, paper)
            loose = []
            drafts = _drafts(passage, ink, paper)
            yield from ((lies, [draft.inked(ink)]) for lies, draft in drafts)
        else:
            loose += passage.blocks
    yield from _written(ink, loose, paper)


def _written(pen: Pen, blocks: Sequence[Block], paper: Stationery) -> Iterator[Laid]:
    for lies, group in turned(blocks, paper.page(PORTRAIT).text):
        yield lies, pieces(pen, group, Place(paper.page(lies).text))


def _stands_alone(passage: Passage, width: int) -> bool:
    """Tell whether a passage is written alike whatever stands before and behind it.

    Blocks beside tables are never drawn together with them, but that headings go along with one
    that lies across.
    """
    first, last = passage.blocks[:1], passage.blocks[-1:]
    if not all(isinstance(end, Table) for end in first + last):
        return False
    return [lies for lies, _ in turned(first, width)] == [PORTRAIT]


def _drafts(passage: Passage, ink: Ink, paper: Stationery) -> Sequence[tuple[str, Draft]]:
    """Return the drafts of a passage, the same ones if nothing makes them others."""
    asked = latest(passage.made, "DOCX asked", None, lambda: _asked(passage.blocks))
    bookmarks = {anchor: ink.bookmarks[anchor] for anchor in asked if anchor in ink.bookmarks}
    labels = {anchor: ink.labels[anchor] for anchor in asked if anchor in ink.labels}
    rooms = tuple(paper.page(lies).text for lies in (PORTRAIT, LANDSCAPE))

    def drafted() -> list[tuple[str, Draft]]:
        pencil = Pencil(ink.look, bookmarks, labels, rooms[0])
        found = _written(pencil, passage.blocks, paper)
        return [(lies, pencil.draft("".join(xml))) for lies, xml in found]

    key = (ink.look, rooms, bookmarks, labels)
    return latest(passage.made, "DOCX drafts", key, drafted)


def _asked(blocks: Blocks) -> tuple[str, ...]:
    """Return the anchors that links in blocks lead to."""
    targets = (link.target for link in inlines_of(Document(blocks), Link, Reference))
    return tuple(dict.fromkeys(target[1:] for target in targets if target.startswith("#")))
