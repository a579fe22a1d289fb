"""What a record says, held against its form: every fault at once."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from docctl.desk.recording import unasked
from docctl.errors import IncompleteError, InputError
from docctl.late import Late
from docctl.model.base import Number
from docctl.model.records.definition import RecordDefinition

if TYPE_CHECKING:
    from docctl.desk.metadata import fields
else:
    fields = Late("docctl.desk.metadata.fields")

#: How deep values may be nested.
DEEPEST = 16

_SURROGATE = re.compile(r"[\ud800-\udfff]")

#: The largest payload that is held in memory, in bytes: what a form says, attachments aside.
LARGEST = 8 << 20


def require_none(form: Number, found: Sequence[str]) -> None:
    """Refuse values in which something was found that the form does not allow.

    Raises:
        IncompleteError: it names every fault.
    """
    if found:
        raise IncompleteError(f"a record of {form}", found, hint=asks(form))


def asks(form: Number) -> str:
    """Return the hint that says how to see what a form asks for."""
    return f"see what it asks for: docctl record fields {form}"


def wrong(
    form: Number, definition: RecordDefinition, values: Mapping[str, Any], *, step: str = ""
) -> tuple[str, ...]:
    """Return what is wrong with values, one sentence each."""
    asked = _asked(definition, step)
    elsewhere = {*definition.fields["properties"]} - asked
    here = {name: one for name, one in values.items() if name not in elsewhere}
    misplaced = (_elsewhere(definition, name) for name in values if name in elsewhere)
    return (*misplaced, *_held(form, definition, narrowed(definition, asked), here))


def _held(
    form: Number, definition: RecordDefinition, schema: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return what is wrong with values by a schema, and which of them nobody asked for."""
    strange = unasked.strange(definition, values)
    known = {name: one for name, one in values.items() if name not in strange}
    return (
        *unasked.faults(form, definition, values),
        *fields.faults(schema, known, f"form {form}"),
    )


def _elsewhere(definition: RecordDefinition, name: str) -> str:
    """Say where a field is entered that is not asked for here."""
    steps = [one.name for one in definition.steps if name in one.fields]
    if steps:
        return f"{name} is entered with the step {' or '.join(steps)}"
    return f"{name} is entered when the record is captured; docctl record amend corrects it"


def wrong_in_part(
    form: Number, definition: RecordDefinition, values: Mapping[str, Any], *, step: str = ""
) -> tuple[str, ...]:
    """Return what is wrong with values of a record kept elsewhere, where the rest of them stands.

    No field must be there; one that is must be what the form asks for.
    """
    schema = narrowed(definition, _asked(definition, step))
    return _held(form, definition, {**schema, "required": []}, values)


def wrong_alone(definition: RecordDefinition, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with a few values, each looked at by itself.

    How many rows a table must have is not asked, nor what the form says of several fields together.
    """
    known = definition.fields
    few = {
        name: {key: said for key, said in one.items() if key != "minItems"}
        if isinstance(one, Mapping)
        else one
        for name, one in known["properties"].items()
        if name in values
    }
    schema = {"$defs": known.get("$defs", {}), "type": "object", "properties": few}
    return fields.faults(schema, values, "the form")


def _asked(definition: RecordDefinition, step: str) -> set[str]:
    """Return the fields that a step asks for, or those of the capture."""
    if here := definition.step(step):
        return {*here.fields}
    later = {field for one in definition.steps for field in one.fields}
    return {*definition.fields["properties"]} - later


def narrowed(definition: RecordDefinition, wanted: Collection[str]) -> dict[str, Any]:
    """Return the schema of some of the fields; others are refused unless it allows them itself."""
    schema = definition.fields
    properties = {name: one for name, one in schema["properties"].items() if name in wanted}
    required = [name for name in schema.get("required", ()) if name in wanted]
    return {
        "additionalProperties": False,
        **schema,
        "type": "object",
        "properties": properties,
        "required": required,
    }


def whole(definition: RecordDefinition, known: Collection[str]) -> dict[str, Any]:
    """Return the schema of a record as far as it is filled: for values after an amendment."""
    every = {*definition.fields["properties"]}
    schema = narrowed(definition, every)
    schema["required"] = [name for name in schema["required"] if name in known]
    return schema


def wrong_now(
    form: Number, definition: RecordDefinition, values: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return what is wrong with what a record says now, as far as it is filled."""
    return fields.faults(whole(definition, values), values, f"form {form}")


def wrong_amended(
    form: Number,
    definition: RecordDefinition,
    after: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> tuple[str, ...]:
    """Return what is wrong with what a record would say after some of it was changed.

    What it said before is not asked for what it should never have held.
    """
    strange = unasked.strange(definition, changes)
    required = definition.fields.get("required", ())
    taken = [name for name, one in changes.items() if one is None and name in required]
    left = {name: one for name, one in after.items() if name not in {*strange, *taken}}
    return (
        *(f"{name} must be there: say something else instead" for name in taken),
        *unasked.faults(form, definition, changes),
        *fields.faults(whole(definition, left), left, f"form {form}"),
    )


def removed(
    definition: RecordDefinition, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return the fields that an amendment takes out: there before, None now, and not required."""
    required = definition.fields.get("required", ())
    gone = (name for name, one in after.items() if one is None and name not in required)
    return tuple(name for name in gone if name in before)


def said(given: Mapping[str, Any] | BaseModel) -> Mapping[str, Any]:
    """Return values by their names; what a model leaves at None is left out."""
    if isinstance(given, BaseModel):
        return given.model_dump(mode="json", by_alias=True, exclude_none=True)
    return given


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON has them: days and times as text.

    Raises:
        InputError: there is a value that JSON does not have.
    """
    return {str(name): _plain(one, str(name)) for name, one in values.items()}


def _plain(value: Any, place: str, depth: int = DEEPEST) -> Any:
    if depth < 0:
        raise InputError(f"{place:.60} is nested too deep", hint="give plain values and tables")
    if isinstance(value, str) and not _is_text(value):
        raise InputError(f"{place:.60} holds half a character", hint="take it out")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(one, f"{place}.{name}", depth - 1) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, f"{place}[{index}]", depth - 1) for index, one in enumerate(value)]
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    raise InputError(f"{place}: {value!r:.60} is no value of a record", hint="give text or numbers")


def _is_text(value: str) -> bool:
    return not _SURROGATE.search(value)


def texts_of(value: Any) -> Iterator[str]:
    """Yield the plain values in a value as texts, those in lists and tables too."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_of(one)
    elif value is not None:
        yield text_of(value)


def identified(definition: RecordDefinition, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the identifiers that values give, as text.

    Raises:
        InputError: one of them is no plain value.
    """
    found: dict[str, str] = {}
    for name in definition.identifiers:
        value = values.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, Mapping | list):
            raise InputError(f"the identifier {name} is no plain value", hint="give one text")
        found[name] = text_of(value)
    return found


def text_of(value: Any) -> str:
    """Return a plain value as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
