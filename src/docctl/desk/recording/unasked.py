"""What values hold that a form does not ask for, or ask for with nothing in it."""

from collections.abc import Iterator, Mapping
from typing import Any

from docctl.model.base import Number
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.schema import label

#: Words of a schema that let it have more fields than it names, or say itself that it has none.
_OPEN = frozenset(
    {"additionalProperties", "patternProperties", "unevaluatedProperties", "dependentSchemas", "if"}
)


def strange(definition: RecordDefinition, values: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of values that are no fields of the form; none where it lets in others."""
    schema = definition.fields
    if schema.get("additionalProperties", False) is not False or "patternProperties" in schema:
        return frozenset()
    return frozenset(values) - frozenset(schema["properties"])


def faults(form: Number, definition: RecordDefinition, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is said of names that the form does not have, in its tables too, and of nothing.

    A field that must be there says something: a text of blanks is none.
    """
    others = strange(definition, values)
    properties = definition.fields["properties"]
    titles = {label(name, one).casefold(): name for name, one in properties.items()}
    for name, value in values.items():
        if name in others:
            meant = titles.get(name.casefold())
            hint = f"; the field with this title is {meant}" if meant else ""
            yield f"{name} is no field of {form}{hint}"
        elif isinstance(value, str) and not value.strip():
            yield from _empty(definition, name)
    grouped = {name: one for name, one in values.items() if isinstance(one, Mapping | list | tuple)}
    schemas = definition.readable["properties"] if grouped else {}
    for name, one in grouped.items():
        yield from _beside(schemas.get(name), one, name)


def _empty(definition: RecordDefinition, name: str) -> Iterator[str]:
    schema = definition.fields["properties"].get(name)
    told = isinstance(schema, Mapping) and schema.keys() & {
        "minLength",
        "pattern",
        "format",
        "enum",
    }
    if name in definition.fields.get("required", ()) and not told:
        yield f"{name} says nothing"


def _beside(schema: Any, value: Any, place: str) -> Iterator[str]:
    """Yield the names in rows and groups that their schema does not have."""
    if not isinstance(schema, Mapping):
        return
    if isinstance(value, list | tuple):
        for index, row in enumerate(value, start=1):
            yield from _beside(schema.get("items"), row, f"{place}, entry {index}")
    elif isinstance(value, Mapping) and isinstance(schema.get("properties"), Mapping):
        known = schema["properties"]
        for name, one in value.items():
            if name in known:
                yield from _beside(known[name], one, f"{place}: {name}")
            elif _closed(schema):
                yield f"{place}: {name} is no field of it"


def _closed(schema: Mapping[str, Any]) -> bool:
    several = any(len(schema.get(one, ())) > 1 for one in ("allOf", "anyOf", "oneOf"))
    return not (several or schema.keys() & _OPEN)
