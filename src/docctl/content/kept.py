"""Trees that were parsed before, found again by the digest of their text."""

from hashlib import sha256

from docctl.content.parse import parse
from docctl.content.tree import Document

__all__ = ["LETTERS", "Trees"]

#: How many letters the texts may have whose trees are kept: some 1,500 pages, and 25 MB of trees.
LETTERS = 4_000_000


class Trees:
    """The trees of the texts that were read last, in memory alone.

    A tree follows from its text and from the parser of this process, and cannot be changed: one
    that was kept is what parsing again would give.
    """

    def __init__(self, letters: int = LETTERS) -> None:
        """Keep trees of texts with so many letters together; a longer text is not kept at all."""
        self._most = self._room = letters
        self._kept: dict[bytes, tuple[Document, int]] = {}

    def of(self, text: str) -> Document:
        """Return the tree of a text, as `content.parse.parse` makes it."""
        name = sha256(text.encode("utf-8", "surrogatepass")).digest()
        if name in self._kept:
            tree, size = self._kept.pop(name)
            self._room += size
        else:
            tree, size = parse(text)[0], len(text)
        self._keep(name, tree, size)
        return tree

    def _keep(self, name: bytes, tree: Document, size: int) -> None:
        """Put a tree behind all others, as the one that was used last, if there can be room."""
        if size > self._most:
            return
        while size > self._room:
            _, freed = self._kept.pop(next(iter(self._kept)))
            self._room += freed
        self._kept[name] = tree, size
        self._room -= size
