"""The text of a form that explains what its records say: who fills it in, and each of its parts."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from docctl.content.skeleton import skeleton
from docctl.model.base import PERSON, Line
from docctl.model.records.definition import RecordDefinition, RecordStep
from docctl.model.records.schema import columns, label

#: What to enter, by the format that a text has.
_FORMATS: Mapping[str, str] = MappingProxyType(
    {"date": "written as 2026-01-31", "time": "a time of day", "date-time": "a day and a time"}
)

#: What to enter, by the kind of value.
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "boolean": "yes or no",
        "integer": "a whole number",
        "number": "a number",
        "array": "a list",
        "object": "several values",
    }
)


def form_text(definition: RecordDefinition, use: str = "") -> str:
    """Return the sections Instructions and Form of a form, in Markdown.

    *use* says who fills it in, and when; without it there is a prompt, which the check for
    placeholders finds.
    """
    begun = f"## Instructions\n\n{use}\n" if use else skeleton(["Instructions"])
    rules = " ".join(_rules(definition))
    parts = "\n".join(_parts(definition))
    return f"{begun}\n{rules}\n\n## Form\n\n{parts}"


def _rules(definition: RecordDefinition) -> Iterator[str]:
    yield f"Its records are numbered `{definition.pattern}`."
    if definition.identifiers:
        yield f"They are found by {_listed(_called(definition, definition.identifiers))}."
    if not definition.staged:
        yield "A record is closed as it is captured; corrections stay visible."
        return
    yield "A record stays open until it is closed."
    if steps := [one.title for one in definition.steps if one.mandatory]:
        yield f"Needed before: {_listed(steps)}."
    if signed := [f"{one.meaning} (role {one.role})" for one in definition.signatures]:
        yield f"Signed before, by somebody who did not capture it: {_listed(signed)}."


def _called(definition: RecordDefinition, names: Iterable[str]) -> list[str]:
    known = definition.readable["properties"]
    return [label(name, known[name]) for name in names]


def _parts(definition: RecordDefinition) -> Iterator[str]:
    later = {name for step in definition.steps for name in step.fields}
    first = [name for name in definition.readable["properties"] if name not in later]
    yield from _part("At capture", definition, first)
    for step in definition.steps:
        yield from _part(f"Step `{step.name}`: {_step(step)}", definition, step.fields)


def _step(step: RecordStep) -> Line:
    return step.title if step.mandatory else f"{step.title} (if need be)"


def _part(title: str, definition: RecordDefinition, names: Iterable[str]) -> Iterator[str]:
    known, required = definition.readable["properties"], definition.fields.get("required", ())
    yield f"### {title}\n"
    yield "| Field | What to enter | Needed |\n|---|---|---|"
    for name in names:
        said = _cell(_said(known[name]))
        yield f"| {_cell(label(name, known[name]))} | {said} | {_needed(name in required)} |"
    yield ""


def _needed(required: object) -> str:
    return "yes" if required else ""


def _said(schema: Any) -> str:
    """Return what a field is for, and what is entered there."""
    facts = schema if isinstance(schema, Mapping) else {}
    about = str(facts.get("description", "")).strip()
    entered = _kind(facts)
    return " ".join(filter(None, (about, entered and f"{entered[0].upper()}{entered[1:]}.")))


def _kind(facts: Mapping[str, Any]) -> str:
    """Return what is entered; nothing where any words will do."""
    if choices := facts.get("enum"):
        return f"one of: {', '.join(map(str, choices))}"
    if known := columns(facts):
        return f"a table: {'; '.join(_column(name, one) for name, one in known.items())}"
    if facts.get("type") == "string":
        person = facts.get("pattern") == PERSON
        return "the id of a person" if person else _FORMATS.get(str(facts.get("format")), "")
    return _with_unit(_KINDS.get(str(facts.get("type")), ""), facts)


def _with_unit(said: str, facts: Mapping[str, Any]) -> str:
    low, high = facts.get("minimum"), facts.get("maximum")
    if low is not None and high is not None:
        said += f" from {low} to {high}"
    return f"{said} in {facts['x-unit']}" if facts.get("x-unit") else said


def _column(name: str, schema: Any) -> str:
    facts = schema if isinstance(schema, Mapping) else {}
    choices = facts.get("enum")
    beside = ", ".join(map(str, choices)) if choices else str(facts.get("x-unit", ""))
    return label(name, schema) + (f" ({beside})" if beside else "")


def _listed(words: list[str]) -> str:
    return ", ".join(words)


def _cell(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
