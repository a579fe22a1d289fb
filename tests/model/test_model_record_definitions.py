"""A definition of records, made from the Pydantic models of an application."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from docctl import RecordDefinition, RecordStage
from docctl.model.records.generated import fields_of


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Row(BaseModel):
    """One row."""

    point: Annotated[float, Field(json_schema_extra={"x-unit": "mm"})]
    note: str = ""


class Inspection(BaseModel):
    """What was
    inspected."""

    model_config = ConfigDict(extra="forbid")

    zone: Annotated[str, Field(description="Where\n  it was.")]
    at: date
    grade: Literal["good", "bad"] = "good"
    colour: Colour
    width: Annotated[Decimal, Field(title="Width of the gap")]
    rows: tuple[Row, ...] = ()
    first: Annotated[Row | None, Field(description="The first row.")] = None
    unknown: str | None
    either: int | str | None = None


def test_fields_keep_their_order_and_say_what_they_are() -> None:
    made = fields_of(Inspection)
    fields: dict[str, Any] = made["properties"]
    assert list(fields) == [*Inspection.model_fields]
    assert (made["title"], made["description"]) == ("Inspection", "What was inspected.")
    assert made["required"] == ["zone", "at", "colour", "width", "unknown"]
    assert made["additionalProperties"] is False
    assert "$defs" not in made
    assert fields["zone"] == {"title": "Zone", "type": "string", "description": "Where it was."}
    assert fields["at"] == {"title": "At", "type": "string", "format": "date"}
    assert fields["grade"]["default"] == "good"
    assert (fields["colour"]["title"], fields["colour"]["enum"]) == ("Colour", ["red", "blue"])
    assert (fields["width"]["title"], fields["width"]["type"]) == ("Width of the gap", "string")


def test_tables_stand_where_they_are_named() -> None:
    rows = fields_of(Inspection)["properties"]["rows"]
    assert (rows["title"], rows["type"]) == ("Rows", "array")
    assert "default" not in rows
    assert rows["items"] == {
        "description": "One row.",
        "properties": {
            "point": {"title": "Point", "type": "number", "x-unit": "mm"},
            "note": {"title": "Note", "type": "string"},
        },
        "required": ["point"],
        "type": "object",
    }


def test_what_may_be_none_may_be_left_out() -> None:
    fields = fields_of(Inspection)["properties"]
    assert (fields["first"]["type"], fields["first"]["title"]) == ("object", "First")
    assert fields["first"]["description"] == "The first row."
    assert {"type": "null"} in fields["unknown"]["anyOf"]  # it must be said, even so
    assert len(fields["either"]["anyOf"]) == 3


class Part(BaseModel):
    name: str
    row: Row
    parts: tuple["Part", ...] = ()


class Machine(BaseModel):
    whole: Part


def test_a_model_that_holds_itself_keeps_its_definition() -> None:
    made = fields_of(Machine)
    assert made["properties"]["whole"]["$ref"] == "#/$defs/Part"
    part = made["$defs"]["Part"]["properties"]
    assert part["parts"]["items"] == {"$ref": "#/$defs/Part"}
    assert part["row"]["properties"]["point"]["x-unit"] == "mm"
    assert [*made["$defs"]] == ["Part"]
    assert list(fields_of(Part)["properties"]) == ["name", "row", "parts"]


class Begun(BaseModel):
    model_config = ConfigDict(title="A thing")
    what: str


class Done(BaseModel):
    how: str
    part: Part | None = None


class Twin(BaseModel):
    what: str


def test_stages_become_steps_with_their_fields() -> None:
    stages = (RecordStage("done", Done, "What was done", mandatory=False, roles=("records",)),)
    made = RecordDefinition.of(Begun, stages=stages, retention="logs", pattern="X-{n}")
    (step,) = made.steps
    assert (step.name, step.title, step.fields) == ("done", "What was done", ("how", "part"))
    assert (step.mandatory, step.roles) == (False, ("records",))
    assert list(made.fields["properties"]) == ["what", "how", "part"]
    assert made.fields["required"] == ["what", "how"]
    assert [*made.fields["$defs"]] == ["Part"]
    assert made.fields["title"] == "A thing"
    assert (made.pattern, made.retention) == ("X-{n}", "logs")
    assert RecordDefinition.model_validate(made.model_dump()) == made


def test_a_field_is_entered_once() -> None:
    with pytest.raises(ValueError, match="'what' is entered in two steps"):
        RecordDefinition.of(Begun, stages=(RecordStage("x", Twin, "X"),), retention="logs")


def test_a_model_without_fields_defines_no_records() -> None:
    class Empty(BaseModel):
        pass

    with pytest.raises(ValueError, match="under 'properties'"):
        RecordDefinition.of(Empty, retention="logs")
