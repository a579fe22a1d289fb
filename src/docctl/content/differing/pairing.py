"""Which of the changed nodes belong together: those that say nearly the same."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from docctl.content.differing.aligning import Pairs, gaps, matched
from docctl.content.differing.words import alike
from docctl.content.marks import Deleted, Inserted

__all__ = ["Nodes", "Said", "enough", "paired", "rows_marked"]

#: Up to this product of lengths every node is compared with every other.
_CLOSELY = 900


class Said(NamedTuple):
    """A node and its words."""

    node: Any
    words: list[str]


class Nodes(NamedTuple):
    """What of a kind of node tells two of them apart."""

    key: Callable[[Any], Hashable]
    """What two nodes have in common that are the same to a reader."""

    topic: Callable[["Said"], Hashable]
    """What two nodes probably have in common that are versions of each other."""

    words: Callable[[Any], list[str]]
    """What a node says."""

    likeness: Callable[["Said", "Said"], float]
    """How much two nodes say the same, from 0 to 1; 0 where they cannot be compared."""

    merged: Callable[[Any, Any], Any]
    """The newer node with marks; None where only the whole can be replaced."""


def rows_marked(old: Sequence[Any], new: Sequence[Any], kind: Nodes) -> tuple[Any, ...]:
    """Return a row of nodes with marks: what is in both, nearly the same, gone and come."""
    if old == new:
        return tuple(new)
    pairs = matched(list(map(kind.key, old)), list(map(kind.key, new)))
    found = list(pairs)
    for a, b, c, d in gaps(pairs, (0, len(old), 0, len(new))):
        found += [(a + i, c + j) for i, j in paired(old[a:b], new[c:d], kind)]
    return tuple(_marks(old, new, sorted(found), kind))


def _marks(
    old: Sequence[Any], new: Sequence[Any], pairs: list[tuple[int, int]], kind: Nodes
) -> Iterator[Any]:
    around = (0, len(old), 0, len(new))
    for pair, (a, b, c, d) in zip([*pairs, None], gaps(pairs, around), strict=True):
        yield from (Deleted((one,)) for one in old[a:b])
        yield from (Inserted((one,)) for one in new[c:d])
        if pair:
            was, now = old[pair[0]], new[pair[1]]
            both = now if was == now else kind.merged(was, now)
            yield from (Deleted((was,)), Inserted((now,))) if both is None else (both,)


def enough(old: Said, new: Said, least: float) -> float:
    """Return how alike two nodes are, nothing where that is less than *least*."""
    found = alike(old.words, new.words)
    return found if found >= least else 0.0


def paired(old: Sequence[Any], new: Sequence[Any], kind: Nodes) -> Pairs:
    """Return which nodes of two changed stretches are versions of each other, in order.

    Short stretches are compared closely. Of long ones those belong together that begin alike, and
    what lies between by its position, if it is alike.
    """
    if not old or not new:
        return []
    old, new = ([Said(one, kind.words(one)) for one in side] for side in (old, new))
    if len(old) * len(new) <= _CLOSELY:
        return _closely(old, new, kind.likeness)
    topics = matched(*([kind.topic(one) for one in side] for side in (old, new)))
    found = [(i, j) for i, j in topics if kind.likeness(old[i], new[j])]
    for a, b, c, d in list(gaps(found, (0, len(old), 0, len(new)))):
        if (b - a) * (d - c) <= _CLOSELY:
            inner = _closely(old[a:b], new[c:d], kind.likeness)
            found += [(a + i, c + j) for i, j in inner]
        else:
            found += _side_by_side(old, new, (range(a, b), range(c, d)), kind)
    return sorted(found)


def _side_by_side(
    old: Sequence[Said], new: Sequence[Said], where: tuple[range, range], kind: Nodes
) -> Pairs:
    return [(i, j) for i, j in zip(*where, strict=False) if kind.likeness(old[i], new[j])]


def _closely(
    old: Sequence[Said], new: Sequence[Said], likeness: Callable[[Said, Said], float]
) -> Pairs:
    """Return the pairs that together are most alike."""
    likenesses = [[likeness(was, now) for now in new] for was in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = best[i + 1][j + 1] + likenesses[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    return _followed(best, likenesses)


def _followed(best: list[list[float]], likenesses: list[list[float]]) -> Pairs:
    pairs: Pairs = []
    i = j = 0
    while i < len(likenesses) and j < len(likenesses[i]):
        alike = likenesses[i][j]
        if alike and best[i][j] == best[i + 1][j + 1] + alike:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
