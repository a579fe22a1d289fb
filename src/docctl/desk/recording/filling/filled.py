"""A form that was filled in, as values: every cell is text, and the form says what it means."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording.filling.rows import day, typed
from docctl.errors import InputError, UnreadableError
from docctl.model.answers.record import FilledForm
from docctl.model.records.definition import RecordDefinition
from docctl.render.docx.filled import Filled
from docctl.render.entries import HAPPENED

Rows = Sequence[Mapping[str, str]]


def read(bench: Bench, found: Filled, source: str) -> FilledForm:
    """Return what stands in a form that was filled in, as the form has it.

    What cannot be read as the kind that the form asks for stays text: the form then refuses it by
    name, with all other faults.

    Raises:
        NotFoundError: there is no such form or revision.
        InputError: it is not the content of the form that this library has, or the day is none.
    """
    number, label = found.form, found.revision
    dossier = bench.get(number)
    revision = dossier.revision(label)
    content = revision.content if revision else ""
    definition = bench.archive().definition(number, label, content) if revision else None
    if definition is None or content != found.content:
        raise InputError(
            f"{source} was made from {number:.100} revision {label:.20}, and that is another text "
            "here",
            hint=f"begin with: docctl export {number:.100} --blank --to FILE.docx",
        )
    values = _values(definition, found)
    later = {field: step.name for step in definition.steps for field in step.fields}
    steps: dict[str, dict[str, Any]] = {}
    for name in [one for one in values if one in later]:
        steps.setdefault(later[name], {})[name] = values.pop(name)
    return FilledForm(
        form=number,
        revision=label,
        content=content,
        blank=found.blank or None,
        happened_on=_day(found.fields.get(HAPPENED, ""), source),
        fields=values,
        steps=steps,
    )


def _values(definition: RecordDefinition, found: Filled) -> dict[str, Any]:
    schema = definition.readable
    cells = {name: one for name, one in found.fields.items() if name != HAPPENED}
    values = {
        name: _value(schema["properties"].get(name, {}), cell) for name, cell in cells.items()
    }
    tables = {
        name: _rows(schema["properties"].get(name, {}), rows) for name, rows in found.rows.items()
    }
    return {**values, **tables}


def _value(schema: Mapping[str, Any], cell: str) -> Any:
    """Return a cell as the form has it: one of its choices, or several lines for a list."""
    for choice in schema.get("enum", ()):
        if str(choice) == cell:
            return choice
    if schema.get("type") == "array":
        inner = schema.get("items", {})
        return [_value(inner, line) for line in cell.split("\n") if line]
    return typed({"cell": schema}, {"cell": cell})["cell"]


def _rows(schema: Mapping[str, Any], rows: Rows) -> Any:
    """Return the rows of a table as the form has them; an object is a table of one row."""
    single = "properties" in schema
    inner = schema if single else schema.get("items", {})
    known = inner.get("properties", {})
    made = [{name: _value(known.get(name, {}), cell) for name, cell in row.items()} for row in rows]
    return made[0] if single and len(made) == 1 else made


def _day(said: str, source: str) -> date | None:
    try:
        return date.fromisoformat(day(said)) if said else None
    except ValueError as error:
        raise UnreadableError(
            source, f"{said!r:.60} is no day on which it happened", hint="write it as 2026-01-31"
        ) from error
