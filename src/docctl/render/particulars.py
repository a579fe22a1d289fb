"""Metadata in words: clauses, and as labelled facts the fields that only some types have."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from docctl.model.document import Document, RecordKept

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
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, RecordKept):
        more = ", ".join(filter(None, (value.form, value.kept)))
        return f"{value.title} ({more})" if more else value.title
    if isinstance(value, BaseModel):
        return ": ".join(filter(None, (_words(part) for _, part in value)))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_words(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(words.rstrip(".") for words in map(_words, value) if words)
    return str(value) if isinstance(value, str | int | Decimal | date) else ""


def _standard(standard: str) -> str:
    name, _, edition = standard.partition(":")
    letters, *digits = re.split(r"-?(?=[0-9])", name, maxsplit=1)
    words = letters.upper().replace("-IEC", "/IEC").replace("-", " ")
    return f"{' '.join((words, *digits))}:{edition}"
