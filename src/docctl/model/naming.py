"""Which documents a document's metadata name, as the schema of its type tells.

A field names documents where its schema asks for a number: by the format that is meant for people,
or by the pattern that a field `Number` of a class has. Nested models and lists are looked into.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from docctl.model.base import NUMBER, Number
from docctl.model.document import Document

#: Says in the schema of a type's own field that its text is the number of a document.
NUMBER_FORMAT = "document-number"

_JOINING = ("allOf", "anyOf", "oneOf")


def named(
    fields: Mapping[str, Any], viewed: type[Document], own: Mapping[str, Any]
) -> tuple[Number, ...]:
    """Return the numbers that metadata name besides the document's own, each once, in order.

    *fields* are the metadata as JSON holds them, *viewed* is the class of their type, and *own*
    the JSON Schema of fields that only CONTROL describes. Either may know the field.
    """
    others = {name: value for name, value in fields.items() if name != "number"}
    asked = {name: others[name] for name in naming(viewed) if others.get(name)}
    both = ((_schema(viewed), asked), (own, others if own else {}))
    found = (one for schema, values in both for one in _in(schema, values, schema))
    return tuple(dict.fromkeys(found))


@cache
def naming(viewed: type[Document]) -> tuple[str, ...]:
    """Return the fields of a class that may name documents, at whatever depth, in their order.

    Its schema is gone through once: few fields do, and most documents have none of them filled in.
    """
    root = _schema(viewed)
    parts = (part for one in _applying(root, root) for part in one.get("properties", {}).items())
    return tuple(name for name, schema in parts if any(map(_asks_for_a_number, _all(schema, root))))


def _all(schema: object, root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every schema inside another, each once."""
    waiting, seen = [schema], set[int]()
    while waiting:
        for one in _applying(waiting.pop(), root):
            if id(one) not in seen:
                seen.add(id(one))
                yield one
                waiting += [one.get("items"), *one.get("properties", {}).values()]


@cache
def _schema(viewed: type[Document]) -> Mapping[str, Any]:
    return viewed.model_json_schema()


def _in(schema: object, value: object, root: Mapping[str, Any]) -> Iterator[Number]:
    for one in _applying(schema, root):
        if isinstance(value, str) and _asks_for_a_number(one):
            yield value
        elif isinstance(value, Mapping):
            described = one.get("properties", {})
            for name, part in value.items():
                yield from _in(described.get(name), part, root)
        elif isinstance(value, list | tuple):
            for part in value:
                yield from _in(one.get("items"), part, root)


def _applying(schema: object, root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every schema that speaks of the same value, each once however they go in circles."""
    waiting, seen = [schema], set[int]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [part for key in _JOINING for part in one.get(key, ())]
            waiting.append(_referred(root, str(one.get("$ref", ""))))


def _referred(root: Any, reference: str) -> object:
    """Return what a reference inside a schema leads to, such as `#/$defs/Chapter`."""
    if not reference.startswith("#"):
        return None
    for part in reference.split("/")[1:]:
        root = root.get(part) if isinstance(root, Mapping) else None
    return root


def _asks_for_a_number(schema: Mapping[str, Any]) -> bool:
    return schema.get("format") == NUMBER_FORMAT or schema.get("pattern") == NUMBER
