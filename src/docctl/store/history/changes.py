"""Every change of `main` with the files that it touched, read in bulk, hashed again."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from docctl.errors import StoreError
from docctl.model.base import Digest
from docctl.store.history.differences import Differences, Loss, Oddity, Touched, TreeDifference
from docctl.store.history.objects import Objects
from docctl.store.layout import FILES
from docctl.store.objects import Commit, Object, parse_commit
from docctl.store.reading.reader import Reader

#: How many changes are compared at a time.
CHANGES = 256

#: How many changes' files are read at a time.
SOME = 32

#: Modes of entries that are files or symbolic links; others are not read.
_READABLE = frozenset({"100644", "100755", "120000"})

#: Attachments are read one by one, hashed and forgotten: they may be large.
_ATTACHMENT = f"/content/{FILES}"


class ChangedFile(NamedTuple):
    """A file that a change touched."""

    path: str
    mode: str
    """As Git writes it, `100644`; empty where the file is gone."""

    existed: bool
    """Whether the path was a file before."""

    digest: Digest = ""
    """The SHA-256 of its bytes; empty where it is gone or its object cannot be had."""

    data: bytes | None = None
    """Its bytes; nothing where there is no digest, and for attachments."""


class ChangedFiles(NamedTuple):
    """One change: its commit, and what differs from the commit before."""

    commit: Commit
    files: tuple[ChangedFile, ...]
    losses: tuple[Loss, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    gap: bool = False
    """Whether something before it was lost, so that it may show up here."""


@dataclass(frozen=True, slots=True)
class Line:
    """The commits of a history, oldest first, each the first parent of the next."""

    commits: tuple[Commit, ...]
    losses: tuple[Loss, ...] = ()
    """The commit at which it breaks off, so that what was before is unknown."""

    damaged: frozenset[str] = frozenset()
    """The ids of commits whose bytes are not what their name says."""


def line(reader: Reader, until: str, *, since: str | None = None) -> Line:
    """Return the history that leads to *until*, without what led to *since*.

    Of merged histories only the first parents count. Where *since* is no ancestor of *until*,
    the line goes back to the very beginning.
    """
    with suppress(StoreError):
        found = dict(Objects(reader).read("commit", reader.commit_ids(since, until)))
        damaged = frozenset(oid for oid, data in found.items() if data is None)
        commits = tuple(
            reader.commit(oid) if data is None else parse_commit(Object("commit", data, oid))
            for oid, data in found.items()
        )
        if _straight(commits, since, until):
            return Line(commits, damaged=damaged)
    return _backwards(reader, until, since)


def _straight(commits: Sequence[Commit], since: str | None, until: str) -> bool:
    ends = [since, *(commit.oid for commit in commits)]
    befores = zip(commits, ends, strict=False)
    return ends[-1] == until and all(
        commit.parents == ((before,) if before else ()) for commit, before in befores
    )


def _backwards(reader: Reader, until: str, since: str | None) -> Line:
    commits: list[Commit] = []
    oid: str | None = until
    while oid and oid != since:
        try:
            data = reader.read(oid)
            commit = parse_commit(Object("commit", data, oid))
        except StoreError:
            return Line(tuple(reversed(commits)), (Loss(oid, oid, missing=True),))
        if reader.format.make("commit", data).oid != oid:
            return Line(tuple(reversed(commits)), (Loss(oid, oid, missing=False),))
        commits.append(commit)
        oid = next(iter(commit.parents), None)
    return Line(tuple(reversed(commits)))


class History:
    """Reads changes, window by window."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._objects = Objects(reader)
        self._differences = Differences(self._objects, reader.format.width)

    def changes(self, line: Line, *, since: str | None = None) -> Iterator[ChangedFiles]:
        """Yield every change of *line*; *since* is the commit that its first one follows."""
        tree = self._reader.commit(since).tree if since else ""
        gap = bool(line.losses)
        rest = iter(line.commits)
        while window := list(islice(rest, CHANGES)):
            trees = [tree, *(commit.tree for commit in window)]
            found = self._differences.between(trees)
            found[0].gap |= gap
            tree, gap = trees[-1], False
            for commit, difference in zip(window, found, strict=True):
                if commit.oid in line.damaged:
                    difference.losses.append(Loss(commit.oid, commit.oid, missing=False))
            for start in range(0, len(window), SOME):
                end = start + SOME
                changes = list(self._read(window[start:end], found[start:end]))
                self._objects.expect(_wanted(found[end : end + SOME]))
                yield from changes

    def _read(
        self, commits: Sequence[Commit], found: Sequence[TreeDifference]
    ) -> Iterator[ChangedFiles]:
        blobs = dict(self._objects.read("blob", _wanted(found)))
        for commit, difference in zip(commits, found, strict=True):
            losses, oddities = difference.losses, difference.oddities
            files = tuple([self._file(one, blobs, losses) for one in sorted(difference.touched)])
            yield ChangedFiles(commit, files, tuple(losses), tuple(oddities), difference.gap)

    def _file(
        self, one: Touched, blobs: dict[str, bytes | None], losses: list[Loss]
    ) -> ChangedFile:
        if one.mode not in _READABLE:
            return ChangedFile(one.path, one.mode, one.existed)
        small = one.oid in blobs
        data = blobs[one.oid] if small else dict(self._objects.read("blob", [one.oid]))[one.oid]
        if data is None:
            losses.append(Loss(one.path, one.oid, one.oid in self._objects.missing))
            return ChangedFile(one.path, one.mode, one.existed)
        digest = sha256(data).hexdigest()
        return ChangedFile(one.path, one.mode, one.existed, digest, data if small else None)


def _wanted(found: Sequence[TreeDifference]) -> list[str]:
    """Return the ids of all files but attachments."""
    touched = (one for difference in found for one in difference.touched)
    return list(
        dict.fromkeys(
            one.oid for one in touched if one.mode in _READABLE and _ATTACHMENT not in one.path
        )
    )
