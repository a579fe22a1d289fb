"""The JSON Schema of a record, made from the Pydantic models of what is entered.

Hand-written and generated schemas look alike: the rows of a table stand where the table is named,
and what may be left out is not required, instead of being null.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

_DEFS = "#/$defs/"

#: Defaults that say no more than that a field may be left out.
_EMPTY: tuple[Any, ...] = (None, "", [], {})


class _Titled(GenerateJsonSchema):
    """Titles as people write them: `Found on`."""

    def get_title_from_name(self, name: str) -> str:
        return name.replace("_", " ").strip().capitalize()


def fields_of(model: type[BaseModel], *later: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a record: what is captured, and what later steps add, in order.

    Raises:
        ValueError: two of the models have a field of the same name.
    """
    whole, *others = (_schema(one) for one in (model, *later))
    for one in others:
        if twins := whole["properties"].keys() & one["properties"].keys():
            raise ValueError(f"the field {min(twins)!r} is entered in two steps")
        for part in ("properties", "$defs"):
            if part in one:
                whole[part] = {**whole.get(part, {}), **one[part]}
        whole["required"] = [*whole.get("required", ()), *one.get("required", ())]
    return whole


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    made = model.model_json_schema(mode="serialization", schema_generator=_Titled)
    parts = made.pop("$defs", {})
    circles = {name for name in parts if name in _reached(parts[name], parts)}
    known = {name: one for name, one in parts.items() if name not in circles}
    if made.get("$ref"):  # a model that holds itself
        made = {**parts[made["$ref"].removeprefix(_DEFS)]}
    whole: dict[str, Any] = _inlined(made, known)
    kept = {name: _inlined(parts[name], known) for name in parts if name in circles}
    return {"properties": {}, **whole, **({"$defs": kept} if kept else {})}


def _reached(value: Any, parts: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of every part that a schema refers to, through others too."""
    waiting, found = [*_referred(value)], set[str]()
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += _referred(parts[name])
    return frozenset(found)


def _referred(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix(_DEFS)
        for one in value.values():
            yield from _referred(one)
    elif isinstance(value, list):
        for one in value:
            yield from _referred(one)


def _inlined(value: Any, known: Mapping[str, Any]) -> Any:
    """Return a schema with its parts in place, and its fields without what says nothing."""
    if isinstance(value, list):
        return [_inlined(one, known) for one in value]
    if not isinstance(value, dict):
        return value
    name = str(value.get("$ref", "")).removeprefix(_DEFS)
    if name in known:
        part = {key: one for key, one in known[name].items() if key != "title"}
        beside = {key: one for key, one in value.items() if key != "$ref"}
        return _inlined({**part, **beside}, known)
    made = {key: _inlined(one, known) for key, one in value.items()}
    if isinstance(made.get("properties"), dict):
        required = made.get("required", ())
        fields = made["properties"].items()
        made["properties"] = {
            key: _field(key, one, required=key in required) for key, one in fields
        }
    if isinstance(made.get("description"), str):
        made["description"] = " ".join(made["description"].split())
    return made


def _field(name: str, schema: Mapping[str, Any], *, required: bool) -> dict[str, Any]:
    made = {key: one for key, one in schema.items() if key != "default" or one not in _EMPTY}
    kinds = [one for one in made.get("anyOf", ()) if one != {"type": "null"}]
    if not required and len(kinds) == 1:
        made = {**kinds[0], **{key: one for key, one in made.items() if key != "anyOf"}}
    return {"title": _Titled().get_title_from_name(name), **made}
