"""What a form says of its records must make sense before anybody fills it in."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from docctl.model.records.definition import RecordDefinition
from docctl.trust.canonical import canonical

PROPERTIES = {"site": {"type": "string"}, "who": {"type": "string"}}
STEP = {"name": "done", "title": "Done"}


def defined(**changes: Any) -> RecordDefinition:
    return RecordDefinition(**{"fields": {"properties": PROPERTIES}, "retention": "log", **changes})


def test_a_form_without_steps_and_signatures_closes_its_records_at_once() -> None:
    assert not defined().staged
    assert defined(steps=(STEP,)).staged
    assert defined(signatures=({"meaning": "verified", "role": "management"},)).staged


def test_a_step_is_found_by_its_name() -> None:
    assert defined(steps=(STEP,)).step("done") is not None
    assert defined(steps=(STEP,)).step("other") is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"fields": {}}, "stand under 'properties'"),
        ({"fields": {"properties": {}}}, "stand under 'properties'"),
        ({"fields": {"properties": ["site"]}}, "stand under 'properties'"),
        ({"identifiers": ("where",)}, "'where' is not one of its fields"),
        ({"personal": ("where",)}, "'where' is not one of its fields"),
        ({"subject": "where"}, "'where' is not one of its fields"),
        ({"steps": ({**STEP, "fields": ("where",)},)}, "'where' is not one of its fields"),
        ({"identifiers": ("who",), "subject": "who"}, "'who' is data of a person"),
        ({"identifiers": ("who",), "personal": ("who",)}, "'who' is data of a person"),
        ({"steps": (STEP, STEP)}, "a step is named twice"),
        ({"fields": "{"}, "fields"),
        ({"fields": "3"}, "fields"),
        ({"fields": "[" * 200_000}, "nested too deep"),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(changes: Any, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        defined(**changes)


@pytest.mark.parametrize(
    "pattern", ["{form}-{n}", "NC-{year}-{n}", "CAL-{n:04}", "{form}-{year}-{n:09}", "A1-B2-{n}"]
)
def test_these_are_patterns(pattern: str) -> None:
    assert defined(pattern=pattern).pattern == pattern


@pytest.mark.parametrize(
    "pattern", ["NC", "{n}", "NC{n}", "nc-{n}", "NC-{n}-{year}", "NC-{n:0}", "NC-{n:00}",
                "NC-{n}\n", "{year}-{n}", "NC--{n}", "NC-{number}-{n}"]
)  # fmt: skip
def test_these_are_none(pattern: str) -> None:
    with pytest.raises(ValidationError, match="pattern"):
        defined(pattern=pattern)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1, 1) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(extra=json_values)
def test_any_schema_can_be_signed_and_is_read_again_as_it_was(extra: Any) -> None:
    one = defined(fields={"properties": PROPERTIES, "x-more": extra})
    written = canonical(one.model_dump(mode="json"))

    assert RecordDefinition.model_validate_json(written) == one


@settings(max_examples=100, deadline=None)
@given(extra=json_values)
def test_where_people_read_it_a_schema_is_data_if_it_can_be(extra: Any) -> None:
    one = defined(fields={"properties": PROPERTIES, "x-more": extra})
    shown = one.model_dump(mode="json", context={"readable": True})["fields"]

    plain = json.loads(shown) if isinstance(shown, str) else shown
    assert plain == one.fields
    exact = "null" not in json.dumps([extra]) and "." not in json.dumps([extra])
    if exact and not isinstance(shown, dict):
        assert "e-" in shown
