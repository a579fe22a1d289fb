"""What a text is examined against: other documents, people and settings, at one commit and day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from docctl.content.lint import ReferenceStanding
from docctl.desk.bench import Bench
from docctl.desk.lists.answering import held
from docctl.desk.lists.places import Places
from docctl.desk.metadata.kinds import Types
from docctl.model.base import Number
from docctl.rules.asof import in_force
from docctl.rules.dossier import Dossier
from docctl.rules.world import World

Find = Callable[[Number], Dossier | None]
"""Finds a document by its number."""


def reference_standing(dossier: Dossier | None, on: date) -> ReferenceStanding:
    """Return how a reference to a document stands on a day, in the words of the lint."""
    if dossier is None:
        return "missing"
    if dossier.withdrawn_on and dossier.withdrawn_on <= on:
        return "withdrawn"
    return "in force" if in_force(dossier, on) else "not yet in force"


class Surroundings:
    """What texts are examined against: the library at one commit, on one day."""

    def __init__(self, bench: Bench) -> None:
        """Look at the library as it stands now."""
        ledger, head = bench.desk.ledger, bench.head
        self.on, world = bench.today(), ledger.world(head)
        self.types = Types(world.control, bench.classes)
        self.authority = world.authority
        listed = frozenset(one.title for one in world.control.functions)
        self.held = held(world.authority, self.on)
        self.answered = self.held | listed
        self.functions = listed.union(known_functions(world))
        self.roles = frozenset(world.control.known_roles)
        self.places: Mapping[str, frozenset[str]] = Places(bench, self.on)
        self.standings: Mapping[str, ReferenceStanding] = Standings(
            partial(ledger.dossier, head), self.on
        )


class Standings(Mapping[str, ReferenceStanding]):
    """How a reference to any document stands on a day: those that were asked for, each once."""

    def __init__(self, find: Find, on: date) -> None:
        """Documents are found by *find*."""
        self._find, self._on = find, on
        self._known: dict[str, ReferenceStanding] = {}

    def __getitem__(self, number: str) -> ReferenceStanding:
        """Return how a reference to this document stands: `missing` where there is none."""
        if number not in self._known:
            self._known[number] = reference_standing(self._find(number), self._on)
        return self._known[number]

    def __iter__(self) -> Iterator[str]:
        """Yield the numbers that were asked for."""
        return iter(self._known)

    def __len__(self) -> int:
        """Return how many were asked for."""
        return len(self._known)


def known_functions(world: World) -> tuple[str, ...]:
    """Return the functions that anybody holds or held."""
    held = (one.function for person in world.authority.persons.values() for one in person.functions)
    return tuple(dict.fromkeys(held))
