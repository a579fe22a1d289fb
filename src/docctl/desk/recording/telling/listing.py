"""The list of records as a table for a spreadsheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from docctl.model.answers.record import RecordEntry
from docctl.render.spreadsheet import csv_table, xlsx_table

#: What writes a table, by the ending of its file.
WRITERS: Mapping[str, Callable[[Sequence[str], Iterable[Sequence[str]]], bytes]] = MappingProxyType(
    {".csv": csv_table, ".xlsx": xlsx_table}
)

_HEAD = (
    "record", "form", "revision", "status", "happened", "captured", "closed", "by", "for", "class",
    "holds",
)  # fmt: skip


def table(entries: Sequence[RecordEntry], ending: str) -> bytes:
    """Return records as a table, with a column for every identifier.

    Raises:
        InputError: what writes this format is not installed.
    """
    names = sorted({name for one in entries for name in one.identifiers})
    rows = ([*_cells(one), *(one.identifiers.get(name, "") for name in names)] for one in entries)
    return WRITERS[ending.lower()]([*_HEAD, *names], rows)


def _cells(one: RecordEntry) -> Sequence[str]:
    return (
        one.record,
        one.form,
        one.form_revision,
        one.status,
        one.happened_on.isoformat(),
        one.captured_on.isoformat(),
        one.closed_on.isoformat() if one.closed_on else "",
        one.by,
        one.entered_for or "",
        one.retention,
        ", ".join(one.holds),
    )
