"""Filling the tables of records from a commit: only what differs is read again."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby, islice, tee
from operator import itemgetter
from sqlite3 import Connection
from typing import NamedTuple

from docctl.errors import StoreError
from docctl.model.event import Signed
from docctl.model.records.record import RecordId
from docctl.rules.query import comparable
from docctl.rules.records import ArchiveItem, Record
from docctl.rules.records.chain import data_of, reason_of
from docctl.rules.records.record import Review, Started
from docctl.store.index.bulk import files_below, read_all
from docctl.store.index.records.said import forget
from docctl.store.index.schema import RECORD_ORDERS
from docctl.store.index.touched import touched_below
from docctl.store.layout import event_name, kept_folder
from docctl.store.reading.archive import after
from docctl.store.reading.events import read_event
from docctl.store.reading.ledger import Ledger
from docctl.store.reading.reader import Reader

#: How many records are written at a time.
_BATCH = 500

_DIGITS = re.compile("[0-9]+")

_INSERT = (
    "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO identifier VALUES (?, ?, ?, ?)",
    "INSERT INTO stamp VALUES (?, ?)",
    "INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
)

Row = tuple[str | float | None, ...]


class _Rows(NamedTuple):
    """What a record is in the tables `record`, `identifier`, `stamp` and `statement`."""

    record: tuple[Row, ...]
    identifiers: tuple[Row, ...]
    stamps: tuple[Row, ...]
    statements: tuple[Row, ...]


def update(connection: Connection, ledger: Ledger, *, old: str | None, new: str) -> None:
    """Bring the tables of records from commit *old* to *new*; all of it where there is none.

    What disposed records said is gone from the file afterwards.
    """
    others = _others(ledger.reader, old, new)
    if others is None:
        _rebuild(connection, ledger.reader, new)
        forget(connection)
        return
    keys = [key for number in others for key in _remove(connection, number)]
    write(connection, _some(ledger.reader, new, sorted(others)))
    forget(connection, keys)


def _others(reader: Reader, old: str | None, new: str) -> set[RecordId] | None:
    if old is not None:
        with suppress(StoreError):
            return touched_below(reader, "records", old, new)
    return None


def _rebuild(connection: Connection, reader: Reader, commit: str) -> None:
    for statement in RECORD_ORDERS:
        connection.execute(f"DROP INDEX {statement.split(' INDEX ')[1].split()[0]}")
    for table in ("record", "identifier", "stamp", "statement"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    write(connection, _every(reader, commit))
    for statement in RECORD_ORDERS:
        connection.execute(statement)


def _remove(connection: Connection, number: RecordId) -> list[str]:
    """Remove a record and return its key, if it is there."""
    found = connection.execute("SELECT key FROM record WHERE number = ?", (number,)).fetchall()
    for key in found:
        connection.execute("DELETE FROM identifier WHERE key = ?", key)
        connection.execute("DELETE FROM stamp WHERE number = ?", (number,))
        connection.execute("DELETE FROM statement WHERE number = ?", (number,))
        connection.execute("DELETE FROM record WHERE key = ?", key)
    return [key for (key,) in found]


def write(connection: Connection, records: Iterable[Record]) -> None:
    """Add records to the tables, which hold none of them."""
    made = map(_rows, records)
    while batch := tuple(islice(made, _BATCH)):
        for table, insert in enumerate(_INSERT):
            connection.executemany(insert, (row for each in batch for row in each[table]))


# --- from files to records ----------------------------------------------------------------------


def _every(reader: Reader, commit: str) -> Iterator[Record]:
    """Yield every record of a commit, read in bulk."""
    listed, ahead = tee(_events(files_below(reader, commit, ("records",), (".json",))))
    return _folded(listed, read_all(reader, (oid for _, _, oid in ahead)))


def _some(reader: Reader, commit: str, numbers: Iterable[RecordId]) -> Iterator[Record]:
    """Yield those of these records that a commit holds."""
    places = (kept_folder("records", number) for number in numbers)
    found = ((place, reader.entry(commit, place)) for place in places)
    files = (file for place, one in found if one for file in reader.walk(one.oid, f"{place}/"))
    listed, ahead = tee(_events(files))
    return _folded(listed, reader.read_many(oid for _, _, oid in ahead))


_Event = tuple[RecordId, str, str]
"""Of which record, where it lies, and its id."""


def _events(files: Iterable[tuple[str, str]]) -> Iterator[_Event]:
    """Keep the events of records, in the order of each; others lie where nothing should be."""
    for above, group in groupby(files, key=lambda one: one[0].rpartition("/")[0]):
        folder, _, last = above.rpartition("/")
        number = folder.rpartition("/")[2]
        if last == "events" and folder == kept_folder("records", number):
            named = ((event_name(path.rpartition("/")[2]), path, oid) for path, oid in group)
            kept = [(name.seq, path, oid) for name, path, oid in named if name and _json(path)]
            yield from ((number, path, oid) for _, path, oid in sorted(kept))


def _json(path: str) -> bool:
    return path.endswith(".json")


def _folded(listed: Iterable[_Event], data: Iterator[bytes]) -> Iterator[Record]:
    for number, group in groupby(listed, key=itemgetter(0)):
        kept: ArchiveItem | None = None
        for _, path, _ in group:
            kept = after(kept, read_event(next(data), path), f"records: {number}")
        if isinstance(kept, Record):
            yield kept


# --- from records to rows -----------------------------------------------------------------------


def _rows(record: Record) -> _Rows:
    key = key_of(record.captured_on, record.number)
    return _Rows(
        (_row(record, key),),
        tuple((key, name, *comparable(value)) for name, value in _answers(record).items()),
        tuple((hold, record.number) for hold in record.holds),
        tuple(
            _statement(record.number, place, signed)
            for place, signed in enumerate(record.chain.events)
        ),
    )


def _answers(record: Record) -> Mapping[str, str]:
    """Return what the history knows of a record by name: its identifiers, and where it is kept."""
    return {**record.place, **record.identifiers}


def _statement(number: RecordId, place: int, signed: Signed) -> Row:
    event, data = signed.event, data_of(signed)
    happened = getattr(data, "event_on", None)
    return (
        number,
        place,
        event.type,
        event.signer,
        event.time.isoformat(),
        event.date.isoformat(),
        reason_of(signed),
        happened.isoformat() if happened else None,
        getattr(data, "entered_for", None),
    )


def key_of(captured_on: date, number: RecordId) -> str:
    """Return what records are sorted by: the day of capture, and numbers as people count."""
    zeros = "".join(str(len(one) - len(one.lstrip("0"))) for one in _DIGITS.findall(number))
    return f"{captured_on.toordinal():07d}{_DIGITS.sub(_counted, number)}~{zeros}"


def _counted(found: re.Match[str]) -> str:
    """Return digits so that a longer number comes later: its length before it."""
    plain = found[0].lstrip("0")
    return f"{len(plain):02d}{plain}"


def _row(record: Record, key: str) -> Row:
    closed = record.closed
    return (
        key,
        record.number,
        record.form,
        record.form_revision,
        record.form_content,
        record.retention,
        record.status,
        record.event_on.isoformat(),
        record.captured_on.isoformat(),
        closed.on.isoformat() if closed else None,
        closed.entered.isoformat() if closed else None,
        record.captured.event.signer,
        data_of(record.captured).entered_for,
        record.subject,
        _json_of({name: _days(one) for name, one in record.facts.items()}),
        _json_of(sorted(record.holds)),
        _json_of(dict(record.identifiers)),
        record.remains.commitment
        if record.remains
        else record.stubs[-1].commitment
        if record.stubs
        else "",
        _reviewed(record.review),
        _json_of([dict(one) for one in record.former]),
    )


def _reviewed(one: Review | None) -> str:
    if one is None:
        return ""
    until = one.until.isoformat() if one.until else None
    return _json_of([one.decided.isoformat(), until, one.then])


def _days(one: Started) -> tuple[str, str]:
    return one.on.isoformat(), one.entered.isoformat()


def _json_of(value: Mapping[str, object] | Sequence[object]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""
