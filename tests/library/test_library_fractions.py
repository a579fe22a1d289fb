"""Fractions have no one form in bytes, so nothing that is signed may hold one."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from firm import TEXT, Firm

from docctl import Document, DocumentType, Numbering, Route, State, Step
from docctl.errors import InputError
from docctl.model.document import OtherDocument

KIND = DocumentType(
    name="gauge",
    title="Gauge",
    numbering=Numbering(prefix="GAU"),
    route=Route(steps=(Step(meaning="approved", role="approver"),)),
)
FLOAT, TEXT_TYPE = {"type": "number"}, {"type": "string"}


def described(**properties: Any) -> DocumentType:
    return KIND.but(fields={"properties": properties})


@pytest.mark.parametrize(
    ("properties", "named"),
    [
        ({"tol": FLOAT}, "'tol'"),
        ({"tol": {"type": ["number", "null"]}}, "'tol'"),
        ({"tol": {"anyOf": [{"type": "integer"}, FLOAT]}}, "'tol'"),
        ({"limits": {"type": "array", "items": FLOAT}}, "'limits'"),
        ({"range": {"type": "object", "properties": {"low": FLOAT}}}, "'range.low'"),
    ],
)
def test_a_type_whose_field_is_a_number_is_refused_with_what_to_do_instead(
    firm: Firm, properties: dict[str, Any], named: str
) -> None:
    settings = firm.ada.control()
    kinds = (*settings.types, described(**properties))
    with firm.refuses(InputError, f"the field {named} of the document type 'gauge'") as caught:
        firm.ada.control_change(settings.but(types=kinds), reason="We calibrate")
    assert "string" in caught.value.hint
    assert "integer" in caught.value.hint


@pytest.mark.parametrize(
    "tol",
    [
        {"type": ["number", "string"]},
        {"anyOf": [FLOAT, TEXT_TYPE]},
        {"type": "string", "pattern": "^[0-9.]+$"},
    ],
)
def test_a_field_that_may_be_text_takes_a_fraction_as_it_is_written(
    firm: Firm, place: Path, tol: dict[str, Any]
) -> None:
    settings = firm.ada.control()
    firm.change_control(settings.but(types=(*settings.types, described(tol=tol))))
    file, ben = place / "gauge.md", firm.by("ben")
    file.write_text("---\ntitle: Scales\ntol: 0.050\n---\n\nWeigh.\n")
    read = ben.read_file(file, document_type="gauge")
    number = ben.new(read.document, read.body).number
    assert ben.text(number).document.model_dump()["tol"] == "0.050"
    document = OtherDocument.model_validate({"type": "gauge", "title": "Scales", "tol": 0.05})
    with firm.refuses(InputError, "tol.* 0.05"):
        ben.new(document, TEXT)


def test_a_limit_with_a_fraction_is_refused_by_its_place(firm: Firm) -> None:
    settings = firm.ada.control()
    kinds = (*settings.types, described(tol={"type": "integer", "minimum": 0.5}))
    place = "CONTROL: types, entry 7: fields.properties.tol.minimum is 0.5"
    with firm.refuses(InputError, place):
        firm.ada.control_change(settings.but(types=kinds), reason="We calibrate")


class Rough(Document):
    """A class that a store could not hold."""

    type: Literal["gauge"] = "gauge"
    tol: float | None = None


class Exact(Document):
    """A class with the same number, written out."""

    type: Literal["gauge"] = "gauge"
    tol: Decimal


def test_a_class_with_a_float_is_refused_when_the_library_is_opened(firm: Firm) -> None:
    with firm.refuses(InputError, "the field 'tol' of Rough is a float"):
        firm.reopened(documents=[Rough])


def test_a_decimal_is_kept_as_it_is(firm: Firm) -> None:
    kind = DocumentType.viewed_by(
        Exact, title=KIND.title, numbering=KIND.numbering, route=KIND.route
    )
    settings = firm.ada.control()
    firm.change_control(settings.but(types=(*settings.types, kind)))
    with firm.reopened(documents=[Exact]) as lab:
        number = lab.by("ben").new(Exact(title="Scales", tol=Decimal("0.10")), TEXT).number
        for step in (lab.submit, lab.sign, lab.release):
            step(number)
        document = lab.ada.text(number).document
        assert isinstance(document, Exact)
        assert str(document.tol) == "0.10"
        assert lab.ada.status(number).state == State.EFFECTIVE
    assert firm.ada.text(number).document.model_dump()["tol"] == "0.10"
    assert not firm.ada.verify().problems
