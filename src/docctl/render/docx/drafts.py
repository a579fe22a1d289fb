"""Passages of a text that come back in many packages: each is written once, and kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from docctl.content.kept import latest
from docctl.content.tree import Block, Blocks, Document, Link, Passage, Reference, Table
from docctl.content.walk import inlines_of
from docctl.render.docx.around.frame import LANDSCAPE, PORTRAIT
from docctl.render.docx.around.lying import Chapter, Stretch, turned
from docctl.render.docx.blocks import pieces
from docctl.render.docx.pens.pen import Ink, Pen
from docctl.render.docx.pens.pencil import Draft, Pencil
from docctl.render.docx.place import Place
from docctl.render.docx.stationery import Stationery

__all__ = ["laid_out"]


#: Blocks of pages that are alike: which these are, and what is written of them.
Laid = tuple[Stretch, list[str]]


def laid_out(
    ink: Ink, passages: Sequence[Passage], paper: Stationery, begun: Mapping[int, Chapter]
) -> Iterator[Laid]:
    """Yield the text by the pages that are alike.

    Of a text that was put together from passages, those are drafted that stand alone. At the page
    breaks where a chapter has *begun*, its pages begin.
    """
    loose: list[Block] = []
    width = paper.page(PORTRAIT).text
    of = begun[-1]
    for chapter, blocks, passage in _stretches(passages, begun):
        whole = len(passages) > 1 and passage is not None and _stands_alone(passage, width)
        if whole or chapter != of:
            yield from _of(of, _written(ink, loose, paper))
            loose, of = [], chapter
        if whole and passage is not None:
            drafts = _drafts(passage, ink, paper)
            yield from _of(of, ((lies, [draft.inked(ink)]) for lies, draft in drafts))
        else:
            loose += blocks
    yield from _of(of, _written(ink, loose, paper))


def _stretches(
    passages: Sequence[Passage], begun: Mapping[int, Chapter]
) -> Iterator[tuple[Chapter, Blocks, Passage | None]]:
    """Yield passages or pieces of them with their chapters, without the breaks before these."""
    chapter, end = begun[-1], 0
    for passage in passages:
        first, end = end, end + len(passage.blocks)
        cuts = [at for at in begun if first <= at < end]
        if not cuts:
            yield chapter, passage.blocks, passage
            continue
        yield chapter, passage.blocks[: cuts[0] - first], None
        for at, following in pairwise([*cuts, end]):
            chapter = begun[at]
            yield chapter, passage.blocks[at + 1 - first : following - first], None


def _of(chapter: Chapter, laid: Iterable[tuple[str, list[str]]]) -> Iterator[Laid]:
    return ((Stretch(lies, chapter), content) for lies, content in laid)


def _written(
    pen: Pen, blocks: Sequence[Block], paper: Stationery
) -> Iterator[tuple[str, list[str]]]:
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
