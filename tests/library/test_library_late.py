"""Changes that land on a later day than the one they are dated: yesterday stays as it was."""

from typing import Any

import pytest
from firm import Firm
from office import Key

from docctl import Assignments, Prepared, State
from docctl.errors import DateError


def land(firm: Firm, change: Prepared, by: str = "ada") -> None:
    firm.ada.land(change, Key(by).sign(change.message))


def test_a_release_lands_on_its_own_day(firm: Firm) -> None:
    number = firm.reach(State.APPROVED)
    late = firm.ada.prepare("release", number, effective_on=None)
    firm.clock.wait(days=2)
    with firm.refuses(DateError, "would change what was in force on 2026-01-05") as caught:
        land(firm, late)
    assert "sign it today" in caught.value.hint
    firm.release(number)
    assert firm.ada.status(number).state is State.EFFECTIVE


def test_a_release_for_a_later_day_may_land_later(firm: Firm) -> None:
    number = firm.reach(State.APPROVED)
    day = firm.today.replace(day=9)
    late = firm.ada.prepare("release", number, effective_on=day)
    firm.clock.wait(days=2)
    land(firm, late)
    assert firm.ada.status(number).effective_on == day


@pytest.mark.parametrize(
    ("verb", "options"),
    [
        ("suspend", {"reason": "A leak", "instruction": "Stop."}),
        ("assign", {"reason": "moved"}),
    ],
)
def test_what_changes_yesterday_does_not_land(
    firm: Firm, verb: str, options: dict[str, Any]
) -> None:
    number = firm.reach(State.EFFECTIVE)
    given = (number, Assignments(location="the shelf")) if verb == "assign" else (number,)
    late = firm.ada.prepare(verb, *given, **options)
    firm.clock.wait(days=1)
    with firm.refuses(DateError, "nothing takes effect|is over"):
        land(firm, late)


def test_a_late_vote_does_not_withdraw_backwards(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.withdraw(number)
    vote = firm.by("eva").prepare("approve", number)
    firm.clock.wait(days=1)
    yesterday = [one.state for one in firm.ada.register(as_of=firm.today)]
    firm.clock.wait(days=1)
    with firm.refuses(DateError, "'approved' would change"):
        land(firm, vote, "eva")
    firm.by("eva").approve(number)
    assert [one.state for one in firm.ada.register(as_of=firm.today.replace(day=6))] == yesterday
    assert firm.ada.status(number).state is State.WITHDRAWN


def test_a_late_vote_approves_what_is_not_yet_in_force(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    vote = firm.by("eva").prepare("approve", number)
    firm.clock.wait(days=3)
    land(firm, vote, "eva")
    assert firm.ada.status(number).state is State.APPROVED


def test_what_is_on_its_way_may_land_later(firm: Firm) -> None:
    number = firm.new()
    late = firm.by("ben").prepare("submit", number)
    firm.clock.wait(days=1)
    land(firm, late, "ben")
    assert firm.ada.status(number).state is State.IN_REVIEW


def test_midnight_passes_while_somebody_signs(firm: Firm) -> None:
    number = firm.reach(State.APPROVED)
    firm.clock.now = firm.clock.now.replace(hour=22, minute=57)  # Oslo is an hour ahead
    late = firm.ada.prepare("release", number, effective_on=None)
    firm.clock.wait(minutes=3)
    land(firm, late)
    assert firm.ada.status(number).state is State.EFFECTIVE
