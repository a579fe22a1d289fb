"""Folders as they are written, and what two of them differ in."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, compress
from operator import ge, ne
from typing import NamedTuple

from docctl.store.history.objects import Objects

#: The mode of a folder.
FOLDER = "40000"

#: How many bytes of folders are remembered from one look to the next.
REMEMBERED = 1 << 26

#: Folders of so few entries often look alike: so many of their shapes are remembered.
_SMALL, _SHAPES = 16, 1 << 12


class Name(NamedTuple):
    """What an entry is, whatever stands there."""

    key: bytes
    """What Git sorts it by: its name, that of a folder with a `/`."""

    text: str
    """The same as text."""

    mode: str


Turned = list[tuple[Name, bytes, bytes]]
"""Each entry that differs, with its binary id before and after; empty where it is not."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What folders with the same entries have in common, whatever the entries hold."""

    heads: tuple[bytes, ...]
    """Each entry without its id."""

    names: Sequence[Name]
    ends: Sequence[int]
    """Where the entries end: the first one, of no entry, is 0."""

    why: str
    """Why it cannot be read as a folder."""

    folded: frozenset[str]
    """The names as file systems see them that keep neither case nor accents apart."""

    twins: str
    """What is odd about the names together, but for their order."""


class Folder:
    """A folder as it is written."""

    __slots__ = ("data", "shape", "turned")

    def __init__(self, data: bytes) -> None:
        self.data = data
        #: Its entries, once somebody has looked at them.
        self.shape: Shape | None = None
        #: Where the last change of it was: the next one is often there too.
        self.turned = 0


NOTHING = Folder(b"")


