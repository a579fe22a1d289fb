"""What commands about records return."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from docctl.model.answers.retention import Due
from docctl.model.base import Digest, Instant, Label, Line, Model, Number, PersonId, Word, Words
from docctl.model.records.custody import OriginalDestroyedData
from docctl.model.records.hold import Outcome
from docctl.model.records.record import Elsewhere, RecordId
from docctl.model.records.retention import ClassName

RecordState = Literal["open", "closed", "disposed", "transferred", "anonymised"]
"""`disposed` is destroyed; what was transferred is gone from here too."""


class RecordEntry(Model):
    """One line of the list of records."""

    record: RecordId
    form: Number
    form_revision: Label
    status: RecordState
    happened_on: date
    """The day of what it tells of."""

    captured_on: date
    """The day on which it was entered."""

    closed_on: date | None = None
    by: PersonId
    """Who captured it."""

    entered_for: PersonId | None = None
    """The person for whom it was entered."""

    retention: ClassName
    identifiers: dict[Word, Line]
    holds: tuple[RecordId, ...] = ()
    """The holds that stand on it."""


class AttachedFile(Model):
    """A file beside a record."""

    name: str
    media_type: str
    size: int
    """In bytes."""

    commitment: Digest
    """What the history holds of it."""


class RecordStatement(Model):
    """One statement in the history of a record, with what it says."""

    seq: int
    type: Word
    signer: PersonId
    name: Words = ""
    """The signer's name."""

    function: Line | None = None
    entered_for: PersonId | None = None
    time: Instant
    happened_on: date | None = None
    late: bool = False
    """Whether it was entered later than the form allows without a reason."""

    reason: Words = ""
    step: Word | None = None
    """The step, the meaning of a countersignature, or the fact that was stated."""

    decided: Words = ""
    """What was decided about it at the end of its time of keeping."""

    fields: dict[str, Any] = Field(default_factory=dict)
    """What it says, or what it changes."""

    was: dict[str, Any] = Field(default_factory=dict)
    """What the fields that it changes said before."""

    attachments: tuple[AttachedFile, ...] = ()
    elsewhere: Elsewhere | None = None
    """Where it was kept from then on, if not in the vault."""

    destroyed: OriginalDestroyedData | None = None
    """How the original ended, where it was kept elsewhere."""

    fell_away_with: int | None = None
    """The statement with which it fell away, if it is a signature and something was entered."""

    disposal: RecordId | None = None
    """The disposal by which it went, where it did."""

    removed: tuple[Word, ...] = ()
    """The fields that it no longer says, where it was made anonymous."""


class RecordShown(Model):
    """A record with everything it says, every correction, and when it may go."""

    entry: RecordEntry
    title: Line
    """The title of its form."""

    fields: dict[str, Any]
    """What it says now, in the order of its form; empty where it was destroyed."""

    asks: tuple["RecordField", ...] = ()
    """What its form asks for, in its order, with titles and units."""

    lacks: tuple[Words, ...] = ()
    """What is missing before it can be closed, a sentence each; nothing where it is not open."""

    steps_missing: tuple[Word, ...] = ()
    """The steps among it: once one is entered, every signature falls away."""

    elsewhere: Elsewhere | None = None
    """Where it is kept now, if not in the vault."""

    blank: RecordId | None = None
    """The numbered blank that it was captured from."""

    statements: tuple[RecordStatement, ...]
    due: Due


class RecordField(Model):
    """One field that a form asks for, so that somebody can write the file with the answers."""

    name: Word
    title: Line
    type: Words
    """What it takes: `text`, `number`, `yes or no`, `day`, `table`, or several joined by "or"."""

    unit: Words = ""
    choices: tuple[Any, ...] = ()
    required: bool = False
    identifier: bool = False
    """Whether it stays in the history, to find records by."""

    step: Word | None = None
    """The step that fills it; nothing where it is filled at capture."""

    personal: bool = False
    """Whether it holds data of persons, or names the person whom a record is about."""

    columns: tuple["RecordField", ...] = ()
    """What a row says, where it is a table."""


class BlankShown(Model):
    """A numbered blank of a form as it stands."""

    blank: RecordId
    form: Number
    form_revision: Label
    status: Literal["out", "used", "returned", "void"]
    """`out` while somebody has it and no record was made of it."""

    issued_to: Line
    issued_on: date
    issued_by: PersonId
    record: RecordId | None = None
    """The record that was captured from it."""

    ended_on: date | None = None
    ended_by: PersonId | None = None
    reason: Words = ""
    """Why it is void."""


class FilledForm(Model):
    """What stands in a form that was filled in and read back; nothing of it is captured yet."""

    form: Number
    revision: Label
    content: Digest
    """The digest of the form's content."""

    blank: RecordId | None = None
    """The number of the blank, where it has one."""

    happened_on: date | None = None
    fields: dict[str, Any]
    """What is filled in at capture."""

    steps: dict[Word, dict[str, Any]] = Field(default_factory=dict)
    """What was filled in for later steps, by step."""


class HoldShown(Model):
    """A hold as it stands."""

    hold: RecordId
    matter: Line
    reason: Words
    placed_on: date
    placed_by: PersonId
    function: Line | None = None
    """The function that placed it, and that lifts it."""

    where: Words = ""
    records: tuple[RecordId, ...] = ()
    documents: tuple[Number, ...] = ()
    through: tuple[RecordId, ...] = ()
    """Further records that it covers now: made on one of the documents, or on a form under one."""

    review_on: date | None = None
    lifted_on: date | None = None
    lifted_by: PersonId | None = None
    lifted_because: Words = ""


class ReceiptShown(Model):
    """A receiver's receipt for records of a disposal."""

    receiver: Line
    records: tuple[RecordId, ...]
    on: date
    by: PersonId
    """Who has recorded it."""

    package: Digest
    """SHA-256 of the manifest of what was handed over."""

    receipt: Digest
    """SHA-256 of the receipt."""


class DisposalShown(Model):
    """A disposal as it stands."""

    disposal: RecordId
    state: Literal["proposed", "authorised", "certified", "refused"]
    proposed_by: PersonId
    proposed_on: date
    authorised_by: PersonId | None = None
    authorised_on: date | None = None
    not_before: date | None = None
    """The first day on which it may be carried out."""

    ended_by: PersonId | None = None
    """Who carried it out and certified it, or refused it."""

    ended_on: date | None = None
    refused_because: Words = ""

    records: tuple[RecordId, ...]
    schedule: Line
    outcomes: tuple[Outcome, ...] = ()
    """What became of each record, once it was carried out."""

    receipts: tuple[ReceiptShown, ...] = ()
    """What receivers say that they have."""

    copies: tuple[Line, ...] = ()
    """The vaults from which payloads, salts and keys are gone."""


class Trace(Model):
    """What stood behind a record on the day of its capture: form, procedure, person."""

    record: RecordId
    captured_on: date
    form: Number
    form_revision: Label
    form_title: Line
    procedure: Number | None = None
    """The document under which the form stands."""

    procedure_revision: Label | None = None
    """The revision that was in force that day."""

    procedure_title: Words = ""
    person: PersonId
    name: Words = ""
    functions: tuple[Line, ...] = ()
    """What the person was on that day."""

    roles: tuple[Word, ...] = ()
    """The role in which it was captured."""

    due: Due
    """When it may go, and why: what was decided about it too."""
