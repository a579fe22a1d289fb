"""The write-ahead journal: one append and one flush make a change durable.

A change's objects are written as a small pack and its ref is moved without waiting for the disk.
Before the ref moves, everything is appended here and flushed once. After a power cut whatever is
missing is brought back from here (`branch.Branch.checkpoint`). A checkpoint moves the content of
many changes into one pack.

The file is a chain of frames (`frames`). The first tells where and when the journal began, every
other is one change.
"""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from docctl.errors import NewerFormatError
from docctl.store.objects import write_all
from docctl.store.writing.frames import (
    ENDING,
    NOTHING,
    Frame,
    data_of,
    framed,
    frames_after,
    last_frame,
    read_after,
)
from docctl.store.writing.lock import HOST, boot_id
from docctl.store.writing.packs import Row

#: The format of the file, see `NewerFormatError`.
VERSION = 1

#: A checkpoint is due after so many changes, or so many bytes.
FULL_CHANGES = 128
FULL_BYTES = 4 << 20

# Enough to tell one journal from the next: the salt comes first.
_BEGINNING = 64


class Entry(NamedTuple):
    """One change: the head before and after it, and the objects that it brought."""

    old: str | None
    new: str
    rows: tuple[Row, ...]


def flush(file: int) -> None:
    """Wait until everything written to *file* (or a folder) is on the disk."""
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is None:
        os.fsync(file)
    else:  # macOS: fsync stops at the cache of the drive
        fcntl.fcntl(file, full)


def flush_path(path: Path, wait: Callable[[int], None] = flush) -> None:
    """Flush the file or folder at *path*; where there is none, nothing is to be done."""
    with suppress(FileNotFoundError):
        file = os.open(path, os.O_RDONLY)
        try:
            wait(file)
        finally:
            os.close(file)


class Journal:
    """The journal of one store. Only who holds the writer's lock may change it."""

    def __init__(self, git_dir: Path) -> None:
        self._path = git_dir / "docctl" / "journal"
        self._ends = b"", b""
        self._withdrawn = ""
        self._first = self._last = self._before_last = NOTHING

    # --- what it says ------------------------------------------------------------------------

    @property
    def tip(self) -> str | None:
        """The head that is durable: the last change, or where the journal began."""
        tip: str | None = self._last.facts.get("new")
        return tip

    @cached_property
    def boot(self) -> str:
        """What names this run of the machine: see `boot_id`."""
        return boot_id()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to bring back."""
        return self._last.end == self._first.end

    @property
    def full(self) -> bool:
        """Whether a checkpoint is due."""
        return self._last.facts.get("number", 0) >= FULL_CHANGES or self._last.end >= FULL_BYTES

    @property
    def interrupted(self) -> bool:
        """Whether the machine may have stopped since, so that what was not flushed is lost."""
        return not self.boot or self._first.facts.get("boot") != self.boot

    @property
    def local(self) -> bool:
        """Whether it was begun on this machine."""
        return self._first.facts.get("host") == HOST

    def refresh(self) -> None:
        """See what others have written; cheap where there is nothing new.

        Raises:
            NewerFormatError: a newer docctl writes here.
        """
        with suppress(FileNotFoundError), self._opened(os.O_RDONLY) as file:
            size = os.fstat(file).st_size
            ends = os.pread(file, _BEGINNING, 0), os.pread(file, ENDING, max(0, size - ENDING))
            if ends != self._ends or size != self._last.end:
                self._first = read_after(file, NOTHING) or NOTHING
                self._last = last_frame(file, size, self._first)
                self._ends = ends
                found = self._first.facts.get("v", VERSION)
                if found > VERSION:
                    raise NewerFormatError(found, VERSION)
            return
        self._first = self._last = NOTHING

    def entries(self) -> list[Entry]:
        """Return every change since the last checkpoint, oldest first."""
        if self.empty:
            return []
        with self._opened(os.O_RDONLY) as file:
            return [self._entry(file, frame) for frame in frames_after(file, self._first)]

    def _entry(self, file: int, frame: Frame) -> Entry:
        words = frame.facts["rows"].split()
        oids, ends = words[::2], [0, *accumulate(map(int, words[1::2]))]
        data = data_of(file, frame, ends[-1])
        rows = map(Row, oids, (data[start:end] for start, end in pairwise(ends)))
        return Entry(frame.facts["old"], frame.facts["new"], tuple(rows))

    # --- what is written ---------------------------------------------------------------------

    def flush(self, file: int) -> None:
        """Wait until a file or folder is on the disk."""
        flush(file)

    def adopt(self, head: str | None) -> None:
        """Make sure of *head*, on which the next change will stand.

        Where it is not the last change in here somebody else made it, perhaps without a flush.
        """
        known = head == self.tip and not self.interrupted
        if not known:
            os.sync()
            if self.empty:
                self.reset(head)

    def append(self, entry: Entry) -> None:
        """Write *entry* and wait until it is on the disk, or leave the journal as it was."""
        facts = {
            "number": self._last.facts["number"] + 1,
            "old": entry.old,
            "new": entry.new,
            "rows": " ".join(f"{row.oid} {len(row.data)}" for row in entry.rows),
        }
        data = [row.data for row in entry.rows]
        whole, frame = framed(self._last, facts, data)
        self._before_last = self._last
        try:
            with self._opened(os.O_RDWR) as file:
                if os.lseek(file, 0, os.SEEK_END) > self._last.end:  # a frame that was cut off
                    os.ftruncate(file, self._last.end)
                    os.lseek(file, 0, os.SEEK_END)
                write_all(file, whole)
                self.flush(file)
            self._last, self._ends = frame, (self._ends[0], whole[-ENDING:])
        except BaseException:
            self._last = frame
            self.withdraw(entry.new)
            raise

    def withdraw(self, commit: str) -> None:
        """Take the last entry back if it is that of *commit*, which has not been landed."""
        self._withdrawn = commit
        if not self.empty and self.tip == commit:
            self._last = self._before_last
            with suppress(OSError), self._opened(os.O_RDWR) as file:
                os.ftruncate(file, self._last.end)
                self.flush(file)
                self._withdrawn = ""

    def amend(self, head: Callable[[], str | None]) -> None:
        """Withdraw again what could not be withdrawn because the disk failed."""
        if self._withdrawn and self._withdrawn != head():
            self.withdraw(self._withdrawn)

    def reset(self, head: str | None) -> None:
        """Begin anew at *head*: all that was in here is on the disk elsewhere."""
        facts = {
            "salt": secrets.token_hex(8),
            "v": VERSION,
            "number": 0,
            "new": head,
            "boot": self.boot,
            "host": HOST,
        }
        whole, frame = framed(NOTHING, facts, [])
        known = self._path.exists()
        with self._opened(os.O_RDWR | os.O_CREAT) as file:
            os.ftruncate(file, 0)
            write_all(file, whole)
            self.flush(file)
        if not known:
            flush_path(self._path.parent, self.flush)
            flush_path(self._path.parent.parent, self.flush)
        self._first = self._last = self._before_last = frame

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        file = os.open(self._path, flags | os.O_NOFOLLOW, 0o666)
        try:
            yield file
        finally:
            os.close(file)


class Unflushed(Journal):
    """For tests and benchmarks: nothing waits for the disk, and a power cut may lose changes."""

    #: Whoever does wait takes it for one of another boot, and trusts nothing that is on the disk.
    boot = ""

    def flush(self, file: int) -> None:
        """Do not wait."""

    def adopt(self, head: str | None) -> None:
        """Do not wait."""
        if self.empty:
            self.reset(head)
