"""The first part of the index: what registers show, and every event."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import chain, islice
from sqlite3 import Connection

from docctl.errors import StoreError
from docctl.model.access import ACCESS
from docctl.model.base import Word
from docctl.model.control import CONTROL
from docctl.store.index.items import Item, all_items, some_items
from docctl.store.index.rows import Intervals, rows
from docctl.store.index.schema import ORDERS
from docctl.store.index.touched import touched
from docctl.store.reading.ledger import Ledger
from docctl.store.reading.reader import Reader

#: How many items are written at a time.
_BATCH = 500


def update(connection: Connection, ledger: Ledger, *, old: str | None, new: str) -> None:
    """Bring people, register and events from commit *old* to *new*; all of it where there is none.

    Only the items that differ are read again, however far apart the commits are and whichever
    is the older one.
    """
    others = _others(ledger.reader, old, new)
    if others is None or (CONTROL in others and _intervals(ledger, new) != _known(connection)):
        _rebuild(connection, ledger, new)
        return
    for number in others:
        _remove(connection, number)
    if ACCESS in others:
        _write_people(connection, ledger, new)
    _write(connection, some_items(ledger.reader, new, sorted(others)))


def _others(reader: Reader, old: str | None, new: str) -> set[str] | None:
    """Return the items that differ, or nothing where the old commit is not to be had."""
    if old is not None:
        with suppress(StoreError):
            return touched(reader, old, new)
    return None


def _rebuild(connection: Connection, ledger: Ledger, commit: str) -> None:
    for statement in (
        # An order is made in one go at the end, from rows that lie there already.
        "DROP INDEX event_of",
        "DROP INDEX event_on",
        "DROP INDEX span_of",
        "DELETE FROM span",
        "DELETE FROM shown",
        "DELETE FROM event",
        "DELETE FROM interval",
    ):
        connection.execute(statement)
    rows_of = sorted(_intervals(ledger, commit))
    connection.executemany("INSERT INTO interval VALUES (?, ?, ?)", rows_of)
    _write_people(connection, ledger, commit)
    _write(connection, all_items(ledger.reader, commit))
    for statement in ORDERS:
        connection.execute(statement)


def _intervals(ledger: Ledger, commit: str) -> set[tuple[Word, str, int]]:
    """Return the months between reviews by document type, each from its first day on."""
    found: dict[tuple[Word, str], int] = {}
    latest: dict[Word, int] = {}
    dossier = ledger.dossier(commit, CONTROL)
    for revision in dossier.revisions if dossier else ():
        if revision.phase != "released" or revision.effective_on is None:
            continue
        since = revision.effective_on.isoformat()
        for kind in ledger.settings(commit, revision).types:
            if latest.get(kind.name) != kind.review_months:
                found[kind.name, since] = latest[kind.name] = kind.review_months
    return {(name, since, months) for (name, since), months in found.items()}


def _known(connection: Connection) -> set[tuple[Word, str, int]]:
    return set(connection.execute("SELECT type, since, months FROM interval"))


def _write_people(connection: Connection, ledger: Ledger, commit: str) -> None:
    people = ledger.authority(commit).persons.values()
    connection.execute("DELETE FROM person")
    # Names that the vault keeps stand in no other file: they are told when an entry is read.
    told = ((p.id, p.name) for p in people if p.named is None and not p.erased)
    connection.executemany("INSERT INTO person VALUES (?, ?)", told)


def _remove(connection: Connection, number: str) -> None:
    connection.execute("DELETE FROM span WHERE number = ?", (number,))
    connection.execute("DELETE FROM shown WHERE number = ?", (number,))
    connection.execute("DELETE FROM event WHERE item = ?", (number,))


def _write(connection: Connection, items: Iterator[Item]) -> None:
    intervals: Intervals = defaultdict(list)
    for name, since, months in sorted(_known(connection)):
        intervals[name].append((date.fromisoformat(since), months))
    made = (rows(item, intervals) for item in items if item.events)
    while batch := tuple(islice(made, _BATCH)):
        for table, insert in enumerate(_INSERT):
            connection.executemany(insert, chain.from_iterable(each[table] for each in batch))


#: One statement for each table of `Rows`.
_INSERT = (
    "INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO shown VALUES (?, ?, ?, ?)",
    "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
)
