"""How a question to records is read, and what to write instead where it cannot be."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from docctl.errors import InputError
from docctl.rules.query import ANYTHING, Comparison, Joined, Question

#: The longest question, in characters.
LONGEST = 2000

_DEEPEST = 20
_HINT = "for example: site=Bergen and status=open; or: serial in (A-17, A-18)"
_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"[^"]*"|'[^']*')|(?P<mark><=|>=|!=|[=<>~(),])|(?P<word>[^\s=<>~!(),"']+))"""
)
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
