"""Open records: what each still waits for, from whom, and until when."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.recording.keeping import definition_of
from docctl.desk.recording.telling.asking import heard
from docctl.model.base import PersonId, Word
from docctl.model.records.definition import RecordDefinition
from docctl.rules.authority import Authority
from docctl.rules.records import Record, as_of
from docctl.rules.records.guards.persons import KEEPER
from docctl.rules.records.guards.records import signatures_missing, steps_missing

#: The field of a form that says until when its records are to be closed, if it is a day.
DUE = "due"


class Unclosed(NamedTuple):
    """An open record."""

    record: Record
    title: str
    """The title of its form."""

    waiting: tuple[str, ...]
    """What it waits for, in words; empty where it can be closed."""

    who: tuple[PersonId, ...]
    """Those who can do the next of it."""

    by: date | None
    """The day by which it is to be closed, where its form asks for one."""

    overdue_days: int


def to_close(bench: Bench, on: date) -> Iterator[Unclosed]:
    """Yield the records that were open at the end of a day, oldest capture first."""
    archive, authority = bench.archive(), bench.day(on).authority
    for number in bench.index.open_records(on, head=bench.head):
        now = archive.record(number)
        record = as_of(now, on) if now else None
        if record is None or not record.open:
            continue
        definition = definition_of(bench, record)
        by = _day(bench, record, definition)
        waiting, who = _next(record, definition, authority)
        yield Unclosed(
            record,
            archive.title(record.form, record.form_revision, record.form_content),
            waiting,
            who,
            by,
            max((on - by).days, 0) if by else 0,
        )


def _next(
    record: Record, definition: RecordDefinition, authority: Authority
) -> tuple[tuple[str, ...], tuple[PersonId, ...]]:
    """Return everything that is missing, and who can do the first of it."""
    own = record.captured.event.signer
    others = (own,) if authority.active(own) else authority.holders(KEEPER)

    def holders(*roles: Word) -> tuple[PersonId, ...]:
        return tuple(dict.fromkeys(one for role in roles for one in authority.holders(role)))

    steps, asked = steps_missing(record, definition), signatures_missing(record, definition)
    waiting = (
        *(f"{one.title} (step {one.name})" for one in steps),
        *(f"the signature '{one.meaning}'" for one in asked),
    )
    if steps:
        return waiting, holders(*steps[0].roles) or others
    if asked:
        kept_out = {*record.enterers, *(() if asked[0].own else record.givers)}
        return waiting, tuple(one for one in holders(asked[0].role) if one not in kept_out)
    return waiting, holders(*definition.close) or others


def _day(bench: Bench, record: Record, definition: RecordDefinition) -> date | None:
    """Return the day by which a record is to be closed; nothing where none can be read."""
    if definition.readable["properties"].get(DUE, {}).get("format") != "date":
        return None
    known = record.identifiers.get(DUE)
    said = (known,) if known else (heard(bench, record.number) or {}).get(DUE, ())
    try:
        return date.fromisoformat(said[0]) if said else None
    except ValueError:
        return None
