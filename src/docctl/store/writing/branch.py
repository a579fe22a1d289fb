"""The branch `main`: moved by compare-and-swap, and brought forward again after a crash."""

import errno
import os
import time
from contextlib import suppress
from typing import IO

from docctl.errors import DamagedStoreError, DiskError, GitError, LockedError
from docctl.store.git import BRANCH, SILENCE, Git
from docctl.store.objects import write_all
from docctl.store.reading.reader import Reader
from docctl.store.writing.journal import Entry, Journal, flush_path
from docctl.store.writing.lock import WriterLock, clear_ref_locks
from docctl.store.writing.packs import Packs

#: How long a lock of another program on the branch is waited for, in seconds.
PATIENCE = 2.0

_POLL = 0.02

# A file system without hard links, or a backend that keeps refs elsewhere.
_NOT_HERE = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.ENOENT, errno.ENOTDIR}
)


class Branch:
    """What stands between a commit and the head: the ref, the journal and the writer's lock."""

    def __init__(self, git: Git, journal: Journal, lock: WriterLock) -> None:
        self.journal = journal
        self.lock = lock
        self.packs = Packs(git.git_dir / "objects" / "pack", git.format)
        self.reader = Reader(git, heal=self.heal)
        self._git = git
        self._ref = git.git_dir / BRANCH
        self._logs = git.git_dir / "logs"
        self._ref_lock = git.git_dir / f"{BRANCH}.lock"
        self._draft = git.git_dir / "docctl" / "ref"
        self._healing = False

    def move(self, old: str | None, new: str) -> bool:
        """Move the head from *old* to *new*; return whether it still stood at *old*.

        Raises:
            LockedError: another program keeps its lock on the branch.
            GitError: Git refuses for another reason.
        """
        deadline = time.monotonic() + PATIENCE
        attempt = self._swap if self._plain() else self._ask_git
        while (moved := attempt(old, new)) is None:
            if time.monotonic() > deadline:
                raise LockedError(
                    str(self._ref_lock), "another program holds it, or has died with it"
                )
            time.sleep(_POLL)
        return moved

    def _plain(self) -> bool:
        """Whether the ref is one file, and nothing else has to be written with it."""
        return not (self._logs.exists() or self._ref.is_symlink())

    def _swap(self, old: str | None, new: str) -> bool | None:
        """Lock, compare and rename in process, as Git does; return `None` while it is locked.

        The lock is a hard link to a draft of ours: it is never empty, and should we die, the next
        writer sees whose it is, sweeps both away and tries again.
        """
        try:
            draft = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            try:
                write_all(draft, f"{new}\n".encode())
            finally:
                os.close(draft)
            self._ref_lock.hardlink_to(self._draft)
            if self.reader.head() != old:
                return False
            self._ref_lock.rename(self._ref)
        except FileExistsError:
            return None
        except OSError as error:
            if error.errno in _NOT_HERE:
                return self._ask_git(old, new)
            raise
        finally:
            self._sweep()
        return True

    def _sweep(self) -> None:
        """Remove the draft, and the lock if it is the same file: ours, or a dead writer's."""
        with suppress(FileNotFoundError):
            if self._ref_lock.samefile(self._draft):
                self._ref_lock.unlink()
        self._draft.unlink(missing_ok=True)

    def _ask_git(self, old: str | None, new: str) -> bool | None:
        """Let `git update-ref` do it, whatever the backend; return `None` while it is locked."""
        self.lock.moving(new)
        expected = old or "0" * len(new)
        request = f"start\nupdate {BRANCH} {new} {expected}\ncommit\n"
        try:
            self._git.update_ref.exchange(request.encode(), _both_done)
        except GitError as error:
            if error.answer == SILENCE:  # it was killed, and cannot tidy up after itself
                clear_ref_locks(self._git.git_dir, new)
            head = self.reader.head()
            if head == old and error.answer != SILENCE and ".lock" not in error.answer:
                raise
            return None if head == old else head == new
        return True

    # --- after a crash -----------------------------------------------------------------------

    def wake(self) -> None:
        """Bring back what a crash or power cut has taken; cheap where nothing has happened.

        Raises:
            DiskError: an acknowledged change is missing and cannot be written back.
        """
        self.journal.refresh()
        if not self._unfinished():
            return
        try:
            with self.lock:
                self.journal.refresh()
                self.checkpoint()
        except OSError as error:  # a medium that we may only read
            if self.reader.head() != self.journal.tip:
                raise DiskError(error.strerror or str(error)) from error

    def _unfinished(self) -> bool:
        journal = self.journal
        return not journal.empty and (journal.interrupted or journal.tip != self.reader.head())

    def heal(self) -> bool:
        """Bring back objects and head from the journal; return whether it held anything."""
        self.journal.refresh()
        if self._healing or self.journal.empty:
            return False
        self._healing = True
        try:
            with suppress(OSError), self.lock:
                self.journal.refresh()
                self.checkpoint()
                return True
        finally:
            self._healing = False
        return False

    def checkpoint(self) -> None:
        """Make everything durable without the journal, and begin it anew. The lock must be held.

        Every step may be the last before a crash: doing all of it again gives the same.
        """
        entries = self.journal.entries()
        rows = [row for entry in entries for row in entry.rows]
        if rows:
            noted = (entry.new for entry in entries)
            self.packs.write(rows, flush=self.journal.flush, instead_of=noted)
        if self.journal.interrupted:
            self.packs.sweep()
        if entries:
            self._advance(entries)
        self._flush_ref()
        head = self.reader.head()
        self.journal.adopt(head)
        self.journal.reset(head)

    def _advance(self, entries: list[Entry]) -> None:
        """Move the head to the last change, unless somebody has gone on from elsewhere."""
        tip = entries[-1].new
        if self.journal.interrupted and self.journal.local:
            clear_ref_locks(self._git.git_dir, tip)
        try:
            head = self.reader.head()
        except DamagedStoreError:  # a file that was named, but never filled
            self._ref.unlink()
            head = self.reader.head()
        known = {None, *(entry.old for entry in entries), *(entry.new for entry in entries)}
        if head != tip and (head in known or self._precedes(head, tip)):
            self.move(head, tip)

    def _precedes(self, head: str | None, tip: str) -> bool:
        try:
            self._git.run("merge-base", "--is-ancestor", values=[head or tip, tip])
        except GitError:
            return False
        return True

    def _flush_ref(self) -> None:
        """Flush the ref in whatever backend it lies, and the folders above it."""
        root = self._git.git_dir
        places = ("refs/heads", "refs", "packed-refs", "reftable", ".")
        for path in (self._ref, *root.glob("reftable/*"), *(root / place for place in places)):
            with suppress(NotADirectoryError):
                flush_path(path, self.journal.flush)


def _both_done(out: IO[bytes]) -> None:
    if out.readline() != b"start: ok\n" or out.readline() != b"commit: ok\n":
        raise EOFError
