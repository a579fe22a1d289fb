"""Documents that metadata name: whatever the type, and whoever described it."""

from pathlib import Path
from typing import Any, Literal

import pytest
from firm import TEXT, Firm

from docctl import Document, DocumentType, Numbering, Procedure, Route, State, Step, WorkInstruction
from docctl.errors import FrontMatterError, IncompleteError
from docctl.model.base import Model, Number
from docctl.model.control import ControlSettings
from docctl.model.document import Chapter, Manual, OtherDocument, Process, RecordKept

ROUTE = Route(steps=(Step(meaning="approved", role="approver"),))
NAMES = {"type": "string", "format": "document-number"}


def risk(**properties: Any) -> DocumentType:
    """Return a type by data with these fields of its own."""
    return DocumentType(
        name="risk",
        title="Risk assessment",
        numbering=Numbering(prefix="RSK"),
        route=ROUTE,
        fields={"properties": properties},
    )


def with_type(settings: ControlSettings, kind: DocumentType) -> ControlSettings:
    others = tuple(one for one in settings.types if one.name != kind.name)
    return settings.but(types=(*others, kind))


def assessed(**fields: Any) -> OtherDocument:
    return OtherDocument(type="risk", title="Press", **fields)


@pytest.mark.parametrize("name", ["records", "chapters", "processes_map"])
def test_a_field_of_ones_own_may_be_called_as_one_of_a_built_in_type(firm: Firm, name: str) -> None:
    words = {"type": "array", "items": {"type": "string"}}
    firm.change_control(with_type(firm.ada.control(), risk(**{name: words})))
    ben = firm.by("ben")
    number = ben.new(assessed(**{name: ["ABC-001", "a list"]}), TEXT).number
    assert not [one for one in ben.check(number) if one.severity == "error"]
    assert ben.submit(number).state == State.IN_REVIEW
    assert ben.show(number).refers_to == ()


def test_a_type_by_data_says_which_of_its_fields_name_documents(firm: Firm, place: Path) -> None:
    hazard = {"type": "object", "properties": {"form": NAMES, "title": {"type": "string"}}}
    hazards = {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/hazard"}, NAMES]}}
    kind = risk(hazards=hazards)
    kind = kind.but(fields={**kind.fields, "$defs": {"hazard": hazard}})
    firm.change_control(with_type(firm.ada.control(), kind))
    there, ben = firm.reach(State.EFFECTIVE), firm.by("ben")
    listed = [{"form": there, "title": "ABC-001"}, "FRM-404"]
    number = ben.new(assessed(hazards=listed), TEXT).number

    assert ben.show(number).refers_to == (there, "FRM-404")
    assert [one.code for one in ben.check(number) if "FRM-404" in one.sentence] == [
        "missing-document"
    ]
    with firm.refuses(IncompleteError, "FRM-404"):
        ben.submit(number)
    assert [one.number for one in ben.where(there)] == [number]

    file = place / "press.md"
    file.write_text("---\ntitle: Press\nhazards: [no number]\n---\n")
    with firm.refuses(FrontMatterError, "line 3"):
        ben.save(number, file)


def test_a_type_that_learns_which_field_names_documents_is_looked_through_anew(firm: Firm) -> None:
    there, ben = firm.reach(State.EFFECTIVE), firm.by("ben")
    firm.change_control(with_type(firm.ada.control(), risk(under={"type": "string"})))
    number = ben.new(assessed(under=there), TEXT).number
    assert ben.where(there) == []
    firm.change_control(with_type(firm.ada.control(), risk(under=NAMES)))
    assert [one.number for one in ben.where(there)] == [number]


class Gauge(Model):
    """A gauge, and the instruction for its use."""

    name: str
    used_by: tuple[Number, ...] = ()


class Calibration(Document):
    """A class whose own fields name documents, one of them inside another model."""

    type: Literal["calibration"] = "calibration"
    gauges: tuple[Gauge, ...] = ()
    follows: Number | None = None


CALIBRATION = DocumentType.viewed_by(
    Calibration, title="Calibration", numbering=Numbering(prefix="CAL"), route=ROUTE
)


def test_a_class_says_it_with_its_annotations(firm: Firm) -> None:
    firm.change_control(with_type(firm.ada.control(), CALIBRATION))
    with firm.reopened(documents=[Calibration]) as lab:
        first, second = lab.reach(State.EFFECTIVE), lab.reach(State.EFFECTIVE)
        gauges = (Gauge(name="PRO-404", used_by=(first,)), Gauge(name="x", used_by=("WI-404",)))
        document = Calibration(title="Scales", gauges=gauges, follows=second)
        number = lab.by("ben").new(document, TEXT).number
        # A program that does not know the class finds the same.
        for who in (lab.ada, firm.ada):
            assert {*who.show(number).refers_to} == {second, first, "WI-404"}
            assert [one.number for one in who.where(first)] == [number]
        assert [one.code for one in lab.ada.check(number)].count("missing-document") == 1


def test_a_withdrawn_document_may_not_be_named_either(firm: Firm) -> None:
    gone, ben = firm.reach(State.EFFECTIVE), firm.by("ben")
    process = Process(name="Make", owner="Works", documents=(gone,))
    naming: dict[str, Document] = {
        "parent": WorkInstruction(title="Seal", parent=gone),
        "form": Procedure(title="Test", records=(RecordKept(title="Sheet", form=gone),)),
        "map": Manual(title="Manual", processes_map=(process,)),
        "chapters": Manual(title="Book", chapters=(Chapter(title="One", include=(gone,)),)),
    }
    numbers = [ben.new(one, TEXT).number for one in naming.values()]
    firm.withdraw(gone)
    firm.sign(gone)
    for number in numbers:
        found = [one for one in ben.check(number) if one.code == "withdrawn-document"]
        assert [one.sentence for one in found] == [
            f"the front matter names {gone}, which has been withdrawn"
        ]
        with firm.refuses(IncompleteError, f"{gone}, which has been withdrawn"):
            ben.submit(number)


def test_a_withdrawal_says_who_still_refers_to_it_by_text_or_metadata(firm: Firm) -> None:
    gone, ben = firm.reach(State.EFFECTIVE), firm.by("ben")
    under = ben.new(WorkInstruction(title="Seal", parent=gone), TEXT).number
    draft = ben.new(WorkInstruction(title="Test", parent=gone), TEXT).number
    for step in (firm.submit, firm.sign, firm.release):
        step(under)
    text = firm.reach(State.EFFECTIVE, body=f"See [[{gone}]].\n")
    assert firm.ada.withdraw(gone, reason="Merged").referred_by == (text, under)
    assert firm.ada.status(gone).referred_by == (text, under)
    assert draft in [one.number for one in firm.ada.where(gone)]
    firm.sign(gone)
    assert firm.ada.status(gone).referred_by == ()


def test_a_document_does_not_name_itself(firm: Firm) -> None:
    parent = firm.reach(State.EFFECTIVE)
    ben = firm.by("ben")
    number = ben.new(WorkInstruction(title="Seal", parent=parent), TEXT).number
    assert ben.show(number).refers_to == (parent,)
