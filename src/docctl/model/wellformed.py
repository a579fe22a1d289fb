"""What is said to a person whose input has the wrong form."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, get_args

from pydantic import StringConstraints, ValidationError

from docctl.errors import InputError
from docctl.model.base import Clause, Label, Number, PersonId, Word
from docctl.model.records.retention import Period


def _pattern(kind: Any) -> str:
    found = next(one for one in get_args(kind) if isinstance(one, StringConstraints))
    return str(found.pattern)


#: What the patterns of `base` ask for, in words.
FORMS: Mapping[str, str] = MappingProxyType(
    {
        _pattern(Number): "is not a document number, such as PRO-001",
        _pattern(Label): "is not a revision, such as 2, B or 1.3",
        _pattern(PersonId): "is not a person's id: short and lower case, such as ola or k-berg",
        _pattern(Word): "is not a plain word in lower case, such as document_controller",
        _pattern(Period): "is no length of time, such as 10 years, 18 months or 30 days",
        _pattern(Clause): "is not a clause with its edition, such as iso9001:2015#7.5.3",
    }
)

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "is missing",
        "extra_forbidden": "is not a field that docctl knows",
        "date_from_datetime_parsing": "is not a date, such as 2026-01-31",
        "date_parsing": "is not a date, such as 2026-01-31",
    }
)


def said(fault: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, as what follows its name: `is missing`."""
    if fault["type"] == "tuple_type":
        return _no_list(fault["input"])
    limits = fault.get("ctx", {})
    form = FORMS.get(str(limits.get("pattern", "")))
    if form:
        return f"{fault['input']!r:.80} {form}"
    if limits.get("min_length") == 1:
        return "is empty"
    if "max_length" in limits:
        return f"has more than {limits['max_length']} characters or entries"
    plain = str(fault["msg"]).removeprefix("Value error, ")
    return _KINDS.get(fault["type"], f"is wrong: {plain[:1].lower()}{plain[1:]}")


def _no_list(value: Any) -> str:
    if not isinstance(value, str):
        return "is a list: write its entries below each other, each behind a '- '"
    return f"is a list: write it as [{', '.join(part.strip() for part in value.split(','))}]"


def sentences(error: ValidationError) -> tuple[str, ...]:
    """Return a sentence for each fault, the name of its field first."""
    return tuple(
        " ".join(part for part in (_name(one["loc"]), said(dict(one))) if part)
        for one in error.errors()
    )


def placed(path: Iterable[str | int]) -> str:
    """Return where a value stands, for people: `records, entry 1: form`."""
    text, joint = "", ""
    for part in path:
        if isinstance(part, int):
            text, joint = f"{text}{', ' if text else ''}entry {part + 1}", ": "
        else:
            text, joint = f"{text}{joint}{part}", "."
    return text


def _name(place: tuple[int | str, ...]) -> str:
    name = placed(part for part in place if part != "data")
    return f"{name}:" if name else ""


@contextmanager
def well_formed() -> Iterator[None]:
    """Turn a model's refusal of what a person gave into an InputError that names every field."""
    try:
        yield
    except ValidationError as error:
        raise InputError(
            "; ".join(sentences(error)), hint="nothing was changed; correct it and repeat"
        ) from error
