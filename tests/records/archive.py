"""A firm that keeps records: a schedule, two forms in force, and people who may let things go.

`ben` writes and captures, `ria` keeps records and proposes, `rob` keeps records and authorises,
`kim` is management.
"""

import shutil
from pathlib import Path
from typing import Any

from firm import CAST, Clock, Firm

from docctl import KeyFile, Library, generate_key
from docctl.model.control import CONTROL
from docctl.model.document import Form
from docctl.model.records.retention import RetentionClass

PEOPLE = {**CAST, "ria": ("records",), "rob": ("records",), "kim": ("approver", "management")}

SCHEDULE = (
    RetentionClass(
        name="quality-records",
        title="Quality records",
        trigger="closed",
        period="10 years",
        rounding="year",
        action="destroy",
    ),
    RetentionClass(
        name="logs", title="Logs", trigger="captured", period="30 days", action="destroy",
        window_days=2, residual=("site",),
    ),
    RetentionClass(name="archive", title="Archive", trigger="captured", action="permanent"),
    RetentionClass(
        name="contracts", title="Contracts", trigger="contract_ended", period="1 year",
        action="destroy",
    ),
)  # fmt: skip

FIELDS: dict[str, Any] = {
    "properties": {
        "site": {"type": "string", "enum": ["Bergen", "Oslo"]},
        "what": {"type": "string", "minLength": 1},
        "weight": {"type": "number", "x-unit": "kg", "exclusiveMinimum": 0},
        "cause": {"type": "string"},
    },
    "required": ["site", "what", "cause"],
}

#: A form whose records are closed as they are captured.
LOG = {**FIELDS, "required": ["site", "what"]}

STEPS = [{"name": "analysed", "title": "Analysis", "fields": ["cause"]}]

RECORD = {"site": "Bergen", "what": "A leak", "weight": 2.5}


class Keeping:
    """A firm, with what a test of records asks for in few words."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm

    @classmethod
    def equipped(cls, root: Path) -> "Keeping":
        firm = Firm.found(root, PEOPLE)
        keeping = cls(firm)
        keeping.schedule(*SCHEDULE)
        keeping.form("logs", LOG)
        keeping.form("quality-records", FIELDS, steps=STEPS, pattern="NC-{year}-{n}")
        return keeping

    def copied(self, root: Path) -> "Keeping":
        shutil.copytree(self.firm.root, root)
        return Keeping(Firm(root, clock=Clock(self.firm.clock.now)))

    def schedule(self, *classes: RetentionClass) -> None:
        """Put a retention schedule into force."""
        ada = self.firm.ada
        ada.control_change(ada.control().but(retention=classes), reason="A schedule")
        ada.submit(CONTROL)
        self.by("kim").approve(CONTROL)
        self.by("rob").approve(CONTROL)
        ada.release(CONTROL)

    def reschedule(self, name: str, **changes: Any) -> None:
        """Let one class of the schedule be another one."""
        classes = self.firm.ada.control().retention
        self.schedule(*(one.but(**changes) if one.name == name else one for one in classes))

    def form(self, retention: str, fields: dict[str, Any], **more: Any) -> str:
        """Put a form into force and return its number."""
        record = {"fields": fields, "retention": retention, "identifiers": ["site"], **more}
        ben = self.firm.by("ben")
        made = ben.new(
            Form(title=f"Form of {retention}", record=record), "## Form\n\nFill it in.\n"
        )
        ben.submit(made.number)
        self.firm.by("eva").approve(made.number)
        ben.release(made.number)
        return made.number

    def by(self, person: str) -> Library:
        return self.firm.by(person)

    def key(self, person: str, folder: Path) -> Path:
        """Give somebody a key in a file, for the command line."""
        path = folder / person
        self.firm.ada.person_key(person, generate_key(path, comment=person))
        self.by(person).acting(KeyFile(path)).person_accept()
        return path

    def log(self, **fields: Any) -> str:
        """Capture a record that may go after 30 days, and return its number."""
        return self.by("ben").record_capture("FRM-001", {**RECORD, **fields}).entry.record

    def wait(self, days: float) -> None:
        self.firm.clock.wait(days=days)

    def payloads(self) -> list[Path]:
        """Return every file in the vault and among its keys."""
        folders = (self.firm.root / "vault", self.firm.root / "vault-keys")
        found = (path for one in folders for path in one.rglob("*") if path.is_file())
        return [path for path in found if path.parent.name != "mark"]

    def codes(self) -> list[str]:
        """Return the codes of the problems that `verify` finds."""
        return [one.code for one in self.firm.ada.verify().problems]

    def disposed(self, *numbers: str) -> str:
        """Let records go by two persons, and return the disposal."""
        made = self.by("ria").retention_propose(*numbers).disposal
        self.by("rob").retention_authorise(made)
        self.wait(2)
        self.by("ria").retention_run(made)
        return made


def sealed_files(folder: Path) -> list[Path]:
    """Return the files on a shelf of the vault but its mark."""
    return [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "mark"]
