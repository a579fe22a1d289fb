"""Passages that went in one place and came in another, word for word."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docctl.content.differing.aligning import Pairs
from docctl.content.differing.telling.notations import PLAIN
from docctl.content.differing.telling.saying import said
from docctl.content.marks import Deleted, Inserted, bare
from docctl.content.tree import Heading
from docctl.content.walk import plain

__all__ = ["TELLING", "moves"]

#: A passage of fewer letters may stand anywhere by chance.
TELLING = 30


def moves(blocks: tuple[Any, ...], seen: Callable[[Any], Hashable]) -> tuple[Any, ...]:
    """Return the blocks of a marked text; where a moved passage begins, its mark says so.

    *seen* is what readers see of a block. What stands on either side more than once is not taken
    for moved. A place is called by the heading that it stands under on its own side.
    """
    pairs = _pairs(blocks, seen)
    if not pairs:
        return blocks
    made = list(blocks)
    places = {side: _places(blocks, side) for side in (Deleted, Inserted)}
    for passage in _passages(pairs):
        if sum(len(said(bare(blocks[i]), PLAIN)) for i, _ in passage) >= TELLING:
            (i, j), *others = passage
            made[i] = replace(blocks[i], moved=places[Inserted][j])
            made[j] = replace(blocks[j], moved=places[Deleted][i])
            for at in (at for pair in others for at in pair):
                made[at] = replace(blocks[at], along=True)
    return tuple(made)


def _pairs(blocks: Sequence[Any], seen: Callable[[Any], Hashable]) -> Pairs:
    """Return the places of what went once and came once."""
    found: Mapping[type, dict[Hashable, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, block in enumerate(blocks):
        if isinstance(block, Deleted | Inserted):
            found[type(block)][seen(bare(block))].append(at)
    gone, come = found[Deleted], found[Inserted]
    both = ((gone[key], come[key]) for key in gone if key in come)
    return [(i[0], j[0]) for i, j in both if len(i) == len(j) == 1]


def _passages(pairs: Pairs) -> Iterator[Pairs]:
    """Yield together what followed each other and still does."""
    passage: Pairs = []
    for i, j in sorted(pairs):
        if passage and (i - 1, j - 1) != passage[-1]:
            yield passage
            passage = []
        passage.append((i, j))
    yield passage


def _places(blocks: Sequence[Any], side: type) -> list[str]:
    """Return for each block the heading that it stands under on one side, or is."""
    place, places = "the beginning", []
    for block in blocks:
        node = bare(block)
        stands = type(block) is side or not isinstance(block, Deleted | Inserted)
        if stands and isinstance(node, Heading):
            place = f"{node.number} {plain(node.inlines)}".strip()
        places.append(place)
    return places
