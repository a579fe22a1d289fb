"""Values that fit a schema as anybody can see: nearly all that are entered, and nearly all schemas.

A JSON Schema can ask for more than a few kinds of plain values, and what does not fit must be told
well. Both take a validator, which takes longer than all else that is done with a record.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from jsonschema import FormatChecker

#: Keywords of an object, and of a plain value in it, beyond which nothing is plain here.
_OF_OBJECTS = frozenset(
    {"type", "properties", "required", "additionalProperties", "title", "description"}
)
_OF_VALUES = frozenset(
    {
        "type",
        "title",
        "description",
        "x-unit",
        "format",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
    }
)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


#: Whether a value is of a kind; that 2.0 is an integer too is left to the validator.
_KINDS: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "string": lambda value: isinstance(value, str),
        "number": _number,
        "integer": _integer,
        "boolean": lambda value: isinstance(value, bool),
    }
)

#: Where a value must lie that is counted or measured so: keyword, measure, and the test.
_BOUNDS: tuple[tuple[str, str, Callable[[Any], Any], Callable[[Any, Any], bool]], ...] = (
    ("minLength", "string", len, lambda size, bound: size >= bound),
    ("maxLength", "string", len, lambda size, bound: size <= bound),
    ("minimum", "number", lambda value: value, lambda value, bound: value >= bound),
    ("maximum", "number", lambda value: value, lambda value, bound: value <= bound),
)


def plainly_fit(
    schema: Mapping[str, Any], values: Mapping[str, Any], formats: FormatChecker
) -> bool:
    """Tell whether plain values fit a schema that asks for nothing but plain values.

    If not, they may fit all the same: nothing is said of them then.
    """
    properties, required = schema.get("properties"), schema.get("required", [])
    if schema.get("type") != "object" or not schema.keys() <= _OF_OBJECTS:
        return False
    if not isinstance(properties, dict) or not isinstance(required, list | tuple):
        return False
    return all(name in values for name in required) and all(
        _fits(properties.get(name), value, formats) for name, value in values.items()
    )


def _fits(asked: Any, value: Any, formats: FormatChecker) -> bool:
    if not isinstance(asked, dict) or not asked.keys() <= _OF_VALUES:
        return False
    kind = asked.get("type")
    is_of = _KINDS.get(kind) if isinstance(kind, str) else None
    if is_of is None or not is_of(value):
        return False
    if len(asked) == 1:
        return True
    wanted = asked.get("format")
    if wanted is not None and not (isinstance(wanted, str) and formats.conforms(value, wanted)):
        return False
    return all(
        _number(asked[name]) and kind in _MEASURED[of] and lies(measure(value), asked[name])
        for name, of, measure, lies in _BOUNDS
        if name in asked
    )


#: Kinds of values that are counted in characters, and by which a bound of numbers goes.
_MEASURED = MappingProxyType({"string": {"string"}, "number": {"number", "integer"}})
