"""One record on its way to the day on which it may go."""

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from paper_keeping import Keeping, a_class

from docctl.model.answers.retention import Due
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
