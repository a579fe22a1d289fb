"""What copies of records and certificates of destruction carry: everything that the history knows.

The same values make the same bytes: nothing in here is read from a clock.
"""

from datetime import date
from typing import Literal

from pydantic import Field

from docctl.model.answers.record import DisposalShown, RecordShown
from docctl.model.base import Digest, Instant, Label, Line, Model, Number, PersonId, Word, Words
from docctl.model.records.custody import OriginalDestroyedData
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.hold import Outcome
from docctl.model.records.record import Elsewhere, RecordId, Stub
from docctl.model.records.retention import RetentionClass


class Seal(Model):
    """One signature as a copy shows it (21 CFR 11.50: name, time and meaning)."""

    type: Word
    """The statement that was signed: `captured`."""

    person: PersonId
    name: str
    """The printed name, as ACCESS knows it."""

    function: str = ""
    role: str = ""
    meaning: Line
    """The sentence that the signer put the signature to."""

    time: Instant
    event: Digest
    """The digest of the signed event."""

    key: str = ""
    """The fingerprint of the key."""

    tool: str = ""
    """The program that wrote the statement."""


class Printed(Model):
    """What every such copy says about where and when it was made."""

    organization: str
    paper: Literal["A4", "Letter"] = "A4"
    language: str = "en"
    as_of: date
    """The day for which the status is stated."""

    signatures: tuple[Seal, ...]
    """Each verified, in the order of the statements."""

    notice: Words = ""
    """A sentence that every copy of the library shows."""


class RecordCopy(Printed):
    """Everything that a copy of a record shows."""

    shown: RecordShown
    definition: RecordDefinition
    form_content: Digest
    """The digest of the form's content that was followed."""

    classification: str
    retention_title: str
    """What people call its retention class; empty where the schedule has none."""

    names: dict[PersonId, str]
    """Printed names of those for whom something was entered."""

    stubs: tuple[Stub, ...]
    """What the history holds of everything that it says."""

    disposal: RecordId | None = None
    """By which disposal it left the library."""

    disposed_on: date | None = None
    certified_on: date | None = None
    """The day of the certificate, once there is one."""

    removed: tuple[Word, ...] = ()
    """Fields that it no longer says, where it was made anonymous."""

    residual: dict[Word, Line] = Field(default_factory=dict)
    """Identifiers that may still be named once it is destroyed."""


class DisposedItem(Model):
    """A record on a certificate."""

    record: RecordId
    form: Number
    form_revision: Label
    title: Line
    """The title of its form: neutral, nothing of the record."""

    retention: str
    since: date
    """The inclusive dates: the first and the last day that it is about."""

    until: date
    due_since: date
    because: Words = ""
    """What the day on which it became due follows from."""

    action: str
    stubs: tuple[Stub, ...]
    """What lay in the vault, as it was verified when it was put there."""

    kept: bool = False
    """Whether who authorised the disposal decided to keep it."""

    outcome: Outcome | None = None
    gone_on: Instant | None = None
    """When the history let it go; every hold was looked at in that moment."""

    elsewhere: Elsewhere | None = None
    """Where the original was kept last, if not in the vault."""

    removed: tuple[Word, ...] = ()
    """Fields that it no longer says, where it was made anonymous."""

    remains: Stub | None = None
    """What is left of it then."""

    original: OriginalDestroyedData | None = None
    """When, how and by whom the original was destroyed, once somebody has stated it."""

    stated_by: Words = ""
    """The name of whoever stated it."""

    residual: dict[Word, Line] = Field(default_factory=dict)


class DisposalCopy(Printed):
    """Everything that a certificate of destruction shows, or a disposal that is none yet."""

    shown: DisposalShown
    classes: tuple[RetentionClass, ...]
    """Of its records, as the schedule had them that was followed."""

    items: tuple[DisposedItem, ...]
    library: str = ""
    """The library's identity: the digest of its founding."""

    head_before: str = ""
    """The head of the history before the first record was let go."""

    head_after: str = ""
    """The head of the history with the certificate."""

    method: Words = ""
    not_reached: tuple[Line, ...] = ()
    reason: Words = ""
    """Why records were kept, or the disposal was given up."""
