"""Numbers with a fraction: what is signed holds none, so no field of a document may be one.

Two programs can write the same fraction in different bytes, and a signature covers bytes.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from docctl.errors import InputError
from docctl.model.document import Document
from docctl.model.wellformed import placed

#: What to do instead.
HINT = (
    "use a string (in Python: Decimal), or an integer with the unit in its name, as in tolerance_um"
)

#: Keywords of JSON Schema that hold further schemas: by name, in a list, or one.
_NAMED = ("properties", "patternProperties", "$defs", "dependentSchemas")
_LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = ("items", "contains", "additionalProperties", "not", "if", "then", "else")


def refuse_fractions(value: object, what: str) -> None:
    """Refuse what holds a fraction; *what* names it.

    Raises:
        InputError: it says where.
    """
    for path, fraction in _within(value):
        raise InputError(
            f"{what}: {placed(path)} is {fraction}, and a fraction cannot be signed", hint=HINT
        )


def _within(value: object, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], float]]:
    if isinstance(value, float):
        yield path, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _within(part, *path, name)
    elif isinstance(value, list | tuple):
        for at, part in enumerate(value):
            yield from _within(part, *path, at)


@cache
def check_class(viewed: type[Document]) -> None:
    """Refuse a document class with a field that holds nothing but numbers with fractions.

    Raises:
        InputError: it names the field.
    """
    for name in fractional(viewed.model_json_schema()):
        raise InputError(
            f"the field {name!r} of {viewed.__name__} is a float, and a fraction cannot be signed",
            hint=HINT,
        )


def fractional(schema: object, name: str = "") -> Iterator[str]:
    """Yield the names of fields that a JSON Schema lets be numbers, and no text instead."""
    if not isinstance(schema, Mapping):
        return
    if "number" in _types(schema) and "string" not in _types(schema):
        yield name
    for keyword in _NAMED:
        for inner, one in _items(schema.get(keyword)):
            yield from fractional(one, f"{name}.{inner}" if name else inner)
    for keyword in _LISTED:
        several = schema.get(keyword, ())
        alternatives = several if isinstance(several, list | tuple) else ()
        text = any("string" in _types(one) for one in alternatives)
        for one in alternatives:
            if not (text and "number" in _types(one)):
                yield from fractional(one, name)
    for keyword in _SINGLE:
        yield from fractional(schema.get(keyword), name)


def _types(schema: Any) -> tuple[str, ...]:
    kinds = schema.get("type", ()) if isinstance(schema, Mapping) else ()
    return (kinds,) if isinstance(kinds, str) else tuple(map(str, kinds))


def _items(value: object) -> Iterator[tuple[str, object]]:
    yield from value.items() if isinstance(value, Mapping) else ()
