"""The rows of a table held against their form: what can be captured, and what is wrong with which.

Every fault names its row by the line of the file, and its column.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording import values, whom
from docctl.desk.recording.filling import rows
from docctl.desk.recording.filling.sheets import Sheet, SheetRow
from docctl.desk.recording.made import Circumstances
from docctl.desk.recording.stowing import FormUsed, form_used
from docctl.errors import IncompleteError, InputError
from docctl.model.base import Number
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.schema import label

#: The column that says on which day it happened, where the form has no field of that name.
HAPPENED = "happened"

#: The column in which rows come back that did not fit; it is not read.
WRONG = "what is wrong"

#: So many faults are named where there are more.
_NAMED = 100

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One row: what it says as the form has it, and what is wrong with it."""

    line: int
    """Of the file, counted from 1."""

    cells: tuple[str, ...]
    """As they stand in the file, one for each column."""

    fields: Mapping[str, Any]
    on: date | None
    """The day on which it happened, where the row says it."""

    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A table that was read for a form; nothing of it is captured yet."""

    sheet: Sheet
    columns: tuple[str, ...]
    """The fields, in the order of the columns; empty where a column is not read."""

    rows: tuple[BatchRow, ...]

    @property
    def ready(self) -> tuple[BatchRow, ...]:
        """Return the rows that fit the form."""
        return tuple(one for one in self.rows if not one.faults)

    @property
    def wrong(self) -> tuple[BatchRow, ...]:
        """Return the rows that do not."""
        return tuple(one for one in self.rows if one.faults)

    def require_fit(self) -> None:
        """Refuse a table in which a row does not fit.

        Raises:
            IncompleteError: every fault is named with its line, the first hundred of them.
        """
        found = [f"line {one.line}: {fault}" for one in self.wrong for fault in one.faults]
        if found:
            more = [f"and {len(found) - _NAMED} more"] if len(found) > _NAMED else []
            raise IncompleteError(
                f"{self.sheet.source}, of which nothing was captured,",
                (*found[:_NAMED], *more),
                hint="mend it; or capture the other rows with --rejects FILE.csv",
            )


def batch(
    bench: Bench,
    form: Number,
    sheet: Sheet,
    circumstances: Circumstances,
    progress: Progress = lambda _done, _total: None,
) -> Batch:
    """Hold every row of a table against the form.

    A column is named after a field of the form, or by its title, with its unit behind it or
    without. `happened` is the day of the row, if the form has no such field.

    Raises:
        NotFoundError: the form is not in force, or defines no records.
        InputError: a column names no field, or two name the same one.
    """
    today = bench.today()

    @cache
    def used(on: date) -> FormUsed:
        return form_used(bench, form, on=on)

    newest = used(circumstances.on or today)
    columns = _columns(sheet, newest)
    known = newest.definition.readable["properties"]
    found = []
    for at, row in enumerate(sheet.rows, start=1):
        reading = _Row(columns, row, known, semicolons=sheet.delimiter == ";")
        on = reading.day(circumstances, newest.definition, today)
        wrong = values.wrong_in_part if circumstances.elsewhere else values.wrong
        meant = used(on or circumstances.on or today)
        fields, nobody = whom.with_subject(bench, meant.definition, reading.fields)
        unfit = [
            fault
            for fault in wrong(form, meant.definition, fields)
            if not any(fault.startswith(f"{name}:") for name in reading.unread)
        ]
        faults = [*reading.faults, *whom.told_once(meant.definition, nobody, unfit)]
        found.append(BatchRow(row.line, reading.cells, reading.fields, on, tuple(faults)))
        progress(at, len(sheet.rows))
    return Batch(sheet, columns, tuple(found))


# --- columns ------------------------------------------------------------------------------------


def _columns(sheet: Sheet, used: FormUsed) -> tuple[str, ...]:
    """Return the field that each column is of; nothing for one that is not read."""
    names = _names(used.definition)
    later = {field for one in used.definition.steps for field in one.fields}
    found = tuple(
        _field(sheet, at, name, names, used.number) for at, name in enumerate(sheet.head.cells)
    )
    for name, count in Counter(found).items():
        if name and count > 1:
            places = [str(at) for at, one in enumerate(found, start=1) if one == name]
            raise InputError(
                f"{sheet.source}: columns {' and '.join(places)} are both the field {name!r}",
                hint="take one of them out",
            )
    if not {*found} - {""}:
        raise InputError(f"{sheet.source}: no column is a field", hint=_known(used))
    if early := [name for name in found if name in later]:
        raise InputError(
            f"{sheet.source}: {early[0]!r} is entered in a later step",
            hint="take the column out, and enter it with: docctl record add ID --step STEP",
        )
    return found


def _names(definition: RecordDefinition) -> dict[str, str]:
    """Return the fields by everything that a column may call them, in lower case."""
    known = definition.readable["properties"]
    titles = Counter(label(name, schema).casefold() for name, schema in known.items())
    found = {HAPPENED: HAPPENED, WRONG: ""}
    for name, schema in known.items():
        title, unit = label(name, schema).casefold(), schema.get("x-unit", "")
        for called in (name.casefold(), title) if titles[title] == 1 else (name.casefold(),):
            written = (called, f"{called} ({unit})".casefold(), f"{called} [{unit}]".casefold())
            found |= dict.fromkeys(written, name)
    return {**found, **{name.casefold(): name for name in known}}


def _field(sheet: Sheet, at: int, name: str, names: Mapping[str, str], form: Number) -> str:
    called = " ".join(name.split()).casefold()
    if called in names:
        return names[called]
    place = f"{sheet.source}: column {at + 1}"
    if not called:
        if any(at < len(row.cells) and row.cells[at].strip() for row in sheet.rows):
            raise InputError(f"{place} has no name", hint="name it in the first line")
        return ""
    near = get_close_matches(called, names, n=1)
    meant = f"did you mean {names[near[0]]!r}?" if near and names[near[0]] else ""
    fields = ", ".join(dict.fromkeys(filter(None, names.values())))
    raise InputError(
        f"{place}, {name.strip()!r}, is no field of {form}", hint=meant or f"fields: {fields}"
    )


def _known(used: FormUsed) -> str:
    return f"fields of {used.number}: {', '.join(used.definition.readable['properties'])}"


# --- rows ---------------------------------------------------------------------------------------


class _Row:
    """A row while it is read."""

    def __init__(
        self,
        columns: Sequence[str],
        row: SheetRow,
        known: Mapping[str, Any],
        *,
        semicolons: bool,
    ) -> None:
        """Read the cells as the kinds that their fields are of."""
        self.cells = (*row.cells, *[""] * (len(columns) - len(row.cells)))[: len(columns)]
        self.fields: dict[str, Any] = {}
        self.faults: list[str] = []
        self.unread: set[str] = set()
        self._happened = ""
        self._ragged(columns, row)
        for name, cell in zip(columns, self.cells, strict=True):
            if name == HAPPENED and HAPPENED not in known:
                self._happened = cell.strip()
            elif name and cell.strip():
                self._read(name, known[name], cell.strip(), semicolons=semicolons)

    def _ragged(self, columns: Sequence[str], row: SheetRow) -> None:
        beyond = [cell for cell in row.cells[len(columns) :] if cell.strip()]
        if beyond:
            said = ", ".join(map(repr, beyond[:3]))
            self.faults.append(f"it has {len(row.cells)} cells for {len(columns)} columns: {said}")
        elif len(row.cells) < len(columns):
            self.faults.append(f"it has {len(row.cells)} cells for {len(columns)} columns")

    def _read(self, name: str, schema: Any, cell: str, *, semicolons: bool) -> None:
        either = rows.ambiguous(schema, cell, semicolons=semicolons)
        if either:
            self.unread.add(name)
            self.faults.append(f"{name}: {cell!r} may be {either}: write which")
        self.fields[name] = rows.value(schema, cell)

    def day(
        self, circumstances: Circumstances, definition: RecordDefinition, today: date
    ) -> date | None:
        """Return the day of the row, where it says one, and note what is wrong with it."""
        if not self._happened:
            return None
        try:
            on = date.fromisoformat(rows.day(self._happened))
        except ValueError:
            self.faults.append(
                f"{HAPPENED}: {self._happened!r} is no day, such as {today.isoformat()}"
            )
            return None
        self.faults += _misplaced(on, circumstances, definition, today)
        return on


def _misplaced(
    on: date, circumstances: Circumstances, definition: RecordDefinition, today: date
) -> Iterator[str]:
    if on > today:
        yield f"{HAPPENED}: {on} lies in the future"
    elif today - on > timedelta(days=definition.late_after_days) and not circumstances.late_reason:
        days = definition.late_after_days
        yield f"{HAPPENED}: {on} is more than {days} days ago; say why with --late-reason"
