"""Records as lines for people."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import click

from docctl.cli.door import answer
from docctl.cli.printing import folded
from docctl.model.answers.record import RecordEntry, RecordField, RecordShown, RecordStatement
from docctl.model.records.record import Elsewhere

#: What happened to a record, in other words than those of its events.
_HAPPENED = MappingProxyType(
    {
        "added": "entered",
        "countersigned": "signed as",
        "custody_changed": "moved",
        "opened_again": "opened again",
        "retention_reviewed": "decided about",
        "fact_stated": "stated",
    }
)

#: How a record has gone, in words.
_GONE: Mapping[str, str] = MappingProxyType(
    {"disposed": "destroyed", "transferred": "handed over", "anonymised": "made anonymous"}
)

#: So many numbers are named where there are more.
_NAMED = 20

#: The argument that names a record.
record_id = click.argument("record_id", metavar="ID", type=str.upper)


def told(one: RecordShown) -> None:
    """Print a record after what was done with it."""
    answer(one, folded(record_lines(one)))


def some(numbers: Sequence[str]) -> str:
    """Return numbers as one text: the first of them, and how many more there are."""
    more = len(numbers) - _NAMED
    return ", ".join(numbers[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def record_row(one: RecordEntry) -> tuple[str, ...]:
    """Return the cells of a record in a list."""
    closed = one.closed_on.isoformat() if one.closed_on else ""
    what = ", ".join(f"{name} {value}" for name, value in one.identifiers.items())
    form = f"{one.form} {one.form_revision}"
    days = (one.happened_on.isoformat(), one.captured_on.isoformat(), closed)
    return (one.record, form, one.status, *days, one.by, what, ", ".join(one.holds))


def record_lines(one: RecordShown) -> Iterator[str]:
    """Yield what a record says, every statement and correction, and when it may go."""
    entry, asks = one.entry, {field.name: field for field in one.asks}
    yield f"{entry.record}  {one.title} ({entry.form} revision {entry.form_revision})"
    yield f"  status: {entry.status}"
    for lack in one.lacks:
        yield f"  still missing: {lack}"
    if entry.holds:
        yield f"  held by: {', '.join(entry.holds)}"
    if one.elsewhere:
        where = one.elsewhere
        yield f"  kept: {_place(where)}"
    if one.blank:
        yield f"  from blank: {one.blank}"
    for name, value in one.fields.items():
        yield from _field_lines(name, value, asks.get(name))
    yield from _kept_lines(one)
    yield ""
    for statement in one.statements:
        yield from _statement_lines(statement, asks)


def _kept_lines(one: RecordShown) -> Iterator[str]:
    entry = one.entry
    if entry.status in _GONE:
        by = next((said.disposal for said in one.statements if said.disposal), None)
        yield f"  was kept as {entry.retention}; {_GONE[entry.status]}: docctl retention show {by}"
        return
    yield f"  kept as {entry.retention}: {one.due.explanation or one.due.state}"
    if one.due.due_since:
        yield f"  may go from: {one.due.due_since}"


def _place(where: Elsewhere) -> str:
    return f"{where.medium}, {where.location}, by {where.custodian}"


def _statement_lines(one: RecordStatement, asks: Mapping[str, RecordField]) -> Iterator[str]:
    for_whom = f" for {one.entered_for}" if one.entered_for else ""
    step = f" {one.step}" if one.step else ""
    late = ", late" if one.late else ""
    gone = f", fell away with statement {one.fell_away_with}" if one.fell_away_with else ""
    what = _HAPPENED.get(one.type, one.type.replace("_", " "))
    when = f"{one.time:%Y-%m-%d %H:%M} UTC"
    happened = f", happened {one.happened_on}" if one.happened_on else ""
    who = f"{one.name or one.signer}{for_whom}"
    yield f"  {one.seq}  {what}{step}  {when}  {who}{happened}{late}{gone}"
    if one.disposal:
        yield f"       by: {one.disposal}"
    if one.removed:
        yield f"       no longer says: {', '.join(_title(name, asks) for name in one.removed)}"
    if one.decided:
        yield f"       decided: {one.decided}"
    if one.reason:
        yield f"       because: {one.reason}"
    if one.elsewhere:
        yield f"       kept: {_place(one.elsewhere)}"
    if one.destroyed:
        yield f"       destroyed: {one.destroyed.method}, by {one.destroyed.by}"
    for name, was in one.was.items():
        asked = asks.get(name)
        change = f"{_text(was, asked)} → {_text(one.fields[name], asked)}"
        yield f"       {_title(name, asks)}: {change}"
    for file in one.attachments:
        yield f"       file: {file.name} ({file.size:,} bytes)"


def _title(name: str, asks: Mapping[str, RecordField]) -> str:
    return asks[name].title if name in asks else name


def _field_lines(name: str, value: Any, asked: RecordField | None) -> Iterator[str]:
    """Yield a field with its title and unit; of a table, every row on a line of its own."""
    title = asked.title if asked else name
    if isinstance(value, list) and asked and asked.columns:
        yield f"  {title}:"
        yield from (f"    {_text(row, asked)}" for row in value)
    else:
        yield f"  {title}: {_text(value, asked)}"


def _text(value: Any, asked: RecordField | None = None) -> str:
    if isinstance(value, dict):
        return "; ".join(_pairs(value, asked))
    if isinstance(value, list):
        return " | ".join(_text(one, asked) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    unit = f" {asked.unit}" if asked and asked.unit and value is not None else ""
    return "none" if value is None else f"{value}{unit}"


def _pairs(value: Mapping[str, Any], asked: RecordField | None) -> Iterator[str]:
    """Yield the parts of a row or a group, in the order of the form."""
    columns = {one.name: one for one in (asked.columns if asked else ())}
    for name in dict.fromkeys((*columns, *value)):
        if name in value:
            column = columns.get(name)
            yield f"{column.title if column else name} {_text(value[name], column)}"
