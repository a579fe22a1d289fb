"""What a record says, asked on the terminal: one question for each field of the form."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import click

from docctl.cli.printing import tell
from docctl.desk.recording.filling.rows import typed
from docctl.desk.recording.values import wrong_alone
from docctl.model.records.definition import RecordDefinition

#: What can be answered where the form names no choices.
_CHOICES = MappingProxyType({"boolean": ("yes", "no")})


def ask_values(definition: RecordDefinition) -> dict[str, Any]:
    """Return what was answered; an empty answer leaves a field out that may be left out.

    An answer that the form does not allow is asked for again, and why is said on stderr.

    Raises:
        click.UsageError: nobody is there to ask.
    """
    if not sys.stdin.isatty():
        raise click.UsageError("name a file with --data: there is no terminal to ask on")
    later = {name for step in definition.steps for name in step.fields}
    known = {n: one for n, one in definition.readable["properties"].items() if n not in later}
    answered: dict[str, Any] = {}
    for name, schema in known.items():
        answered |= _asked(definition, name, schema)
    return answered


def _asked(definition: RecordDefinition, name: str, schema: Any) -> dict[str, Any]:
    """Ask for a field until what is answered fits the form."""
    if rows := _columns(schema):
        found = list(_table(definition, name, rows))
        return {name: found} if found else {}
    required = name in definition.fields.get("required", ())
    while True:
        said = typed({name: schema}, {name: _answer(_question(name, schema, required=required))})
        faults = _wrong(definition, said)
        if required and not said:
            faults = ("it has to be answered",)
        if not faults:
            return said
        _tell(faults)


def _wrong(definition: RecordDefinition, said: Mapping[str, Any]) -> Sequence[str]:
    return wrong_alone(definition, said) if said else ()


def _tell(faults: Sequence[str]) -> None:
    for fault in faults:
        tell(f"  {fault}: answer again")


def _answer(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False, err=True))


def _question(name: str, schema: Any, *, required: bool) -> str:
    facts = schema if isinstance(schema, Mapping) else {}
    words = str(facts.get("title", name.replace("_", " ")))
    if unit := facts.get("x-unit"):
        words += f" [{unit}]"
    if choices := facts.get("enum") or _CHOICES.get(str(facts.get("type"))):
        words += f" ({', '.join(map(str, choices))})"
    return words + (" *" if required else "")


def _columns(schema: Any) -> Mapping[str, Any]:
    """Return the columns of a table, nothing where a field is none."""
    items = schema.get("items", {}) if isinstance(schema, Mapping) else {}
    columns = items.get("properties", {}) if isinstance(items, Mapping) else {}
    return columns if isinstance(columns, Mapping) else {}


def _table(
    definition: RecordDefinition, name: str, columns: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table, until the first cell of one is left empty."""
    first, *others = columns
    number = 1
    while cell := _answer(f"{name} {number}: {_question(first, columns[first], required=False)}"):
        row = {first: cell}
        row |= {one: _answer(_question(one, columns[one], required=False)) for one in others}
        said = typed(columns, row)
        if faults := _wrong(definition, {name: [said]}):
            _tell(faults)
            continue
        yield said
        number += 1
