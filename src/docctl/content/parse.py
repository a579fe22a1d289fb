"""Markdown to the one document tree."""

from typing import TYPE_CHECKING

from docctl.content.characters import cleaned
from docctl.content.faults import Fault
from docctl.late import Late

if TYPE_CHECKING:
    from docctl.content.markdown import blocks
    from docctl.content.tree import Document
else:
    blocks = Late("docctl.content.markdown.blocks")


def parse(text: str, *, first_line: int = 1) -> tuple["Document", tuple[Fault, ...]]:
    """Return the tree of *text* and what is odd about it, sorted by line.

    Never fails, whatever the text: what is not understood stands in the tree as literal text and is
    reported. The text is the body alone, without front matter; *first_line* is the number of its
    first line in the file, so that lines are those the author sees.
    """
    body, faults = cleaned(text, first_line)
    reader = blocks.BlockReader(body, first_line)
    document = reader.document()
    return document, tuple(sorted({*faults, *reader.faults}))
