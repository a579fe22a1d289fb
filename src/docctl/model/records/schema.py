"""JSON Schemas of what records say, as far as people read them: order, references, alternatives."""

from collections.abc import Iterator, Mapping
from typing import Any

#: How deep schemas are looked into; one that refers to itself has no end.
_DEEPEST = 8
_DEFINITIONS = "#/$defs/"


def in_order(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the fields of a schema in the order in which people read them."""
    known, order = schema.get("properties"), schema.get("x-order", ())
    if not isinstance(known, Mapping):
        return ()
    first = (name for name in order if name in known) if isinstance(order, list | tuple) else ()
    return tuple(dict.fromkeys((*first, *known)))


def with_order(schema: Any) -> Any:
    """Return a schema in which every object says in which order its fields stand.

    Signed bytes sort the names of fields: without that the order would be lost.
    """
    if not isinstance(schema, dict):
        return schema
    found = dict(schema)
    for inner in ("properties", "$defs"):
        if isinstance(known := schema.get(inner), dict):
            found[inner] = {name: with_order(one) for name, one in known.items()}
    if "items" in schema:
        found["items"] = with_order(schema["items"])
    known = schema.get("properties")
    if isinstance(known, dict) and len(known) > 1:
        found.setdefault("x-order", list(known))
    return found


def readable(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema whose fields say themselves what they are.

    References to its own definitions are followed, and of a field that may be null what else it may
    be counts. What cannot be told simply stays as it is.
    """
    return _readable(schema, schema, 0)


def _readable(schema: Any, root: Mapping[str, Any], depth: int) -> dict[str, Any]:
    found = dict(_followed(schema, root, depth))
    if depth >= _DEEPEST:
        return found
    known = found.get("properties")
    if isinstance(known, Mapping):
        found["properties"] = {name: _readable(one, root, depth + 1) for name, one in known.items()}
    if isinstance(found.get("items"), Mapping):
        found["items"] = _readable(found["items"], root, depth + 1)
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
