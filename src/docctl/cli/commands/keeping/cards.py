"""Records as lines for people."""

from collections.abc import Iterator
from typing import Any

import click

from docctl.cli.door import answer
from docctl.cli.printing import folded
from docctl.model.answers.record import RecordEntry, RecordShown, RecordStatement
from docctl.model.records.record import Elsewhere

#: What happened to a record, in other words than those of its events.
_HAPPENED = {
    "added": "entered",
    "countersigned": "signed as",
    "custody_changed": "moved",
    "opened_again": "opened again",
    "retention_reviewed": "decided about",
    "fact_stated": "stated",
}

#: The argument that names a record.
record_id = click.argument("record_id", metavar="ID", type=str.upper)


def told(one: RecordShown) -> None:
    """Print a record after what was done with it."""
    answer(one, folded(record_lines(one)))


def record_row(one: RecordEntry) -> tuple[str, ...]:
    """Return the cells of a record in a list."""
    closed = one.closed_on.isoformat() if one.closed_on else ""
    what = ", ".join(f"{name} {value}" for name, value in one.identifiers.items())
    form = f"{one.form} {one.form_revision}"
    days = (one.happened_on.isoformat(), one.captured_on.isoformat(), closed)
    return (one.record, form, one.status, *days, one.by, what, ", ".join(one.holds))


def record_lines(one: RecordShown) -> Iterator[str]:
    """Yield what a record says, every statement and correction, and when it may go."""
    entry = one.entry
    yield f"{entry.record}  {one.title} ({entry.form} revision {entry.form_revision})"
    yield f"  status: {entry.status}"
    if one.elsewhere:
        where = one.elsewhere
        yield f"  kept: {_place(where)}"
    if one.blank:
        yield f"  from blank: {one.blank}"
    for name, value in one.fields.items():
        yield f"  {name}: {_text(value)}"
    yield f"  kept as {entry.retention}: {one.due.explanation or one.due.state}"
    if one.due.due_since and entry.status in {"open", "closed"}:
        yield f"  may go from: {one.due.due_since}"
    yield ""
    for statement in one.statements:
        yield from _statement_lines(statement)


def _place(where: Elsewhere) -> str:
    return f"{where.medium}, {where.location}, by {where.custodian}"


def _statement_lines(one: RecordStatement) -> Iterator[str]:
    for_whom = f" for {one.entered_for}" if one.entered_for else ""
    step = f" {one.step}" if one.step else ""
    late = ", late" if one.late else ""
    what = _HAPPENED.get(one.type, one.type.replace("_", " "))
    when = f"{one.time:%Y-%m-%d %H:%M} UTC"
    happened = f", happened {one.happened_on}" if one.happened_on else ""
    who = f"{one.name or one.signer}{for_whom}"
    yield f"  {one.seq}  {what}{step}  {when}  {who}{happened}{late}"
    if one.decided:
        yield f"       decided: {one.decided}"
    if one.reason:
        yield f"       because: {one.reason}"
    if one.elsewhere:
        yield f"       kept: {_place(one.elsewhere)}"
    if one.destroyed:
        yield f"       destroyed: {one.destroyed.method}, by {one.destroyed.by}"
    for name, was in one.was.items():
        yield f"       {name}: {_text(was)} → {_text(one.fields[name])}"
    for file in one.attachments:
        yield f"       file: {file.name} ({file.size:,} bytes)"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {_text(one)}" for name, one in value.items())
    if isinstance(value, list):
        return " | ".join(map(_text, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)
