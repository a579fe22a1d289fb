"""What Git's objects look like as bytes: ids, commits, the answers of `cat-file`."""

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from docctl.errors import DamagedStoreError, InputError


class Object(NamedTuple):
    """One Git object: its kind, its payload and its id in hexadecimal digits."""

    kind: str
    data: bytes
    oid: str


@dataclass(frozen=True, slots=True)
class Format:
    """One of Git's two object formats. `width` is the length of a binary id in bytes."""

    name: str
    width: int
    hash: Callable[..., Any]

    def make(self, kind: str, data: bytes) -> Object:
        """Return the object that *data* is, with its id."""
        return Object(
            kind, data, self.hash(b"%b %d\0%b" % (kind.encode(), len(data), data)).hexdigest()
        )

    def is_id(self, text: str) -> bool:
        """Tell whether *text* is a full object id of this format."""
        return len(text) == 2 * self.width and _HEX(text) is not None

    def are_ids(self, texts: Sequence[str]) -> bool:
        """Tell whether all *texts* are full object ids of this format."""
        size, joined = 2 * self.width, "".join(texts)
        return {*map(len, texts)} <= {size} and (not joined or _HEX(joined) is not None)


_TIME = re.compile(r"> (\d{1,11}) [+-]\d{4}\Z", re.ASCII)

#: The headers of a commit as docctl writes it.
_PLAIN = re.compile(
    r"tree ([0-9a-f]+)\n(?:parent ([0-9a-f]+)\n)?author ([^\n]*)\ncommitter ([^\n]*)\n\n"
)

_HEX = re.compile("[0-9a-f]+").fullmatch

FORMATS = MappingProxyType(
    {
        "sha1": Format("sha1", 20, hashlib.sha1),
        "sha256": Format("sha256", 32, hashlib.sha256),
    }
)


# --- commits -------------------------------------------------------------------------------


def commit_bytes(
    tree: str, parent: str | None, *, author: str, when: datetime, message: str
) -> bytes:
    """Return a raw commit by the person with id *author*, at *when* in UTC.

    Raises:
        InputError: an id, time or message that a commit cannot carry.
    """
    if not re.fullmatch(r"[^\s<>\x00-\x1f\x7f]+", author):
        raise InputError(f"{author!r} cannot be the id of a person")
    if when.tzinfo is None or when < datetime.fromtimestamp(0, UTC):
        raise InputError(f"{when.isoformat()} is not a time with a zone, after 1970")
    who = f"{author} <{author}@docctl.invalid> {int(when.timestamp())} +0000"
    parents = f"parent {parent}\n" if parent else ""
    text = f"tree {tree}\n{parents}author {who}\ncommitter {who}\n\n{message.rstrip()}\n"
    if "\0" in message:
        raise InputError("a message cannot hold a NUL character")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InputError("a message that is not Unicode text") from error


class Commit(NamedTuple):
    """One commit. `author` and `committer` are whole lines, as Git stores them."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: str
    committer: str
    time: datetime | None
    """The committer's claimed time in UTC; `None` where the line holds none."""

    message: str
    extra: tuple[tuple[str, str], ...] = ()
    """Every other header (name, value) in order: docctl writes none."""


def parse_commit(thing: Object) -> Commit:
    """Read a raw commit.

    Raises:
        DamagedStoreError: it lacks a tree, an author or a committer.
    """
    text = thing.data.decode("utf-8", "replace")
    if thing.kind == "commit" and (plain := _PLAIN.match(text)):
        tree, parent, author, committer = plain.groups()
        parents = (parent,) if parent else ()
        when = _claimed(committer)
        return Commit(thing.oid, tree, parents, author, committer, when, text[plain.end() :])
    return _parse_any(thing, text)


def _parse_any(thing: Object, text: str) -> Commit:
    head, _, message = text.partition("\n\n")
    # A line that begins with a space continues the header before it.
    headers = [line.partition(" ")[::2] for line in re.split(r"\n(?! )", head)]
    once: dict[str, str] = {}
    parents, extra = [], []
    for name, value in headers:
        if name == "parent":
            parents.append(value)
        elif name in {"tree", "author", "committer"} and name not in once:
            once[name] = value
        else:
            extra.append((name, value))
    if thing.kind != "commit" or len(once) != len(("tree", "author", "committer")):
        raise DamagedStoreError(f"object {thing.oid} is not a commit")
    time = _claimed(once["committer"])
    return Commit(
        thing.oid, **once, parents=tuple(parents), time=time, message=message, extra=tuple(extra)
    )


def _claimed(line: str) -> datetime | None:
    found = _TIME.search(line)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def write_all(file: int, data: bytes | memoryview) -> None:
    """Write every byte of *data*, however many calls it takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def answers(said: bytes, count: int) -> list[Object | None]:
    """Read so many answers of `git cat-file`.

    Raises:
        ValueError: they are not what was said, and nothing else.
    """
    found: list[Object | None] = []
    at = 0
    for _ in range(count):
        start = said.index(b"\n", at) + 1
        told = said[at : start - 1].decode("latin-1").split(" ")
        if told[-1].isdecimal():
            oid, kind, size = told
            at = start + int(size)
            found.append(Object(kind, said[start:at], oid))
            start = said.index(b"\n", at, at + 1) + 1
        elif told[-1] == "missing":
            found.append(None)
        else:
            raise ValueError
        at = start
    if at != len(said):
        raise ValueError
    return found
