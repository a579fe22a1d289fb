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

from docctl.errors import InputError

Values = Mapping[str, Sequence[str]]
"""The values of each field as text; a field with several values fits if one of them does."""

#: The longest question, in characters.
LONGEST = 2000

#: The name under which a list is asked for words in whichever field.
ANYTHING = "anything"

_DEEPEST = 20
_HINT = "for example: site=Bergen and status=open; or: serial in (A-17, A-18)"
_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"[^"]*"|'[^']*')|(?P<mark><=|>=|!=|[=<>~(),])|(?P<word>[^\s=<>~!(),"']+))"""
)
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")
_KEYWORDS = frozenset({"and", "or", "not", "in"})
_OPERATORS = frozenset(("mark", one) for one in ("=", "!=", "<", "<=", ">", ">=", "~"))

#: Words of other languages where an operator belongs, and what is written here.
_MEANT: Mapping[str, str] = MappingProxyType(
    {
        "between": "{0}>=A and {0}<=B",
        "contains": "{0}~word",
        "like": "{0}~word",
        "has": "{0}~word",
        "is": "{0}=value; for what it does not say: not {0}~''",
        "equals": "{0}=value",
        "before": "{0}<2026-01-31",
        "after": "{0}>2026-01-31",
        "since": "{0}>=2026-01-31",
        "until": "{0}<=2026-01-31",
    }
)

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


def question(text: str) -> Question:
    """Read a question.

    Raises:
        InputError: it cannot be understood; the sentence says at which word.
    """
    if len(text) > LONGEST:
        raise InputError(f"a question has at most {LONGEST:,} characters", hint=_HINT)
    reading = _Reading(list(_tokens(text)))
    found = reading.either(0)
    if reading.left():
        raise reading.too_much()
    return found


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            rest = text[at:].strip()
            why = "a quotation mark is not closed; " if rest[0] in "\"'" else ""
            raise InputError(f"{why}this cannot be read: {rest!r:.60}", hint=_HINT)
        kind = found.lastgroup or "word"
        word = found[kind]
        yield ("word", word[1:-1]) if kind == "quoted" else _plain(kind, word)
        at = found.end()


def _plain(kind: str, word: str) -> tuple[str, str]:
    if kind == "word" and word.casefold() in _KEYWORDS:
        return ("key", word.casefold())
    return (kind, word)


class _Reading:
    """A question while it is read, from the loosest bond to the closest."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def left(self) -> bool:
        return self._at < len(self._tokens)

    def here(self) -> str:
        return self._tokens[self._at][1] if self.left() else ""

    def _place(self) -> str:
        return f"{self.here()!r:.60}" if self.left() else "the end"

    def too_much(self) -> InputError:
        """Return what is wrong where a question should have ended."""
        here = self.here()
        if here == ")":
            return InputError("a parenthesis is closed that was never opened", hint=_HINT)
        if here == ",":
            hint = f"fractions have a point: 2.5; {_HINT}"
            return InputError("a comma stands only in a list between parentheses", hint=hint)
        if self._at_operator():
            last = self._tokens[self._at - 1][1]
            said = f"'and' or 'or' is missing before {last} {here}"
            return InputError(said, hint=_HINT)
        return InputError(f"nothing was expected at {here!r:.60}", hint=_HINT)

    def _is(self, *token: str) -> bool:
        return self.left() and self._tokens[self._at] == token

    def _take(self, kind: str, what: str) -> str:
        if not self.left() or self._tokens[self._at][0] != kind:
            raise InputError(f"{what} was expected at {self._place()}", hint=_HINT)
        self._at += 1
        return self._tokens[self._at - 1][1]

    def either(self, depth: int) -> Question:
        return self._joined("or", self._all, depth)

    def _all(self, depth: int) -> Question:
        return self._joined("and", self._one, depth)

    def _joined(
        self, how: Literal["and", "or"], read: Callable[[int], Question], depth: int
    ) -> Question:
        parts = [read(depth)]
        while self._is("key", how):
            self._at += 1
            parts.append(read(depth))
        return Joined(how, tuple(parts)) if len(parts) > 1 else parts[0]

    def _one(self, depth: int) -> Question:
        if depth > _DEEPEST:
            raise InputError("a question does not go so deep", hint=_HINT)
        if self._is("key", "not"):
            self._at += 1
            return Joined("not", (self._one(depth + 1),))
        if self._is("mark", "("):
            self._at += 1
            found = self.either(depth + 1)
            if self._take("mark", "a closing parenthesis") != ")":
                raise InputError("a parenthesis is not closed", hint=_HINT)
            return found
        return self._comparison()

    def _comparison(self) -> Question:
        name = self._take("word", "a field")
        if self._is("key", "in"):
            self._at += 1
            return Comparison(name, "=", self._several())
        mark = self._operator(name)
        if self._is("mark", "(") and mark == "=":
            raise InputError("a list of values comes after 'in'", hint=f"write: {name} in (…, …)")
        if self._at_operator():
            raise InputError(
                f"two operators follow each other: {mark}{self.here()}",
                hint="write one of = != < <= > >= ~, such as site=Bergen or site!=Oslo",
            )
        return Comparison(name, mark, (self._value(),))

    def _at_operator(self) -> bool:
        return self.left() and self._tokens[self._at] in _OPERATORS

    def _operator(self, name: str) -> str:
        if self._at_operator():
            self._at += 1
            return self._tokens[self._at - 1][1]
        here = self.here()
        if meant := _MEANT.get(here.casefold()):
            raise InputError(f"{here!r} is no operator here", hint=f"write: {meant.format(name)}")
        raise InputError(
            f"one of = != < <= > >= ~ in was expected at {self._place()}", hint=self._instead(name)
        )

    def _instead(self, name: str) -> str:
        field, _, value = name.partition(":")
        if field and value:
            return f"write: {field}={value}"
        if not self.left():
            return f"a number: number={name}; words: {ANYTHING}~{name}; {_HINT}"
        words = [name]
        for token in self._tokens[self._at :]:
            if token in _OPERATORS:
                return f'a name of several words stands in quotation marks: "{" ".join(words)}"'
            words.append(token[1])
        return _HINT

    def _several(self) -> tuple[str, ...]:
        if self._take("mark", "an opening parenthesis") != "(":
            raise InputError("after 'in' comes a list between parentheses", hint=_HINT)
        found = [self._value()]
        while self._is("mark", ","):
            self._at += 1
            found.append(self._value())
        if self._take("mark", "a closing parenthesis") != ")":
            raise InputError("a parenthesis is not closed", hint=_HINT)
        return tuple(found)

    def _value(self) -> str:
        """Return a value: one quoted text, or words up to the next operator or keyword."""
        words = [self._take("word", "a value")]
        while self.left() and self._tokens[self._at][0] == "word":
            words.append(self._take("word", "a value"))
        return " ".join(words)
