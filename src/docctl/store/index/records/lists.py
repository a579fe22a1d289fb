"""Questions to the tables of records, each one select."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from sqlite3 import Connection
from types import MappingProxyType
from typing import Any, NamedTuple

from docctl.model.answers.record import RecordState
from docctl.model.base import Label, Line, Number, PersonId, Word
from docctl.model.records.record import RecordId
from docctl.model.records.retention import ClassName
from docctl.rules.query import Question
from docctl.rules.records import Age
from docctl.rules.records.record import Review, Started
from docctl.store.index.records.asking import Asking, Sql
from docctl.store.index.schema import Values

_LINE = """
    record.number, form, revision, status, happened, captured, closed, signer, entered_for, class,
    identifiers, holds, former"""

_AGES = """
    SELECT number, form, revision, class, happened, captured, subject, holds, status, closed,
        closed_entered, facts, identifiers, review, former
    FROM record ORDER BY key"""


_OPEN = """
    SELECT number FROM (
        SELECT key, number FROM record WHERE status = 'open'
        UNION SELECT key, number FROM record WHERE closed_entered > ?)
    ORDER BY key"""


class RecordLine(NamedTuple):
    """A record as a list shows it."""

    number: RecordId
    form: Number
    form_revision: Label
    status: RecordState
    event_on: date
    captured_on: date
    closed: date | None
    signer: PersonId
    entered_for: PersonId | None
    retention: ClassName
    identifiers: Mapping[Word, Line]
    holds: frozenset[RecordId]
    """The holds whose question it fitted when it was entered."""

    former: tuple[Mapping[Word, Line], ...] = ()
    """What it was found by before each amendment that changed that."""


#: More lines than any list has.
_MOST = 1 << 40


class Page(NamedTuple):
    """Which part of a list is wanted."""

    limit: int = -1
    """How many lines; all where it is less than 0."""

    offset: int = 0
    """How many lines come before."""

    @classmethod
    def of(cls, limit: int, page: int) -> "Page":
        """Return a page, counted from 1, of so many lines."""
        return cls(min(limit, _MOST), min(limit * (page - 1), _MOST))


EVERYTHING = Page()


def listed(
    connection: Connection, question: Question | None, form: Number | None, page: Page
) -> list[RecordLine]:
    """Return the records that answer a question, by day of capture and number."""
    asked = _select(connection, question, form)
    return lines(connection.execute(f"{asked.text} LIMIT ? OFFSET ?", (*asked.values, *page)))


def lines(rows: Iterable[tuple[Any, ...]]) -> list[RecordLine]:
    """Return the rows of a `select` as lines."""
    days, names, known = Values(date.fromisoformat), Values(_names), Values(_identifiers)
    before = Values(_former)
    return [
        RecordLine(
            number, form, revision, status, days[happened], days[captured], days[closed],
            signer, entered_for, retention, known[identifiers], names[holds], before[former],
        )
        for (
            number, form, revision, status, happened, captured, closed, signer, entered_for,
            retention, identifiers, holds, former,
        ) in rows
    ]  # fmt: skip


def _names(holds: str) -> frozenset[RecordId]:
    return frozenset(json.loads(holds)) if holds else frozenset()


def counted(connection: Connection, question: Question | None, form: Number | None) -> int:
    """Return how many records answer a question."""
    asked = _select(connection, question, form)
    text = f"SELECT count(*) FROM ({asked.text})"  # noqa: S608 - our own names
    count: int = connection.execute(text, asked.values).fetchone()[0]
    return count


def _identifiers(text: str) -> Mapping[Word, Line]:
    found: Mapping[Word, Line] = json.loads(text) if text else {}
    return found


def _select(connection: Connection, question: Question | None, form: Number | None) -> Sql:
    """Return the select for a question: from few candidates, or in the order of the list."""
    place, values = "record", tuple[str | float, ...]()
    where = [Sql("record.form = ?", (form,))] if form else []
    if question is not None:
        asking = Asking(connection, question)
        found = asking.candidates() or asking.single()
        if found:
            place = f"({found.text}) AS found CROSS JOIN record ON record.key = found.key"
            values = found.values
        where += [asking.condition(), *asking.days()]
    order = "found.key" if place != "record" else "record.key"
    text = select(place)
    if where:
        text += f" WHERE {' AND '.join(one.text for one in where)}"
    values += tuple(value for one in where for value in one.values)
    return Sql(f"{text} ORDER BY {order}", values)


def select(place: str) -> str:
    """Return the beginning of a select whose rows are `lines`, from a table or several."""
    return f"SELECT {_LINE} FROM {place}"  # noqa: S608 - our own names


class _Identifiers(Mapping[Word, Line]):
    """What a record is found by, read when somebody looks: most holds ask for nothing of it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __getitem__(self, name: Word) -> Line:
        return _identifiers(self._text)[name]

    def __iter__(self) -> Iterator[Word]:
        return iter(_identifiers(self._text))

    def __len__(self) -> int:
        return len(_identifiers(self._text))


_NONE: Mapping[Word, Line] = MappingProxyType({})


def ages(connection: Connection) -> Iterator[Age]:
    """Yield what the schedule looks at of every record, by day of capture and number."""
    days, holds, facts = Values(date.fromisoformat), Values(_names), Values(_facts)
    reviews, former = Values(_review), Values(_former)
    for (
        number, form, revision, retention, happened, captured, subject, stamped, status, closed,
        entered, stated, identifiers, reviewed, before,
    ) in connection.execute(_AGES):  # fmt: skip
        yield Age(
            number,
            form,
            revision,
            retention,
            days[happened],
            days[captured],
            subject,
            holds[stamped],
            status == "open",
            Started(days[closed], days[entered]) if closed else None,
            facts[stated],
            None if status in {"open", "closed"} else status,
            _Identifiers(identifiers) if identifiers else _NONE,
            reviews[reviewed],
            former[before],
        )


def _former(text: str) -> tuple[Mapping[Word, Line], ...]:
    return tuple(json.loads(text)) if text else ()


def _review(text: str) -> Review | None:
    if not text:
        return None
    decided, until, then = json.loads(text)
    day = date.fromisoformat
    return Review(day(decided), day(until) if until else None, then)


def _facts(stated: str) -> Mapping[Word, Started]:
    return {
        name: Started(date.fromisoformat(on), date.fromisoformat(entered))
        for name, (on, entered) in json.loads(stated or "{}").items()
    }


def stamped(connection: Connection, hold: RecordId) -> list[RecordId]:
    """Return the records that fitted the question of a hold when they were entered."""
    asked = "SELECT number FROM stamp WHERE hold = ? ORDER BY number"
    return [number for (number,) in connection.execute(asked, (hold,))]


def open_after(connection: Connection, on: date) -> list[RecordId]:
    """Return the records that are open, and those whose last closing was stated after a day."""
    return [number for (number,) in connection.execute(_OPEN, (on.isoformat(),))]


#: Each class by a step to the next one, however many records there are between.
_CLASSES = """
    WITH RECURSIVE one (name) AS (
        SELECT min(class) FROM record
        UNION ALL SELECT (SELECT min(class) FROM record WHERE class > one.name)
        FROM one WHERE one.name IS NOT NULL)
    SELECT name FROM one WHERE name IS NOT NULL"""


def classes(connection: Connection) -> list[ClassName]:
    """Return the retention classes that records have."""
    return [name for (name,) in connection.execute(_CLASSES)]
