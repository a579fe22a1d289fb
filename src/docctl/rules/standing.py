"""Routes and signatures: who may sign, who has signed, who is missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from docctl.errors import RouteError
from docctl.model.base import PersonId, Word
from docctl.model.control import Route
from docctl.model.event import VoteMeaning
from docctl.model.lifecycle import FrozenRoute, FrozenStep
from docctl.rules.authority import Authority


class Ballot(NamedTuple):
    """One signature in a round: who, with which meaning, in which role."""

    person: PersonId
    meaning: VoteMeaning
    role: Word


_ORDER = attrgetter("order")
_VERBS: Mapping[VoteMeaning, str] = MappingProxyType({"reviewed": "review", "approved": "approve"})


class Standing(NamedTuple):
    """How far a round is from being complete. True once nobody is missing."""

    signed: tuple[Ballot, ...]
    missing: tuple[FrozenStep, ...]
    """The steps that are not filled, in their order, `count` being what is still open."""

    def __bool__(self) -> bool:
        return not self.missing

    def waiting_for(self, order: int | None = None) -> tuple[str, ...]:
        """Return one line for each open step (of this order), naming who can fill it."""
        done = {ballot.person for ballot in self.signed}
        steps = (step for step in self.missing if order in {None, step.order})
        return tuple(_line(step, done) for step in steps)

    def next_order(self) -> int:
        """Return the order of the steps that may be signed now; 0 when none is open."""
        return min((step.order for step in self.missing), default=0)

    def next_verb(self) -> str:
        """Return what the next signature is given with: `review` or `approve`; empty when none."""
        return next((_VERBS[step.meaning] for step in self.missing), "")


def _line(step: FrozenStep, done: Collection[PersonId]) -> str:
    verb = "review" if step.meaning == "reviewed" else "approval"
    able = [person for person in step.persons if person not in done]
    if len(able) == step.count:
        return f"{verb} by {' and '.join(able)} ({step.role})"
    return f"{verb} by {step.count} of {', '.join(able) or 'nobody left'} ({step.role})"


def standing(route: FrozenRoute, ballots: Sequence[Ballot]) -> Standing:
    """Compare a frozen route with the signatures given. Each person counts once.

    A signature fills a place of the meaning and the role that it states. Signatures are matched
    to places so that as many as possible are filled: the order in which they arrive never
    decides whether a route is complete.
    """
    if not ballots and len(route.steps) == 1:
        return Standing((), route.steps)
    counted: dict[PersonId, Ballot] = {}
    for ballot in ballots:
        counted.setdefault(ballot.person, ballot)
    places = [step for step in sorted(route.steps, key=_ORDER) for _ in range(step.count)]
    taken = _match(
        [
            [index for index, step in enumerate(places) if _fits(ballot, step)]
            for ballot in counted.values()
        ]
    )
    if len(taken) == len(places):
        return Standing(tuple(counted.values()), ())
    open_places = [step for index, step in enumerate(places) if index not in taken]
    missing = tuple(_open(step, open_places.count(step)) for step in dict.fromkeys(open_places))
    return Standing(tuple(counted.values()), missing)


def _open(step: FrozenStep, count: int) -> FrozenStep:
    return step if count == step.count else step.but(count=count)


def _fits(ballot: Ballot, step: FrozenStep) -> bool:
    return (
        ballot.person in step.persons
        and ballot.role == step.role
        and ballot.meaning == step.meaning
    )


def _match(choices: Sequence[Sequence[int]]) -> dict[int, int]:
    """Give as many choosers as possible a place each; return place → chooser."""
    taken: dict[int, int] = {}
    for chooser in range(len(choices)):
        _settle(chooser, choices, taken, set())
    return taken


def _settle(
    chooser: int, choices: Sequence[Sequence[int]], taken: dict[int, int], tried: set[int]
) -> bool:
    """Give a chooser a place, even if others have to move to places that nobody tried."""
    for place in choices[chooser]:
        if place not in tried:
            tried.add(place)
            if place not in taken or _settle(taken[place], choices, taken, tried):
                taken[place] = chooser
                return True
    return False


def freeze(
    item: str,
    route: Route,
    authority: Authority,
    *,
    excluded: Collection[PersonId],
    signed: Iterable[Ballot] = (),
) -> FrozenRoute:
    """Resolve a route to the persons who can sign it now.

    *excluded* are the authors (or the proposer), who never sign their own work unless an
    exception of `authority` says so. *signed* are signatures that stand from an earlier route:
    each keeps its place, and none of these persons is counted on for another.

    Raises:
        RouteError: some step cannot be filled with different persons.
    """
    given = tuple(signed)
    steps = []
    for step in route.steps:
        able = {*authority.holders(step.role)} - {*excluded} - {one.person for one in given}
        stand = {b.person for b in given if (b.meaning, b.role) == (step.meaning, step.role)}
        steps.append((step, tuple(sorted(able | stand))))
    places = [(step.role, persons) for step, persons in steps for _ in range(step.persons)]
    everyone = sorted({person for _, persons in places for person in persons})
    index = {person: at for at, person in enumerate(everyone)}
    filled = _match([[index[person] for person in persons] for _, persons in places])
    unfilled = set(range(len(places))) - {*filled.values()}
    if unfilled:
        raise RouteError(item, [places[index][0] for index in sorted(unfilled)])
    return _frozen(
        tuple(
            (step.meaning, step.role, step.persons, step.order, persons) for step, persons in steps
        )
    )


@lru_cache(maxsize=256)
def _frozen(
    steps: tuple[tuple[VoteMeaning, Word, int, int, tuple[PersonId, ...]], ...],
) -> FrozenRoute:
    """Return the route of these steps: documents of one kind have the same, again and again."""
    names = ("meaning", "role", "count", "order", "persons")
    return FrozenRoute(
        steps=tuple(FrozenStep(**dict(zip(names, step, strict=True))) for step in steps)
    )
