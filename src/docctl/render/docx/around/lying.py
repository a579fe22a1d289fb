"""Which way the pages of a text lie."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from docctl.content.marks import bare
from docctl.content.tree import Block, Heading, Table
from docctl.render.docx.around.frame import LANDSCAPE, PORTRAIT
from docctl.render.docx.tables import is_crowded

__all__ = ["merged", "turned"]


def merged(sections: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Return orientation and content; neighbours that lie alike become one."""
    return [
        (orientation, [piece for _, content in group for piece in content])
        for orientation, group in groupby(sections, key=itemgetter(0))
    ]


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
