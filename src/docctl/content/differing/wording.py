"""Inlines word by word: what of a line stayed, what went, what came."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from docctl.content.differing.aligning import Pairs, gaps, matched
from docctl.content.marks import Deleted, Inserted
from docctl.content.tree import (
    Emphasis,
    Inline,
    Inlines,
    Link,
    Reference,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from docctl.content.walk import plain

__all__ = ["alike", "reworded", "words"]

#: A word with the space before it; letters that are words of their own; or a single mark.
_WORD = re.compile(
    r"\s*(?:[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:[.'\u2019-][^\W_]+)*|\S)|\s+"
)
_LETTERS = re.compile(r"\w+")

#: Kept words of fewer letters between two changes are taken as changed: they hold no sense.
_LEAST = 4
#: How much of the words two emphases or links must share to be compared inside.
_ENOUGH = 0.3

_WRAPPERS = (Emphasis, Strong, Strike, Superscript, Subscript, Link, Reference)

#: A piece of a line: a word as a string, any other inline as it is.
Piece: TypeAlias = str | Inline


def reworded(old: Inlines, new: Inlines) -> Inlines:
    """Return *new* with marks where it differs from *old*."""
    if old == new:
        return new
    before, after = list(_pieces(old)), list(_pieces(new))
    pairs = _sensible(matched(before, after), before, len(after))
    made: list[Any] = []
    kept: list[Piece] = []
    end = (len(before), len(after))
    for pair, (a, b, c, d) in zip([*pairs, None], gaps(pairs, (0, end[0], 0, end[1])), strict=True):
        if a < b or c < d:
            made += _joined(kept)
            kept = []
            made += _replaced(before[a:b], after[c:d])
        if pair:
            kept.append(after[pair[1]])
    return tuple(made + _joined(kept))


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _LETTERS.findall(text.casefold())


def alike(old: Sequence[str], new: Sequence[str]) -> float:
    """Return how much two rows of words share: 0 for nothing, 1 for the same words."""
    if not old or not new:
        return float(not old and not new)
    left: dict[str, int] = {}
    for word in old:
        left[word] = left.get(word, 0) + 1
    shared = 0
    for word in new:
        if left.get(word):
            left[word] -= 1
            shared += 1
    return 2 * shared / (len(old) + len(new))


def _pieces(inlines: Inlines) -> Iterator[Piece]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield from _WORD.findall(inline.text) or ("",)
        else:
            yield inline


def _joined(pieces: Iterable[Piece]) -> list[Inline]:
    """Return pieces as inlines, neighbouring words as one text."""
    row: list[Inline] = []
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        if texts:
            row.append(Text("".join(texts)))
            texts = []
        row.append(piece)
    return [*row, Text("".join(texts))] if texts else row


def _sensible(pairs: Pairs, before: Sequence[Piece], length: int) -> Pairs:
    """Leave out what is kept between two changes by mere chance."""
    kept: Pairs = []
    for run in _runs(pairs):
        (i, j), (last, end) = run[0], run[-1]
        inner = (i or j) and (last + 1 < len(before) or end + 1 < length)
        if not inner or _says_enough(before[i : last + 1]):
            kept += run
    return kept


def _runs(pairs: Pairs) -> Iterator[Pairs]:
    """Yield pairs that follow each other without a gap together."""
    run: Pairs = []
    for pair in pairs:
        if run and (run[-1][0] + 1, run[-1][1] + 1) != pair:
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _says_enough(pieces: Sequence[Piece]) -> bool:
    letters = 0
    for piece in pieces:
        if not isinstance(piece, str):
            return True
        letters += len(piece.strip())
    return letters >= _LEAST


def _replaced(old: Sequence[Piece], new: Sequence[Piece]) -> list[Any]:
    """Return what stands in the place of *old*: emphases and links in both are compared inside."""
    pairs = [
        (i, j)
        for i, j in matched(list(map(_wrapper, old)), list(map(_wrapper, new)))
        if _are_alike(old[i], new[j])
    ]
    made: list[Any] = []
    around = (0, len(old), 0, len(new))
    for pair, (a, b, c, d) in zip([*pairs, None], gaps(pairs, around), strict=True):
        made += [Deleted(tuple(_joined(old[a:b])))] if a < b else []
        made += [Inserted(tuple(_joined(new[c:d])))] if c < d else []
        if pair:
            was, now = old[pair[0]], new[pair[1]]
            made.append(_inside(was, now))
    return made


def _wrapper(piece: Piece) -> Hashable:
    """Return what must be the same for two emphases or links to be compared inside."""
    return replace(piece, inlines=()) if isinstance(piece, _WRAPPERS) else object()


def _are_alike(old: Any, new: Any) -> bool:
    return alike(words(plain(old.inlines)), words(plain(new.inlines))) >= _ENOUGH


def _inside(old: Any, new: Any) -> Any:
    return replace(new, inlines=reworded(old.inlines, new.inlines))
