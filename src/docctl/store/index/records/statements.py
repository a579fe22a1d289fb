"""Questions about what was stated, whichever record it was about."""

from datetime import date, datetime
from sqlite3 import Connection
from typing import NamedTuple

from docctl.model.answers.register import ChangeEntry
from docctl.model.base import PersonId
from docctl.model.records.record import RecordId
from docctl.store.index.records.said import FormRevision
from docctl.store.index.schema import Values

_CHANGES = """
    SELECT time, date, number, type, signer, reason
    FROM statement WHERE date BETWEEN ? AND ? ORDER BY time, number, place"""

_ENTERED = """
    SELECT record.number, record.form, record.revision, record.content, statement.signer,
        statement.entered_for, statement.happened, statement.date, statement.reason
    FROM statement CROSS JOIN record ON record.number = statement.number
    WHERE {} ORDER BY record.key, statement.place"""

_AFTER = _ENTERED.format("statement.happened < statement.date AND statement.type <> 'amended'")
_FOR = _ENTERED.format("statement.entered_for IS NOT NULL")


class Entered(NamedTuple):
    """A statement that brought content to a record."""

    record: RecordId
    form: FormRevision
    signer: PersonId
    entered_for: PersonId | None
    happened: date
    on: date
    """The day of entry."""

    reason: str


def changes(connection: Connection, since: date, until: date) -> list[ChangeEntry]:
    """Return every statement of these days, the last included, oldest first."""
    days, times = Values(date.fromisoformat), Values(datetime.fromisoformat)
    return [
        ChangeEntry(times[time], days[day], number, None, kind, signer, reason)
        for time, day, number, kind, signer, reason in connection.execute(
            _CHANGES, (since.isoformat(), until.isoformat())
        )
    ]


def after(connection: Connection) -> list[Entered]:
    """Return what was entered on a later day than it tells of; amendments are no late entries."""
    return _entered(connection, _AFTER)


def for_others(connection: Connection) -> list[Entered]:
    """Return what was entered for somebody else."""
    return _entered(connection, _FOR)


def _entered(connection: Connection, asked: str) -> list[Entered]:
    days = Values(date.fromisoformat)
    return [
        Entered(number, (form, label, content), signer, whom, days[happened], days[on], reason)
        for (
            number, form, label, content, signer, whom, happened, on, reason,
        ) in connection.execute(asked)
    ]  # fmt: skip
