"""No schema keeps docctl busy for ever."""

from typing import Any

import pytest

from docctl.desk.metadata.fields import check_records, faults
from docctl.errors import InputError
from docctl.model.records.definition import RecordDefinition

BOMB = {"type": "object", "properties": {"code": {"type": "string", "pattern": "^(a+)+$"}}}


def cascade(steps: int) -> dict[str, Any]:
    """A schema of a few lines whose every level asks twice for the next one."""
    parts: dict[str, Any] = {
        f"a{level}": {"allOf": [{"$ref": f"#/$defs/a{level + 1}"}] * 2} for level in range(steps)
    }
    return {
        "type": "object",
        "properties": {"code": {"$ref": "#/$defs/a0"}},
        "$defs": {**parts, f"a{steps}": {"type": "string"}},
    }


def definition(fields: dict[str, Any]) -> RecordDefinition:
    return RecordDefinition.model_validate({"retention": "quality", "fields": fields})


def test_a_pattern_of_nested_repetitions_is_read_at_once() -> None:
    assert faults(BOMB, {"code": "a" * 50_000 + "!"}, "FRM-001")

    assert faults(BOMB, {"code": "a" * 50_000}, "FRM-001") == ()


def test_a_pattern_that_looks_back_is_refused_with_the_form() -> None:
    looks_back = {"type": "object", "properties": {"code": {"pattern": r"^(a+)\1$"}}}

    with pytest.raises(InputError, match="look-around and back-references"):
        faults(looks_back, {"code": "aa"}, "FRM-001")


@pytest.mark.parametrize("steps", [30, pytest.param(200, marks=pytest.mark.slow)])
def test_definitions_that_multiply_are_refused(steps: int) -> None:
    with pytest.raises(InputError, match="cannot be used: it has not ended after"):
        faults(cascade(steps), {"code": "x"}, "FRM-001")


def test_a_form_with_definitions_that_multiply_is_not_saved() -> None:
    with pytest.raises(InputError, match="no JSON Schema: it has not ended after"):
        check_records(definition(cascade(30)))


def test_names_that_fit_a_pattern_are_fields_and_others_are_not() -> None:
    schema = {
        "type": "object",
        "properties": {"code": {"type": "string"}},
        "patternProperties": {"^gap_[0-9]+$": {"type": "integer"}},
        "additionalProperties": False,
    }

    assert faults(schema, {"code": "x", "gap_1": 3}, "FRM-001") == ()
    assert faults(schema, {"gap_1": "wide"}, "FRM-001") == ("gap_1: 'wide' is no whole number",)
    assert faults(schema, {"gap_x": 3}, "FRM-001") == ("gap_x is not a field that docctl knows",)


def test_rows_say_which_columns_nobody_knows() -> None:
    row = {"type": "object", "properties": {"a": True}, "additionalProperties": False}
    schema = {"type": "object", "properties": {"rows": {"type": "array", "items": row}}}

    said = faults(schema, {"rows": [{"a": 1, "b": 2, "c": 3}]}, "FRM-001")

    assert said == ("rows, entry 1: b is no field of it", "rows, entry 1: c is no field of it")


def test_further_names_may_be_described_as_a_whole() -> None:
    schema = {"type": "object", "additionalProperties": {"type": "integer"}, "properties": {}}

    assert faults(schema, {"a": "1"}, "FRM-001") == ("a: '1' is no whole number",)


def test_what_is_left_unevaluated_is_not_followed() -> None:
    schema = {"type": "object", "properties": {}, "unevaluatedProperties": False}

    with pytest.raises(InputError, match="'unevaluatedProperties' is not followed"):
        faults(schema, {"a": 1}, "FRM-001")


def test_a_form_whose_tables_lie_in_tables_without_end_can_be_read() -> None:
    wide = {f"f{number}": {"$ref": "#/$defs/again"} for number in range(40)}
    fields = {
        "type": "object",
        "properties": wide,
        "$defs": {"again": {"type": "object", "properties": wide}},
    }

    assert len(definition(fields).readable["properties"]) == 40
