"""What differs between one tree and the next, for many at a time and in spite of damage.

Trees are compared here and not by Git: each is read once and its id computed from its bytes. One
that is damaged costs what lies below it, and nothing else.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import ge
from typing import NamedTuple

from docctl.errors import StoreError
from docctl.store.reader import WINDOW, Reader

#: The deepest folder that is looked into; the layout needs eight.
DEPTH = 32

#: How often one change may show the same folder: a few folders could stand for billions of files.
REPEATS = 1000

#: How many folders are remembered from one look to the next.
REMEMBERED = 20_000

_FOLDER = b"40000"


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
class Difference:
    """What one tree has other than the tree before it."""

    touched: list[Touched] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    gap: bool = False
    """Whether something before it was lost, so that it may show up here."""

    _seen: Counter[str] = field(default_factory=Counter)
    _bomb: str = ""

    def endless(self, oid: str) -> bool:
        """Count a folder; tell whether the change is one that it would be mad to look into."""
        if oid and not self._bomb:
            self._seen[oid] += 1
            if self._seen[oid] > REPEATS:
                self._bomb = oid
                self.oddities.append(Oddity(oid, "a folder that repeats itself without an end"))
        return self._bomb != ""


class Objects:
    """Reads objects in bulk and believes none of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._form = reader.format
        #: The objects that could not be read at all.
        self.missing: set[str] = set()

    def read(self, kind: str, oids: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each id with the object's bytes; nothing where they cannot be had or believed."""
        name = kind.encode()
        for start in range(0, len(oids), WINDOW):
            some = oids[start : start + WINDOW]
            for oid, data in zip(some, self._window(some), strict=True):
                whole = data is not None and self._id(b"%b %d\0%b" % (name, len(data), data)) == oid
                yield oid, data if whole else None

    def _id(self, raw: bytes) -> str:
        return str(self._form.hash(raw).hexdigest())

    def _window(self, oids: Sequence[str]) -> list[bytes | None]:
        try:
            return list(self._reader.read_many(oids))
        except StoreError:
            return [self._one(oid) for oid in oids]

    def _one(self, oid: str) -> bytes | None:
        try:
            return self._reader.read(oid)
        except StoreError:
            self.missing.add(oid)
            return None


class _Folder(NamedTuple):
    rows: frozenset[bytes]
    """Each entry as it is written: mode, name and binary id."""

    names: Sequence[bytes] = ()
    """The name of each, that of a folder with a `/`."""

    why: str = ""
    """What is odd about it."""


_NOTHING = _Folder(frozenset())


class _Pair(NamedTuple):
    """A folder before and after the change with this index; empty ids where there is none."""

    change: int
    path: str
    old: str
    new: str


class Differences:
    """Compares trees and remembers them."""

    def __init__(self, objects: Objects, width: int, *, remembered: int = REMEMBERED) -> None:
        """*width* is the length of a binary object id in bytes."""
        self._objects = objects
        self._remembered = remembered
        self._width = width
        self._row = re.compile(rb"[0-7]{1,7} [^\0]+\0[\s\S]{%d}" % width)
        self._known: dict[str, _Folder] = {}
        # A folder that cannot be had is compared as the last one that could.
        self._instead: dict[tuple[str, str], str] = {}

    def between(self, trees: Sequence[str]) -> list[Difference]:
        """Return what each tree but the first has other than the one before it.

        An empty id stands for an empty tree.
        """
        if len(self._known) > self._remembered:
            self._known.clear()
        found = [Difference() for _ in trees[1:]]
        ends = enumerate(pairwise(trees))
        pairs = [_Pair(index, "", old, new) for index, (old, new) in ends if old != new]
        for _ in range(DEPTH):
            pairs = list(self._level(pairs, found))
        for pair in pairs:
            found[pair.change].oddities.append(Oddity(pair.path[:200], "folders without an end"))
        return found

    def _level(self, pairs: list[_Pair], found: list[Difference]) -> Iterator[_Pair]:
        self._learn({self._old(pair) for pair in pairs} | {pair.new for pair in pairs})
        for pair in pairs:
            difference = found[pair.change]
            if difference.endless(pair.new):
                continue
            old = self._old(pair)
            before, after = self._known.get(old), self._known.get(pair.new)
            difference.gap |= old != pair.old or before is None
            if after is None:
                self._instead[pair.path, pair.new] = old
                missing = pair.new in self._objects.missing
                difference.losses.append(Loss(pair.path or "/", pair.new, missing))
            else:
                yield from self._entries(pair, difference, before or _NOTHING, after)

    def _old(self, pair: _Pair) -> str:
        return self._instead.get((pair.path, pair.old), pair.old) if self._instead else pair.old

    def _entries(
        self, pair: _Pair, difference: Difference, before: _Folder, after: _Folder
    ) -> Iterator[_Pair]:
        gone = {self._key(row): row for row in before.rows - after.rows}
        come = {self._key(row): row for row in after.rows - before.rows}
        why = after.why if after.why != before.why else ""
        if not why and not come.keys() <= gone.keys():
            why = "" if _distinct(after.names) else "its names differ in case or accents alone"
        if why or not (come or gone):
            difference.oddities.append(Oddity(pair.path or "/", why or "it differs in nothing"))
        for key in {**gone, **come}:
            old, new = gone.get(key, b""), come.get(key, b"")
            was, oid = old[-self._width :].hex(), new[-self._width :].hex()
            path = pair.path + _text(key)
            if key.endswith(b"/"):
                yield _Pair(pair.change, path, was, oid)
            else:
                mode = new.partition(b" ")[0].decode()
                difference.touched.append(Touched(path, mode, oid or was, bool(was)))

    # --- folders -----------------------------------------------------------------------------

    def _learn(self, wanted: set[str]) -> None:
        self._known[""] = _NOTHING
        new = [oid for oid in wanted if oid not in self._known]
        for oid, data in self._objects.read("tree", new):
            if data is not None:
                self._known[oid] = self._folder(data)

    def _folder(self, data: bytes) -> _Folder:
        rows = self._row.findall(data)
        names = [self._key(row) for row in rows]
        why = ""
        if b"".join(rows) != data:
            why = "it cannot be read as a folder"
        elif any(map(ge, names, names[1:])):
            why = "its names are out of order"
        return _Folder(frozenset(rows), names, why)

    def _key(self, row: bytes) -> bytes:
        """Return what Git sorts an entry by: its name, that of a folder with a `/`."""
        mode, _, name = row[: -self._width - 1].partition(b" ")
        return name + b"/" if mode == _FOLDER else name


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _distinct(keys: Sequence[bytes]) -> bool:
    """Tell whether file systems that keep neither case nor accents apart can hold all names."""
    text = _text(b"\0".join(keys)).replace("/", "")
    for _ in range(1 if text.isascii() else 2):
        text = unicodedata.normalize("NFC", text.casefold())
    return len(set(text.split("\0"))) == len(keys)
