"""The only way to change a store: one commit on one branch, or nothing."""

import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NoReturn, Self

from docctl.errors import NotFoundError, OvertakenError, StoreError
from docctl.store.disk import disk_errors
from docctl.store.git import Git
from docctl.store.objects import Object, commit_bytes
from docctl.store.reading.reader import Reader
from docctl.store.trees import TreeWriter
from docctl.store.writing.branch import Branch
from docctl.store.writing.journal import Entry, Journal, Unflushed, flush_path
from docctl.store.writing.lock import WriterLock
from docctl.store.writing.packs import Row

Durability = Literal["journal", "none"]

_JOURNALS = MappingProxyType({"journal": Journal, "none": Unflushed})

#: How long to wait for another writer, in seconds.
PATIENCE = 30.0

#: From this size in bytes, or this many objects, a change is flushed by itself: the journal would
#: only write it twice.
LARGE = 1 << 20
MANY = 512

#: How many packs checkpoints may leave before Git makes one of them.
PACKS = 50

#: How often a change is made anew because somebody was faster.
ROUNDS = 10


class Unset(Enum):
    """The value of `expected` where any head will do."""

    UNSET = "unset"


UNSET = Unset.UNSET


@dataclass(frozen=True, slots=True)
class Landed:
    """A change that is in the store and will stay there."""

    commit: str
    tree: str
    parent: str | None
    blobs: Mapping[str, str]
    """The id of each file that was written, by its path."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What a commit says besides its files."""

    message: str
    author: str
    when: datetime


