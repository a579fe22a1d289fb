"""A document type in twenty lines, by data and by class, from its definition to the manual."""

from collections.abc import Callable
from inspect import getsource
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import pytest
from firm import TEXT, Firm

from docctl import Chapter, Document, DocumentType, Manual, Numbering, Route, State, Step
from docctl.model.base import Number
from docctl.model.document import OtherDocument

ROUTE = Route(steps=(Step(meaning="approved", role="approver"),))


def by_data() -> tuple[DocumentType, Document]:
    kind = DocumentType(
        name="drill",
        title="Emergency drill",
        numbering=Numbering(prefix="EMG"),
        route=ROUTE,
        sections=("Purpose",),
        fields={
            "properties": {
                "alarm": {"type": "string"},
                "plan": {"type": "string", "format": "document-number"},
            },
            "required": ["alarm"],
        },
    )
    return kind, OtherDocument.model_validate({"type": "drill", "title": "Fire", "alarm": "Siren"})


class Drill(Document):
    """What is rehearsed for an emergency."""

    type: Literal["drill"] = "drill"
    alarm: str
    plan: Number | None = None


def by_class() -> tuple[DocumentType, Document]:
    names = {"title": "Emergency drill", "numbering": Numbering(prefix="EMG")}
    kind = DocumentType.viewed_by(Drill, **names, route=ROUTE, sections=("Purpose",))
    return kind, Drill(title="Fire", alarm="Siren")


#: What makes a type, and the class that it needs, if any.
WAYS = MappingProxyType({by_data: (), by_class: (Drill,)})


@pytest.mark.parametrize("made", WAYS)
def test_a_document_type_takes_twenty_lines_and_goes_all_the_way(
    firm: Firm, place: Path, made: Callable[[], tuple[DocumentType, Document]]
) -> None:
    assert sum(len(getsource(one).splitlines()) for one in (made, *WAYS[made])) <= 20
    kind, document = made()
    settings = firm.ada.control()
    firm.change_control(settings.but(types=(*settings.types, kind)))
    with firm.reopened(documents=WAYS[made]) as office:
        plan = office.reach(State.EFFECTIVE)
        author = office.by("ben")
        number = author.new(document.but(plan=plan), TEXT).number
        assert number == "EMG-001"
        assert not [one for one in author.check(number) if one.severity == "error"]
        assert author.submit(number).state == State.IN_REVIEW
        assert office.by("eva").approve(number).state == State.APPROVED
        assert [one.state for one in author.release(number)] == [State.EFFECTIVE]
        assert [one.number for one in office.ada.where(plan)] == [number]
        assert type(office.ada.text(number).document) is type(document)

        copy = office.ada.export(number, place / "drill.md").read_text()
        assert "| Alarm" in copy
        assert "Siren" in copy
        chapters = (Chapter(title="Emergencies", type="drill"),)
        manual = author.new(Manual(title="All of it", chapters=chapters), TEXT).number
        for step in (office.submit, office.sign, office.release):
            step(manual)
        bound = office.ada.manual(manual, place / "manual.md").read_text()
        assert "EMG-001 Fire" in bound
        assert not office.ada.verify().problems