class Folders:
    """Reads folders, remembers them, and compares them."""

    def __init__(self, objects: Objects, width: int, *, remembered: int) -> None:
        """*width* is the length of a binary object id in bytes."""
        self._objects = objects
        self._remembered = remembered
        self._width = width
        self._row = re.compile(rb"[0-7]{1,7} [^\0]+\0.{%d}" % width, re.DOTALL)
        self._known: dict[str, Folder] = {}
        self._names: dict[bytes, Name] = {}
        self._shapes: dict[tuple[bytes, ...], Shape] = {}
        self._grown: dict[tuple[Shape, int, *tuple[bytes, ...]], Shape] = {}
        self._weight = 0

    def learn(self, wanted: Iterable[str], then: Iterable[str] = ()) -> Mapping[str, Folder]:
        """Read what is not known yet, and return all that is; what cannot be had is not in it.

        Git gets those ready meanwhile that are wanted *then*.
        """
        known = self._known
        known[""] = NOTHING
        new = dict.fromkeys([oid for oid in wanted if oid not in known])
        more = dict.fromkeys([oid for oid in then if oid not in known and oid not in new])
        for oid, data in self._objects.read("tree", [*new], then=[*more]):
            if data is not None:
                known[oid] = Folder(data)
                self._weight += len(data)
        return known

    def drop(self, oids: Iterable[str]) -> None:
        """Forget folders that no tree is likely to show again."""
        for oid in oids:
            if found := self._known.pop(oid, None):
                self._weight -= len(found.data)

    def forget(self) -> None:
        """Forget all if it is too much to be remembered."""
        if self._weight > self._remembered:
            self._weight = 0
            self._known.clear()
            self._names.clear()
            self._shapes.clear()
            self._grown.clear()

    def turned(self, before: Folder, after: Folder) -> tuple[Turned, str]:
        """Return each entry that differs, and what is odd about the folder that was not before."""
        old = before.shape or self._shaped(before)
        if not old.why:
            more = len(after.data) - len(before.data)
            turned = [] if more else self._one_replaced(before, after, old, before.turned)
            if turned:
                return turned, ""
            start = _alike(before.data, after.data, old.ends)
            if more > 0:
                turned = self._inserted(before, after, old, start=start, more=more)
            elif not more:
                turned = self._one_replaced(before, after, old, start)
            if turned:
                return turned, "" if turned[0][1] or not after.shape else after.shape.twins
        return self._replaced(before, after) or self._anyhow(before, after)

    def _one_replaced(self, before: Folder, after: Folder, shape: Shape, at: int) -> Turned:
        """Return the one entry whose id is another, if nothing else differs."""
        end = shape.ends[at + 1] if at < len(shape.names) else 0
        start, was, now = end - self._width, before.data, after.data
        if not end or was[end:] != now[end:] or was[:start] != now[:start]:
            return []
        old, new = was[start:end], now[start:end]
        if old == new:
            return []
        after.shape, after.turned = shape, at
        return [(shape.names[at], old, new)]

    def _inserted(
        self, before: Folder, after: Folder, shape: Shape, *, start: int, more: int
    ) -> Turned:
        """Return what is new if it came in at one place, in order, and nothing else differs."""
        begin, width = shape.ends[start], self._width
        if before.data[begin:] != after.data[begin + more :]:
            return []
        come = after.data[begin : begin + more]
        rows = self._row.findall(come)
        if b"".join(rows) != come:
            return []
        heads = [row[:-width] for row in rows]
        new = self._grown.get((shape, start, *heads)) or self._grow(shape, start, heads)
        if new is None:
            return []
        after.shape, after.turned = new, start
        return [(new.names[at], b"", row[-width:]) for at, row in enumerate(rows, start)]

    def _grow(self, shape: Shape, start: int, heads: Sequence[bytes]) -> Shape | None:
        """Return a shape with more entries, from the one at *start* on, if that is their place."""
        come = [self._name(head) for head in heads]
        names = [*shape.names[:start], *come, *shape.names[start:]]
        around = [name.key for name in names[max(start - 1, 0) : start + len(come) + 1]]
        if any(map(ge, around, around[1:])):
            return None
        sizes = [len(head) + self._width for head in heads]
        ends = [*shape.ends[:start], *accumulate(sizes, initial=shape.ends[start])]
        more = ends[-1] - shape.ends[start]
        ends += [end + more for end in shape.ends[start + 1 :]]
        folded = shape.folded.union(map(_folded, come))
        whole = (*shape.heads[:start], *heads, *shape.heads[start:])
        grown = Shape(whole, names, ends, "", folded, _twins(names, folded))
        if len(names) <= _SMALL:
            if len(self._grown) >= _SHAPES:
                self._grown.clear()
            self._grown[shape, start, *heads] = grown
        return grown

    def _rows(self, folder: Folder) -> list[bytes]:
        return self._row.findall(folder.data)

    def _shaped(self, folder: Folder) -> Shape:
        """Take a folder apart."""
        rows, width = self._rows(folder), self._width
        shape = self._shape(tuple([row[:-width] for row in rows]))
        if b"".join(rows) != folder.data:
            shape = replace(shape, why="it cannot be read as a folder")
        folder.shape = shape
        return shape

    def _shape(self, heads: tuple[bytes, ...]) -> Shape:
        if known := self._shapes.get(heads):
            return known
        names = [self._name(head) for head in heads]
        sizes = [len(head) + self._width for head in heads]
        folded = frozenset(map(_folded, names))
        ends = [*accumulate(sizes, initial=0)]
        shape = Shape(heads, names, ends, "", folded, _twins(names, folded))
        if len(heads) <= _SMALL:
            if len(self._shapes) >= _SHAPES:
                self._shapes.clear()
            self._shapes[heads] = shape
        return shape

    def _replaced(self, before: Folder, after: Folder) -> tuple[Turned, str] | None:
        """Return what differs if the same entries stand in the same order."""
        old, new = (one.shape or self._shaped(one) for one in (before, after))
        if old.why or new.why or old.heads != new.heads:
            return None
        width, was, now = self._width, self._rows(before), self._rows(after)
        both = compress(zip(new.names, was, now, strict=True), map(ne, was, now))
        turned = [(name, one[-width:], other[-width:]) for name, one, other in both]
        return (turned, "") if turned else None

    def _anyhow(self, before: Folder, after: Folder) -> tuple[Turned, str]:
        old, new = frozenset(self._rows(before)), frozenset(self._rows(after))
        gone = {self._key(row): row for row in old - new}
        come = {self._key(row): row for row in new - old}
        left, right = (one.shape or self._shaped(one) for one in (before, after))
        why = _oddity(right)
        if why == _oddity(left):
            why = ""
        if not why and not come.keys() <= gone.keys():
            why = right.twins
        both = [(gone.get(key, b""), come.get(key, b"")) for key in {**gone, **come}]
        width = self._width
        turned = [
            (self._name((new or old)[:-width]), old[-width:], new[-width:]) for old, new in both
        ]
        return turned, why

    def _key(self, row: bytes) -> bytes:
        return self._name(row[: -self._width]).key

    def _name(self, head: bytes) -> Name:
        if found := self._names.get(head):
            return found
        mode, _, name = head[:-1].partition(b" ")
        key = name + b"/" if mode == FOLDER.encode() else name
        self._names[head] = made = Name(key, _text(key), mode.decode())
        return made


def _alike(before: bytes, after: bytes, ends: Sequence[int]) -> int:
    """Return how many entries from the first on are the same, by halves.

    Most folders differ in one place: they need not be taken apart to find it.
    """
    low, high = 0, len(ends)
    while high - low > 1:
        middle = (low + high) // 2
        if before[ends[low] : ends[middle]] == after[ends[low] : ends[middle]]:
            low = middle
        else:
            high = middle
    return low


def _oddity(shape: Shape) -> str:
    keys = [name.key for name in shape.names]
    return shape.why or ("its names are out of order" if any(map(ge, keys, keys[1:])) else "")


def _twins(names: Sequence[Name], folded: frozenset[str]) -> str:
    distinct = len(folded) == len(names)
    return "" if distinct else "its names differ in case or accents alone"


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _folded(name: Name) -> str:
    """Return a name as file systems see it that keep neither case nor accents apart."""
    text = name.text[:-1] if name.mode == FOLDER else name.text
    for _ in range(1 if text.isascii() else 2):
        text = unicodedata.normalize("NFC", text.casefold())
    return text
