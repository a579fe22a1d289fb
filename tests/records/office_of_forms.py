"""An office that has a form in force for every ready model, and a record on each of them.

The forms, the schedule and the records are those of `examples/forms`: `tor` writes and captures,
`mari` approves, `ida` is management, `siv` keeps records, and `jon` is somebody records are about.
"""

import json
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from firm import Firm

from docctl import RECORD_KINDS, Form, Library, RecordDefinition, RetentionClass
from docctl.cli.values import read_values
from docctl.content.formtext import form_text
from docctl.desk.metadata.written import working_text
from docctl.model.answers.record import RecordShown
from docctl.model.control import CONTROL

FORMS = Path(__file__).parents[2] / "examples" / "forms"

CAST = {
    "tor": ("author",),
    "mari": ("approver",),
    "ida": ("approver", "management"),
    "siv": ("records",),
    "jon": (),
}

#: Who signs in which role.
SIGNERS = {"approver": "mari", "management": "ida", "records": "siv"}

#: The retention classes of the examples, where it is not `quality-records`.
CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "training": "personnel-records",
        "competence": "personnel-records",
        "calibration": "equipment-records",
        "incident": "safety-records",
        "legal_hold": "keeping-records",
        "destruction_certificate": "keeping-records",
    }
)


def definition(kind: str) -> RecordDefinition:
    return RECORD_KINDS[kind].definition(CLASSES.get(kind, "quality-records"))


def as_an_author_writes_it(kind: str) -> str:
    """Return the form for a ready model: front matter and text."""
    ready, record = RECORD_KINDS[kind], definition(kind)
    form = Form(title=ready.title, clauses=ready.clauses, record=record)
    text = working_text(form, form_text(record, ready.use)).decode()
    return text.replace("number: null\n", "")  # it is given out when the form is created


def sample(kind: str, step: str = "captured") -> dict[str, Any]:
    """Return what a record of the examples says at its capture, or in a step."""
    path = FORMS / "records" / kind / f"{step}.yaml"
    return read_values(path, lambda: definition(kind))


class FormsOffice:
    """A library with a form in force for each ready model."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.forms: dict[str, str] = {}

    @classmethod
    def equipped(cls, root: Path) -> "FormsOffice":
        office = cls(Firm.found(root, CAST))
        classes = json.loads((FORMS / "retention.json").read_text(encoding="utf-8"))
        schedule = tuple(RetentionClass.model_validate(one) for one in classes)
        settings = office.firm.ada.control().but(retention=schedule)
        office.firm.ada.control_change(settings, reason="A schedule")
        office.in_force(CONTROL, "ada", "ida", "siv")
        for kind in RECORD_KINDS:
            made = office.by("tor").begin("form", "", source=FORMS / f"{kind}.md")
            office.forms[kind] = made.number
            office.in_force(made.number, "tor", "mari")
        return office

    def by(self, person: str) -> Library:
        return self.firm.by(person)

    def in_force(self, number: str, author: str, *approvers: str) -> str:
        self.by(author).submit(number)
        for person in approvers:
            self.by(person).approve(number)
        self.by(author).release(number)
        return number

    def subject(self, number: str) -> str | None:
        """Return the person whom a record is about, as its history has it."""
        record = self.firm.ada.bench.archive().record(number)
        assert record is not None
        return record.subject

    @cached_property
    def kept(self) -> dict[str, RecordShown]:
        """A record of every kind, from its capture until it is closed."""
        return {kind: self.closed(kind) for kind in RECORD_KINDS}

    def closed(self, kind: str) -> RecordShown:
        tor, known = self.by("tor"), definition(kind)
        shown = tor.record_capture(self.forms[kind], sample(kind))
        number = shown.entry.record
        for step in known.steps:
            if (FORMS / "records" / kind / f"{step.name}.yaml").exists():
                tor.record_add(number, step.name, sample(kind, step.name))
        for one in known.signatures:
            self.by(SIGNERS[one.role]).record_sign(number, meaning=one.meaning)
        return tor.record_close(number) if known.staged else shown


def same(path: Path, made: str) -> None:
    if os.environ.get("REFRESH"):
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made
