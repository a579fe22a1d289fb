"""A question to records that a quality manager can guess: `site=Bergen and captured>=2026-01-01`.

A comparison is `field = value`, with `=`, `!=`, `<`, `<=`, `>`, `>=` or `~` (contains), or
`field in (one, other)`. Comparisons are joined by `and`, `or` and `not`, with parentheses where
wanted; `and` binds closer than `or`. Words need no quotes; what holds an operator or a keyword
stands between quotes. Upper and lower case are the same, and so are both ways of writing a letter
with its accent; numbers compare as numbers, days as days.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from types import MappingProxyType
from typing import Any, Literal
from unicodedata import normalize

Values = Mapping[str, Sequence[str]]
"""The values of each field as text; a field with several values fits if one of them does."""

#: The name under which a list is asked for words in whichever field.
ANYTHING = "anything"

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")
_COMPARES: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field held against one value, or several of which one must fit."""

    field: str
    mark: str
    wanted: tuple[str, ...]

    def fits(self, values: Values) -> bool:
        """Tell whether one of the field's values fits; `!=` asks that none is the same."""
        found = _of(values, self.field)
        if self.mark == "!=":
            return not any(_fits(one, "=", wanted) for one in found for wanted in self.wanted)
        return any(_fits(one, self.mark, wanted) for one in found for wanted in self.wanted)

    def comparisons(self) -> Iterator["Comparison"]:
        """Yield every comparison in the question."""
        yield self

    def changed(self, change: Callable[["Comparison"], "Comparison"]) -> "Question":
        """Return the question with another comparison for each."""
        return change(self)

    def fields(self) -> Iterator[str]:
        """Yield the field that is asked about."""
        yield self.field


@dataclass(frozen=True, slots=True)
class Joined:
    """Questions of which all, one, or none must fit."""

    how: Literal["and", "or", "not"]
    """Whether all, one or none of them must fit; `not` has one part."""

    parts: tuple["Question", ...]

    def fits(self, values: Values) -> bool:
        """Tell whether values fit."""
        found = (one.fits(values) for one in self.parts)
        if self.how == "and":
            return all(found)
        return any(found) if self.how == "or" else not any(found)

    def comparisons(self) -> Iterator[Comparison]:
        """Yield every comparison in the question."""
        for one in self.parts:
            yield from one.comparisons()

    def changed(self, change: Callable[[Comparison], Comparison]) -> "Question":
        """Return the question with another comparison for each."""
        return Joined(self.how, tuple(one.changed(change) for one in self.parts))

    def fields(self) -> Iterator[str]:
        """Yield every field that is asked about."""
        return (one.field for one in self.comparisons())


Question = Comparison | Joined


def _of(values: Values, field: str) -> Sequence[str]:
    """Return the values of a field, in whichever case its name was written."""
    if field in values:
        return values[field]
    same = (found for name, found in values.items() if name.casefold() == field.casefold())
    return next(same, ())


def comparable(text: str) -> tuple[str, float | None]:
    """Return what a text is compared as: without upper case, and as a number where it is one."""
    folded = (text if text.isascii() else normalize("NFC", text)).casefold()
    return folded, float(folded) if _NUMBER.fullmatch(folded) else None


def _fits(value: str, mark: str, wanted: str) -> bool:
    (one, number), (other, counted) = comparable(value), comparable(wanted)
    if mark == "~":
        return other in one
    if number is not None and counted is not None:
        return _COMPARES[mark](number, counted)
    return _COMPARES[mark](one, other)
