"""Many histories through one door, and what came of them."""

from collections import Counter
from collections.abc import Iterable

from adversary.acts import Player
from adversary.base import Base
from adversary.commands import ByCommand, ByProcess
from adversary.deeds import ByLibrary, Door
from adversary.pushes import Pusher

DOORS: tuple[Door, ...] = (ByLibrary(), ByCommand(), ByProcess())
LIBRARY, COMMAND, PROCESS = DOORS

#: How many things are tried in a history beside its beginning and its end; some are several acts.
ACTS = (4, 10)
#: And before somebody pushes something.
BEFORE = (0, 4)


def played(base: Base, door: Door, seeds: Iterable[int], *, pushed: bool = False) -> Counter[str]:
    """Play histories, one for each seed, and return what came of them.

    With *pushed* somebody writes into a clone past the rules, and pushes that, in each of them.

    Raises:
        UnlawfulError: in one of them something went, stayed or changed that must not.
    """
    counts: Counter[str] = Counter()
    for seed in seeds:
        one = (Pusher if pushed else Player)(base, seed, door, counts)
        try:
            one.play(one.chance.randint(*(BEFORE if pushed else ACTS)))
            one.read_back()
        finally:
            one.close()
        counts["runs"] += 1
        counts[f"runs by {'push' if pushed else door.name}"] += 1
    return counts
