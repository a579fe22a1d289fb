"""Whether an author has numbered the headings by hand, and what such a number looks like."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from docctl.content.tree import Heading
from docctl.content.walk import plain

__all__ = ["TYPED", "apart", "by_hand"]

#: What may be a number in front of a title: `8.1 …`, `3. …`, `1 …`, `A.2 …`, `IV) …`, `§ 4 …`.
TYPED = re.compile(
    r"(?:\u00a7 ?\d[\d.]*|\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,3}[.)]|\d{1,2}"
    r"|[A-Z](?:\.\d{1,3})+[.)]?|[A-Z][.)]|[IVXL]{1,6}[.)])\s+(?=\S)"
)
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_ROMAN = MappingProxyType({text: value for value, text in enumerate(_ROMANS.split(), start=1)})
_APART = re.compile(r"(?:annex|appendix|anhang|anlage|annexe|anexo)\b", re.IGNORECASE)

#: What a number is: its kind, then its parts. `I.` is one of the Romans, and a letter.
_Number = tuple[str, tuple[int, ...]]


class _Typed(NamedTuple):
    level: int
    meanings: tuple[_Number, ...]
    bare: bool
    """It is a plain `3`, which may as well be a count of something."""


def by_hand(headings: Sequence[Heading]) -> bool:
    """Tell whether *headings* as a whole follow an outline that was typed.

    At least two of them bear numbers, and most of the numbers follow from one before: 1, 1.1, 1.2,
    2. Plain ones without a point, which may be counts of something, stand in front of at least half
    of the headings on their levels. A number that follows from nothing is part of its title.
    """
    typed = tuple(_typed(headings))
    levels = {one.level for one in typed}
    counted = [one for one in headings if one.level in levels and not apart(one)]
    if not typed[1:] or (all(one.bare for one in typed) and 2 * len(typed) < len(counted)):
        return False
    steps = [_begins(*typed[:2]), *_steps(typed)]
    return 2 * sum(steps) > len(steps)


def apart(heading: Heading) -> bool:
    """Tell whether a heading is never numbered: an annex, or one of class `unnumbered`."""
    return "unnumbered" in heading.classes or _APART.match(plain(heading.inlines)) is not None


def _typed(headings: Sequence[Heading]) -> Iterator[_Typed]:
    for heading in headings:
        if match := TYPED.match(plain(heading.inlines)):
            number = match[0].strip()
            bare = number.isdecimal()
            yield _Typed(heading.level, tuple(_meanings(number.strip("\u00a7 .)"))), bare)


def _meanings(number: str) -> Iterator[_Number]:
    first, *others = number.split(".")
    rest = tuple(int(part) for part in others if part)
    if first.isdecimal():
        yield "digits", (int(first), *rest)
    if first in _ROMAN:
        yield "roman", (_ROMAN[first], *rest)
    if len(first) == 1 and first.isalpha():
        yield "letter", (ord(first) - ord("A") + 1, *rest)


def _begins(first: _Typed, second: _Typed) -> bool:
    """Tell whether an outline may begin with *first*: `1`, `4.`, `8.1`, or `8` before an `8.1`."""
    opens = any(parts[-1] <= 1 or not (parts[1:] or first.bare) for _, parts in first.meanings)
    return opens or (second.level > first.level and _follows(second, first))


def _steps(typed: Sequence[_Typed]) -> Iterator[bool]:
    """Yield for each number but the first whether it follows from one before."""
    last = {typed[0].level: typed[0]}
    for before, one in pairwise(typed):
        deeper = one.level > before.level and any(p == (1,) for _, p in one.meanings)
        yield deeper or _follows(one, before) or _follows(one, last.get(one.level, before))
        last[one.level] = one


def _follows(one: _Typed, before: _Typed) -> bool:
    return any(
        kind == other and _next(parts, earlier)
        for kind, parts in one.meanings
        for other, earlier in before.meanings
    )


def _next(parts: tuple[int, ...], earlier: tuple[int, ...]) -> bool:
    """Tell whether *parts* come next: the first below *earlier*, or one more on any level of it."""
    *outer, last = parts
    depth = len(outer)
    if parts == (*earlier, 1):
        return True
    return earlier[:depth] == tuple(outer) and earlier[depth : depth + 1] == (last - 1,)
