"""The file of the index: opened when it is needed, replaced when it is damaged, never required."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection
from typing import TypeVar

from docctl.store.index.schema import SCHEMA, create, transaction

T = TypeVar("T")

_MEMORY = ":memory:"

#: A file of which SQLite says this is thrown away. `ERROR` is what a missing table gives.
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})

#: Memory for pages in KiB: so much is changed at a time before others must wait.
_CACHE_KIB = 64 * 1024

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class Cache:
    """A SQLite file that may vanish, be damaged, locked, read-only or full: nobody notices.

    There is one file and no other beside it but while it is written: whoever deletes it while
    other processes have it open disturbs none of them.
    """

    def __init__(self, path: Path, *, boot: str, patience: float) -> None:
        """Look at nothing yet.

        *boot* names this run of the machine: nothing is flushed, so that a file written in an
        earlier run may have lost something and is not trusted. Where it is empty, SQLite flushes.
        *patience* is how many seconds another process is waited for.
        """
        self.boot = boot
        self._path = str(path)
        self._patience = patience
        self._connection: Connection | None = None
        self._inode = 0

    def ask(self, question: Callable[[Connection], T]) -> T:
        """Return what *question* answers on a connection outside any transaction.

        It is asked again on a new file where this one is damaged, and at last in memory.
        """
        try:
            return question(self._ready())
        except sqlite3.Error as error:
            self._mend(error)
        try:
            return question(self._ready())
        except sqlite3.Error:
            self._path = _MEMORY
            self.close()
        return question(self._ready())

    def trust(self, boots: set[str]) -> None:
        """Refuse a file that was written in another run of the machine.

        Raises:
            DatabaseError: it was.
        """
        if not boots <= {self.boot}:
            raise sqlite3.DatabaseError("written before the machine was started")

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _mend(self, error: sqlite3.Error) -> None:
        # What SQLite did not say itself we found out by looking at what stands in the file.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        self.close()
        if code in _BUSY:
            self._path = _MEMORY
        elif code in _DAMAGED:
            self._discard()

    def _discard(self) -> None:
        """Remove the file, unless another process has put a new one in its place already."""
        path = Path(self._path)
        try:
            if path.stat().st_ino == self._inode:
                path.unlink()
        except OSError:
            self._path = _MEMORY

    def _ready(self) -> Connection:
        if self._connection is None:
            self._connection = self._opened()
        return self._connection

    def _opened(self) -> Connection:
        connection = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: Connection) -> None:
        if self._path != _MEMORY:
            self._inode = Path(self._path).stat().st_ino
        connection.execute(f"PRAGMA synchronous = {'OFF' if self.boot else 'NORMAL'}")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        if not _known(connection):
            with transaction(connection, "IMMEDIATE"):
                if not _known(connection):  # another process may have been faster
                    create(connection)


def _known(connection: Connection) -> bool:
    """Return whether the tables are there, or nothing is.

    Raises:
        DatabaseError: it is a database of another kind or another version.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == SCHEMA:
        return True
    if version or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise sqlite3.DatabaseError("not an index of this version")
    return False
