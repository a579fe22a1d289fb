"""Clocks that are wrong: here, elsewhere, and when nobody looked."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from firm import Firm
from office import Key

from docctl import Assignments, Prepared, State
from docctl.errors import ClockError, DateError
from docctl.rules.clock import TOLERANCE
from docctl.store.reading.ledger import Ledger

YEARS = timedelta(days=10 * 365)


@contextmanager
def clock_off_by(firm: Firm, span: timedelta) -> Iterator[None]:
    """Let the machine's clock be wrong for a while."""
    firm.clock.now += span
    try:
        yield
    finally:
        firm.clock.now -= span


def prepared(firm: Firm, verb: str, number: str, *, by: str, off: timedelta) -> Prepared:
    """Prepare a step on a machine whose clock is off."""
    with clock_off_by(firm, off):
        return firm.by(by).prepare(verb, number)


def land(firm: Firm, change: Prepared, by: str) -> None:
    firm.ada.land(change, Key(by).sign(change.message))


def git(firm: Firm, *args: str) -> str:
    run = ["git", "-C", str(firm.root / "store.git"), *args]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()


# --- at the door -------------------------------------------------------------------------------


def test_a_vote_from_a_clock_that_ran_ahead_does_not_land(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    vote = prepared(firm, "approve", number, by="eva", off=YEARS)
    with firm.refuses(ClockError, "this machine's clock says 2026") as caught:
        land(firm, vote, "eva")
    assert "check the clock of the machine on which eva" in caught.value.hint
    assert firm.by("eva").approve(number).state is State.APPROVED


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(minutes=10), YEARS])
def test_no_event_from_a_clock_that_ran_ahead_lands(firm: Firm, off: timedelta) -> None:
    change = prepared(firm, "submit", firm.new(), by="ben", off=off)
    with firm.refuses(ClockError) as caught:
        land(firm, change, "ben")
    assert caught.value.time - caught.value.now > TOLERANCE


def test_clocks_may_differ_by_a_few_minutes(firm: Firm) -> None:
    number = firm.new()
    few = TOLERANCE - timedelta(minutes=1)
    land(firm, prepared(firm, "submit", number, by="ben", off=few), "ben")
    firm.by("eva").approve(number)
    firm.release(number)
    assert not firm.ada.verify().problems


def test_what_is_backdated_does_not_land_even_behind_a_late_vote(firm: Firm) -> None:
    """A vote that lands late does not lead the library back to the day on which it was signed."""
    number, other = firm.reach(State.IN_REVIEW), firm.new()
    vote = firm.by("eva").prepare("approve", number)
    backdated = firm.by("ben").prepare("submit", other)
    firm.clock.wait(hours=6)
    firm.new()
    land(firm, vote, "eva")
    with firm.refuses(DateError, "lies before the library's last change"):
        land(firm, backdated, "ben")


# --- a wrong vote that stands ------------------------------------------------------------------


@pytest.fixture
def voted(firm: Firm) -> tuple[Firm, str]:
    """A firm in which a vote has landed while the machine's clock was years ahead."""
    number = firm.reach(State.IN_REVIEW)
    with clock_off_by(firm, YEARS):
        firm.by("eva").approve(number)
    return firm, number


def test_a_wrong_vote_holds_up_nobody(voted: tuple[Firm, str]) -> None:
    firm, _ = voted
    assert firm.reach(State.EFFECTIVE)
    firm.ada.person_role("ben", "reviewer")
    (found,) = firm.ada.verify().problems
    assert found.code == "clock-ran-ahead"
    assert "its time is 2036" in found.sentence


def test_a_document_goes_on_after_a_wrong_vote(voted: tuple[Firm, str]) -> None:
    firm, number = voted
    firm.release(number)
    firm.clock.wait(days=1)
    (entry,) = firm.ada.register(as_of=firm.today)
    assert (entry.number, entry.state) == (number, State.EFFECTIVE)
    firm.ada.assign(number, Assignments(location="the shelf"), reason="moved")
    firm.revise(number)
    firm.submit(number)
    firm.sign(number)
    firm.release(number)
    assert firm.ada.status(number).revision == "2"
    assert [one.code for one in firm.ada.verify().problems] == ["clock-ran-ahead"]
    assert Ledger(firm.ada.store.reader).dossier(firm.head, number) == firm.ada.bench.get(number)


def test_a_wrong_vote_can_be_taken_back_and_given_again(voted: tuple[Firm, str]) -> None:
    firm, number = voted
    firm.ada.reopen(number, reason="The clock was wrong")
    firm.submit(number)
    firm.sign(number)
    firm.release(number)
    assert firm.ada.status(number).state is State.EFFECTIVE


# --- a wrong change that stands ----------------------------------------------------------------


@pytest.fixture
def misdated(firm: Firm) -> Firm:
    """A firm in which people have worked while the machine's clock was years ahead."""
    firm.reach(State.EFFECTIVE)
    with clock_off_by(firm, YEARS):
        firm.new("Dated ahead")
        firm.ada.person_role("ben", "reviewer")
    return firm


def test_a_library_that_lies_ahead_says_so_and_takes_nothing(misdated: Firm) -> None:
    sound = git(misdated, "rev-parse", "main~2")
    with misdated.refuses(ClockError, "the library's last change, 'role_granted' by ada") as caught:
        misdated.by("ben").prepare("revise", "PRO-001", reason="It changed")
    assert caught.value.item == "ACCESS"
    assert "A clock that ran ahead" in caught.value.hint
    assert sound in caught.value.hint
    with misdated.refuses(ClockError):
        misdated.ada.person_add("zoe", "Zoe", key=Key("zoe").public_key)


def test_verify_names_every_event_that_lies_ahead(misdated: Firm) -> None:
    found = misdated.ada.verify().problems
    assert [one.code for one in found] == ["clock-ran-ahead"] * 2
    assert found[0].place.endswith("PRO-002/1/events/0001.created.json")
    with clock_off_by(misdated, YEARS):
        assert not misdated.ada.verify().problems


def test_the_library_goes_on_once_the_time_has_come(misdated: Firm) -> None:
    misdated.clock.now += YEARS
    misdated.reach(State.EFFECTIVE)
    assert not misdated.ada.verify().problems


def test_the_library_goes_on_from_the_last_change_before(misdated: Firm, tmp_path: Path) -> None:
    """The way of the guide: the library stays as evidence, a clone that ends before goes on."""
    sound = git(misdated, "rev-parse", "main~2")
    going_on = tmp_path / "going-on"
    git(misdated, "clone", "-q", "--bare", ".", str(going_on / "store.git"))
    git(misdated, f"--git-dir={going_on / 'store.git'}", "update-ref", "refs/heads/main", sound)
    with Firm(going_on, clock=misdated.clock) as firm:
        assert firm.reach(State.EFFECTIVE) == "PRO-002"
        assert [one.title for one in firm.ada.register()] == ["Control of documents"] * 2
        assert not firm.ada.verify().problems
    with misdated.reopened() as kept:
        assert kept.ada.status("PRO-002").title == "Dated ahead"


def test_a_library_that_was_founded_ahead_says_so(firm: Firm) -> None:
    with clock_off_by(firm, -YEARS), pytest.raises(ClockError) as caught:
        firm.new()
    assert "it was founded so" in caught.value.hint
