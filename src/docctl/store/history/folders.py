"""Folders as they are written, and what two of them differ in."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, count
from operator import ge, ne
from typing import NamedTuple

from docctl.store.history.objects import Objects

#: The mode of a folder.
FOLDER = "40000"

#: How many bytes of folders are remembered from one look to the next.
REMEMBERED = 1 << 26


class Folder(NamedTuple):
    """A folder as it is written."""

    rows: Sequence[bytes]
    """Each entry: mode, name and binary id."""

    size: int = 0
    """How many bytes it has."""

    why: str = ""
    """Why it cannot be read as a folder."""


NOTHING = Folder(())


class Name(NamedTuple):
    """What an entry is, whatever stands there."""

    key: bytes
    """What Git sorts it by: its name, that of a folder with a `/`."""

    text: str
    """The same as text."""

    mode: str


Turned = list[tuple[Name, bytes, bytes]]
"""Each entry that differs, as it was written before and as it is after; empty where it is not."""


class Folders:
    """Reads folders, remembers them, and compares them."""

    def __init__(self, objects: Objects, width: int, *, remembered: int) -> None:
        """*width* is the length of a binary object id in bytes."""
        self._objects = objects
        self._remembered = remembered
        self._width = width
        self._row = re.compile(rb"[0-7]{1,7} [^\0]+\0.{%d}" % width, re.DOTALL)
        self._named = re.compile(rb"[0-7]{1,7} ([^\0]+\0).{%d}" % width, re.DOTALL)
        self._known: dict[str, Folder] = {}
        self._names: dict[bytes, Name] = {}
        self._weight = 0

    def learn(self, wanted: Iterable[str]) -> Mapping[str, Folder]:
        """Read what is not known yet, and return all that is; what cannot be had is not in it."""
        self._known[""] = NOTHING
        new = dict.fromkeys(oid for oid in wanted if oid not in self._known)
        for oid, data in self._objects.read("tree", list(new)):
            if data is not None:
                rows = self._row.findall(data)
                why = "" if b"".join(rows) == data else "it cannot be read as a folder"
                self._known[oid] = Folder(rows, len(data), why)
                self._weight += len(data)
        return self._known

    def drop(self, oids: Iterable[str]) -> None:
        """Forget folders that no tree is likely to show again."""
        for oid in oids:
            if found := self._known.pop(oid, None):
                self._weight -= found.size

    def forget(self) -> None:
        """Forget all if it is too much to be remembered."""
        if self._weight > self._remembered:
            self._weight = 0
            self._known.clear()
            self._names.clear()

    def turned(self, before: Folder, after: Folder) -> tuple[Turned, str]:
        """Return each entry that differs, and what is odd about the folder that was not before."""
        if not (before.why or after.why):
            if len(before.rows) == len(after.rows):
                turned = self._replaced(before.rows, after.rows)
            else:
                turned = self._inserted(before.rows, after.rows)
            if turned:
                return turned, "" if turned[0][1] else self._twins(after.rows)
        return self._anyhow(before, after)

    def _replaced(self, before: Sequence[bytes], after: Sequence[bytes]) -> Turned:
        """Return what differs if each entry stands where it stood: order and names are kept."""
        turned = []
        for old, new in compress(zip(before, after, strict=True), map(ne, before, after)):
            name = self._name(new)
            if old[: -self._width] != new[: -self._width]:
                return []
            turned.append((name, old, new))
        return turned

    def _inserted(self, before: Sequence[bytes], after: Sequence[bytes]) -> Turned:
        """Return what is new if it came in at one place, in order, and nothing else differs."""
        more = len(after) - len(before)
        start = next(compress(count(), map(ne, before, after)), len(before))
        if more <= 0 or after[start + more :] != before[start:]:
            return []
        around = [self._key(row) for row in after[max(start - 1, 0) : start + more + 1]]
        if any(map(ge, around, around[1:])):
            return []
        return [(self._name(row), b"", row) for row in after[start : start + more]]

    def _anyhow(self, before: Folder, after: Folder) -> tuple[Turned, str]:
        old, new = frozenset(before.rows), frozenset(after.rows)
        gone = {self._key(row): row for row in old - new}
        come = {self._key(row): row for row in new - old}
        why = self._oddity(after)
        if why == self._oddity(before):
            why = ""
        if not why and not come.keys() <= gone.keys():
            why = self._twins(after.rows)
        both = [(gone.get(key, b""), come.get(key, b"")) for key in {**gone, **come}]
        return [(self._name(new or old), old, new) for old, new in both], why

    def _oddity(self, folder: Folder) -> str:
        keys = [self._key(row) for row in folder.rows]
        return folder.why or ("its names are out of order" if any(map(ge, keys, keys[1:])) else "")

    def _twins(self, rows: Sequence[bytes]) -> str:
        names = b"".join(self._named.findall(b"".join(rows)))
        distinct = _distinct(names, len(rows))
        return "" if distinct else "its names differ in case or accents alone"

    def _key(self, row: bytes) -> bytes:
        return self._name(row).key

    def _name(self, row: bytes) -> Name:
        head = row[: -self._width]
        if found := self._names.get(head):
            return found
        mode, _, name = head[:-1].partition(b" ")
        key = name + b"/" if mode == FOLDER.encode() else name
        self._names[head] = made = Name(key, _text(key), mode.decode())
        return made


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _distinct(names: bytes, count: int) -> bool:
    """Tell whether file systems that keep neither case nor accents apart can hold all names.

    Behind each of the *names* stands a NUL.
    """
    text = _text(names)
    for _ in range(1 if text.isascii() else 2):
        text = unicodedata.normalize("NFC", text.casefold())
    return len({*text.split("\0")}) == count + 1
