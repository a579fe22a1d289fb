"""From which day the time of a record counts."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive_retention import last_day
from paper_forms import EVENTS, made_up_digest
from paper_keeping import LOG, Keeping, a_class
from paper_schedules import CHECKLIST, definitions, followed
from paper_schedules import office as forms_in_force
from record_days import DAY, ONE, QUICK, due, kept, periods, state_fact

from docctl.model.access import PersonLeftData
from docctl.model.event import Signed

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
