"""Lighter pieces for markdown-it: tokens that hold only what is read, rules by their starts."""

from collections.abc import Callable, Iterable, Mapping
from string import digits
from types import MappingProxyType
from typing import Literal

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

__all__ = ["BlockState", "Rule", "chosen"]

Rule = Callable[[StateBlock, int, int, bool], bool]

#: Rule → the characters that a line must begin with for it to match; other rules match anywhere.
STARTS: Mapping[str, str] = MappingProxyType(
    {
        "blockquote": ">",
        "call_out": "!?",
        "code": "",
        "comment": "<",
        "html_list": "<",
        "html_table": "<",
        "tabs": "=",
        "container": ":",
        "fence": "`~",
        "footnote_def": "[",
        "grid": "+",
        "heading": "#",
        "hr": "*-_",
        "list": "*-+" + digits,
        "reference": "[",
    }
)
_INDENTED = 4


class BlockToken(Token):
    """A block token. What a rule did not set is unset, apart from the texts and `hidden`."""

    __slots__ = ()

    def __init__(self, type_: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:
        self.type = type_
        self.tag = tag
        self.nesting = nesting
        self.level = level
        self.map = None
        self.content = self.info = ""
        self.hidden = False


class BlockState(StateBlock):
    """The lines of a text while its blocks are found."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token and return it."""
        if nesting < 0:
            self.level -= 1
        token = BlockToken(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


def chosen(rules: Iterable[tuple[str, Rule]]) -> Rule:
    """Return one rule that tries those of *rules* that a line can match by its first character."""
    known = tuple(rules)
    every = tuple(rule for _, rule in known)
    other = tuple(rule for name, rule in known if name not in STARTS)
    by_start = {
        start: tuple(rule for name, rule in known if start in STARTS.get(name, start))
        for start in "".join(STARTS.values())
    }

    def tried(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.sCount[start] - state.blkIndent >= _INDENTED:
            found = every
        else:
            at = state.bMarks[start] + state.tShift[start]
            found = by_start.get(state.src[at : at + 1], other)
        for rule in found:
            if rule(state, start, end, silent):
                break
        else:
            return False
        return True

    return tried
