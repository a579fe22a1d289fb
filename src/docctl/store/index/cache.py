"""The file of the index: opened when it is needed, replaced when it is damaged, never required."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection
from typing import TypeVar

from docctl.store.index.schema import SCHEMA, create, transaction, whole

T = TypeVar("T")

#: An index in no file at all.
MEMORY = Path(":memory:")

#: A file of which SQLite says this is thrown away. `ERROR` is what a missing table gives.
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

#: Memory for pages in KiB; what does not fit is written before its time.
_CACHE_KIB = 64 * 1024


class Cache:
    """A SQLite file that may vanish, be damaged, locked, read-only or full: nobody notices.

    There is one file and never another beside it: SQLite's journals lie under a fixed name, and
    would be taken for those of a file that somebody else puts in the place of a deleted one.
    Instead the file says of itself when it is unfinished, and such a file is made anew.
    """

    def __init__(self, path: Path, *, boot: str, patience: float) -> None:
        """Look at nothing yet.

        *boot* names this run of the machine: nothing is flushed, and a file of an earlier run,
        which may have lost something, is made anew. Where *boot* is empty, every writing is
        flushed. *patience* is how many seconds another process is waited for.
        """
        self.boot = boot
        self._path = path
        self._patience = patience
        self._connection: Connection | None = None
        self._inode = 0

    def ask(self, question: Callable[[Connection], T]) -> T:
        """Return what *question* answers on a connection outside any transaction.

        It is asked again on a new file where this one is damaged, and at last in memory.
        """
        try:
            return self._asked(question)
        except sqlite3.Error as error:
            self._mend(error)
        try:
            return self._asked(question)
        except sqlite3.Error:
            self._path = MEMORY
        return self._asked(question)

    def _asked(self, question: Callable[[Connection], T]) -> T:
        try:
            if self._connection is None:
                self._connection = self._opened()
            return question(self._connection)
        except BaseException:
            self.close()  # and with it whatever it has locked or begun
            raise

    def exists(self) -> bool:
        """Tell whether there is a file."""
        return self._path != MEMORY and self._path.exists()

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def trust(self, boots: Collection[str]) -> None:
        """Refuse what was written in another run of the machine than this one.

        Raises:
            DatabaseError: something was.
        """
        if not {*boots} <= {self.boot}:
            raise sqlite3.DatabaseError("written before the machine was started")

    @contextmanager
    def writing(self, connection: Connection) -> Iterator[None]:
        """Let the block change the tables, which are there then, and nobody else meanwhile.

        Raises:
            DatabaseError: the file is not ours, or somebody died while writing it.
        """
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        with transaction(connection, "IMMEDIATE"):
            if not whole(connection) and not _empty(connection):
                raise sqlite3.DatabaseError("unfinished, or not an index of this version")
            connection.execute("PRAGMA user_version = 0")
        with transaction(connection, "IMMEDIATE"):
            if _empty(connection):
                create(connection)
            yield
        with transaction(connection, "IMMEDIATE"):
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("PRAGMA locking_mode = NORMAL")
        whole(connection)  # only whoever reads lets go of the lock

    def _opened(self) -> Connection:
        if self._path.is_symlink():
            raise sqlite3.DatabaseError("a link: what lies at its end is not ours to write")
        connection = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None)
        if self._path != MEMORY:
            self._inode = self._path.stat().st_ino
        for setting in (
            "journal_mode = OFF",
            f"synchronous = {'OFF' if self.boot else 'FULL'}",
            f"cache_size = -{_CACHE_KIB}",
            # What a record said must not outlive it on a page that nobody uses any more.
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {setting}")
        return connection

    def _mend(self, error: sqlite3.Error) -> None:
        # What SQLite did not say itself we found out by looking at what stands in the file.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _BUSY:
            self._path = MEMORY
        elif code in _DAMAGED:
            self._discard()

    def _discard(self) -> None:
        """Remove the file, unless another process has put a new one in its place already."""
        with suppress(OSError):
            if self._path.stat().st_ino == self._inode:
                self._path.unlink()


def _empty(connection: Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
