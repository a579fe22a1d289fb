"""Tables of contents repeat the headings: what they say is no text of its own."""

import re
from collections.abc import Iterator

from docctl.content.tree import Block, Blocks, Heading, Inlines, Paragraph
from docctl.content.walk import lines, plain

__all__ = ["contents_line", "without_contents"]

#: The class by which lines of a table of contents are told from headings.
_CLASS = "contents"

_HEAD = "contents"
_NUMBER = re.compile(r"^[\d.]+\s+")
_DIGITS = "0123456789"


def contents_line(words: Inlines) -> Heading:
    """Return a line of a table of contents, for `without_contents` to look at."""
    return Heading(1, words, "", classes=(_CLASS,))


def without_contents(text: Blocks) -> Blocks:
    """Return blocks without the lines of contents that repeat what stands elsewhere.

    A line that repeats no heading says something of its own, and stays as a paragraph.
    """
    heads = (one for one in text if isinstance(one, Heading) and not _is_line(one))
    said = {_words(block) for block in heads} | {_HEAD}
    return tuple(_kept(text, said))


def _is_line(block: Block) -> bool:
    return isinstance(block, Heading) and _CLASS in block.classes


def _kept(text: Blocks, said: set[str]) -> Iterator[Block]:
    for block in text:
        if not _is_line(block):
            yield block
        elif said.isdisjoint(_readings(_words(block))):
            for _, words in lines(block):
                yield Paragraph(words)


def _readings(words: str) -> set[str]:
    """Return what a line may repeat: itself, without its number, without its page, without both."""
    bare = _NUMBER.sub("", words)
    return {words, bare, _unpaged(words), _unpaged(bare)}


def _unpaged(words: str) -> str:
    return words.rstrip(_DIGITS).rstrip()


def _words(block: Block) -> str:
    return " ".join(" ".join(plain(words).split()) for _, words in lines(block)).casefold()
