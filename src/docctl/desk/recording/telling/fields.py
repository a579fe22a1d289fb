"""What a form asks for, field by field."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from docctl.model.answers.record import RecordField
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.schema import columns, label

#: What people call the types of JSON Schema.
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "string": "text",
        "number": "number",
        "integer": "whole number",
        "boolean": "yes or no",
        "array": "list",
        "object": "group",
        "null": "nothing",
    }
)

#: What people call texts of these formats.
_FORMATS: Mapping[str, str] = MappingProxyType({"date": "day", "date-time": "time"})


def fields_of(definition: RecordDefinition) -> Iterator[RecordField]:
    """Yield what a form asks for, in its order."""
    schema = definition.readable
    steps = {field: step.name for step in definition.steps for field in step.fields}
    personal = {*definition.personal, *((definition.subject,) if definition.subject else ())}
    for found in _fields(schema["properties"], schema.get("required", ())):
        yield found.but(
            identifier=found.name in definition.identifiers,
            step=steps.get(found.name),
            personal=found.name in personal,
        )


def _fields(schemas: Mapping[str, Any], required: Any) -> Iterator[RecordField]:
    for name, one in schemas.items():
        schema = one if isinstance(one, Mapping) else {}
        rows = columns(schema)
        items = schema["items"].get("required", ()) if rows else ()
        yield RecordField.model_validate(
            {
                "name": name,
                "title": label(name, schema),
                "type": "table" if rows else kind_of(schema),
                "unit": schema.get("x-unit", ""),
                "choices": _choices(schema),
                "required": name in required,
                "columns": tuple(_fields(rows, items)),
            }
        )


def _choices(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what may be chosen: for the field, or for each entry of its list."""
    items = schema.get("items")
    each = items.get("enum", ()) if isinstance(items, Mapping) else ()
    return tuple(schema.get("enum", each))


def kind_of(schema: Mapping[str, Any]) -> str:
    """Return what a field takes, in words; `anything` where its schema leaves that open."""
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    given = schema.get("type")
    kinds = given if isinstance(given, list) else [given] if given else []
    if not kinds and schema.get("enum"):
        return "one of the choices"
    if kinds == ["array"] and isinstance(schema.get("items"), Mapping):
        return f"list of {kind_of(schema['items'])}"
    return " or ".join(_KINDS.get(str(one), str(one)) for one in kinds) or "anything"
