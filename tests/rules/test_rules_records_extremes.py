"""Whatever day or value an event claims, the guards answer with a sentence and never stumble."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rules_records_every_guard import ATTEMPTS, judge

from docctl.errors import DocctlError
from docctl.model.access import PersonErased
from docctl.model.event import Signed
from docctl.model.records.retention import RetentionClass

EXTREMES = [date.min, date(1, 1, 2), date(1900, 1, 1), date(9998, 12, 31), date.max]


def moved(event: Any, day: date, *, own: bool) -> Any:
    """The event as of another day; its own days move along where *own* says so."""
    data = event.data
    if own:
        days = {name for name, value in data if isinstance(value, date)}
        data = data.model_copy(update=dict.fromkeys(days, day))
    time = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return event.model_copy(update={"date": day, "time": time, "data": data})


def as_of(made: Signed | PersonErased, day: date, *, own: bool) -> Signed | PersonErased:
    if isinstance(made, PersonErased):
        return moved(made, day, own=own)
    return replace(made, event=moved(made.event, day, own=own))


@pytest.mark.parametrize("name", ATTEMPTS)
def test_no_day_stops_the_guards(name: str) -> None:
    begin, act = ATTEMPTS[name]
    keeping = begin()
    signed = act(keeping)
    for day in EXTREMES:
        for own in (True, False):
            with suppress(DocctlError):
                judge(keeping, as_of(signed, day, own=own))


@settings(max_examples=60, deadline=None)
@given(
    day=st.dates(date(9990, 1, 1)),
    period=st.sampled_from(["0 days", "9999 weeks", "9999 years", "120 months"]),
    window=st.integers(0, 366),
)
def test_records_of_the_last_days_are_judged_too(day: date, period: str, window: int) -> None:
    begin, act = ATTEMPTS["disposing: too early"]
    keeping = begin()
    signed = act(keeping)
    plain = {"name": "log", "title": "Log", "trigger": "captured", "action": "destroy"}
    keeping.schedule(RetentionClass(**plain, period=period, window_days=window))

    with pytest.raises(DocctlError):
        judge(keeping, as_of(signed, day, own=False))
