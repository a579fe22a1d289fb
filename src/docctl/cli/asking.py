"""What a record says, asked on the terminal: one question for each field of the form."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import click

from docctl.desk.recording.rows import typed
from docctl.model.records.definition import RecordDefinition


def ask_values(definition: RecordDefinition) -> dict[str, Any]:
    """Return what was answered; an empty answer leaves a field out.

    Raises:
        click.UsageError: nobody is there to ask.
    """
    if not sys.stdin.isatty():
        raise click.UsageError("name a file with --data: there is no terminal to ask on")
    later = {name for step in definition.steps for name in step.fields}
    known = {n: one for n, one in definition.fields["properties"].items() if n not in later}
    required = {*definition.fields.get("required", ())}
    answered: dict[str, Any] = {}
    for name, schema in known.items():
        if rows := _columns(schema):
            answered[name] = list(_table(name, rows))
        else:
            answered[name] = _answer(_question(name, schema, required=name in required))
    told = {name: one for name, one in answered.items() if one}
    plain = {name: one for name, one in told.items() if isinstance(one, str)}
    return {**told, **typed(definition.fields["properties"], plain)}


def _answer(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False, err=True))


def _question(name: str, schema: Any, *, required: bool) -> str:
    facts = schema if isinstance(schema, Mapping) else {}
    words = str(facts.get("title", name.replace("_", " ")))
    if unit := facts.get("x-unit"):
        words += f" [{unit}]"
    if choices := facts.get("enum"):
        words += f" ({', '.join(map(str, choices))})"
    return words + (" *" if required else "")


def _columns(schema: Any) -> Mapping[str, Any]:
    """Return the columns of a table, nothing where a field is none."""
    items = schema.get("items", {}) if isinstance(schema, Mapping) else {}
    columns = items.get("properties", {}) if isinstance(items, Mapping) else {}
    return columns if isinstance(columns, Mapping) else {}


def _table(name: str, columns: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table, until the first cell of one is left empty."""
    first, *others = columns
    number = 1
    while cell := _answer(f"{name} {number}: {_question(first, columns[first], required=False)}"):
        row = {first: cell}
        row |= {one: _answer(_question(one, columns[one], required=False)) for one in others}
        yield typed(columns, row)
        number += 1
