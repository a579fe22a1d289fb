"""When a record may go, and why."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from naive_retention import last_day
from paper_keeping import CASE, Keeping, a_class, stub
from record_days import DAY, ONE, QUICK, due, kept, periods

# --- from when ------------------------------------------------------------------------------


@QUICK
@given(period=periods, rounding=st.sampled_from(["day", "month", "quarter", "year"]))
def test_a_record_is_due_from_the_day_after_its_last_day(period: str, rounding: str) -> None:
    """requirements 4.2: destruction is possible from the following day."""
    keeping = kept(period=period, rounding=rounding)
    last = last_day(keeping.today, period, {"rounding": rounding})

    assert due(keeping).due_since == last + DAY
    assert due(keeping, on=last).state == "running"
    assert due(keeping, on=last + DAY).state == "due"
    assert due(keeping, on=date.max).state == "due"


def test_a_time_that_lasts_until_the_end_of_the_calendar_is_never_over() -> None:
    keeping = kept(period="9999 years")

    assert due(keeping, on=date.max).state == "running"
    assert due(keeping, on=date.max).due_since is None


def test_the_reasons_are_said_in_words_and_in_order() -> None:
    keeping = kept(period="10 years", rounding="year", trigger="captured")

    assert due(keeping).explanation == "captured on 2026-02-02; + 10 years, end of calendar year"
    keeping.schedule(a_class(period="1 year", rounding="year", year_begins=4))
    assert due(keeping).explanation.endswith("end of year that begins with month 4")
    keeping.schedule(a_class(period="1 year", rounding="quarter"))
    assert due(keeping).explanation.endswith("+ 1 year, end of quarter")


# --- what keeps it --------------------------------------------------------------------------


def test_an_open_record_is_never_due() -> None:
    keeping = Keeping(a_class("case", trigger="captured", period="0 days"))
    keeping.capture("NC-2026-1", CASE)

    assert due(keeping, "NC-2026-1", date.max).state == "open"
    assert due(keeping, "NC-2026-1", date.max).explanation == "it is not closed"


def test_opening_again_cancels_the_time_that_ran() -> None:
    """requirements 4.2: re-opening a case cancels the trigger."""
    keeping = Keeping()
    keeping.completed()
    keeping.do("closed", "bob", "NC-2026-1", closed_on=keeping.today)
    before = due(keeping, "NC-2026-1").due_since
    keeping.wait(20)
    keeping.do("opened_again", "ria", "NC-2026-1", "records")

    assert due(keeping, "NC-2026-1", date.max).state == "open"
    keeping.wait(20)
    keeping.do("closed", "bob", "NC-2026-1", closed_on=keeping.today)
    assert due(keeping, "NC-2026-1").due_since == before + 40 * DAY


@QUICK
@given(on=st.dates(date(2026, 1, 1), date.max), named=st.booleans())
def test_a_hold_beats_everything(on: date, named: bool) -> None:
    keeping = Keeping(a_class(period="0 days"))
    keeping.capture(ONE, holds=("H-1",) if named else ())
    before = due(keeping, on=on)
    keeping.do("hold_placed", "kim", "H-1", "management", matter="M", where="site=Oslo",
               records=() if named else (ONE,))  # fmt: skip
    found = due(keeping, on=on)

    assert found.state != "due"
    assert found.holds == ("H-1",)
    assert (found.state == "held") == (before.state == "due")
    assert "held by H-1" in found.explanation
    keeping.do("hold_lifted", "kim", "H-1", "management")
    assert due(keeping, on=on) == before


def test_lifting_one_hold_frees_nothing_that_another_holds() -> None:
    keeping = kept(period="0 days")
    for hold in ("H-1", "H-2"):
        keeping.do("hold_placed", "kim", hold, "management", matter="M", where="a=b")
        keeping.do("hold_extended", "kim", hold, "management", records=(ONE,))
    keeping.do("hold_lifted", "kim", "H-1", "management")
    keeping.wait(5)

    assert due(keeping).state == "held"
    assert due(keeping).holds == ("H-2",)


@QUICK
@given(period=periods, minimum=periods)
def test_the_longest_minimum_wins(period: str, minimum: str) -> None:
    keeping = kept(period=period, minimum={"period": minimum, "mandate": "Tax law"})
    longest = max(last_day(keeping.today, one, {}) for one in (period, minimum))

    assert due(keeping).due_since == longest + DAY
    assert ("Tax law" in due(keeping).explanation) == (
        longest > last_day(keeping.today, period, {})
    )


@QUICK
@given(period=periods, minimum=st.none() | periods, maximum=periods)
def test_a_maximum_before_the_minimum_is_a_conflict_and_never_due(
    period: str, minimum: str | None, maximum: str
) -> None:
    limits: dict[str, Any] = {"maximum": {"period": maximum, "mandate": "Privacy law"}}
    if minimum:
        limits["minimum"] = {"period": minimum, "mandate": "Tax law"}
    keeping = kept(period=period, **limits)
    shortest = max(last_day(keeping.today, one, {}) for one in (period, minimum or "0 days"))
    contradict = last_day(keeping.today, maximum, {}) < shortest

    assert due(keeping, on=date.max).state == ("conflict" if contradict else "due")
    assert ("somebody must decide" in due(keeping).explanation) == contradict


def test_what_is_kept_for_ever_and_what_has_no_class_is_never_due() -> None:
    keeping = kept(action="permanent")

    assert due(keeping, on=date.max).state == "permanent"
    keeping.schedule(a_class("other"))
    assert due(keeping, on=date.max).state == "conflict"
    assert due(keeping).action is None
    assert due(keeping).explanation.startswith("the schedule has no class log any more")


def test_what_is_gone_is_gone() -> None:
    keeping = kept(period="0 days")
    keeping.wait(1)
    keeping.propose("D-1", ONE)
    keeping.authorise("D-1")
    keeping.land(keeping.disposing(ONE, "D-1"))

    assert due(keeping).state == "disposed"


def test_a_change_of_the_schedule_is_followed_at_once() -> None:
    keeping = kept(period="1 year")
    keeping.wait(10)
    assert due(keeping).state == "running"
    keeping.schedule(a_class(period="1 week"))
    assert due(keeping).state == "due"


def test_an_amendment_moves_no_day() -> None:
    keeping = kept()
    before = due(keeping).due_since
    keeping.wait(3)
    keeping.do("amended", "bob", ONE, payload=stub(), event_on=keeping.today)

    assert due(keeping).due_since == before
