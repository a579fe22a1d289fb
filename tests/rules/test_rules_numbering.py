import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from docctl.model.base import Label
from docctl.model.numbering import Numbering
from docctl.rules.numbering import next_label, next_number


def test_a_number_at_the_end_of_all_numbers_does_not_end_them() -> None:
    pattern = Numbering(prefix="PRO")
    used = ["PRO-001", "PRO-002", "PRO-007"]

    assert next_number(pattern, [*used, "PRO-999999999"]) == "PRO-008"
    assert next_number(pattern, [*used, "PRO-999999998", "PRO-999999999"]) == "PRO-008"
    assert next_number(pattern, [*used, "PRO-999999998"]) == "PRO-999999999"
    assert next_number(pattern, [*used, "PRO-999999999999999"]) == "PRO-008"
    assert next_number(pattern, ["PRO-999999999"]) == "PRO-001"


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("PRO-001", True),
        ("PRO-999", True),
        ("PRO-1000", True),
        ("PRO-999999999", True),
        ("PRO-1000000000", False),
        ("PRO-000", False),
        ("PRO-1", False),
        ("PRO-0001", False),
        ("PRO-A01", False),
        ("PRO-QA-001", False),
        ("POL-001", False),
    ],
)
def test_a_number_fits_the_pattern_that_gives_it_out(number: str, *, fits: bool) -> None:
    assert Numbering(prefix="PRO").fits(number) is fits


schemes = st.sampled_from(["integers", "letters", "major_minor"])
changes = st.sampled_from(["content", "editorial"])
prefixes = st.sampled_from(["PRO", "SOP-QA", "WI", "A1"])
QUICK = settings(max_examples=60, deadline=None)
LABEL: TypeAdapter[str] = TypeAdapter(Label)


@QUICK
@given(prefixes, st.integers(1, 6), st.lists(st.integers(1, 2000)), st.booleans())
def test_a_number_is_never_given_out_twice_and_gaps_stay(
    prefix: str, digits: int, counters: list[int], foreign: bool
) -> None:
    """Invariant 12, and requirements 3.7: identification is unique and stable."""
    pattern = Numbering(prefix=prefix, digits=digits)
    used = [pattern.number(one) for one in counters] + ["XYZ-ABC", f"{prefix}-X-9000"] * foreign

    number = next_number(pattern, used)

    assert number not in used
    assert pattern.counter(number) == max(counters, default=0) + 1


@QUICK
@given(schemes, st.lists(changes, max_size=80))
def test_a_label_is_never_given_out_twice(scheme: str, history: list[str]) -> None:
    used: list[str] = []
    for change in history:
        used.append(next_label(scheme, used, change))
        LABEL.validate_python(used[-1])
    assert len({*used}) == len(used)


@QUICK
@given(st.lists(st.tuples(schemes, changes), max_size=60))
def test_a_changed_scheme_uses_no_label_again(history: list[tuple[str, str]]) -> None:
    used: list[str] = []
    for scheme, change in history:
        used.append(next_label(scheme, used, change))
    assert len({*used}) == len(used)


def labels(scheme: str, *history: str) -> list[str]:
    used: list[str] = []
    for change in history:
        used.append(next_label(scheme, used, change))
    return used


def test_labels_read_as_people_write_them() -> None:
    content, editorial = "content", "editorial"

    assert labels("integers", content, editorial, content) == ["1", "2", "3"]
    assert labels("letters", *[content] * 28)[-4:] == ["Y", "Z", "AA", "AB"]
    assert labels("major_minor", content, editorial, editorial, content) == [
        "1.0", "1.1", "1.2", "2.0",
    ]  # fmt: skip
    assert labels("major_minor", editorial) == ["1.0"]
    assert next_label("letters", ["1", "2"], content) == "A"
    assert next_label("integers", ["A", "B"], content) == "1"
    assert next_label("major_minor", ["1", "2"], editorial) == "2.1"
