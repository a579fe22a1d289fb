"""A document as lint goes through it: once, whatever is looked for."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from docctl.content.structure.outline import anchors
from docctl.content.tree import Document, Heading, Text
from docctl.content.walk import inlines_by_type


class Seen:
    """A document taken apart: its headings, its anchors, its inlines by their type."""

    def __init__(self, document: Document) -> None:
        self.document = document
        #: The headings of the document itself, in order.
        self.headings = tuple(one for one in document.blocks if isinstance(one, Heading))
        self._found = inlines_by_type(document)

    def of(self, kind: type) -> Sequence[tuple[int, Any]]:
        """Return the inlines of one type with their lines, in the order of the text."""
        return self._found.get(kind, ())

    @property
    def texts(self) -> Iterator[tuple[int, str]]:
        """The running text with its lines: no code, no alternative texts."""
        return ((line, node.text) for line, node in self.of(Text))

    def texts_like(self, likely: re.Pattern[str]) -> Sequence[tuple[int, str]]:
        """Return the running text with its lines, the pieces alone in which something is likely."""
        if not likely.search(self._words):
            return ()
        return [(line, node.text) for line, node in self.of(Text) if likely.search(node.text)]

    @cached_property
    def _words(self) -> str:
        """All of the running text: to be searched once for what most documents do not have."""
        return "\n".join([node.text for _, node in self.of(Text)])

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every anchor that a link in the document can name."""
        return anchors(self.document)
