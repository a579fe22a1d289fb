"""What differs between one tree and the next, for many at a time and in spite of damage.

Trees are compared here and not by Git: each is read once and its id computed from its bytes. One
that is damaged costs what lies below it, and nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from docctl.errors import DamagedStoreError
from docctl.store.reader import WINDOW, Reader
from docctl.store.trees import Recent

#: The deepest folder that is looked into; the layout needs eight.
DEPTH = 32

#: How many entries of one change are looked at: folders that repeat themselves end here.
ENTRIES = 200_000

_FOLDER = b"40000"
_REMEMBERED_ROWS = 200_000


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

    looked_at: int = 0


class Objects:
    """Reads objects in bulk and believes none of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._form = reader.format
        #: The objects that could not be read at all.
        self.missing: set[str] = set()

    def read(self, kind: str, oids: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each id with the object's bytes; nothing where they cannot be had or believed."""
        for start in range(0, len(oids), WINDOW):
            some = oids[start : start + WINDOW]
            for oid, data in zip(some, self._window(some), strict=True):
                whole = data is not None and self._form.make(kind, data).oid == oid
                yield oid, data if whole else None

    def _window(self, oids: Sequence[str]) -> list[bytes | None]:
        try:
            return list(self._reader.read_many(oids))
        except DamagedStoreError:
            return [self._one(oid) for oid in oids]

    def _one(self, oid: str) -> bytes | None:
        try:
            return self._reader.read(oid)
        except DamagedStoreError:
            self.missing.add(oid)
            return None


class _Folder(NamedTuple):
    rows: frozenset[bytes]
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

    def __init__(self, objects: Objects, width: int) -> None:
        """*width* is the length of a binary object id in bytes."""
        self._objects = objects
        self._width = width
        self._row = re.compile(rb"[0-7]{1,7} [^\0]+\0[\s\S]{%d}" % width)
        self._recent: Recent[_Folder] = Recent(_REMEMBERED_ROWS)
        # A folder that cannot be had is compared as the last one that could.
        self._instead: dict[tuple[str, str], str] = {}

    def between(self, trees: Sequence[str]) -> list[Difference]:
        """Return what each tree but the first has other than the one before it.

        An empty id stands for an empty tree.
        """
        found = [Difference() for _ in trees[1:]]
        ends = enumerate(pairwise(trees))
        pairs = [_Pair(index, "", old, new) for index, (old, new) in ends if old != new]
        for _ in range(DEPTH):
            pairs = list(self._level(pairs, found))
        for pair in pairs:
            found[pair.change].oddities.append(Oddity(pair.path[:200], "folders without an end"))
        return found

    def _level(self, pairs: list[_Pair], found: list[Difference]) -> Iterator[_Pair]:
        pairs = [pair._replace(old=self._old(pair, found)) for pair in pairs]
        known = self._folders({oid for pair in pairs for oid in (pair.old, pair.new)} - {""})
        for pair in pairs:
            difference = found[pair.change]
            old = self._old(pair, found)
            before, after = known.get(old), known.get(pair.new)
            if pair.new and after is None:
                self._instead[pair.path, pair.new] = old
                missing = pair.new in self._objects.missing
                difference.losses.append(Loss(pair.path or "/", pair.new, missing))
                continue
            difference.gap |= old != "" and before is None
            yield from self._rows(pair, difference, before or _NOTHING, after or _NOTHING)

    def _old(self, pair: _Pair, found: list[Difference]) -> str:
        instead = self._instead.get((pair.path, pair.old))
        if instead is None:
            return pair.old
        found[pair.change].gap = True
        return instead

    def _rows(
        self, pair: _Pair, difference: Difference, before: _Folder, after: _Folder
    ) -> Iterator[_Pair]:
        come, gone = after.rows - before.rows, before.rows - after.rows
        if after.why and not before.why:
            difference.oddities.append(Oddity(pair.path or "/", after.why))
        difference.looked_at += len(come) + len(gone)
        if difference.looked_at > ENTRIES:
            difference.oddities.append(Oddity(pair.path[:200], "files without an end"))
            return
        old = dict(map(self._split, gone))
        for (name, is_folder), (mode, oid) in map(self._split, come):
            _, was = old.pop((name, is_folder), ("", ""))
            path = pair.path + name
            if is_folder:
                yield _Pair(pair.change, f"{path}/", was, oid)
            else:
                difference.touched.append(Touched(path, mode, oid, bool(was)))
        for (name, is_folder), (_, oid) in old.items():
            if is_folder:
                yield _Pair(pair.change, f"{pair.path}{name}/", oid, "")
            else:
                difference.touched.append(Touched(pair.path + name, "", oid, existed=True))

    def _split(self, row: bytes) -> tuple[tuple[str, bool], tuple[str, str]]:
        mode, _, name = row[: -self._width - 1].partition(b" ")
        text = name.decode("utf-8", "surrogateescape")
        return (text, mode == _FOLDER), (mode.decode(), row[-self._width :].hex())

    # --- folders -----------------------------------------------------------------------------

    def _folders(self, wanted: Iterable[str]) -> dict[str, _Folder]:
        known, new = {}, []
        for oid in wanted:
            folder = self._recent.get(oid)
            if folder is None:
                new.append(oid)
            else:
                known[oid] = folder
        for oid, data in self._objects.read("tree", new):
            folder = None if data is None else self._folder(data)
            if folder is not None:
                known[oid] = folder
                self._recent.put(oid, folder, weight=len(folder.rows))
        return known

    def _folder(self, data: bytes) -> _Folder:
        rows = self._row.findall(data)
        if b"".join(rows) != data:
            return _Folder(frozenset(rows), "it cannot be read as a folder")
        keys = [_key(row[: -self._width - 1]) for row in rows]
        if any(one >= other for one, other in pairwise(keys)):
            return _Folder(frozenset(rows), "its names are out of order")
        if len(set(_folded(keys))) != len(keys):
            return _Folder(frozenset(rows), "two of its names differ in case or accents only")
        return _Folder(frozenset(rows))


def _key(row: bytes) -> bytes:
    """Return what Git sorts an entry by: its name, that of a folder with a `/`."""
    mode, _, name = row.partition(b" ")
    return name + b"/" if mode == _FOLDER else name


def _folded(keys: list[bytes]) -> list[bytes] | list[str]:
    """Return names as file systems compare them that keep neither case nor accents apart."""
    if all(key.isascii() for key in keys):
        return [key.rstrip(b"/").lower() for key in keys]
    names = (key.rstrip(b"/").decode("utf-8", "surrogateescape") for key in keys)
    return [unicodedata.normalize("NFC", unicodedata.normalize("NFC", n).casefold()) for n in names]
