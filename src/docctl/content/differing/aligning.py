"""Two sequences side by side: which members of one are those of the other, in linear time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import TypeAlias

__all__ = ["Pairs", "gaps", "matched"]

#: Positions in the older and the newer sequence that belong together, in order.
Pairs: TypeAlias = list[tuple[int, int]]
Window: TypeAlias = tuple[int, int, int, int]

#: Up to this product of lengths two stretches are compared member by member.
_CLOSELY = 10_000
#: How often a stretch is divided by what stands in both as often; a worse one is taken for new.
_DEEPEST = 32
#: How far a walk along both looks ahead, and how many members must then be equal in a row.
_AHEAD, _AGAIN = 16, 3
#: Steps ahead in the older and the newer sequence, the shortest first.
_STEPS = tuple(
    sorted(product(range(_AHEAD + 1), repeat=2), key=lambda step: (sum(step), max(step)))
)


def matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Return the pairs of equal members, in the order of both sequences.

    What both begin and end with is paired at once. Short stretches between are compared closely;
    of long ones, what has only moved along is found by walking on, and the rest is divided by the
    members that stand as often in both. So the time grows with the length, and what is nearly all
    new stays unpaired.
    """
    found: Pairs = []
    window = _trimmed(old, new, (0, len(old), 0, len(new)), found)
    for stretch in _walked(old, new, window, found) if _is_long(window) else (window,):
        a, b, c, d = stretch
        if a < b and c < d and (b - a > 1 or d - c > 1):
            found += [(a + i, c + j) for i, j in _coded(old[a:b], new[c:d])]
    return sorted(found)


def _is_long(window: Window) -> bool:
    a, b, c, d = window
    return (b - a) * (d - c) > _CLOSELY


def _walked(
    old: Sequence[Hashable], new: Sequence[Hashable], window: Window, found: Pairs
) -> Iterator[Window]:
    """Walk along both at once, pairing what is equal; yield the stretches that are not.

    Where they differ, the nearest place is taken from which several members in a row are equal
    again. The walk ends where there is none so near; what is left is the last stretch.
    """
    a, b, c, d = window
    while a < b and c < d:
        if old[a] == new[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
            continue
        step = _step(old, new, (a, b, c, d))
        if step is None:
            break
        yield a, a + step[0], c, c + step[1]
        a, c = a + step[0], c + step[1]
    yield a, b, c, d


def _step(
    old: Sequence[Hashable], new: Sequence[Hashable], window: Window
) -> tuple[int, int] | None:
    """Return how far on, in the older and the newer sequence, several members are equal again."""
    a, b, c, d = window
    for i, j in _STEPS:
        k, m = a + i, c + j
        if k + _AGAIN > b or m + _AGAIN > d or old[k] != new[m]:
            continue
        if old[k : k + _AGAIN] == new[m : m + _AGAIN]:
            return i, j
    return None


def _coded(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Return the pairs of two stretches that neither begin nor end with the same."""
    codes: dict[Hashable, int] = {}
    before, after = ([codes.setdefault(one, len(codes)) for one in side] for side in (old, new))
    found: Pairs = []
    pending = [((0, len(old), 0, len(new)), 0)]
    while pending:
        window, depth = pending.pop()
        a, b, c, d = _trimmed(before, after, window, found)
        if a == b or c == d:
            continue
        if not _is_long((a, b, c, d)):
            found += _closely(before[a:b], after[c:d], (a, c))
        else:
            near = _as_often(before[a:b], after[c:d]) if depth < _DEEPEST else []
            anchors = [(a + i, c + j) for i, j in near]
            found += anchors
            inner = gaps(anchors, (a, b, c, d)) if anchors else ()
            pending += [(one, depth + 1) for one in inner]
    return found


def gaps(pairs: Pairs, around: Window) -> Iterator[Window]:
    """Yield the stretches of *around* before, between and behind *pairs*; empty ones too."""
    a, b, c, d = around
    for i, j in pairs:
        yield a, i, c, j
        a, c = i + 1, j + 1
    yield a, b, c, d


def _trimmed(
    old: Sequence[Hashable], new: Sequence[Hashable], window: Window, found: Pairs
) -> Window:
    """Pair what both begin and end with; return what lies between."""
    a, b, c, d = window
    while a < b and c < d and old[a] == new[c]:
        found.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        found.append((b, d))
    return a, b, c, d


def _closely(
    old: Sequence[int], new: Sequence[int], start: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for i, j, size in blocks:
        for step in range(size):
            yield start[0] + i + step, start[1] + j + step


def _as_often(old: Sequence[int], new: Sequence[int]) -> Pairs:
    """Return the longest row of pairs among the members that stand as often in both.

    The first of one is that of the other, and so on: mostly they stand there once.
    """
    times, others = Counter(old), Counter(new)
    same = {one for one, count in times.items() if others[one] == count}
    where = dict(_numbered(new, same))
    return _rising([(i, where[one]) for one, i in _numbered(old, same)])


def _numbered(members: Sequence[int], wanted: set[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the wanted members, each with how often it stood there before, and their places."""
    seen: Counter[int] = Counter()
    for at, one in enumerate(members):
        if one in wanted:
            yield (one, seen[one]), at
            seen[one] += 1


def _rising(pairs: Pairs) -> Pairs:
    """Return the longest row of pairs that rises on both sides (the first side already does)."""
    ends: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [at]
        before[at] = last[length - 1] if length else -1
    row, at = [], last[-1] if last else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]
