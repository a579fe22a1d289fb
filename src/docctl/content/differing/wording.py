"""Inlines word by word: what of a line stayed, what went, what came."""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import Any, NamedTuple, TypeAlias, cast

from docctl.content.differing.aligning import Pairs, gaps, matched
from docctl.content.differing.words import alike, letters, pieces, words
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

__all__ = ["reworded"]

_SPACE = re.compile(r"\s*")

#: Kept words of fewer letters between two changes are taken as changed: they hold no sense.
_LEAST = 4
#: How much of the words two emphases or links must share to be compared inside.
_ENOUGH = 0.3

_WRAPPERS = frozenset({Emphasis, Strong, Strike, Superscript, Subscript, Link, Reference})

#: The types of pieces that are nothing but words.
_WORDS = frozenset({str})

#: A piece of a line: a word as a string, any other inline as it is.
Piece: TypeAlias = str | Inline


def reworded(old: Inlines, new: Inlines) -> Inlines:
    """Return *new* with marks where it differs from *old*."""
    if old == new:
        return new
    before, after = list(_pieces(old)), list(_pieces(new))
    made: list[Any] = []
    kept: list[Piece] = []
    a = c = 0
    for run in _sensible(matched(before, after), before, after):
        (i, j), (k, m) = run[0], run[-1]
        if a < i or c < j:
            was, now = before[a:i], after[c:j]
            made += _joined([*kept, *_space_of(was, now)])
            kept = []
            made += _replaced(was, now)
        kept += after[j : m + 1]
        a, c = k + 1, m + 1
    return tuple(made + _joined(kept))


def _space_of(old: list[Piece], new: list[Piece]) -> list[Piece]:
    """Take the space that both begin with out of them, and return it."""
    first = [side[0] for side in (old, new) if side and isinstance(side[0], str)]
    if len(first) < len((old, new)):
        return []
    space, other = (found[0] for one in first if (found := _SPACE.match(one)))
    if not space or space != other:
        return []
    for side, begin in zip((old, new), first, strict=True):
        side[:1] = filter(None, [begin[len(space) :]])
    return [space]


def _pieces(inlines: Inlines) -> Iterator[Piece]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield from pieces(inline.text) or ("",)
        else:
            yield inline


def _joined(pieces: Sequence[Piece]) -> list[Inline]:
    """Return pieces as inlines, neighbouring words as one text."""
    if {*map(type, pieces)} == _WORDS:
        return [Text("".join(cast("Sequence[str]", pieces)))]
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


class _Run(NamedTuple):
    """Pairs in a row, which were kept; how many letters they have, and the change before them."""

    pairs: Pairs
    size: float
    before: int


def _sensible(pairs: Pairs, old: Sequence[Piece], new: Sequence[Piece]) -> list[Pairs]:
    """Return pairs in runs without a gap, but what is kept between two changes by mere chance.

    That is what has hardly a letter, or fewer than the change on either side of it: two changes
    with a word or two between them are read as one.
    """
    kept: list[_Run] = []
    for run in _runs(pairs, old, new):
        change = run.before
        while change and kept and kept[-1].before and _by_chance(kept[-1], change):
            last = kept.pop()
            change += last.before + int(last.size)
        kept.append(run._replace(before=change))
    return [*(run.pairs for run in kept if run.pairs), [(len(old), len(new))]]


def _by_chance(run: _Run, behind: int) -> bool:
    return run.size < _LEAST or run.size <= min(run.before, behind)


def _runs(pairs: Pairs, old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[_Run]:
    """Yield pairs that follow each other without a gap together; the last run is empty."""
    run: Pairs = []
    a = c = change = 0
    for i, j in (*pairs, (len(old), len(new))):
        if a < i or c < j:
            if run:
                yield _Run(run, _kept_size(old[run[0][0] : a]) if change else inf, change)
            run = []
            change = max(1, sum(map(_size, old[a:i])), sum(map(_size, new[c:j])))
        run.append((i, j))
        a, c = i + 1, j + 1
    if run[:-1]:
        yield _Run(run[:-1], inf, change)
        change = 0
    yield _Run([], 0, change)


def _kept_size(pieces: Sequence[Piece]) -> float:
    """Return how many letters were kept; what is no word is never kept by chance."""
    if not all(isinstance(piece, str) for piece in pieces):
        return inf
    return sum(map(_size, pieces))


def _size(piece: Piece) -> int:
    return letters(piece) if isinstance(piece, str) else _LEAST


def _replaced(old: Sequence[Piece], new: Sequence[Piece]) -> list[Any]:
    """Return what stands in the place of *old*: emphases and links in both are compared inside."""
    if len(old) == len(new) == 1 and _wrapper(old[0]) == _wrapper(new[0]):
        return [_inside(old[0], new[0])]
    if _WRAPPERS.isdisjoint(map(type, new)):
        return _marks(old, new)
    made: list[Any] = []
    pairs, around = _wrapped(old, new), (0, len(old), 0, len(new))
    for pair, (a, b, c, d) in zip([*pairs, None], gaps(pairs, around), strict=True):
        made += _marks(old[a:b], new[c:d])
        if pair:
            was, now = old[pair[0]], new[pair[1]]
            made.append(_inside(was, now))
    return made


def _marks(old: Sequence[Piece], new: Sequence[Piece]) -> list[Any]:
    sides = ((Deleted, old), (Inserted, new))
    return [mark(tuple(_joined(pieces))) for mark, pieces in sides if pieces]


def _wrapped(old: Sequence[Piece], new: Sequence[Piece]) -> Pairs:
    """Return the emphases and links that are versions of each other."""
    pairs = matched(list(map(_wrapper, old)), list(map(_wrapper, new)))
    return [(i, j) for i, j in pairs if _are_alike(old[i], new[j])]


def _wrapper(piece: Piece) -> Hashable:
    """Return what must be the same for two emphases or links to be compared inside."""
    return replace(cast("Any", piece), inlines=()) if type(piece) in _WRAPPERS else object()


def _are_alike(old: Any, new: Any) -> bool:
    return alike(words(plain(old.inlines)), words(plain(new.inlines))) >= _ENOUGH


def _inside(old: Any, new: Any) -> Any:
    return replace(new, inlines=reworded(old.inlines, new.inlines))
