"""Routes as values: what is filled, what is missing, who can be asked."""

from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from naive_lives import fillable
from paper_forms import step

from docctl.errors import RouteError
from docctl.model.access import Person
from docctl.model.control import Route
from docctl.model.lifecycle import FrozenRoute, FrozenStep
from docctl.rules.authority import Authority
from docctl.rules.standing import Ballot, freeze, standing

QUICK = settings(max_examples=40, deadline=None)
PEOPLE = tuple("abcde")
ROLES = ("reviewer", "approver", "management")

meanings, roles = st.sampled_from(["reviewed", "approved"]), st.sampled_from(ROLES)
groups = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True).map(tuple)
frozen_steps = st.builds(
    FrozenStep, meaning=meanings, role=roles, count=st.integers(1, 2), order=st.integers(1, 3),
    persons=groups,
)  # fmt: skip
frozen_routes = st.builds(
    FrozenRoute, steps=st.lists(frozen_steps, min_size=1, max_size=3).map(tuple)
)
ballots = st.lists(
    st.builds(Ballot, person=st.sampled_from(PEOPLE), meaning=meanings, role=roles),
    max_size=5,
    unique_by=lambda one: one.person,
)


def fits(one: Ballot, place: FrozenStep) -> bool:
    asked = (place.meaning, place.role)
    return (one.meaning, one.role) == asked and one.person in place.persons


def most_filled(route: FrozenRoute, given_: list[Ballot]) -> int:
    """The most places that these ballots fill, by trying every way."""
    places = [each for each in route.steps for _ in range(each.count)]

    def fill(left: list[Ballot], free: tuple[int, ...]) -> int:
        if not left:
            return 0
        ways = [n for n in free if fits(left[0], places[n])]
        taken = [1 + fill(left[1:], tuple(m for m in free if m != n)) for n in ways]
        return max([fill(left[1:], free), *taken])

    return fill(given_, tuple(range(len(places))))


@QUICK
@given(frozen_routes, ballots)
def test_as_many_places_as_possible_are_filled(route: FrozenRoute, given_: list[Ballot]) -> None:
    """REV-02: required roles, minimum number, quorum."""
    now = standing(route, given_)
    wanted = sum(one.count for one in route.steps)

    assert sum(one.count for one in now.missing) == wanted - most_filled(route, given_)
    assert bool(now) == (not now.missing)
    assert now.next_order() == min((one.order for one in now.missing), default=0)
    assert [one.order for one in now.missing] == sorted(one.order for one in now.missing)
    assert len(now.waiting_for()) == len(now.missing)


@QUICK
@given(frozen_routes, ballots)
def test_the_order_of_signatures_never_decides(route: FrozenRoute, given_: list[Ballot]) -> None:
    missing = {
        sum(one.count for one in standing(route, list(order)).missing)
        for order in permutations(given_[:4])
    }
    assert len(missing) == 1


@QUICK
@given(frozen_routes, ballots)
def test_a_further_signature_never_takes_anything_away(
    route: FrozenRoute, given_: list[Ballot]
) -> None:
    """Standing only grows: what was complete stays complete."""
    missing = [
        sum(one.count for one in standing(route, given_[:n]).missing)
        for n in range(len(given_) + 1)
    ]
    assert missing == sorted(missing, reverse=True)


def test_each_person_counts_once() -> None:
    asked = FrozenStep(meaning="approved", role="approver", count=2, order=1, persons=("a", "b"))
    twice = [Ballot("a", "approved", "approver")] * 2

    now = standing(FrozenRoute(steps=(asked,)), twice)

    assert not now
    assert now.waiting_for() == ("approval by b (approver)",)


def test_a_step_that_nobody_is_left_for_says_so() -> None:
    asked = FrozenStep(meaning="reviewed", role="reviewer", count=2, order=1, persons=("a",))

    now = standing(FrozenRoute(steps=(asked,)), [Ballot("a", "reviewed", "reviewer")])

    assert now.waiting_for() == ("review by 1 of nobody left (reviewer)",)


def authority(held: dict[str, list[str]]) -> Authority:
    people = {one: Person(id=one, name=one, roles=tuple(given_)) for one, given_ in held.items()}
    return Authority(persons=people)


route_steps = st.builds(
    step,
    meanings, roles, st.integers(1, 2), st.integers(1, 2),
)  # fmt: skip
wanted_routes = (
    st.lists(route_steps, min_size=1, max_size=3)
    .filter(lambda steps: any(one.meaning == "approved" for one in steps))
    .map(lambda steps: Route(steps=tuple(steps)))
)


@QUICK
@given(
    wanted_routes,
    st.fixed_dictionaries({one: st.lists(roles, unique=True) for one in PEOPLE}),
    st.sets(st.sampled_from(PEOPLE), max_size=2),
    ballots,
)
def test_a_route_is_frozen_to_different_persons_or_refused(
    route: Route, held: dict[str, list[str]], excluded: set[str], given_: list[Ballot]
) -> None:
    """REV-03: those excluded are not asked; signatures that stand keep their place only."""
    signed = [one for one in given_ if one.role in held[one.person]][:2]
    voters = {one.person for one in signed}
    places = [
        sorted(
            {one for one in PEOPLE if each.role in held[one]} - excluded - voters
            | {one.person for one in signed if (one.meaning, one.role) == (each.meaning, each.role)}
        )
        for each in route.steps
    ]
    enough = fillable(
        [who for each, who in zip(route.steps, places, strict=True) for _ in range(each.persons)]
    )
    if not enough:
        with pytest.raises(RouteError) as refused:
            freeze("PRO-001", route, authority(held), excluded=excluded, signed=signed)
        assert "each person once" in refused.value.hint
        assert {*refused.value.unfilled} <= {each.role for each in route.steps}
        return
    frozen = freeze("PRO-001", route, authority(held), excluded=excluded, signed=signed)

    assert [list(each.persons) for each in frozen.steps] == places
    assert [(each.meaning, each.role, each.count, each.order) for each in frozen.steps] == [
        (each.meaning, each.role, each.persons, each.order) for each in route.steps
    ]


@QUICK
@given(wanted_routes, st.fixed_dictionaries({one: st.lists(roles, unique=True) for one in PEOPLE}))
def test_a_frozen_route_can_be_completed(route: Route, held: dict[str, list[str]]) -> None:
    """A round that is opened can be closed: some persons of it fill every place."""
    try:
        frozen = freeze("PRO-001", route, authority(held), excluded=())
    except RouteError:
        assume(False)
        return
    places = [each for each in frozen.steps for _ in range(each.count)]
    assert any(
        standing(frozen, [Ballot(one, each.meaning, each.role)
                          for one, each in zip(order, places, strict=True)])
        for order in permutations(PEOPLE, min(len(places), len(PEOPLE)))
        if len(places) <= len(PEOPLE)
    )  # fmt: skip
