"""Two sequences side by side: which members of one are those of the other, in linear time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

__all__ = ["Pairs", "gaps", "matched"]

#: Positions in the older and the newer sequence that belong together, in order.
Pairs: TypeAlias = list[tuple[int, int]]
Window: TypeAlias = tuple[int, int, int, int]

#: Up to this product of lengths two stretches are compared member by member.
_CLOSELY = 10_000
#: How often a stretch is divided by what stands in both as often; a worse one is taken for new.
_DEEPEST = 32


def matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Return the pairs of equal members, in the order of both sequences.

    Short stretches are compared closely; long ones are divided by the members that stand as often
    in both. So the time grows with the length, and what is nearly all new stays unpaired.
    """
    codes: dict[Hashable, int] = {}
    before, after = ([codes.setdefault(one, len(codes)) for one in side] for side in (old, new))
    found: Pairs = []
    pending = [((0, len(old), 0, len(new)), 0)]
    while pending:
        window, depth = pending.pop()
        a, b, c, d = _trimmed(before, after, window, found)
        if a == b or c == d:
            continue
        if (b - a) * (d - c) <= _CLOSELY:
            found += _closely(before[a:b], after[c:d], (a, c))
        else:
            near = _as_often(before[a:b], after[c:d]) if depth < _DEEPEST else []
            anchors = [(a + i, c + j) for i, j in near]
            found += anchors
            inner = gaps(anchors, (a, b, c, d)) if anchors else ()
            pending += [(one, depth + 1) for one in inner]
    return sorted(found)


def gaps(pairs: Pairs, around: Window) -> Iterator[Window]:
    """Yield the stretches of *around* before, between and behind *pairs*; empty ones too."""
    a, b, c, d = around
    for i, j in pairs:
        yield a, i, c, j
        a, c = i + 1, j + 1
    yield a, b, c, d


def _trimmed(old: Sequence[int], new: Sequence[int], window: Window, found: Pairs) -> Window:
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
