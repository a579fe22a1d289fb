"""What somebody decides about a record at the end of its time of keeping, and what comes of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from paper_keeping import Keeping, a_class, refuses, stub
from record_days import DAY, ONE, due

from docctl.errors import (
    DateError,
    DocctlError,
    EventError,
    HoldError,
    IllegalMoveError,
    NotAuthorisedError,
    RetentionError,
)
from docctl.model.event import Signed
from docctl.model.records.record import RetentionReviewedData

ARCHIVIST = {"kind": "function", "name": "Archivist"}


def scene(**changes: Any) -> Keeping:
    """A record whose time of keeping is over: somebody decides about it."""
    keeping = Keeping(a_class(action="review", **changes), a_class("case", trigger="closed"))
    keeping.capture(ONE, identifiers={"site": "Oslo"})
    keeping.wait(31)
    return keeping


def review(keeping: Keeping, by: str = "ria", role: str = "records", **want: Any) -> Signed:
    given = want if {"until", "then"} & {*want} else {"then": "destroy", **want}
    return keeping.event("retention_reviewed", by, ONE, role, **given)


def reviewed(keeping: Keeping, **want: Any) -> Keeping:
    keeping.land(review(keeping, **want))
    return keeping


def rescheduled(keeping: Keeping, **changes: Any) -> Keeping:
    keeping.schedule(a_class(**{"action": "review", **changes}), a_class("case"))
    return keeping


def gone(keeping: Keeping) -> Keeping:
    reviewed(keeping)
    keeping.propose("D-1", ONE)
    keeping.authorise("D-1")
    keeping.land(keeping.disposing(ONE, "D-1"))
    return keeping


MAXIMUM = {"period": "60 days", "mandate": "A law"}

REFUSED: dict[str, tuple[Callable[[Keeping], Signed], type[DocctlError], str]] = {
    "without a reason": (lambda k: review(k, reason=""), EventError, "needs a reason"),
    "by a service": (lambda k: review(k, by="bot", role="author"), NotAuthorisedError, "service"),
    "by anybody": (lambda k: review(k, by="bob", role="holder"), NotAuthorisedError, "do this"),
    "by who does not own the class": (
        lambda k: review(rescheduled(k, owner=ARCHIVIST)), NotAuthorisedError, "does not answer"),
    "too soon": (
        lambda k: review(rescheduled(k, period="1 year")), RetentionError, "keeping is not over"),
    "what is kept for ever": (
        lambda k: review(reviewed(k) and rescheduled(k, action="permanent")),
        RetentionError, "keeping is not over"),
    "where the class decides": (
        lambda k: review(rescheduled(k, action="destroy")), EventError, "class log says destroy"),
    "without a class": (
        lambda k: k.schedule(a_class("case")) or review(k), RetentionError, "no class log any"),
    "until a day that is over": (
        lambda k: review(k, until=k.today), DateError, "is not to come"),
    "longer than the longest time": (
        lambda k: review(rescheduled(k, maximum=MAXIMUM), until=k.today + 40 * DAY),
        RetentionError, "its limits forbid that: captured"),
    "for ever against the longest time": (
        lambda k: review(rescheduled(k, maximum=MAXIMUM), then="permanent"),
        RetentionError, "its limits forbid that"),
    "what is gone": (lambda k: review(gone(k)), IllegalMoveError, "'review' is not possible"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "error", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_decision_is_refused(
    act: Callable[[Keeping], Signed], error: type[DocctlError], sentence: str
) -> None:
    refuses(scene(), act, error, sentence)


def test_the_owner_decides_and_nobody_else_has_to_hold_a_role() -> None:
    reviewed(scene(owner=ARCHIVIST), by="own", role="holder")


def test_a_record_waits_for_somebody_who_decides() -> None:
    keeping = scene()

    assert due(keeping, on=keeping.today - DAY).state == "running"
    assert due(keeping).state == "review"
    assert "then somebody decides about it" in due(keeping).explanation
    with pytest.raises(RetentionError, match="it may not go"):
        keeping.propose("D-1", ONE)


def test_what_is_to_go_is_due_from_the_day_of_the_decision() -> None:
    keeping = scene()
    keeping.wait(10)
    found = due(reviewed(keeping))

    assert (found.state, found.action, found.due_since) == ("due", "destroy", keeping.today)
    assert f"destroy: decided on {keeping.today}" in found.explanation


def test_what_is_kept_longer_waits_for_the_next_decision() -> None:
    keeping = scene()
    until = keeping.today + 100 * DAY
    reviewed(keeping, until=until)

    assert due(keeping).state == "running"
    assert due(keeping, on=until).state == "running"
    assert due(keeping, on=until + DAY).state == "review"
    assert f"kept until {until}: decided on {keeping.today}" in due(keeping).explanation


def test_what_is_kept_for_ever_can_be_decided_about_again() -> None:
    keeping = scene()
    assert due(reviewed(keeping, then="permanent"), on=date.max).state == "permanent"

    assert due(reviewed(keeping)).state == "due"


@pytest.mark.parametrize("what", ["amended", "decided again"])
def test_a_decision_to_let_go_lapses_with_whatever_happens_next(what: str) -> None:
    keeping = reviewed(scene())
    if what == "amended":
        keeping.do("amended", "ria", ONE, "records", payload=stub(), event_on=keeping.today)
        assert due(keeping).state == "review"
    else:
        reviewed(keeping, until=keeping.today + DAY)
        assert due(keeping).state == "running"


@pytest.mark.parametrize("action", ["review", "destroy"])
def test_a_decision_to_keep_outlasts_amendments_and_another_schedule(action: str) -> None:
    keeping = scene()
    until = keeping.today + 100 * DAY
    reviewed(keeping, until=until)
    keeping.do("amended", "ria", ONE, "records", payload=stub(), event_on=keeping.today)
    rescheduled(keeping, action=action)

    assert due(keeping, on=until).state == "running"
    assert due(keeping, on=until + DAY).state == ("due" if action == "destroy" else "review")


def test_a_hold_beats_a_decision() -> None:
    keeping = reviewed(scene())
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", records=(ONE,))

    assert due(keeping).state == "held"
    with pytest.raises(HoldError):
        keeping.propose("D-1", ONE)


def test_a_decision_of_a_clock_set_forward_lets_nothing_go_sooner() -> None:
    """Who says that it is next year decides too soon: on the true day nothing is over."""
    keeping = scene(period="1 year")
    keeping.now += timedelta(days=400)
    reviewed(keeping)
    keeping.now -= timedelta(days=400)

    assert due(keeping).state == "running"
    with pytest.raises(RetentionError):
        keeping.propose("D-1", ONE)


def test_a_schedule_that_no_longer_asks_takes_the_decision_to_let_go_away() -> None:
    keeping = rescheduled(reviewed(scene()), period="1 year", action="destroy")
    assert due(keeping).state == "running"
    assert due(keeping).action == "destroy"


def test_a_decision_is_one_thing_or_the_other() -> None:
    for both in ({}, {"until": date(2030, 1, 1), "then": "destroy"}):
        with pytest.raises(ValueError, match="say until when"):
            RetentionReviewedData(**both)
