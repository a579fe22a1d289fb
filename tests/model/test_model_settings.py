"""CONTROL and the documents: what settings hold together, and what every type carries."""

import json
from typing import Any, Literal

import pytest
from pydantic import ValidationError

from docctl.model import access, document, problem
from docctl.model.answers import controlled, reading, register, status
from docctl.model.builtin import BUILT_IN, DOCUMENT_CLASSES
from docctl.model.control import ROLES, ControlSettings, DocumentType, Route, Step, default_settings
from docctl.model.document import Chapter, Document, OtherDocument, Policy
from docctl.model.lifecycle import FrozenRoute, FrozenStep
from docctl.model.numbering import Numbering

APPROVE = {"meaning": "approved", "role": "approver"}


@pytest.fixture(params=["standard", "regulated"])
def control(request: pytest.FixtureRequest) -> ControlSettings:
    return default_settings("Acme", profile=request.param, time_zone="Europe/Oslo")


def test_the_first_settings_hold_together_in_each_profile(control: ControlSettings) -> None:
    assert ControlSettings.model_validate_json(control.model_dump_json()) == control
    assert [one.name for one in control.types] == [*DOCUMENT_CLASSES]
    regulated = control.profile == "regulated"
    for kind in control.types:
        meanings = [step.meaning for step in kind.route.steps]
        assert meanings == (["reviewed", "approved"] if regulated else ["approved"])
        assert kind.route_for("editorial") == kind.route_for("content") == kind.route
        assert control.type_of(kind.name) == kind
    assert control.type_of("novel") is None
    assert control.type_of("policy").route.steps[-1].role == "management"
    assert control.control_route.steps[-1].role == "management"
    assert ("author" in control.release_roles) == (not regulated)
    assert control.references == ("refuse" if regulated else "report")


def test_required_fields_are_fields_of_their_type(control: ControlSettings) -> None:
    for kind in control.types:
        assert {*kind.required} <= {*DOCUMENT_CLASSES[kind.name].model_fields}


def test_an_editorial_change_may_have_a_route_of_its_own(control: ControlSettings) -> None:
    short = Route(steps=(Step.model_validate(APPROVE),))
    kind = control.types[0].but(editorial_route=short)

    assert (kind.route_for("editorial"), kind.route_for("content")) == (short, kind.route)


def test_an_application_adds_a_type_by_its_own_class(control: ControlSettings) -> None:
    class Recipe(Document):
        type: Literal["recipe"] = "recipe"
        oven: int
        spices: tuple[str, ...] = ()

    made = DocumentType.viewed_by(
        Recipe,
        title="Recipe",
        numbering=Numbering(prefix="RCP"),
        route=control.control_route,
    )

    assert (made.name, made.title) == ("recipe", "Recipe")
    assert {*made.fields["properties"]} == {"oven", "spices"}
    assert made.fields["required"] == ["oven"]
    assert control.but(types=(*control.types, made)).type_of("recipe") == made


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"meaning": "reviewed", "role": "reviewer"}],
        [{**APPROVE, "persons": 0}],
        [{**APPROVE, "persons": 21}],
        [{**APPROVE, "order": 0}],
        [{**APPROVE, "meaning": "agreed"}],
        [{**APPROVE, "role": "The Boss"}],
    ],
)
def test_a_route_always_approves(steps: list[dict[str, Any]]) -> None:
    """Threat 13: no route is empty, no step asks for nobody."""
    with pytest.raises(ValidationError):
        Route.model_validate({"steps": steps})


def test_a_frozen_route_is_never_empty() -> None:
    for steps in ([], [{**APPROVE, "count": 1, "order": 1, "persons": []}]):
        with pytest.raises(ValidationError):
            FrozenRoute.model_validate({"steps": steps})
    with pytest.raises(ValidationError):
        FrozenStep.model_validate({**APPROVE, "count": 0, "order": 1, "persons": ["ola"]})


def test_settings_that_contradict_themselves_are_refused(control: ControlSettings) -> None:
    first, second, *_ = control.types
    unknown = Route(steps=(Step(meaning="approved", role="wizard"),))

    for changes, what in (
        ({"types": (first, first)}, "'policy' is defined twice"),
        ({"types": (first, second.but(numbering=first.numbering))}, "'POL' is defined twice"),
        ({"types": (first.but(name="control"), second)}, "'control' is the type of the settings"),
        ({"types": ()}, "at least 1"),
        ({"types": (first.but(route=unknown),)}, "'wizard' is not defined"),
        ({"types": (first.but(editorial_route=unknown),)}, "'wizard' is not defined"),
        ({"control_route": unknown}, "'wizard' is not defined"),
        ({"release_roles": ("wizard",)}, "'wizard' is not defined"),
        ({"time_zone": "over there"}, "time_zone"),
        ({"paper": "A5"}, "paper"),
    ):
        with pytest.raises(ValidationError, match=what):
            control.but(**changes)
    own = control.but(roles={"wizard": "knows"}, control_route=unknown)
    assert own.roles["wizard"] not in ROLES


@pytest.mark.parametrize("name", DOCUMENT_CLASSES)
def test_every_built_in_type_is_told_apart_and_comes_back_the_same(name: str) -> None:
    view = DOCUMENT_CLASSES[name]
    read = view(type=name, title="T")

    assert view.model_validate_json(read.model_dump_json()) == read == view(title="T")
    for wrong in ({"title": "T", "colour": "red"}, {"title": "T", "type": "novel"}, {}):
        with pytest.raises(ValidationError):
            view.model_validate({"type": name, **wrong})


def test_every_class_of_a_type_has_its_row_and_every_row_its_own_words() -> None:
    classes = {one for one in vars(document).values() if _is_a_type(one)}
    assert {row.view for row in BUILT_IN} == classes == {*DOCUMENT_CLASSES.values()}
    for words in zip(*((row.title, row.prefix, row.view) for row in BUILT_IN), strict=True):
        assert len({*words}) == len(BUILT_IN)


def _is_a_type(one: object) -> bool:
    kinds = isinstance(one, type) and issubclass(one, Document)
    return kinds and one not in {Document, OtherDocument}


def test_other_types_carry_fields_of_their_own() -> None:
    read = OtherDocument.model_validate({"type": "recipe", "title": "T", "oven": 200})

    assert read.model_dump()["oven"] == 200


def test_a_chapter_selects_something() -> None:
    assert Chapter(title="All", type="procedure").include == ()
    with pytest.raises(ValidationError, match="a chapter names"):
        Chapter(title="None")


def models() -> list[type]:
    from docctl.model import control as settings  # noqa: PLC0415
    from docctl.model import document, lifecycle, numbering  # noqa: PLC0415

    rooms = (
        access, controlled, document, lifecycle, numbering, problem, reading, register, settings,
        status,
    )  # fmt: skip
    found = [one for room in rooms for one in vars(room).values() if isinstance(one, type)]
    return sorted({one for one in found if hasattr(one, "model_json_schema")}, key=repr)


@pytest.mark.parametrize("model", models(), ids=lambda one: one.__name__)
def test_every_model_has_a_schema_and_says_what_it_is(model: Any) -> None:
    schema = model.model_json_schema()

    json.dumps(schema)
    assert model.__doc__
    assert schema["type"] == "object"
    closed = model.model_config.get("extra") != "allow"
    assert schema.get("additionalProperties", True) is (not closed)


def test_a_policy_is_a_document() -> None:
    assert isinstance(Policy(title="Quality"), Document)
