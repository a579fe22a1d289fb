"""Numbers of records: as the form has it, and never twice."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.model.records.definition import RecordDefinition
from docctl.rules.records.numbering import fits, following, numbered, stem

QUICK = settings(max_examples=200, deadline=None)

patterns = st.sampled_from(
    ["{form}-{n}", "{form}-{n:04}", "NC-{year}-{n}", "NC-{year}-{n:02}", "CAL-{n:09}",
     "{form}-{year}-{n:03}", "A-{year}-B-{n}"]
)  # fmt: skip
forms = st.sampled_from(["FRM-001", "FRM-QA-7", "F-1"])
years = st.integers(1, 9999)
counters = st.integers(1, 999_999)


@QUICK
@given(pattern=patterns, form=forms, year=years, counter=counters)
def test_a_number_that_is_given_out_fits_its_pattern(
    pattern: str, form: str, year: int, counter: int
) -> None:
    number = numbered(pattern, form, year, counter)

    assert fits(pattern, form, number)
    assert number.startswith(stem(pattern, form, year) + "-")
    assert number.endswith(str(counter))
    assert re.fullmatch(RecordDefinition.model_fields["pattern"].metadata[0].pattern, pattern)


@QUICK
@given(pattern=patterns, form=forms, counter=counters, zeros=st.integers(1, 3))
def test_a_counter_has_one_spelling(pattern: str, form: str, counter: int, zeros: int) -> None:
    number = numbered(pattern, form, 2026, counter)
    before, _, digits = number.rpartition("-")

    assert not fits(pattern, form, f"{before}-{'0' * zeros}{digits}")
    assert not fits(pattern, form, f"{before}-{'0' * len(digits)}")


@QUICK
@given(pattern=patterns, form=forms, year=years,
       used=st.lists(counters, max_size=8), more=st.integers(1, 8))  # fmt: skip
def test_a_number_is_never_used_twice_and_gaps_are_never_filled(
    pattern: str, form: str, year: int, used: list[int], more: int
) -> None:
    numbers = [numbered(pattern, form, year, one) for one in used]
    found = following(pattern, form, year, numbers, more)
    highest = max(used, default=0)

    assert not {*found} & {*numbers}
    assert [int(one.rpartition("-")[2]) for one in found] == [
        highest + at for at in range(1, more + 1)
    ]


def test_every_year_and_every_form_counts_from_one() -> None:
    used = ["NC-2025-7", "NC-2026-2", "FRM-001-0004", "NC-2026-X", "NC-2026-9-1"]

    assert following("NC-{year}-{n}", "FRM-001", 2026, used) == ["NC-2026-3"]
    assert following("NC-{year}-{n}", "FRM-001", 2027, used) == ["NC-2027-1"]
    assert following("{form}-{n:04}", "FRM-001", 2026, used) == ["FRM-001-0005"]
    assert following("{form}-{n:04}", "FRM-002", 2026, used) == ["FRM-002-0001"]


@pytest.mark.parametrize(
    "number", ["", "NC-2026", "NC-2026-", "NC-26-1", "nc-2026-1", "NC-2026-1 ", "NC-2026-1\n",
               "NC-2026-x", "XNC-2026-1", "NC-2026-0", "NC-2026-01", "NC-2026-12345678901",
               "NC-2026-\u0661"]
)  # fmt: skip
def test_what_does_not_fit_a_pattern_is_no_number_of_it(number: str) -> None:
    assert fits("NC-{year}-{n}", "FRM-001", "NC-2026-1")
    assert not fits("NC-{year}-{n}", "FRM-001", number)


def test_a_counter_outgrows_its_zeros() -> None:
    assert numbered("CAL-{n:02}", "FRM-001", 2026, 7) == "CAL-07"
    assert numbered("CAL-{n:02}", "FRM-001", 2026, 1234) == "CAL-1234"
    assert fits("CAL-{n:02}", "FRM-001", "CAL-1234")
