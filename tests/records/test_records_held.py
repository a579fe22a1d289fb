"""A hold by question is judged by the history, whatever the client that captured has stamped."""

from typing import Any

import pytest
from archive import Keeping

from docctl.desk.recording import stowing
from docctl.desk.recording.holding import StandingQuestions
from docctl.errors import RetentionError


@pytest.mark.parametrize("where", ["site=bergen", "form=FRM-001 and site!=Oslo"])
def test_a_client_that_stamps_nothing_frees_nothing(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """It is old, or it lies: what its history says is held all the same."""
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", where=where)
    with monkeypatch.context() as silent:
        silent.setattr(StandingQuestions, "fitting", lambda *_: ())
        number, free = keeping.log(), keeping.log(site="Oslo")
    assert _stamped(keeping, number) == frozenset()

    keeping.wait(31)
    states = {one.record: one.state for one in keeping.by("ria").retention_due()}
    assert states == {number: "held", free: "due"}
    listed = {one.record: one.holds for one in keeping.by("ria").record_list()}
    assert listed == {number: ("H-1",), free: ()}
    with pytest.raises(RetentionError, match="held by H-1"):
        keeping.by("ria").retention_propose(number)
    keeping.by("kim").hold_lift("H-1", reason="Settled")
    keeping.disposed(number)
    assert keeping.codes() == []


def test_a_hold_that_is_placed_while_a_record_is_captured_covers_it(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stowing.captures

    def overtaken(*given: Any, **more: Any) -> Any:
        done = made(*given, **more)
        keeping.by("kim").hold_place(matter="Claim", reason="A letter", where="site=Bergen")
        return done

    keeping.log(site="Oslo")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(stowing, "captures", overtaken)
        number = keeping.log()

    assert _stamped(keeping, number) == frozenset()
    assert keeping.by("ben").record_show(number).entry.holds == ("H-1",)
    assert keeping.codes() == []


def _stamped(keeping: Keeping, number: str) -> frozenset[str]:
    record = keeping.firm.ada.bench.archive().record(number)
    assert record
    return record.holds


def test_a_record_amended_away_from_the_question_stays_held(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the client that captured it nor the one that amended it has stamped anything."""
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", where="site=Bergen")
    with monkeypatch.context() as silent:
        silent.setattr(StandingQuestions, "fitting", lambda *_: ())
        number = keeping.log()
        keeping.by("ria").record_amend(number, {"site": "Oslo"}, reason="It was there")
    assert _stamped(keeping, number) == frozenset()
    keeping.wait(31)

    assert [one.state for one in keeping.by("ria").retention_due()] == ["held"]
    assert [one.holds for one in keeping.by("ria").record_list()] == [("H-1",)]
    with pytest.raises(RetentionError, match="held by H-1"):
        keeping.by("ria").retention_propose(number)
    assert keeping.codes() == []


def test_a_hold_on_a_form_holds_its_records_everywhere(keeping: Keeping) -> None:
    number = keeping.log()
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", documents=["FRM-001"])
    later = keeping.log()
    keeping.wait(31)

    assert {one.record: one.state for one in keeping.by("ria").retention_due()} == {
        number: "held", later: "held"
    }  # fmt: skip
    assert {one.holds for one in keeping.by("ria").record_list()} == {("H-1",)}
    keeping.by("kim").hold_lift("H-1", reason="Settled")
    keeping.by("kim").hold_place(matter="Claim", reason="Another", documents=["FRM-002"])
    keeping.disposed(number)
    keeping.by("kim").hold_place(matter="Claim", reason="A third", documents=["FRM-001"])
    number = later
    with pytest.raises(RetentionError, match="held by H-3"):
        keeping.by("ria").retention_propose(number)
    assert keeping.codes() == []
