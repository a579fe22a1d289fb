"""Values that no record can have: a question that names one would quietly be answered with nothing.

Each is refused with what to write instead.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from docctl.errors import InputError
from docctl.model.answers.record import RecordState
from docctl.rules.query import Comparison, comparable

_STATES: tuple[str, ...] = get_args(RecordState)

#: What every record has that is a day.
_DAYS = frozenset({"happened", "captured", "closed"})

#: Quotation marks that word processors and other languages use.
_CURLY = "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a"

_MONTHS = range(1, 13)
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_OTHER_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_WITH_UNIT = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*\D+")


class Answers(NamedTuple):
    """What may be answered: by every record, and by the fields of the forms."""

    today: date
    forms: Collection[str]
    classes: Callable[[], Collection[str]]
    """The classes that records have; looked up where somebody asks for one."""

    persons: Collection[str]
    fields: Mapping[str, Sequence[Mapping[str, Any]]]
    """The schemas of each field, by its name in lower case; it has one for each form with it."""

    called: Callable[[], Mapping[str, Mapping[str, str]]]
    """What else people call the values of a field; looked up where nothing is called as asked."""

    def of(self, name: str, kind: str) -> Collection[str]:
        """Return the values that a field can have; none where it may have any."""
        known = {"status": _STATES, "form": self.forms, "by": self.persons}
        if name in known:
            return known[name]
        if name == "class":
            return self.classes()
        choices = [one.get("enum") for one in self.fields.get(name, ())]
        if kind or not choices or not all(choices):
            return ()
        return [str(value) for each in choices for value in each or ()]

    def kind(self, name: str) -> str:
        """Return `day` or `number` where a field is one on every form, else nothing."""
        if name in _DAYS:
            return "day"
        kinds = {_kind(one) for one in self.fields.get(name, ())}
        return kinds.pop() if len(kinds) == 1 else ""


def _kind(schema: Mapping[str, Any]) -> str:
    if schema.get("type") in {"number", "integer"}:
        return "number"
    return "day" if schema.get("format") == "date" else ""


def require_answerable(answers: Answers, asked: Comparison) -> None:
    """Refuse a comparison that no record can answer, though it reads as if some could.

    Raises:
        InputError: it says which value is meant, or how it is written.
    """
    name = asked.field.casefold()
    for wanted in asked.wanted:
        _require_plain(asked, wanted)
        if asked.mark == "~":
            continue
        kind = answers.kind(name)
        if known := answers.of(name, kind):
            _require_known(answers, asked, wanted, known)
        elif check := _CHECKS.get(kind):
            check(answers, asked, wanted)


def _require_plain(asked: Comparison, wanted: str) -> None:
    if wanted == "" and asked.mark != "~":
        raise InputError(
            f"an empty value answers nothing: {asked.field}{asked.mark}''",
            hint=f"for records that do not say it: not {asked.field}~''",
        )
    if wanted[:1] in _CURLY and wanted:
        raise InputError(
            f"{wanted!r} stands in quotation marks of a word processor",
            hint=f'write straight ones: {asked.field}{asked.mark}"{wanted.strip(_CURLY)}"',
        )
    if asked.mark != "~" and "*" in {wanted[0], wanted[-1]}:
        raise InputError(
            f"a '*' stands for itself, not for any words: {wanted!r}",
            hint=f"for what holds these words: {asked.field}~{wanted.strip('*') or 'word'}",
        )


def _require_known(
    answers: Answers, asked: Comparison, wanted: str, known: Collection[str]
) -> None:
    folded = {comparable(one)[0]: one for one in known}
    meant, _ = comparable(wanted)
    if meant in folded or asked.mark not in {"=", "!="}:
        return
    called = answers.called().get(asked.field.casefold(), {})
    others = {comparable(word)[0]: one for word, one in called.items()}
    near = [meant] if meant in others else get_close_matches(meant, folded, n=1)
    folded |= others
    listed = ", ".join(sorted({*known})[:20])
    raise InputError(
        f"no record has {wanted!r} as its {asked.field}",
        hint=f"did you mean {folded[near[0]]!r}?" if near else f"there are: {listed or 'none'}",
    )


# --- numbers ------------------------------------------------------------------------------------


def _require_number(_: Answers, asked: Comparison, wanted: str) -> None:
    if comparable(wanted)[1] is not None:
        return
    found = _WITH_UNIT.fullmatch(wanted)
    bare = found[1].replace(",", ".") if found else "2.5"
    raise InputError(
        f"{asked.field} is a number, and {wanted!r} is none",
        hint=f"write it without its unit, with a point: {asked.field}{asked.mark}{bare}",
    )


# --- days ---------------------------------------------------------------------------------------


def _require_day(answers: Answers, asked: Comparison, wanted: str) -> None:
    if _day(wanted):
        return
    raise InputError(
        f"{asked.field} is a day, and {wanted!r} is none",
        hint=next(_instead(asked.field, asked.mark, wanted, answers.today)),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _instead(field: str, mark: str, said: str, today: date) -> Iterator[str]:
    """Yield what to write instead, the likeliest first."""
    word = " ".join(said.casefold().split())
    if word in _SINGLE:
        yield f"write the day: {field}{mark}{today + timedelta(days=_SINGLE[word])}"
    if span := _span(word, today):
        first, last = span
        yield f"write: {field}>={first} and {field}<={last}"
    if other := _OTHER_DAY.fullmatch(word):
        day, month, year = other.groups()
        if meant := _day(f"{year}-{int(month):02d}-{int(day):02d}"):
            yield f"write year, month and day: {field}{mark}{meant}"
    if _ISO.fullmatch(word) and int(word[5:7]) in _MONTHS and word[:4] != "0000":
        days = monthrange(int(word[:4]), int(word[5:7]))[1]
        yield f"that month has {days} days: {field}{mark}{word[:8]}{days}"
    yield f"write year, month and day: {field}{mark}{today}"


def _span(word: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of a period: `last month`, `2026-03`, `2026`."""
    if word in _SPANS:
        return _SPANS[word](today)
    found = _PERIOD.fullmatch(word)
    if not found or found[1] == "0000":
        return None
    if not found[2]:
        return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
    return _month(int(found[1]), int(found[2])) if int(found[2]) in _MONTHS else None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _month_before(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _week(today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    return monday, monday + timedelta(days=6)


#: Words for one day, and how many days from today it is.
_SINGLE: Mapping[str, int] = MappingProxyType(
    {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
)

_SPANS: Mapping[str, Callable[[date], tuple[date, date]]] = MappingProxyType(
    {
        "this week": _week,
        "last week": lambda today: _week(today - timedelta(days=7)),
        "this month": lambda today: _month(today.year, today.month),
        "last month": _month_before,
        "this year": lambda today: (date(today.year, 1, 1), date(today.year, 12, 31)),
        "last year": lambda today: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
)

_CHECKS: Mapping[str, Callable[[Answers, Comparison, str], None]] = MappingProxyType(
    {"number": _require_number, "day": _require_day}
)
