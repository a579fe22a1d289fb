"""Records on paper: an archive in memory, made of real models, with made-up keys and digests.

`Keeping.event` writes an event as a client would, `land` lets the real rules judge it and files it.
The class of each form has the form's own word: `log` for FRM-001, `case` for FRM-002.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from paper_forms import DATA, EVENTS, made_up_digest, settings
from paper_office import Office

from docctl.errors import RefusedError
from docctl.model.access import PersonNew
from docctl.model.event import Signed
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import Stub
from docctl.model.records.retention import RetentionClass
from docctl.rules.dossier import Dossier
from docctl.rules.meaning import meaning
from docctl.rules.records import (
    ArchiveItem,
    Blank,
    Disposal,
    Hold,
    Record,
    Request,
    assess,
    begin,
    check,
)
from docctl.rules.world import World
from docctl.store.layout import ROOTS

#: Who keeps records: `ria` and `rob` hold the role, `own` is the archivist, `bot` a service.
KEEPERS = {
    "ria": ("records",),
    "rob": ("records",),
    "kim": ("management",),
    "own": (),
    "lea": ("management",),
    "sam": (),
}
FUNCTIONS = {"own": ("Archivist",), "kim": ("Director",)}

LOG, CASE = "FRM-001", "FRM-002"
FIELDS: dict[str, Any] = {
    "properties": {"site": {"type": "string"}, "who": {"type": "string"}, "why": {"type": "string"}}
}
STEPS = (
    {"name": "analysed", "title": "Analysis", "fields": ("why",)},
    {"name": "checked", "title": "Check", "mandatory": False, "roles": ("author",)},
)
DEFINITIONS: Mapping[str, RecordDefinition] = {
    LOG: RecordDefinition(fields=FIELDS, retention="log", identifiers=("site",), subject="who"),
    CASE: RecordDefinition(
        fields=FIELDS,
        retention="case",
        pattern="NC-{year}-{n}",
        identifiers=("site",),
        steps=STEPS,
        signatures=({"meaning": "verified", "role": "management"},),
    ),
}


def a_class(name: str = "log", **changes: Any) -> RetentionClass:
    """A class whose records go 30 days after their capture."""
    given = {"title": name, "trigger": "captured", "period": "30 days", "action": "destroy"}
    return RetentionClass(name=name, **{**given, **changes})


SCHEDULE = (a_class(), a_class("case", trigger="closed"))


@cache
def equipped(forms: tuple[str, ...] = (LOG, CASE)) -> Office:
    """An office with keepers of records and these forms in force; for copying only."""
    office = Office(settings(retention=SCHEDULE), day=date(2026, 1, 5))
    for person, roles in KEEPERS.items():
        new = PersonNew(
            id=person, name=person, roles=roles, functions=FUNCTIONS.get(person, ()),
            key=f"key {person}", fingerprint=office.key(person),
        )  # fmt: skip
        office.administer("person_added", new)
        office.accept(person)
    office.hire("bot", "author", kind="service")
    for form in forms:
        office.do("created", "bob", form, document_type="form")
        office.effective(form)
    return office


class Keeping:
    """An archive as the rules ask for it, and everybody who writes into it."""

    def __init__(self, *schedule: RetentionClass, office: Office | None = None) -> None:
        office = office or equipped()
        self.authority = office.authority
        self.control = office.world.control
        self.dossiers: dict[str, Dossier] = dict(office.dossiers)
        self.definitions = dict(DEFINITIONS)
        self.parents: dict[str, str] = {}
        self.kept: dict[tuple[str, str], ArchiveItem] = {}
        self.now = datetime(2026, 2, 2, 8, tzinfo=UTC)
        self.position = 100
        if schedule:
            self.schedule(*schedule)

    # --- what the rules ask for ---------------------------------------------------------------

    @property
    def world(self) -> World:
        return World(self.authority, self.control)

    def record(self, number: str) -> Record | None:
        return self.kept.get(("records", number))

    def records(self) -> Iterable[Record]:
        return [one for (root, _), one in self.kept.items() if root == "records"]

    def dependants(self, number: str) -> Iterable[Record]:
        return [one for one in self.records() if number in one.related]

    def hold(self, number: str) -> Hold | None:
        return self.kept.get(("holds", number))

    def holds(self) -> Iterable[Hold]:
        return [one for one in self.kept.values() if isinstance(one, Hold)]

    def disposal(self, number: str) -> Disposal | None:
        return self.kept.get(("disposals", number))

    def disposals(self) -> Iterable[Disposal]:
        return [one for one in self.kept.values() if isinstance(one, Disposal)]

    def request(self, number: str) -> Request | None:
        return self.kept.get(("requests", number))

    def blank(self, number: str) -> Blank | None:
        return self.kept.get(("blanks", number))

    def dossier(self, item: str) -> Dossier | None:
        return self.dossiers.get(item)

    def parent(self, form: str, label: str, content: str) -> str | None:
        del label, content
        return self.parents.get(form)

    def definition(self, form: str, label: str, content: str) -> RecordDefinition | None:
        dossier = self.dossiers.get(form)
        revision = dossier.revision(label) if dossier else None
        fits = revision is not None and revision.content == content
        return self.definitions.get(form) if fits else None

    # --- what happens -------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return self.now.date()

    def schedule(self, *classes: RetentionClass) -> None:
        self.control = self.control.but(retention=classes)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def event(
        self, type_: str, person: str, item: str, role: str = "holder", **want: Any
    ) -> Signed:
        """The event that follows what has landed; *want* overrides fields of event or data."""
        before = self.kept.get((ROOTS[type_], item))
        model = DATA[type_]
        names = model.model_fields
        fields = {name: value for name, value in want.items() if name not in names}
        keys = fields.pop("keys", (f"SHA256:{person}-1",))
        event = EVENTS[type_].model_validate(
            {
                "library": self.authority.library,
                "item": item,
                "type": type_,
                "meaning": meaning(type_, item=item, revision=None),
                "seq": before.chain.seq + 1 if before else 1,
                "prev": before.chain.last if before else None,
                "signer": person,
                "role": role,
                "time": self.now,
                "date": self.today,
                "reason": "because",
                "tool": "paper",
                "data": model(**{name: want[name] for name in want if name in names}),
                **fields,
            }
        )
        return Signed(event, made_up_digest(), keys, self.position + 1)

    def land(self, signed: Signed) -> Signed:
        check(self, signed)
        return self.file(signed)

    def file(self, signed: Signed) -> Signed:
        """Let an event have happened, whether or not it should."""
        self.position += 1
        signed = replace(signed, position=self.position)
        at = ROOTS[signed.event.type], signed.event.item
        before = self.kept.get(at)
        self.kept[at] = before.after(signed) if before else begin(signed)
        return signed

    def do(self, type_: str, person: str, item: str, role: str = "holder", **want: Any) -> Signed:
        """Write it and land it."""
        return self.land(self.event(type_, person, item, role, **want))

    # --- correct beginnings -------------------------------------------------------------------

    def captured(self, form: str = LOG, **want: Any) -> dict[str, Any]:
        """The fields of a correct capture."""
        revision = self.dossiers[form].revisions[0]
        definition = self.definitions[form]
        return {
            "form": form,
            "form_revision": revision.label,
            "form_content": revision.content,
            "retention": definition.retention,
            "event_on": self.today,
            "payload": stub(),
            "open": definition.staged,
            **want,
        }

    def capture(self, number: str, form: str = LOG, by: str = "bob", **want: Any) -> str:
        self.do("captured", by, number, **self.captured(form, **want))
        return number

    def completed(self, number: str = "NC-2026-1", **want: Any) -> str:
        """A case with its step and its signature."""
        self.capture(number, CASE, **want)
        self.do("added", "bob", number, step="analysed", payload=stub(), event_on=self.today)
        self.do("countersigned", "kim", number, "management", meaning="verified")
        return number

    def item(self, number: str, **changes: Any) -> dict[str, Any]:
        """What a correct proposal says of a record today."""
        record = self.record(number)
        found = assess(self, record, self.today)
        return {
            "record": number,
            "last": record.chain.last,
            "retention": record.retention,
            "action": found.action or "destroy",
            "due_since": found.due_since or self.today,
            "stubs": record.stubs,
            **changes,
        }

    def propose(self, disposal: str, *numbers: str, by: str = "ria") -> str:
        items = [self.item(one) for one in numbers]
        self.do("disposal_proposed", by, disposal, "records", items=items, schedule="CONTROL 1")
        return disposal

    def authorise(self, disposal: str, by: str = "rob", role: str = "records", **want: Any) -> str:
        if "not_before" not in want:
            want["not_before"] = self.today + timedelta(days=self.window(disposal))
        self.do("disposal_authorised", by, disposal, role, **want)
        return disposal

    def window(self, disposal: str) -> int:
        names = {item.retention for item in self.disposal(disposal).items}
        return max(one.window_days for one in self.control.retention if one.name in names)

    def disposing(self, number: str, disposal: str, by: str = "ria", **want: Any) -> Signed:
        """The event by which a record goes."""
        authorised = self.disposal(disposal).authorised
        given = {
            "disposal": disposal,
            "authorised": authorised.digest if authorised else "0" * 64,
            "action": next(
                (one.action for one in self.disposal(disposal).items if one.record == number),
                "destroy",
            ),
            **want,
        }
        return self.event("disposed", by, number, "records", **given)


def stub(size: int = 10) -> Stub:
    """What history holds of something that was never said."""
    return Stub(commitment=made_up_digest(), size=size)


def refuses(
    keeping: Keeping, act: Callable[[Keeping], Signed], error: type[RefusedError], sentence: str
) -> None:
    """What somebody tries is refused in this way and no other, and a hint says how to go on."""
    with pytest.raises(error) as caught:
        check(keeping, act(keeping))

    assert type(caught.value) is error
    assert sentence in str(caught.value)
    assert caught.value.hint
