"""The retention schedule: days are counted inclusively, and never too short."""

from calendar import isleap
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from docctl.model.control import RECORDS, Route, Step, default_settings, scheduling
from docctl.model.records.hold import HoldPlacedData
from docctl.model.records.record import CapturedData, Stub
from docctl.model.records.retention import RetentionClass, Triggers

QUICK = settings(max_examples=200, deadline=None)
DAY = timedelta(days=1)
UNITS = ("day", "week", "month", "year")

days = st.dates(date(1900, 1, 1), date(2400, 12, 31))
counts = st.integers(0, 120)
units = st.sampled_from(UNITS)
roundings = st.sampled_from(["day", "month", "quarter", "year"])
firsts = st.integers(1, 12)


def kind(**changes: Any) -> RetentionClass:
    plain = {
        "name": "log",
        "title": "Log",
        "trigger": "captured",
        "action": "destroy",
        "period": "0 days",
    }
    return RetentionClass(**{**plain, **changes})


def last(began: date, period: str, **changes: Any) -> date:
    return kind(**changes).last_day(began, period)


# --- periods --------------------------------------------------------------------------------


@QUICK
@given(began=days, count=counts, unit=units)
def test_a_period_is_never_a_day_too_short(began: date, count: int, unit: str) -> None:
    """requirements 4.2: periods are inclusive of the last day."""
    found = last(began, f"{count} {unit}s")

    if unit in {"day", "week"}:
        assert found - began == count * timedelta(days=7 if unit == "week" else 1)
        return
    months = count * (12 if unit == "year" else 1)
    passed = (found.year - began.year) * 12 + found.month - began.month
    assert found.day == began.day or (found.day == 1 and passed == months + 1)
    assert passed >= months


@QUICK
@given(began=days, count=counts, unit=units)
def test_by_the_earlier_rule_a_month_that_is_too_short_ends_the_period(
    began: date, count: int, unit: str
) -> None:
    later, earlier = (
        last(began, f"{count} {unit}s", leap_day=rule) for rule in ("later", "earlier")
    )

    assert later - earlier in {timedelta(0), DAY}
    if unit in {"month", "year"}:
        assert (later > earlier) == (later.day != began.day)
    else:
        assert later == earlier


@QUICK
@given(began=days, count=st.integers(0, 119), unit=units, rounding=roundings, first=firsts)
def test_a_longer_period_never_ends_sooner(
    began: date, count: int, unit: str, rounding: str, first: int
) -> None:
    one = kind(rounding=rounding, year_begins=first)

    assert began <= one.last_day(began, f"{count} {unit}s")
    assert one.last_day(began, f"{count} {unit}s") <= one.last_day(began, f"{count + 1} {unit}s")


@QUICK
@given(began=days, count=counts, unit=units, rounding=roundings, first=firsts)
def test_who_begins_later_never_ends_sooner(
    began: date, count: int, unit: str, rounding: str, first: int
) -> None:
    one = kind(rounding=rounding, year_begins=first)

    assert one.last_day(began, f"{count} {unit}s") <= one.last_day(began + DAY, f"{count} {unit}s")


@QUICK
@given(year=st.integers(1900, 2300).filter(isleap), years=st.integers(0, 60))
def test_29_february_has_an_anniversary_by_the_declared_rule(year: int, years: int) -> None:
    """requirements 4.2: 28 February or 1 March by declared rule; by default the later date."""
    born, then = date(year, 2, 29), year + years
    usual = last(born, f"{years} years")
    early = last(born, f"{years} years", leap_day="earlier")

    assert usual == (date(then, 2, 29) if isleap(then) else date(then, 3, 1))
    assert early == (date(then, 2, 29) if isleap(then) else date(then, 2, 28))


@pytest.mark.parametrize(
    ("began", "period", "expected"),
    [
        ("2026-01-31", "1 month", "2026-03-01"),
        ("2026-01-31", "2 months", "2026-03-31"),
        ("2026-08-31", "18 months", "2028-03-01"),
        ("2026-01-01", "10 years", "2036-01-01"),
        ("2026-12-31", "6 weeks", "2027-02-11"),
        ("2026-03-05", "0 days", "2026-03-05"),
        ("2026-03-05", "1 day", "2026-03-06"),
    ],
)
def test_periods_in_words(began: str, period: str, expected: str) -> None:
    assert last(date.fromisoformat(began), period).isoformat() == expected


# --- rounding -------------------------------------------------------------------------------


def month_index(day: date, first: int) -> int:
    return day.year * 12 + day.month - first


@QUICK
@given(
    began=days, first=firsts, rounding=st.sampled_from([("month", 1), ("quarter", 3), ("year", 12)])
)
def test_a_period_is_drawn_out_to_the_end_of_its_span(
    began: date, first: int, rounding: tuple[str, int]
) -> None:
    name, months = rounding
    found = last(began, "0 days", rounding=name, year_begins=first)

    assert month_index(found, first) // months == month_index(began, first) // months
    assert month_index(found + DAY, first) // months == month_index(began, first) // months + 1
    assert (found + DAY).day == 1


