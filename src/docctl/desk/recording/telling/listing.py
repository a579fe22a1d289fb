"""The list of records as a table: what is known of each, and what it says, column by column."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording.keeping import definition_of
from docctl.desk.recording.telling.asking import fields_by_name
from docctl.desk.recording.telling.contents import current, written
from docctl.desk.recording.values import text_of
from docctl.errors import InputError
from docctl.model.answers.record import RecordEntry
from docctl.model.base import Number
from docctl.render.spreadsheet import Cell, csv_table, xlsx_table
from docctl.rules.records.record import PLACE

Line = Mapping[str, Any]
"""A record as a line of a table: the value of each column, nothing where it does not say it."""

#: Stands for every field that records may be listed by.
ALL = "all"

#: What is known of every record.
_KNOWN: Mapping[str, Callable[[RecordEntry], Any]] = MappingProxyType(
    {
        "record": lambda one: one.record,
        "form": lambda one: one.form,
        "revision": lambda one: one.form_revision,
        "status": lambda one: one.status,
        "happened": lambda one: one.happened_on.isoformat(),
        "captured": lambda one: one.captured_on.isoformat(),
        "closed": lambda one: one.closed_on and one.closed_on.isoformat(),
        "by": lambda one: one.by,
        "for": lambda one: one.entered_for,
        "class": lambda one: one.retention,
        "holds": lambda one: ", ".join(one.holds),
    }
)


def lines(
    bench: Bench, entries: Sequence[RecordEntry], columns: Sequence[str], form: Number | None
) -> Iterator[Line]:
    """Yield records as lines of these columns; with none, of what the history tells of them.

    Only what does not stand in the history is read from the vault. Data of persons are left out,
    also where another form has a field of the same name without them.

    Raises:
        InputError: there is no such column, or it holds data of persons.
        StoreError: what a record says cannot be had, though it was not disposed of.
    """
    if not columns:
        names = sorted({name for one in entries for name in one.identifiers})
        beside = [name for name in names if name not in _KNOWN]
        for one in entries:
            yield {**_known(one), **{name: one.identifiers.get(name) for name in beside}}
        return
    wanted = _named(bench, columns, form)
    for one in entries:
        found = _known(one)
        if {*wanted} - {*found}:
            found = {**_said(bench, one), **found}
        yield {name: found.get(name) for name in wanted}


def _known(one: RecordEntry) -> dict[str, Any]:
    return {name: of(one) for name, of in _KNOWN.items()}


def _said(bench: Bench, one: RecordEntry) -> dict[str, Any]:
    """Return what a record says beside data of persons; nothing where it was disposed of."""
    record = bench.archive().record(one.record)
    if record is None or (record.disposed and not record.remains):
        return {**(record.place if record else {}), **one.identifiers}
    hidden = definition_of(bench, record).personal
    said = current(written(bench, record))
    return {**record.place, **{name: value for name, value in said.items() if name not in hidden}}


def _named(bench: Bench, columns: Sequence[str], form: Number | None) -> list[str]:
    """Return the columns that are meant, in whichever case they were written, each once."""
    fields, hidden = fields_by_name(bench, form)
    if [*columns] == [ALL]:
        return list(dict.fromkeys((*_KNOWN, *fields.values(), *PLACE)))
    places = {name: name for name in PLACE if name not in fields}
    known = {**fields, **{name: name for name in _KNOWN}, **places}
    found = []
    for name in columns:
        folded = name.strip().casefold()
        if folded not in known:
            raise _unknown(name, known, personal=folded in hidden)
        found.append(known[folded])
    return list(dict.fromkeys(found))


def _unknown(name: str, known: Mapping[str, str], *, personal: bool) -> InputError:
    if personal:
        return InputError(
            f"{name!r} holds data of persons: it is not shown in lists",
            hint="see one record with: docctl record show ID",
        )
    near = get_close_matches(name.casefold(), known, n=1)
    hint = f"did you mean {known[near[0]]!r}?" if near else f"columns: {', '.join(known.values())}"
    return InputError(f"there is no column {name!r}", hint=hint)


# --- as a file ----------------------------------------------------------------------------------


def _as_json(lines_: Sequence[Line]) -> bytes:
    return f"{json.dumps(list(lines_), indent=2, ensure_ascii=False)}\n".encode()


def _as_table(
    write: Callable[[Sequence[str], Iterable[Sequence[Cell]]], bytes], lines_: Sequence[Line]
) -> bytes:
    head = [*lines_[0]] if lines_ else [*_KNOWN]
    return write(head, ([cell(value) for value in line.values()] for line in lines_))


def cell(value: Any) -> Cell:
    """Return a value as a cell: what has parts as JSON, so that nothing of it is lost."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if value is None:
        return ""
    return text_of(value) if isinstance(value, bool | str) else value


#: What writes a table, by the ending of its file.
WRITERS: Mapping[str, Callable[[Sequence[Line]], bytes]] = MappingProxyType(
    {
        ".csv": lambda lines_: _as_table(csv_table, lines_),
        ".xlsx": lambda lines_: _as_table(xlsx_table, lines_),
        ".json": _as_json,
    }
)
