"""Trees that were parsed before, found again by the digest of their text."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar, cast

from docctl.late import Late

if TYPE_CHECKING:
    from docctl.content import parse as parsing
    from docctl.content.tree import Document
else:
    parsing = Late("docctl.content.parse")

__all__ = ["LETTERS", "KeptTree", "Trees", "latest"]

Found = TypeVar("Found")

#: How many letters the texts may have whose trees are kept: some 1,500 pages, 25 MB of trees, and
#: up to 60 MB of what a manual makes of them.
LETTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class KeptTree:
    """A tree, and what was made of it before."""

    tree: "Document"
    made: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What follows from the tree and from its key here, and nothing else; whoever made it kept it.

    It is forgotten with the tree.
    """


class Trees:
    """The trees of the texts that were read last, in memory alone.

    A tree follows from its text and from the parser of this process, and cannot be changed: one
    that was kept is what parsing again would give.
    """

    def __init__(self, letters: int = LETTERS) -> None:
        """Keep trees of texts with so many letters together; a longer text is not kept at all."""
        self._most = self._room = letters
        self._kept: dict[bytes, tuple[KeptTree, int]] = {}

    def of(self, text: str) -> "Document":
        """Return the tree of a text, as `content.parse.parse` makes it."""
        return self.kept(text).tree

    def kept(self, text: str) -> KeptTree:
        """Return the tree of a text with what was made of it before."""
        name = sha256(text.encode("utf-8", "surrogatepass")).digest()
        if name in self._kept:
            found, size = self._kept.pop(name)
            self._room += size
        else:
            found, size = KeptTree(parsing.parse(text)[0]), len(text)
        self._keep(name, found, size)
        return found

    def _keep(self, name: bytes, found: KeptTree, size: int) -> None:
        """Put a tree behind all others, as the one that was used last, if there can be room."""
        if size > self._most:
            return
        while size > self._room:
            _, freed = self._kept.pop(next(iter(self._kept)))
            self._room += freed
        self._kept[name] = found, size
        self._room -= size


def latest(made: dict[object, Any], name: str, key: object, make: Callable[[], Found]) -> Found:
    """Return what *make* made last under this *name*, if that was for an equal *key*; else anew.

    One thing is kept under each name: *key* must say everything that it follows from beside the
    tree.
    """
    held = made.get(name)
    if held is None or held[0] != key:
        held = made[name] = (key, make())
    return cast("Found", held[1])
