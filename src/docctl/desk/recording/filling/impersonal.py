"""Rows of a table whose identifiers look like personal data: all of them are named at once."""

from dataclasses import replace

from docctl.content.lint.personal import personal_in
from docctl.desk.recording.filling.batch import Batch, BatchRow
from docctl.model.records.definition import RecordDefinition


def looked_at(batch: Batch, definition: RecordDefinition) -> Batch:
    """Return a table in which rows are wrong whose identifiers look like a person's.

    The history would keep them for ever; other fields lie in the vault, and may say anything.
    """

    def row(one: BatchRow) -> BatchRow:
        said = ((name, one.fields.get(name)) for name in definition.identifiers)
        faults = tuple(
            f"{name}: {fault}"
            for name, value in said
            if isinstance(value, str)
            for fault in personal_in(value)
        )
        return replace(one, faults=(*one.faults, *faults)) if faults else one

    return replace(batch, rows=tuple(map(row, batch.rows)))
