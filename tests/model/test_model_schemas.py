"""Schemas of records as people read them."""

from typing import Any

import pytest

from docctl.model.records.definition import RecordDefinition
from docctl.model.records.schema import in_order, readable


def test_the_order_in_which_fields_are_given_is_kept() -> None:
    made = RecordDefinition(fields={"properties": {"z": {}, "a": {}}}, retention="logs")
    again = RecordDefinition.model_validate(made.model_dump(mode="json"))
    assert in_order(again.readable) == ("z", "a")


@pytest.mark.parametrize("schema", [{}, {"properties": []}, {"properties": True}])
def test_where_there_are_no_fields_there_is_no_order(schema: dict[str, Any]) -> None:
    assert in_order(schema) == ()


@pytest.mark.parametrize(
    ("field", "read"),
    [
        ({"$ref": "#/$defs/Kind"}, {"enum": ["a"], "$ref": "#/$defs/Kind"}),
        ({"anyOf": [{"type": "number"}, {"type": "null"}], "title": "T"}, {"type": "number"}),
        ({"allOf": [{"$ref": "#/$defs/Kind"}], "title": "T"}, {"enum": ["a"], "title": "T"}),
        ({"anyOf": [{"type": "number"}, {"type": "string"}]}, {}),
        ({"$ref": "#/$defs/Gone"}, {}),
        ({"$ref": "https://elsewhere.example/x"}, {}),
        (True, {}),
        ({"items": {"$ref": "#/$defs/Kind"}}, {}),
    ],
)
def test_a_field_says_itself_what_it_is(field: Any, read: dict[str, Any]) -> None:
    schema = {"properties": {"a": field}, "$defs": {"Kind": {"enum": ["a"]}}}
    found = readable(schema)["properties"]["a"]
    assert found.items() >= read.items()
    if isinstance(field, dict) and "items" in field:
        assert found["items"]["enum"] == ["a"]


def test_a_schema_that_refers_to_itself_ends() -> None:
    ring = {"$ref": "#/$defs/Ring"}
    schema = {
        "properties": {"a": ring, "b": {"$ref": "#/$defs/Tree"}},
        "$defs": {"Ring": ring, "Tree": {"properties": {"below": {"$ref": "#/$defs/Tree"}}}},
    }
    assert readable(schema)["properties"]["a"]["$ref"] == "#/$defs/Ring"
