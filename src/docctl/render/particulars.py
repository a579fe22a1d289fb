"""Metadata in words: clauses, and as labelled facts the fields that only some types have."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from docctl.model.document import Document, RecordKept
from docctl.model.records.definition import RecordDefinition, RecordStep
from docctl.model.records.schema import columns, in_order, label

__all__ = ["Fact", "clauses_words", "particulars", "stated"]

#: Labels that do not follow from the name of the field.
_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "identifier": "Issuer's number",
        "edition_date": "Date of edition",
        "exportable": "Text may be handed out",
        "check_interval_months": "Months between checks",
        "records": "Records produced",
        "records_kept": "Records are kept",
    }
)

#: What a manual shows as chapters of its own.
_CHAPTERS = frozenset({"not_applicable", "processes_map", "chapters"})


#: What a field of a record is, in words.
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "integer": "whole number",
        "boolean": "yes or no",
        "array": "list",
        "object": "group",
        "date": "day",
        "date-time": "time",
    }
)

#: How a bound of a field is introduced; any further key of JSON Schema stands for itself.
_BOUNDS: Mapping[str, str] = MappingProxyType(
    {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
        "description": "",
    }
)

#: What a field says in words of its own, and by what it was followed to them.
_TOLD = frozenset(
    {"title", "type", "format", "enum", "x-unit", "items", "properties", "required"}
    | {"$ref", "$defs", "anyOf", "oneOf", "allOf"}
)

_OWN = "also by a person for whom it was entered"

_NOT_STATED = frozenset({"type", "change"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value; neither is ever empty."""

    label: str
    value: str


def particulars(document: Document) -> tuple[Fact, ...]:
    """Return one fact for each filled field that the document's type adds, in the model's order."""
    own = [name for name in type(document).model_fields if name not in Document.model_fields]
    values = {name: getattr(document, name) for name in own if name not in _CHAPTERS}
    shown = {name: _words(value) for name, value in (values | (document.model_extra or {})).items()}
    return tuple(Fact(_label(name), words) for name, words in shown.items() if words)


def stated(document: Document) -> dict[str, str]:
    """Return everything that the metadata of a document say, by label; what is empty is left out.

    The class of its change, with reason and summary, is not among it.
    """
    names = (name for name in type(document).model_fields if name not in _NOT_STATED)
    values = {name: getattr(document, name) for name in names} | (document.model_extra or {})
    shown = {_label(name): _words(value) for name, value in values.items()}
    if document.clauses:
        shown[_label("clauses")] = clauses_words(document.clauses)
    return {label: words for label, words in shown.items() if words}


def clauses_words(clauses: Iterable[str]) -> str:
    """Return clauses as people write them, by standard: `ISO 9001:2015 (4.4, 7.5)`."""
    sections: dict[str, list[str]] = {}
    for clause in clauses:
        standard, _, section = clause.partition("#")
        sections.setdefault(standard, []).append(section)
    return "; ".join(f"{_standard(name)} ({', '.join(found)})" for name, found in sections.items())


def _label(name: str) -> str:
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


def _words(value: Any) -> str:
    return next((words(value) for kind, words in _BY_KIND if isinstance(value, kind)), "")


def _kept(value: RecordKept) -> str:
    more = ", ".join(filter(None, (value.form, value.kept)))
    return f"{value.title} ({more})" if more else value.title


def _list(value: Iterable[Any]) -> str:
    return "; ".join(words.rstrip(".") for words in map(_words, value) if words)


#: How values become words, by their kind; the first one that fits counts.
_BY_KIND: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, lambda value: "yes" if value else "no"),
    (RecordKept, _kept),
    (RecordDefinition, lambda value: " ".join(f"{words}." for words in _of_records(value))),
    (BaseModel, lambda value: ": ".join(filter(None, (_words(part) for _, part in value)))),
    (dict, lambda value: ", ".join(f"{key}: {_words(part)}" for key, part in value.items())),
    (list | tuple, _list),
    (str | int | float | Decimal | date, str),
)


def _of_records(defined: RecordDefinition) -> Iterator[str]:
    """Yield what a form says of its records, sentence by sentence; all of it was approved."""
    schema = defined.readable
    known, required = schema["properties"], {*schema.get("required", ())}

    def labels(names: Iterable[str]) -> str:
        return ", ".join(label(name, known.get(name)) for name in names)

    fields = (_field(name, known[name], name in required) for name in in_order(schema))
    yield f"Fields: {'; '.join(fields)}"
    said = {
        "Numbered": defined.pattern,
        "Retention class:": defined.retention,
        "Identifiers:": labels(defined.identifiers),
        "About the person in:": labels(filter(None, (defined.subject,))),
        "Data of persons:": labels(defined.personal),
        "Steps:": "; ".join(_step(one, labels(one.fields)) for one in defined.steps),
        "Signatures:": "; ".join(
            f"{one.meaning} ({_with(f'role {one.role}', _OWN if one.own else '')})"
            for one in defined.signatures
        ),
        "Captured by:": ", ".join(defined.capture),
        "Amended by:": ", ".join(defined.amend),
        "Closed by:": ", ".join(defined.close),
        "Made on": "numbered blanks only" if defined.numbered_blanks else "",
        "Entries are late after": f"{defined.late_after_days} days",
    }
    yield from (f"{name} {words}" for name, words in said.items() if words)


def _step(step: RecordStep, fills: str) -> str:
    more = (
        f"fills {fills}" if fills else "",
        f"by {', '.join(step.roles)}" if step.roles else "",
        f"after {', '.join(step.after)}" if step.after else "",
        "" if step.mandatory else "may be left out",
    )
    return _with(f"{step.title} ({step.name})", *more)


def _field(name: str, schema: Any, required: bool) -> str:
    text = _with("required" if required else "", *_narrowed(schema))
    return f"{label(name, schema)} ({text})" if text else label(name, schema)


def _narrowed(schema: Any) -> Iterator[str]:
    """Yield what may be entered into a field: each word of its schema that narrows it."""
    if not isinstance(schema, Mapping):
        return
    rows = columns(schema)
    inner = rows or schema.get("properties") or {}
    needed = {*(schema["items"] if rows else schema).get("required", ())}
    yield _kind(schema.get("type"), schema.get("format"))
    if inner:
        yield f"of: {'; '.join(_field(key, part, key in needed) for key, part in inner.items())}"
    elif each := _with(*_narrowed(schema.get("items"))):
        yield f"each: {each}"
    yield f"in {schema['x-unit']}" if "x-unit" in schema else ""
    if isinstance(schema.get("enum"), list):
        yield f"one of {_with(*map(_words, schema['enum']))}"
    left = {key: _words(part) for key, part in schema.items() if key not in _TOLD}
    yield from (f"{_BOUNDS.get(key, key)} {words}".strip() for key, words in left.items() if words)


def _kind(kind: Any, written: Any) -> str:
    names = kind if isinstance(kind, list) else [kind]
    found = [str(one) for one in names if one not in {"null", "string", None}]
    return ", ".join(filter(None, (_KINDS.get(one, one) for one in (*found, str(written or "")))))


def _with(*said: str) -> str:
    return ", ".join(filter(None, said))


def _standard(standard: str) -> str:
    name, _, edition = standard.partition(":")
    letters, *digits = re.split(r"-?(?=[0-9])", name, maxsplit=1)
    words = letters.upper().replace("-IEC", "/IEC").replace("-", " ")
    return f"{' '.join((words, *digits))}:{edition}"
