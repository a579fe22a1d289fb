"""What plainly fits a schema fits it: the validator, asked the same, finds nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from docctl.desk.metadata import fields
from docctl.desk.metadata.plainly import plainly_fit

KINDS = st.sampled_from(["string", "number", "integer", "boolean", "array", "null", ["string"]])
BOUNDS = st.one_of(st.integers(-3, 5), st.booleans(), st.floats(-2, 2))
NAMES = st.sampled_from(["site", "count", "on"])
ASKED = st.one_of(
    st.booleans(),
    st.fixed_dictionaries(
        {},
        optional={
            "type": KINDS,
            "title": st.just("T"),
            "x-unit": st.just("kg"),
            "format": st.sampled_from(["date", "date-time", "time", "number", "e-mail"]),
            "minLength": st.integers(0, 5),
            "maxLength": st.integers(0, 5),
            "minimum": BOUNDS,
            "maximum": BOUNDS,
            "enum": st.just(["a"]),
            "pattern": st.just("^a"),
        },
    ),
)
SCHEMAS = st.fixed_dictionaries(
    {"type": st.just("object"), "properties": st.dictionaries(NAMES, ASKED)},
    optional={
        "required": st.lists(NAMES, unique=True),
        "additionalProperties": st.booleans(),
        "minProperties": st.integers(0, 2),
    },
)
VALUES = st.one_of(
    st.sampled_from(["", "a", "abc", "2026-02-28", "2026-02-30", "10:00", "2026-01-01T10:00"]),
    st.integers(-5, 7),
    st.floats(-3, 7),
    st.booleans(),
    st.none(),
    st.lists(st.integers(), max_size=1),
)


@given(schema=SCHEMAS, values=st.dictionaries(NAMES, VALUES))
def test_what_plainly_fits_gives_a_validator_nothing_to_say(
    schema: dict[str, Any], values: dict[str, Any]
) -> None:
    formats = fields.MOMENTS
    if plainly_fit(schema, values, formats):
        validator = Draft202012Validator(schema, format_checker=formats)
        assert not list(validator.iter_errors(values))


@pytest.mark.parametrize(
    ("asked", "value", "fits"),
    [
        ({"type": "string"}, "a", True),
        ({"type": "string"}, 1, False),
        ({"type": "number"}, 1, True),
        ({"type": "number"}, 1.5, True),
        ({"type": "number"}, True, False),
        ({"type": "integer"}, 1, True),
        ({"type": "integer"}, False, False),
        ({"type": "boolean"}, False, True),
        ({"type": "string", "format": "date"}, "2026-02-28", True),
        ({"type": "string", "format": "date"}, "2026-02-30", False),
        ({"type": "string", "minLength": 2, "maxLength": 3}, "ab", True),
        ({"type": "string", "minLength": 2, "maxLength": 3}, "a", False),
        ({"type": "string", "minLength": 2, "maxLength": 3}, "abcd", False),
        ({"type": "number", "minimum": 0, "maximum": 1}, 0.5, True),
        ({"type": "integer", "minimum": 0, "maximum": 1}, 2, False),
        ({"type": "integer", "minimum": 0, "maximum": 1}, -1, False),
        ({"type": "string", "minimum": 0}, "a", False),
        ({"type": "string", "pattern": "a"}, "a", False),
        ({"title": "of no kind"}, "a", False),
        (True, "a", False),
    ],
)
def test_plain_values_are_told_at_once(asked: Any, value: Any, fits: bool) -> None:
    schema = {"type": "object", "properties": {"it": asked}, "required": ["it"]}
    assert plainly_fit(schema, {"it": value}, fields.MOMENTS) is fits
    assert not plainly_fit(schema, {}, fields.MOMENTS)
    assert not plainly_fit(schema, {"it": value, "more": "a"}, fields.MOMENTS)
    for beyond in ({"minProperties": 1}, {"properties": []}, {"required": "it"}, {"type": "array"}):
        assert not plainly_fit({**schema, **beyond}, {"it": value}, fields.MOMENTS)
