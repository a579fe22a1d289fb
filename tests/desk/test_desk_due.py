"""What waits: who has to do what by when, in the order in which it should be done."""

from datetime import date

import pytest
from deeds.scenes import DAY, WHY, Scene, at, commented, excepted, licensed, proposed
from firm import Firm

from docctl import Assignments, ExternalDocument, State
from docctl.model.answers.register import DueEntry
from docctl.model.control import CONTROL


def waits(firm: Firm, *, on: date | None = None) -> list[DueEntry]:
    return [*firm.ada.due(on=on)]


def review_proposed(firm: Firm) -> str:
    number = firm.reach(State.EFFECTIVE)
    firm.by("ben").periodic_review(number, **WHY)
    return number


def draft_of_control(firm: Firm) -> str:
    firm.ada.control_change(firm.ada.control().but(notice="Sample"), **WHY)
    firm.ada.submit(CONTROL)
    return CONTROL


@pytest.mark.parametrize(
    ("scene", "what", "says"),
    [
        (at(State.IN_REVIEW), "approval", "PRO-001 revision 1 waits for approval"),
        (proposed, "approval", "the withdrawal of PRO-001 waits for approval"),
        (review_proposed, "approval", "the periodic review of PRO-001 waits for"),
        (draft_of_control, "approval", "CONTROL revision 2 waits for approval"),
        (at(State.APPROVED), "release", "PRO-001 revision 1 is approved, not released"),
        (at(State.SCHEDULED), "scheduled", "PRO-001 revision 1 takes effect on 2026-01-15"),
        (commented, "comment", "PRO-001 revision 1: comment 3 waits for an answer"),
        (excepted, "exception", "the exception of ben ends on 2026-02-04"),
    ],
)
def test_what_waits_is_told(firm: Firm, scene: Scene, what: str, says: str) -> None:
    scene(firm)
    (found,) = [one for one in waits(firm) if one.what == what]
    assert found.sentence.startswith(says)
    assert bool(found.who) is (what != "scheduled")  # a day that is set comes by itself


@pytest.mark.parametrize("state", [State.DRAFT, State.EFFECTIVE, State.CANCELLED, State.WITHDRAWN])
def test_where_nobody_must_act_nothing_is_told(firm: Firm, state: State) -> None:
    firm.reach(state)
    assert waits(firm) == []


def test_a_review_is_told_two_months_ahead_and_how_late_it_is(firm: Firm) -> None:
    firm.reach(State.EFFECTIVE)
    assert waits(firm, on=date(2026, 11, 5)) == []
    (ahead,) = waits(firm, on=date(2026, 11, 6))
    assert (ahead.what, ahead.on, ahead.overdue_days) == ("review", date(2027, 1, 5), 0)
    (late,) = waits(firm, on=date(2027, 1, 15))
    assert late.overdue_days == 10
    assert "10 days overdue" in late.sentence


def test_what_is_overdue_stands_first(firm: Firm) -> None:
    firm.reach(State.EFFECTIVE)
    firm.clock.wait(days=400)
    firm.reach(State.APPROVED)
    assert [one.what for one in waits(firm)] == ["review", "release"]


def test_a_day_that_is_over_is_told_as_it_was(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    then = firm.today
    firm.clock.wait(days=2)
    firm.sign(number)
    assert [one.what for one in waits(firm, on=then)] == ["approval"]
    assert [one.what for one in waits(firm)] == ["release"]
    assert waits(firm, on=then + DAY) == waits(firm, on=then)


# --- external documents ----------------------------------------------------------------------


def external(firm: Firm) -> str:
    document = ExternalDocument(title="Pumps", issuer="ISO", edition="2020",
                                check_interval_months=6)  # fmt: skip
    number = firm.by("ben").new(document, "## Use\n\nSee the shelf.\n").number
    for step in (firm.submit, firm.sign, firm.release):
        step(number)
    return number


def test_an_edition_is_checked_at_intervals_from_the_last_check(firm: Firm) -> None:
    number = external(firm)
    assert waits(firm, on=date(2026, 7, 4)) == []
    (found,) = waits(firm, on=date(2026, 7, 8))
    assert (found.what, found.on, found.overdue_days) == ("edition", date(2026, 7, 5), 3)
    firm.clock.wait(days=190)
    checked = Assignments(checked_on=firm.today)
    firm.ada.assign(number, checked, reason="Looked it up")
    assert waits(firm) == []


def test_a_newer_edition_waits_to_be_assessed(firm: Firm) -> None:
    number = external(firm)
    firm.ada.assign(number, Assignments(newer_edition="2026"), reason="Seen in a catalogue")
    (found,) = waits(firm)
    assert "a newer edition is out (2026); assess it" in found.sentence
    assert firm.ada.show(number).newer_edition == "2026"


def test_a_draft_of_an_external_document_has_no_edition_to_check(firm: Firm) -> None:
    licensed(firm)
    assert waits(firm, on=date(2029, 1, 1)) == []
