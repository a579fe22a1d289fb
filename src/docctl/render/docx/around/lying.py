"""Which way the pages of a text lie."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from docctl.content.marks import bare
from docctl.content.tree import Block, Heading, PageBreak, Table
from docctl.content.walk import plain
from docctl.render.docx.around.frame import LANDSCAPE, PORTRAIT
from docctl.render.docx.tables import is_crowded
from docctl.render.docx.xml import text

__all__ = ["Chapter", "Stretch", "chapters", "merged", "turned"]


_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class Chapter(NamedTuple):
    """What pages are of: the first heading of the highest level on them, and its number."""

    at: int = 0
    """Its place among those that begin on a page of their own; 0 before the first of them."""

    title: str = ""
    number: str = ""
    alone: bool = False
    """Whether no other begins on its pages."""

    @property
    def shown(self) -> str:
        """The title as the content of a run."""
        return _TAB.join(map(text, self.title.split("\t")))


class Stretch(NamedTuple):
    """Pages in a row that are alike: which way they lie, and what they are of."""

    lies: str
    chapter: Chapter = Chapter()


def merged(sections: list[tuple[Stretch, list[str]]]) -> list[tuple[Stretch, list[str]]]:
    """Return pages and their content; neighbours that are alike become one."""
    return [
        (stretch, [piece for _, content in group for piece in content])
        for stretch, group in groupby(sections, key=itemgetter(0))
    ]


def chapters(content: Sequence[Block], level: int, *, typed: bool) -> dict[int, Chapter]:
    """Return what begins with a page break and a heading of a level, by the place of the break.

    What stands before all of these goes by -1. Numbers that are *typed* are part of the titles.
    """
    found = {-1: Chapter()}
    begun = -1
    for at, block in enumerate(content):
        if not isinstance(block, Heading) or block.level != level:
            continue
        words = plain(block.inlines)
        title = f"{block.number}\t{words}" if typed and block.number else words
        if at and isinstance(content[at - 1], PageBreak):
            begun = at - 1
            found[begun] = Chapter(len(found), title, block.number, alone=True)
        elif not found[begun].title:
            found[begun] = Chapter(0, title, block.number)
        else:
            found[begun] = found[begun]._replace(alone=False)
    return found


def turned(content: Sequence[Block], width: int) -> Iterator[tuple[str, list[Block]]]:
    """Yield the blocks by the way their page lies; a heading goes with the table that follows.

    A table lies across where its author says so, or where an upright page is too narrow for it.
    """
    lies: list[str] = []
    following = PORTRAIT
    for block in map(bare, reversed(content)):
        if isinstance(block, Table):
            across = "landscape" in block.classes or is_crowded(block, width)
            following = LANDSCAPE if across else PORTRAIT
        elif not isinstance(block, Heading):
            following = PORTRAIT
        lies.append(following)
    lies.reverse()
    for orientation, group in groupby(zip(lies, content, strict=True), key=itemgetter(0)):
        yield orientation, [block for _, block in group]
