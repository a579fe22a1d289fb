"""What differs between one tree and the next, for many at a time and in spite of damage.

Trees are compared here and not by Git: each is read once and its id computed from its bytes. One
that is damaged costs what lies below it, and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from docctl.store.history.folders import FOLDER, NOTHING, REMEMBERED, Folder, Folders
from docctl.store.history.objects import WINDOW, Objects

#: The deepest folder that is looked into; the layout needs eight.
DEPTH = 32

#: How often one change may show the same folder: a few folders could stand for billions of files.
REPEATS = 1000


class Loss(NamedTuple):
    """An object that cannot be had."""

    place: str
    """The path of the file or folder, or the id of the commit."""

    oid: str
    missing: bool
    """Whether it cannot be read at all; otherwise its bytes are not what its name says."""


class Oddity(NamedTuple):
    """A folder that no program should write."""

    place: str
    why: str


class Touched(NamedTuple):
    """A file that is another, or gone, after a change."""

    path: str
    mode: str
    """As Git writes it, `100644`; empty where the file is gone."""

    oid: str
    existed: bool
    """Whether the path was a file before."""


@dataclass(slots=True)
class TreeDifference:
    """What one tree has other than the tree before it."""

    touched: list[Touched] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    gap: bool = False
    """Whether something before it was lost, so that it may show up here."""

    _folders: int = 0
    _seen: dict[str, int] = field(default_factory=dict)
    _bomb: bool = False

    def endless(self, oid: str) -> bool:
        """Count a folder; tell whether the change is one that it would be mad to look into."""
        self._folders += 1
        if self._folders <= REPEATS:
            return False
        if oid and not self._bomb:
            self._seen[oid] = self._seen.get(oid, 0) + 1
            if self._seen[oid] > REPEATS:
                self._bomb = True
                self.oddities.append(Oddity(oid, "a folder that repeats itself without an end"))
        return self._bomb


_Pair = tuple[int, str, str, str]
"""The index of a change, the path of a folder, and its ids before and after, empty without one."""


class Differences:
    """Compares trees and remembers them."""

    def __init__(self, objects: Objects, width: int, *, remembered: int = REMEMBERED) -> None:
        """*width* is the length of a binary object id, *remembered* a number of bytes."""
        self._objects = objects
        self._folders = Folders(objects, width, remembered=remembered)
        # A folder that cannot be had is compared as the last one that could.
        self._instead: dict[tuple[str, str], str] = {}

    def between(self, trees: Sequence[str]) -> list[TreeDifference]:
        """Return what each tree but the first has other than the one before it.

        An empty id stands for an empty tree.
        """
        self._folders.forget()
        found = [TreeDifference() for _ in trees[1:]]
        ends = enumerate(pairwise(trees))
        pairs = [(index, "", old, new) for index, (old, new) in ends if old != new]
        for _ in range(DEPTH):
            pairs = self._level(pairs, found)
        for change, path, _, _ in pairs:
            found[change].oddities.append(Oddity(path[:200], "folders without an end"))
        return found

    def _level(self, pairs: list[_Pair], found: list[TreeDifference]) -> list[_Pair]:
        """Compare the folders of all changes, and return those right below them that differ."""
        deeper: list[_Pair] = []
        for start in range(0, len(pairs), WINDOW):
            middle, end = start + WINDOW, start + 2 * WINDOW
            some, then = pairs[start:middle], pairs[middle:end] or deeper[:WINDOW]
            known = self._folders.learn(self._wanted(some), self._wanted(then))
            self._look(some, known, found, deeper)
        self._folders.drop(_outdated(pairs))
        return deeper

    def _look(
        self,
        pairs: Sequence[_Pair],
        known: Mapping[str, Folder],
        found: Sequence[TreeDifference],
        deeper: list[_Pair],
    ) -> None:
        """Compare some of the folders, and note those right below them that differ."""
        for pair in pairs:
            change, path, old, new = pair
            difference = found[change]
            if difference.endless(new):
                continue
            stood = self._instead.get((path, old), old) if self._instead else old
            before, after = known.get(stood), known.get(new)
            if before is None or stood != old:
                difference.gap = True
            if after is None:
                self._instead[path, new] = stood
                missing = new in self._objects.missing
                difference.losses.append(Loss(path or "/", new, missing))
            else:
                self._compare(pair, before or NOTHING, after, difference=difference, deeper=deeper)

    def _wanted(self, pairs: Sequence[_Pair]) -> Iterator[str]:
        for _, path, old, new in pairs:
            yield self._instead.get((path, old), old) if self._instead else old
            yield new

    def _compare(
        self,
        pair: _Pair,
        before: Folder,
        after: Folder,
        *,
        difference: TreeDifference,
        deeper: list[_Pair],
    ) -> None:
        change, above, _, _ = pair
        turned, why = self._folders.turned(before, after)
        if why or not turned:
            difference.oddities.append(Oddity(above or "/", why or "it differs in nothing"))
        for name, old, new in turned:
            was, oid = old.hex(), new.hex()
            if name.mode == FOLDER:
                deeper.append((change, above + name.text, was, oid))
            else:
                mode = name.mode if oid else ""
                difference.touched.append(Touched(above + name.text, mode, oid or was, bool(was)))


def _outdated(pairs: Sequence[_Pair]) -> set[str]:
    """Return the folders in whose place others have come: they are hardly needed again."""
    gone: set[str] = set()
    for _, _, old, new in pairs:
        gone.add(old)
        gone.discard(new)
    return gone
