"""The parts of the index, and what brings each of them to the commit that it is asked about."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from types import MappingProxyType
from typing import TypeVar

from docctl.store.index import documents, links, texts
from docctl.store.index.cache import Cache
from docctl.store.index.records import filling
from docctl.store.index.schema import transaction, whole
from docctl.store.reading.ledger import Ledger
from docctl.store.writing.lock import boot_id

T = TypeVar("T")

#: The part of the index that knows documents, and the one that knows records.
DOCUMENTS, RECORDS = "documents", "records"

Update = Callable[[Connection, Ledger, str | None, str], bool]
"""Brings a part from one commit, or nothing, to another; tells whether it is whole then."""

#: The part that follows no commit: what was found in texts, wherever they stand.
REPORTS = "reports"


def _documents(connection: Connection, ledger: Ledger, old: str | None, new: str) -> bool:
    documents.update(connection, ledger, old=old, new=new)
    return True


def _records(connection: Connection, ledger: Ledger, old: str | None, new: str) -> bool:
    filling.update(connection, ledger, old=old, new=new)
    return True


def _texts(connection: Connection, ledger: Ledger, _: str | None, __: str) -> bool:
    texts.follow(connection, ledger.reader)
    return True


def _links(connection: Connection, ledger: Ledger, _: str | None, new: str) -> bool:
    links.follow(connection, ledger.reader, ledger.world(new).control)
    return True


#: What brings each part to a commit, and which other part it is made from.
PARTS: Mapping[str, tuple[Update, str]] = MappingProxyType(
    {
        DOCUMENTS: (_documents, ""),
        RECORDS: (_records, ""),
        "texts": (_texts, DOCUMENTS),
        "links": (_links, DOCUMENTS),
    }
)


class Parts:
    """The index in one file, a part of which comes to a commit before a question is asked of it."""

    def __init__(self, path: Path, ledger: Ledger, *, patience: float) -> None:
        """Keep the parts in a file, or in memory; nothing is opened yet. See `Cache`."""
        self.cache = Cache(path, boot=boot_id(), patience=patience)
        self._ledger = ledger

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        self.cache.close()

    def ask(
        self,
        head: str,
        question: Callable[[Connection], T],
        *,
        part: str = DOCUMENTS,
        update: Update | None = None,
    ) -> T:
        """Return what *question* answers once a part has come to a commit.

        *part* names one of the table; with *update* it is one that says itself how it follows.
        """
        made, base = PARTS[part] if update is None else (update, RECORDS)
        steps = {**({base: PARTS[base][0]} if base else {}), part: made}
        return self.cache.ask(partial(self._answer, head, question, steps))

    def reached(self, connection: Connection, head: str) -> set[str]:
        """Return the names of the parts that have come to a commit.

        Raises:
            DatabaseError: one of them was written before the machine was started.
        """
        parts = connection.execute("SELECT name, head, boot FROM part").fetchall()
        self.cache.trust({boot for _, _, boot in parts})
        return {name for name, at, _ in parts if at == head}

    def _answer(
        self,
        head: str,
        question: Callable[[Connection], T],
        steps: Mapping[str, Update],
        connection: Connection,
    ) -> T:
        with transaction(connection, "DEFERRED"):
            if whole(connection) and steps.keys() <= self.reached(connection, head):
                return question(connection)
        with self.cache.writing(connection):
            # Another process may have been faster than our lock.
            self._catch_up(connection, head, steps)
            return question(connection)

    def _catch_up(self, connection: Connection, head: str, steps: Mapping[str, Update]) -> None:
        for name, update in steps.items():
            if name in self.reached(connection, head):
                continue
            last = connection.execute("SELECT head FROM part WHERE name = ?", (name,))
            old, *_ = last.fetchone() or (None,)
            if update(connection, self._ledger, old, head):
                row = (name, head, self.cache.boot)
                connection.execute("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", row)
