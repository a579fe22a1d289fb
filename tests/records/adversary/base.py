"""The office in which every history begins: people with keys, a schedule, forms in force."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from firm import Firm
from office import Key

from docctl.model.control import CONTROL
from docctl.model.document import Form
from docctl.model.records.retention import RetentionClass

#: Who works here beside `ada`, who founded it; a stranger has a key that nobody knows.
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "ben": ("author",),
    "eva": ("approver",),
    "ria": ("records",),
    "rob": ("records",),
    "kim": ("approver", "management"),
    "own": ("author",),
}
FUNCTIONS: Mapping[str, str] = {"kim": "Director", "own": "Archivist"}
STRANGER = "stranger"

#: The schedule in plain words; whose record it is by its form.
SCHEDULE: Mapping[str, Mapping[str, Any]] = {
    "logs": {"trigger": "captured", "period": "30 days", "action": "destroy", "window_days": 2},
    "cases": {"trigger": "closed", "period": "10 days", "rounding": "month", "action": "destroy"},
    "contracts": {
        "trigger": "contract_ended", "period": "20 days", "action": "destroy", "window_days": 1,
        "owner": {"kind": "function", "name": "Archivist"},
    },
    "drawings": {"trigger": "captured", "period": "5 days", "action": "transfer"},
    "permits": {
        "trigger": "captured", "period": "10 days", "action": "review",
        "owner": {"kind": "person", "name": "kim"},
    },
    "complaints": {
        "trigger": {"latest": ("captured", "closed")}, "period": "1 month", "action": "anonymise",
    },
}  # fmt: skip

FIELDS: dict[str, Any] = {
    "properties": {
        "site": {"type": "string"},
        "what": {"type": "string"},
        "who": {"type": "string"},
        "cause": {"type": "string"},
    },
    "required": ["site", "what"],
}


class FormOf(NamedTuple):
    """A form: the class of its records, and whether they stay open for a step."""

    retention: str
    staged: bool = False


FORMS: Mapping[str, FormOf] = {
    "FRM-001": FormOf("logs"),
    "FRM-002": FormOf("cases", staged=True),
    "FRM-003": FormOf("contracts"),
    "FRM-004": FormOf("drawings"),
    "FRM-005": FormOf("permits"),
    "FRM-006": FormOf("complaints"),
}
STEPS = ({"name": "analysed", "title": "Analysis", "fields": ("cause",)},)
SIGNATURES = ({"meaning": "verified", "role": "management"},)

#: The day on which every history begins.
BEGINNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


def classes(schedule: Mapping[str, Mapping[str, Any]]) -> tuple[RetentionClass, ...]:
    return tuple(RetentionClass(name=name, title=name, **one) for name, one in schedule.items())


@dataclass(frozen=True)
class Base:
    """A library in `acme` and keys in `keys`, for copying only."""

    place: Path

    @classmethod
    def made(cls, place: Path) -> "Base":
        firm = Firm.found(place / "acme", PEOPLE, time_zone="UTC")
        for person, title in FUNCTIONS.items():
            firm.ada.person_function(person, title)
        firm.ada.control_change(firm.ada.control().but(retention=classes(SCHEDULE)), reason="New")
        firm.ada.submit(CONTROL)
        for person in ("kim", "rob"):
            firm.by(person).approve(CONTROL)
        firm.ada.release(CONTROL)
        ben, numbers = firm.by("ben"), []
        for form in FORMS.values():
            record: dict[str, Any] = {
                "fields": FIELDS,
                "retention": form.retention,
                "identifiers": ["site"],
                "personal": ["who"],
            }
            if form.staged:
                record |= {"steps": STEPS, "signatures": SIGNATURES}
            made = ben.new(Form(title=form.retention, record=record), "## Form\n\nFill it in.\n")
            ben.submit(made.number)
            firm.by("eva").approve(made.number)
            numbers.append(made.number)
        firm.ada.release(*numbers)
        firm.close()
        (place / "keys").mkdir()
        for person in ("ada", *PEOPLE, STRANGER):
            written = Key(person).private.private_bytes(
                Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()
            )
            path = place / "keys" / person
            path.touch(mode=0o600)
            path.write_bytes(written)
        return cls(place)

    def copied(self, place: Path) -> Path:
        """Copy the library to *place*; keys are used where they are."""
        shutil.copytree(self.place / "acme", place)
        return place

    def key(self, person: str) -> Path:
        return self.place / "keys" / person
