"""How records are numbered: a pattern of the form, and a counter that never goes back."""

import re
from collections.abc import Iterable
from functools import lru_cache

from docctl.model.base import Number
from docctl.model.records.definition import Pattern
from docctl.model.records.record import RecordId

_COUNTER = re.compile(r"\{n(?::0(?P<digits>[1-9]))?\}")


def fits(pattern: Pattern, form: Number, number: RecordId) -> bool:
    """Tell whether a number is one that a form's pattern gives out."""
    return _reads(pattern, form).fullmatch(number) is not None


@lru_cache(maxsize=256)
def _reads(pattern: Pattern, form: Number) -> re.Pattern[str]:
    stem = re.escape(pattern.replace("{form}", form)).replace(r"\{year\}", "[0-9]{4}")
    counter = _COUNTER.search(pattern)
    least = counter["digits"] if counter and counter["digits"] else "1"
    counter_of = rf"(?!0+$)([0-9]{{{least}}}|[1-9][0-9]{{{least},9}})"
    return re.compile(stem[: stem.index(r"\{n")] + counter_of)


def stem(pattern: Pattern, form: Number, year: int) -> str:
    """Return what stands before the counter, the hyphen not included: `NC-2026`."""
    text = pattern.replace("{form}", form).replace("{year}", f"{year:04d}")
    return text[: text.index("{n")].removesuffix("-")


def following(
    pattern: Pattern, form: Number, year: int, used: Iterable[RecordId], count: int = 1
) -> list[RecordId]:
    """Return the next numbers after the highest one that begins so; gaps are never filled."""
    before = stem(pattern, form, year)
    tails = (one.removeprefix(f"{before}-") for one in used if one.startswith(f"{before}-"))
    first = max((int(tail) for tail in tails if tail.isdecimal()), default=0) + 1
    return [numbered(pattern, form, year, first + at) for at in range(count)]


def numbered(pattern: Pattern, form: Number, year: int, counter: int) -> RecordId:
    """Return the number with this counter."""
    found = _COUNTER.search(pattern)
    digits = int(found["digits"]) if found and found["digits"] else 1
    return f"{stem(pattern, form, year)}-{counter:0{digits}d}"
