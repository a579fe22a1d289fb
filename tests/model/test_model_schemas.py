"""Schemas of records as people read them."""

from typing import Any

import pytest

from docctl.model.records.definition import RecordDefinition
from docctl.model.records.schema import in_order, readable, with_order


def test_the_order_in_which_fields_are_given_outlives_signed_bytes() -> None:
    given = {"properties": {"z": {}, "a": {}}}
    made = RecordDefinition(fields=given, retention="logs")
    stored = made.model_copy(
        update={"fields": {**made.fields, "properties": {"a": {}, "z": {}}}}
    ).model_dump(mode="json")
    assert in_order(RecordDefinition.model_validate(stored).fields) == ("z", "a")


def test_columns_keep_their_order_and_an_order_of_ones_own_stands() -> None:
    rows = {"items": {"properties": {"b": {}, "a": {}}}}
    made = with_order({"properties": {"z": {}, "rows": rows, "a": {}}, "x-order": ["rows", "gone"]})
    assert made["x-order"] == ["rows", "gone"]
    assert in_order(made) == ("rows", "z", "a")
    assert in_order(made["properties"]["rows"]["items"]) == ("b", "a")


def test_a_field_called_properties_is_a_field_like_any_other() -> None:
    inner = {"properties": {"type": "string", "title": "Properties"}, "a": {}}
    assert with_order({"properties": inner})["properties"] == inner


@pytest.mark.parametrize("schema", [{}, {"properties": []}, {"properties": True, "x-order": ["a"]}])
def test_where_there_are_no_fields_there_is_no_order(schema: dict[str, Any]) -> None:
    assert in_order(schema) == ()
    assert with_order(True) is True
    assert in_order({"properties": {"a": {}}, "x-order": "a"}) == ("a",)


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
