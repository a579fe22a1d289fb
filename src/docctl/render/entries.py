"""What a form asks for, as places to write into: in parts, each with a name that is read back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import quote, unquote

from docctl.errors import InputError
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.schema import in_order
from docctl.render.records.values import columns, label, unit

__all__ = ["HAPPENED", "Entry", "Sheet", "marks", "named", "sheets", "tag"]

#: How bookmarks begin whose cell is a place to write into; its number follows.
MARK = "docctl_place_"

#: The entry for the day on which it happened; no field can have this name.
HAPPENED = "@on"

_PREFIX = "docctl:"
#: Word keeps no longer ones.
_LONGEST_TAG = 64

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "integer": "whole number",
        "number": "number",
        "date": "day, as 2026-01-31",
        "date-time": "time, as 2026-01-31T08:30:00Z",
        "email": "address for e-mail",
        "document-number": "number of a document",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to write into."""

    tag: str
    label: str
    hint: str = ""
    required: bool = False
    kind: Literal["text", "choice", "day"] = "text"
    choices: tuple[str, ...] = ()
    columns: tuple["Entry", ...] = ()
    """Of a table."""

    rows: int = 0
    """How many empty rows a table has."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a form: what is filled in at one time."""

    title: str
    note: str
    entries: tuple[Entry, ...]


def tag(name: str, column: str = "") -> str:
    """Return the name of a place to write into, by its field and, in a table, its column.

    Raises:
        InputError: it is too long for a word processor.
    """
    made = _PREFIX + quote(name, safe="@ ") + (f"/{quote(column, safe=' ')}" if column else "")
    if len(made) > _LONGEST_TAG:
        raise InputError(
            f"the name of the field {name!r} is too long to be filled in on paper",
            hint="give it a shorter name, and what people should read as its title",
        )
    return made


def marks(parts: Iterable[Sheet]) -> dict[str, str]:
    """Return the name of the bookmark of each place, by its tag: not every program keeps tags."""
    places = (
        place.tag for part in parts for one in part.entries for place in (one.columns or (one,))
    )
    return {place: f"{MARK}{number}" for number, place in enumerate(places, start=1)}


def named(made: str) -> tuple[str, str] | None:
    """Return field and column of a place by its name; nothing where it is none of ours."""
    if not made.startswith(_PREFIX):
        return None
    name, _, column = made.removeprefix(_PREFIX).partition("/")
    return unquote(name), unquote(column)


def sheets(definition: RecordDefinition) -> tuple[Sheet, ...]:
    """Return the parts of a form: what is filled in at capture, then each step.

    Raises:
        InputError: a field cannot be filled in on paper.
    """
    schema = definition.readable
    known, required = schema["properties"], {*schema.get("required", ())}
    later = {field for step in definition.steps for field in step.fields}
    first = [name for name in in_order(schema) if name not in later]
    happened = Entry(tag(HAPPENED), "Happened on", _KINDS["date"], kind="day")

    def made(names: list[str]) -> tuple[Entry, ...]:
        return tuple(_entry(tag(one), one, known[one], one in required) for one in names)

    return (
        Sheet("To be filled in", "", (happened, *made(first))),
        *(
            Sheet(one.title, _who(one.roles, one.mandatory), made(list(one.fields)))
            for one in definition.steps
        ),
    )


def _who(roles: tuple[str, ...], mandatory: bool) -> str:
    who = (
        f"To be filled in by: {', '.join(one.replace('_', ' ') for one in roles)}." if roles else ""
    )
    return " ".join(filter(None, (who, "" if mandatory else "Only where it applies.")))


def _entry(place: str, name: str, schema: Mapping[str, Any], required: bool) -> Entry:
    inner = _columns(name, schema)
    choices = _choices(schema)
    return Entry(
        tag=place,
        label=label(name, schema),
        hint="; ".join(_hints(schema, choices)),
        required=required,
        kind="choice" if choices else "day" if schema.get("format") == "date" else "text",
        choices=choices,
        columns=inner,
        rows=(1 if _is_object(schema) else _ROWS) if inner else 0,
    )


#: How many empty rows a table has.
_ROWS = 5


def _is_object(schema: Mapping[str, Any]) -> bool:
    return isinstance(schema.get("properties"), Mapping)


def _columns(name: str, schema: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return the columns of a table; an object is a table of one row."""
    whole = schema if _is_object(schema) else schema.get("items", {})
    known = whole.get("properties", {}) if _is_object(schema) else columns(schema)
    required = {*whole.get("required", ())} if known else set()
    return tuple(
        _entry(tag(name, one), one, known[one], one in required)
        for one in (in_order(whole) if known else ())
    )


def _choices(schema: Mapping[str, Any]) -> tuple[str, ...]:
    given = schema.get("enum")
    if isinstance(given, list):
        return tuple(str(one) for one in given if one is not None)
    return ("yes", "no") if "boolean" in _types(schema) else ()


def _types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    given = schema.get("type", ())
    return (given,) if isinstance(given, str) else tuple(given)


def _hints(schema: Mapping[str, Any], choices: tuple[str, ...]) -> Iterator[str]:
    described = schema.get("description")
    if isinstance(described, str) and described:
        yield described.rstrip(".")
    measured = unit(schema)
    kinds = (*_types(schema), str(schema.get("format", "")))
    said = next((_KINDS[one] for one in kinds if one in _KINDS), "")
    if said and not choices:
        yield f"{said}, in {measured}" if measured else said
    elif measured:
        yield f"in {measured}"
    if choices:
        yield f"one of: {', '.join(choices)}"
    if "array" in kinds and not columns(schema):
        yield "one on each line"
