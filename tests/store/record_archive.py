"""An archive in memory: people, a schedule, a form and holds, as the rules of records ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from record_rows import CONTENT, signed

from docctl.model.access import Person
from docctl.model.assignment import Owner
from docctl.model.base import Digest, Label, Number
from docctl.model.control import ControlSettings, default_settings
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.hold import HoldLifted, HoldPlaced, HoldPlacedData
from docctl.model.records.record import Plain, RecordId
from docctl.model.records.retention import RetentionClass
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, Revision
from docctl.rules.records import Blank, Disposal, Hold, Record, Request, begin
from docctl.rules.world import World


@dataclass(frozen=True)
class Memory:
    """Everything that a record may depend on, at hand."""

    world: World
    kept: Mapping[RecordId, Record]
    placed: Sequence[Hold]
    forms: Mapping[Number, Dossier]

    def record(self, number: RecordId) -> Record | None:
        return self.kept.get(number)

    def dependants(self, number: RecordId) -> Iterable[Record]:
        return [one for one in self.kept.values() if number in one.related]

    def hold(self, number: RecordId) -> Hold | None:
        return next((one for one in self.placed if one.number == number), None)

    def holds(self) -> Iterable[Hold]:
        return self.placed

    def disposal(self, number: RecordId) -> Disposal | None:
        del number
        return None

    def disposals(self) -> Iterable[Disposal]:
        return ()

    def request(self, number: RecordId) -> Request | None:
        del number
        return None

    def blank(self, number: RecordId) -> Blank | None:
        del number
        return None

    def dossier(self, item: Number) -> Dossier | None:
        return self.forms.get(item)

    def parent(self, form: Number, label: Label, content: Digest) -> Number | None:
        del label, content
        return {"FRM-1": "PRO-1"}.get(form)

    def definition(self, form: Number, label: Label, content: Digest) -> RecordDefinition | None:
        del form, label, content
        return None


def scheduled(classes: Iterable[RetentionClass]) -> ControlSettings:
    settings = default_settings("Acme", profile="standard", time_zone="UTC")
    return settings.but(retention=tuple(classes))


def people(left: Mapping[str, tuple[date, date] | None]) -> Authority:
    """Return persons, each with the day of leaving and the day on which that was stated."""
    persons = {
        name: Person(id=name, name=name, left_on=days and days[0], left_stated_on=days and days[1])
        for name, days in left.items()
    }
    return Authority(persons=persons)


def form(number: Number, effective: Sequence[date], withdrawn_on: date | None) -> Dossier:
    opened = signed(HoldLifted, "hold_lifted", number, date(2020, 1, 1), "ben", Plain())
    revisions = tuple(
        Revision(str(label), opened, CONTENT, ("ben",), phase="released", effective_on=day)
        for label, day in enumerate(effective, start=1)
    )
    owner = Owner(kind="person", name="ben")
    return Dossier(number, "form", owner, revisions, withdrawn_on=withdrawn_on)


def hold(
    number: RecordId,
    records: Sequence[RecordId],
    on: date,
    *,
    lifted: bool,
    where: str = "what=unknown",
    documents: Sequence[Number] = (),
) -> Hold:
    data = HoldPlacedData(
        matter="A claim", records=tuple(records), where=where, documents=tuple(documents)
    )
    made = begin(signed(HoldPlaced, "hold_placed", number, on, "kim", data))
    assert isinstance(made, Hold)
    if lifted:
        return made.after(signed(HoldLifted, "hold_lifted", number, on, "kim", Plain()))
    return made