@pytest.mark.parametrize(
    ("rounding", "first", "expected"),
    [
        ("day", 1, "2026-02-14"),
        ("month", 1, "2026-02-28"),
        ("quarter", 1, "2026-03-31"),
        ("quarter", 2, "2026-04-30"),
        ("quarter", 12, "2026-02-28"),
        ("year", 1, "2026-12-31"),
        ("year", 4, "2026-03-31"),
        ("year", 2, "2027-01-31"),
        ("year", 7, "2026-06-30"),
    ],
)
def test_calendar_and_financial_years_end_where_they_do(
    rounding: str, first: int, expected: str
) -> None:
    began = date(2026, 2, 14)

    assert last(began, "0 days", rounding=rounding, year_begins=first).isoformat() == expected


@QUICK
@given(began=st.dates(date(9000, 1, 1), date.max), rounding=roundings, first=firsts,
       period=st.sampled_from([*(f"9999 {unit}s" for unit in UNITS), "0 days"]))  # fmt: skip
def test_nothing_is_kept_beyond_the_end_of_the_calendar(
    began: date, rounding: str, first: int, period: str
) -> None:
    found = last(began, period, rounding=rounding, year_begins=first)

    assert began <= found <= date.max
    if period.endswith("years"):
        assert found == date.max


def test_the_last_month_of_the_calendar_has_all_its_days() -> None:
    assert last(date(9999, 11, 30), "1 month") == date(9999, 12, 30)
    assert last(date(9999, 12, 1), "0 days", rounding="month") == date.max
    assert last(date(9999, 12, 1), "0 days", rounding="year", year_begins=4) == date.max


# --- the schedule as it may be written ------------------------------------------------------


@pytest.mark.parametrize(
    "period", ["", "10", "ten years", "01 days", "-1 days", "1.5 years", "10000 days", "1 decade",
               "1  year", "1 year\n", "\u0661 year"]
)  # fmt: skip
def test_a_period_that_is_none_is_refused(period: str) -> None:
    with pytest.raises(ValidationError, match="period"):
        kind(period=period)


@pytest.mark.parametrize("given", [{}, {"earliest": ("closed",), "latest": ("captured",)}])
def test_several_triggers_stand_in_exactly_one_list(given: Any) -> None:
    with pytest.raises(ValidationError, match="'earliest' or under 'latest'"):
        Triggers(**given)


def test_a_class_names_its_triggers_and_those_that_a_person_states() -> None:
    several = kind(trigger={"latest": ("closed", "contract_ended")})

    assert several.triggers == ("closed", "contract_ended")
    assert several.stated == ("contract_ended",)
    assert kind(trigger={"earliest": ("sold",)}).triggers == ("sold",)
    assert kind().triggers == ("captured",)
    assert kind().stated == ()


def test_a_class_is_defined_once_in_the_schedule() -> None:
    plain = default_settings("Acme", profile="standard", time_zone="UTC")

    assert plain.but(retention=(kind(),)).retention_of("log") == kind()
    assert plain.retention_of("log") is None
    with pytest.raises(ValidationError, match="retention class 'log' is defined twice"):
        plain.but(retention=(kind(), kind(title="again")))


# --- who approves a change of the schedule --------------------------------------------------

steps = st.builds(
    Step,
    meaning=st.sampled_from(["reviewed", "approved"]),
    role=st.sampled_from(["management", "reviewer", RECORDS]),
    order=st.integers(1, 4),
)
routes = st.lists(steps, max_size=4).map(
    lambda some: Route(steps=(*some, Step(meaning="approved", role="management")))
)


@QUICK
@given(route=routes)
def test_records_and_management_approve_every_change_of_the_schedule(route: Route) -> None:
    """Whatever the route of CONTROL says, a change of the schedule needs both."""
    found = scheduling(route)
    approving = {step.role for step in found.steps if step.meaning == "approved"}

    assert {RECORDS, "management"} <= approving
    assert found.steps[: len(route.steps)] == route.steps
    assert len(found.steps) <= len(route.steps) + 1
    assert scheduling(found) == found
    assert max(one.order for one in found.steps) == max(one.order for one in route.steps)


# --- records and holds ----------------------------------------------------------------------


@pytest.mark.parametrize("scope", [{"records": ("NC-1",)}, {"documents": ("PRO-001",)},
                                   {"where": "site=Oslo"}])  # fmt: skip
def test_a_hold_names_what_it_holds(scope: Any) -> None:
    assert HoldPlacedData(matter="M", **scope).matter == "M"
    with pytest.raises(ValidationError, match="names records, documents or a query"):
        HoldPlacedData(matter="M")


def test_an_entry_lists_everything_of_it_in_the_vault() -> None:
    one, other = (Stub(commitment=digit * 64, size=1) for digit in "ab")
    plain = {
        "form": "FRM-001", "form_revision": "1", "form_content": "0" * 64, "retention": "log",
        "event_on": date(2026, 1, 1),
    }  # fmt: skip

    assert CapturedData(**plain).stubs == ()
    assert CapturedData(**plain, payload=one, attachments=(other,)).stubs == (one, other)


def test_how_long_is_always_said_but_for_ever() -> None:
    with pytest.raises(ValidationError, match="say how long"):
        RetentionClass(name="log", title="Logs", trigger="captured", action="destroy")
    assert RetentionClass(name="log", title="Logs", trigger="captured", action="permanent")
