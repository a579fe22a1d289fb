"""JSON Schemas of what records say, as people read them: fields, references, alternatives."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

#: How deep schemas are looked into; one that refers to itself has no end.
_DEEPEST = 8
#: How many parts are: a few definitions that name each other can make more than a disk holds.
_MOST = 10_000
_DEFINITIONS = "#/$defs/"


def in_order(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the fields of a schema in their order; none where it has no fields."""
    known = schema.get("properties")
    return tuple(known) if isinstance(known, Mapping) else ()


def label(name: str, schema: Any) -> str:
    """Return what people call a field: its title, or its name in words."""
    given = schema.get("title") if isinstance(schema, Mapping) else None
    return given if isinstance(given, str) and given else name.replace("_", " ").capitalize()


def columns(schema: Any) -> Mapping[str, Any]:
    """Return the columns of a field that is a table; none where it is another kind of field."""
    items = schema.get("items") if isinstance(schema, Mapping) else None
    if not isinstance(items, Mapping):
        return {}
    return {name: items["properties"][name] for name in in_order(items)}


def readable(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema whose fields say themselves what they are.

    References to its own definitions are followed, and of a field that may be null what else it may
    be counts. What cannot be told simply stays as it is.
    """
    return _readable(schema, schema, 0, count())


def _readable(
    schema: Any, root: Mapping[str, Any], depth: int, seen: Iterator[int]
) -> dict[str, Any]:
    found = dict(_followed(schema, root, depth))
    if depth >= _DEEPEST or next(seen) >= _MOST:
        return found
    known = found.get("properties")
    if isinstance(known, Mapping):
        found["properties"] = {
            name: _readable(one, root, depth + 1, seen) for name, one in known.items()
        }
    if isinstance(found.get("items"), Mapping):
        found["items"] = _readable(found["items"], root, depth + 1, seen)
    return found


def _followed(schema: Any, root: Mapping[str, Any], depth: int) -> Mapping[str, Any]:
    """Return a schema with what it refers to; what it says itself stands over that."""
    if not isinstance(schema, Mapping):
        return {}
    for other in _others(schema, root):
        if depth >= _DEEPEST:
            break
        return {**_followed(other, root, depth + 1), **schema}
    return schema


def _others(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Any]:
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith(_DEFINITIONS):
        yield root.get("$defs", {}).get(reference.removeprefix(_DEFINITIONS))
    for kind in ("anyOf", "oneOf", "allOf"):
        parts = schema.get(kind)
        if isinstance(parts, list):
            filled = [one for one in parts if one != {"type": "null"}]
            if len(filled) == 1:
                yield filled[0]
