"""When a record may go, and why."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_retention import last_day
from paper_forms import EVENTS, made_up_digest
from paper_keeping import CASE, LOG, Keeping, a_class, stub
from paper_schedules import CHECKLIST, definitions, followed
from paper_schedules import office as forms_in_force

from docctl.model.access import PersonLeftData
from docctl.model.answers.retention import Due
from docctl.model.event import Signed
from docctl.rules.records import assess

DAY = timedelta(days=1)
QUICK = settings(max_examples=100, deadline=None)
ONE = "FRM-001-0001"

periods = st.sampled_from(["0 days", "3 days", "6 weeks", "1 month", "18 months", "10 years"])
days_ago = st.integers(0, 4000)


def kept(**changes: Any) -> Keeping:
    """A record of a class, captured today."""
    keeping = Keeping(a_class(**changes), a_class("case", trigger="closed"))
    keeping.capture(ONE)
    return keeping


def due(keeping: Keeping, number: str = ONE, on: date | None = None) -> Due:
    return assess(keeping, keeping.record(number), on or keeping.today)


def state_fact(keeping: Keeping, fact: str, on: date | None = None) -> None:
    keeping.do("fact_stated", "ria", ONE, "records", fact=fact, on=on or keeping.today)


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


# --- triggers -------------------------------------------------------------------------------


@QUICK
@given(on=st.dates(date(2026, 1, 1), date.max))
@pytest.mark.parametrize("trigger", ["contract_ended", "person_left", "form_superseded",
                                     "form_withdrawn", {"latest": ("captured", "sold")},
                                     {"earliest": ("sold", "lost")}])  # fmt: skip
def test_an_unknown_trigger_is_never_due(trigger: Any, on: date) -> None:
    keeping = kept(trigger=trigger, period="0 days")
    found = due(keeping, on=on)

    assert found.state == "trigger_missing"
    assert found.due_since is None
    assert found.missing
    assert "not known yet" in found.explanation


@QUICK
@given(gap=st.integers(1, 2000))
def test_latest_waits_for_all_and_counts_from_the_last(gap: int) -> None:
    keeping = kept(trigger={"latest": ("sold", "lost")}, period="0 days")
    state_fact(keeping, "sold")
    keeping.wait(gap)

    assert due(keeping, on=date.max).missing == ("lost",)
    state_fact(keeping, "lost")
    assert due(keeping).due_since == keeping.today + DAY


@QUICK
@given(gap=st.integers(1, 2000))
def test_earliest_takes_the_first_that_is_known(gap: int) -> None:
    keeping = kept(trigger={"earliest": ("sold", "lost")}, period="0 days")
    state_fact(keeping, "sold")
    first = keeping.today
    keeping.wait(gap)
    state_fact(keeping, "lost")

    assert due(keeping).due_since == first + DAY


@QUICK
@given(back=st.integers(-3000, 3000), period=periods)
def test_a_stated_past_day_counts_from_the_day_of_its_statement(back: int, period: str) -> None:
    """Nothing is due sooner because somebody says it happened long ago."""
    keeping = kept(trigger="sold", period=period)
    on = keeping.today - timedelta(days=back)
    state_fact(keeping, "sold", on)

    counts = max(on, keeping.today)
    assert due(keeping).due_since == last_day(counts, period, {}) + DAY
    assert ("the later day counts" in due(keeping).explanation) == (back > 0)


@QUICK
@given(back=st.integers(0, 30))
def test_a_backdated_close_counts_from_the_day_on_which_it_was_signed(back: int) -> None:
    keeping = Keeping()
    keeping.completed(event_on=keeping.today)
    keeping.wait(30)
    on = keeping.today - timedelta(days=back)
    keeping.do("closed", "bob", "NC-2026-1", closed_on=on)

    assert due(keeping, "NC-2026-1").due_since == keeping.today + 31 * DAY


def leave(keeping: Keeping, on: date) -> None:
    authority = keeping.authority
    event = EVENTS["person_left"].model_validate(
        {
            "library": authority.library, "item": "ACCESS", "type": "person_left", "meaning": "m",
            "seq": authority.seq + 1, "prev": authority.last, "signer": "ana",
            "role": "administrator", "time": keeping.now, "date": keeping.today, "tool": "paper",
            "data": PersonLeftData(person="sam", on=on),
        }
    )  # fmt: skip
    keeping.authority = authority.after(Signed(event, made_up_digest()))


@QUICK
@given(back=st.integers(0, 900), late=st.integers(0, 900))
def test_who_left_long_ago_left_on_the_day_on_which_it_was_stated(back: int, late: int) -> None:
    keeping = Keeping(a_class(trigger="person_left", period="0 days"))
    keeping.capture(ONE, subject="sam")
    assert due(keeping).missing == ("person_left",)
    stated = keeping.today
    leave(keeping, stated - timedelta(days=back))
    keeping.wait(late)
    keeping.capture("FRM-001-0002", subject="sam")

    assert due(keeping).due_since == stated + DAY
    assert due(keeping, "FRM-001-0002").due_since == keeping.today + DAY


def on_checklist(*, second: date | None = None) -> Keeping:
    """An office whose checklist is superseded from a day on."""
    keeping = Keeping(office=forms_in_force())
    keeping.definitions = definitions()
    keeping.schedule(a_class("form", trigger="form_superseded", period="0 days"))
    if second:
        first, later = followed().revisions
        both = (first, later._replace(effective_on=second))
        keeping.dossiers[CHECKLIST] = followed()._replace(revisions=both)
    return keeping


@QUICK
@given(ahead=st.integers(0, 500))
def test_a_form_is_superseded_when_a_later_revision_takes_effect(ahead: int) -> None:
    keeping = on_checklist()
    keeping.capture(number := f"{CHECKLIST}-0001", CHECKLIST)
    assert due(keeping, number, date.max).state == "trigger_missing"
    second = keeping.today + timedelta(days=ahead)
    keeping.dossiers = on_checklist(second=second).dossiers

    assert due(keeping, number).due_since == second + DAY


@QUICK
@given(ago=st.integers(0, 300))
def test_a_revision_does_not_supersede_itself(ago: int) -> None:
    """A record made on the newest revision, of a day before that took effect, is not superseded."""
    keeping = on_checklist(second=date(2026, 2, 2))
    second = keeping.dossiers[CHECKLIST].revisions[1]
    keeping.capture(
        number := f"{CHECKLIST}-0001", CHECKLIST, form_revision=second.label,
        form_content=second.content, event_on=keeping.today - timedelta(days=ago),
        late_reason="post",
    )  # fmt: skip

    assert due(keeping, number, date.max).missing == ("form_superseded",)


def test_a_form_that_was_superseded_before_a_record_was_made_counts_from_its_capture() -> None:
    keeping = on_checklist(second=date(2026, 2, 1))
    keeping.wait(9)
    keeping.capture(number := f"{CHECKLIST}-0001", CHECKLIST)

    assert due(keeping, number).due_since == keeping.today + DAY


@QUICK
@given(ahead=st.integers(-30, 500))
def test_a_withdrawn_form_starts_the_time_of_its_records(ahead: int) -> None:
    keeping = kept(trigger="form_withdrawn", period="0 days")
    day = keeping.today + timedelta(days=ahead)
    keeping.dossiers[LOG] = keeping.dossiers[LOG]._replace(withdrawn_on=day)

    assert due(keeping).due_since == max(day, keeping.today) + DAY


@pytest.mark.parametrize("trigger", ["form_superseded", "form_withdrawn"])
def test_a_form_that_is_not_there_was_neither_superseded_nor_withdrawn(trigger: str) -> None:
    keeping = kept(trigger=trigger)
    del keeping.dossiers[LOG]

    assert due(keeping, on=date.max).state == "trigger_missing"


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
    assert due(keeping).explanation == "the schedule has no class log any more"


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