class Store:
    """The files of one library, as bytes by path. A handle belongs to one thread and process."""

    def __init__(
        self, git: Git, *, durability: Durability = "journal", patience: float = PATIENCE
    ) -> None:
        """Use `create` or `open`."""
        self._git = git
        self._owner: tuple[int, int] | None = (os.getpid(), threading.get_ident())
        journal = _JOURNALS[durability](git.git_dir)
        self._branch = Branch(git, journal, WriterLock(git.git_dir, patience=patience))
        self._trees = TreeWriter(self._branch.reader)
        self._branch.wake()

    @classmethod
    def create(
        cls, path: Path, *, object_format: str = "sha1", durability: Durability = "journal"
    ) -> Self:
        """Make an empty store at *path*, where nothing may be yet.

        Raises:
            StoreError: there is something at *path*, or Git is missing.
        """
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise StoreError(f"there is something at {path} already")
        with disk_errors():
            git = Git.init(path, object_format=object_format)
            (git.git_dir / "docctl").mkdir()
            Journal(git.git_dir).reset(None)
            for below in (*git.git_dir.rglob("*"), git.git_dir, git.git_dir.parent):
                flush_path(below)
        return cls(git, durability=durability)

    @classmethod
    def open(
        cls, path: Path, *, durability: Durability = "journal", patience: float = PATIENCE
    ) -> Self:
        """Open the store at *path*; what a crash or power cut has taken is brought back first.

        *patience* is how many seconds a change waits for another writer.

        Raises:
            NotFoundError: there is no store at *path*.
            NewerFormatError: a newer docctl writes there.
            DiskError: an acknowledged change is missing and cannot be written back.
        """
        git = Git(path)
        if not (git.git_dir / "objects").is_dir():
            raise NotFoundError(f"store at {path}")
        return cls(git, durability=durability, patience=patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or sent to another process."""
        raise StoreError("a store cannot be copied or pickled", hint="open it again by its path")

    def close(self) -> None:
        """End the Git processes and let go of the lock; the handle cannot be used any more."""
        self._git.close()
        self._branch.lock.close()
        self._owner = None

    def _usable(self) -> Branch:
        if self._owner != (os.getpid(), threading.get_ident()):
            raise StoreError(
                "this handle is closed, or belongs to another thread or process",
                hint="open the store again where it is used",
            )
        return self._branch

    # --- reading -----------------------------------------------------------------------------

    @property
    def reader(self) -> Reader:
        """Everything that can be read; damage is healed from the journal where that is possible."""
        return self._usable().reader

    def head(self) -> str | None:
        """Return the commit that `main` points at, `None` while there is none."""
        return self.reader.head()

    # --- writing -----------------------------------------------------------------------------

    def land(
        self,
        files: Mapping[str, bytes | None],
        *,
        message: str,
        author: str,
        when: datetime,
        expected: str | Unset | None = UNSET,
        recheck: Callable[[str | None], None] | None = None,
    ) -> Landed:
        """Write *files* (`None` deletes one) as one commit on the head, or change nothing.

        Returned means durable: no power cut takes the change back. *expected* is the head that
        the change was made for. Where the store has moved on, *recheck* is called with the new
        head; unless it raises, the same files land there. *author* is a person id, *when* has a
        time zone.

        Raises:
            RefusedError: what *recheck* raises.
            OvertakenError: the head is not the expected one, and nobody could recheck.
            PathError, InputError: a path, message, author or time that a store cannot hold.
            LockedError: another writer, or another program's lock, does not go away.
            DiskError: the disk is full or failing.
        """
        branch = self._usable()
        words = _Words(message, author, when)
        with disk_errors():
            blobs = {path: self._blob(data) for path, data in files.items()}
            with branch.lock:
                branch.journal.refresh()
                branch.journal.amend(branch.reader.head)
                if expected is UNSET:
                    expected, recheck = branch.reader.head(), recheck or _accept
                return self._rounds(blobs, words, seen=expected, recheck=recheck or _refuse)

    def maintain(self) -> None:
        """Tidy up, away from the writing: take a checkpoint and let Git pack what has piled up.

        Nothing that Git could still need is thrown away; call it as often as you like.
        """
        branch = self._usable()
        with disk_errors():
            with branch.lock:
                branch.journal.refresh()
                if not branch.journal.empty:
                    branch.checkpoint()
            self._git.run("gc", "--auto", "--quiet")

    def _blob(self, data: bytes | None) -> Object | None:
        return None if data is None else self._git.format.make("blob", data)

    def _rounds(
        self,
        blobs: Mapping[str, Object | None],
        words: _Words,
        *,
        seen: str | None,
        recheck: Callable[[str | None], None],
    ) -> Landed:
        for _ in range(ROUNDS):
            head = self._branch.reader.head()
            if head != seen:
                recheck(head)
                seen = head
            landed = self._attempt(head, blobs, words)
            if landed is not None:
                return landed
        raise OvertakenError("the store")

    def _attempt(
        self, head: str | None, blobs: Mapping[str, Object | None], words: _Words
    ) -> Landed | None:
        """Make the change on *head*; return `None` if the head moved meanwhile."""
        ids = {path: blob and blob.oid for path, blob in blobs.items()}
        reader, packs = self._branch.reader, self._branch.packs
        tree, folders = self._trees.grow(head and reader.commit(head).tree, ids)
        raw = commit_bytes(tree, head, author=words.author, when=words.when, message=words.message)
        commit = self._git.format.make("commit", raw)
        rows = tuple(map(Row.of, (*filter(None, blobs.values()), *folders, commit)))
        large = len(rows) > MANY or sum(len(row.data) for row in rows) > LARGE
        if large:
            packs.write(rows, flush=self._branch.journal.flush)
        else:
            packs.note(commit.oid, rows)
        # What has been flushed is durable already: the journal need not keep it.
        if not self._commit(Entry(head, commit.oid, () if large else rows)):
            return None
        reader.remember(commit)
        written = {path: oid for path, oid in ids.items() if oid}
        return Landed(commit.oid, tree, head, MappingProxyType(written))

    def _commit(self, entry: Entry) -> bool:
        """Make the objects durable and move the head, in this order."""
        branch, journal = self._branch, self._branch.journal
        journal.adopt(entry.old)
        try:
            journal.append(entry)
            moved = branch.move(entry.old, entry.new)
        except BaseException as error:
            if branch.reader.head() != entry.new:
                journal.withdraw(entry.new)
                raise
            if not isinstance(error, Exception):
                raise
            moved = True  # it was only the tidying up that failed
        if not moved:
            journal.withdraw(entry.new)
            branch.packs.forget(entry.new)
        elif journal.full:
            with suppress(OSError, StoreError):  # the change is safe; the next one tries again
                branch.checkpoint()
                self._pack_together()
        return moved

    def _pack_together(self) -> None:
        """Let Git pack what checkpoints have piled up, behind our back: nobody waits for it."""
        if self._branch.packs.count() > PACKS:
            limits = ("-c", f"gc.autoPackLimit={PACKS}", "-c", "gc.autoDetach=true")
            self._git.run(*limits, "gc", "--auto", "--quiet")


def _accept(_: str | None) -> None:
    """Any head will do."""


def _refuse(_: str | None) -> NoReturn:
    raise OvertakenError("the store")
