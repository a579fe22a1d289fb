"""At the end of its period somebody decides about a record: kept longer, or let go by two."""

from datetime import timedelta

import pytest
from archive import Keeping
from test_records_forged import put_in

from docctl.errors import InputError, NotAuthorisedError, RetentionError
from docctl.model.records.record import RetentionReviewedData


@pytest.fixture
def over(keeping: Keeping) -> tuple[Keeping, str]:
    """A record of a class whose records somebody decides about, at the end of its period."""
    keeping.reschedule("logs", action="review")
    number = keeping.log()
    keeping.wait(31)
    return keeping, number


def test_it_is_kept_longer_and_everything_shows_it(over: tuple[Keeping, str]) -> None:
    keeping, number = over
    ria = keeping.by("ria")
    assert [one.state for one in ria.retention_due()] == ["review"]
    until = ria.today() + timedelta(days=90)

    (found,) = ria.retention_review(number, until=until, reason="A sister case is open")

    assert found.state == "running"
    assert f"kept until {until}" in found.explanation
    assert ria.trace(number).due == found
    shown = ria.record_show(number)
    assert shown.due == found
    assert shown.statements[-1].decided == f"kept until {until}"
    (there,) = ria.retention_due(until + timedelta(days=1))
    assert there.state == "review"
    sooner = ria.control().retention[1].but(action="destroy")
    settings = ria.control().but(retention=[ria.control().retention[0], sooner])
    (change,) = ria.retention_simulate(settings, on=until + timedelta(days=1))
    assert (change.before.state, change.after.state) == ("review", "due")
    assert keeping.codes() == []


def test_it_goes_by_two_persons_once_that_was_decided(over: tuple[Keeping, str]) -> None:
    keeping, number = over
    with pytest.raises(RetentionError, match="it is not due") as refused:
        keeping.by("ria").retention_propose(number)
    assert refused.value.hint == "see from when: docctl retention due --all"
    keeping.by("ria").retention_review(number, then="destroy", reason="Nothing refers to it")

    keeping.disposed(number)

    assert keeping.payloads() == []
    assert keeping.codes() == []


def test_what_cannot_be_decided_says_so(over: tuple[Keeping, str]) -> None:
    keeping, number = over
    ria = keeping.by("ria")
    with pytest.raises(InputError, match="say until when"):
        ria.retention_review(number, reason="Why not")
    with pytest.raises(NotAuthorisedError):
        keeping.by("ben").retention_review(number, then="destroy", reason="Why not")
    with pytest.raises(RetentionError, match="is not over"):
        ria.retention_review(keeping.log(), then="destroy", reason="Why not")


def test_a_forged_decision_is_found(over: tuple[Keeping, str]) -> None:
    keeping, number = over
    data = RetentionReviewedData(then="destroy")
    put_in(keeping, "retention_reviewed", number, data, by="ben", role="author", reason="Away")
    found = keeping.firm.ada.verify().problems
    assert any("ben" in one.sentence for one in found)
    with pytest.raises(RetentionError, match="the history has"):
        keeping.disposed(number)
