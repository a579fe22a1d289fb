"""Records: evidence that is captured once, corrected visibly, closed, and kept by rule.

What a record says lies in the vault; its history holds a stub, and nothing of the content but the
identifiers that its form declares. So it can really be destroyed, and its history stays whole.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from docctl.model.base import (
    NUMBER,
    Digest,
    FileName,
    Label,
    Line,
    Model,
    Number,
    PersonId,
    Word,
    Words,
)
from docctl.model.event import Event
from docctl.model.records.retention import Action, ClassName, Fate

#: The identity of a record, a hold or a disposal: written like the number of a document.
RecordId = Annotated[str, StringConstraints(pattern=NUMBER, max_length=64)]


class Stub(Model):
    """What history holds of a payload: a commitment that tells nothing without its salt."""

    commitment: Digest
    """SHA-256 over a random salt of 32 bytes and the payload's bytes."""

    size: int = Field(ge=0)
    """The payload's length in bytes."""


class Elsewhere(Model):
    """Where a record is kept that is not in the vault: on paper, or in another system."""

    medium: Line
    """What it is: paper, film, the name of the other system."""

    location: Line
    """Where it lies, so that somebody finds it."""

    custodian: Line
    """The function that keeps it."""


class Entry(Model):
    """What every statement that brings content has in common."""

    payload: Stub | None = None
    """What it says, as canonical JSON; may be absent where the record is kept elsewhere."""

    attachments: tuple[Stub, ...] = ()
    """Files beside it; their names stand in the payload."""

    event_on: date
    """The day on which it happened; the day of entry is the event's date."""

    late_reason: Words = ""
    """Why it was entered late."""

    entered_for: PersonId | None = None
    """The person for whom a service or an instructor entered it."""

    holds: tuple[RecordId, ...] = ()
    """Holds whose query the content fits."""

    @property
    def stubs(self) -> tuple[Stub, ...]:
        """Return the stubs of everything in the vault."""
        return ((self.payload,) if self.payload else ()) + self.attachments


class CapturedData(Entry):
    """A record begins."""

    form: Number
    form_revision: Label
    form_content: Digest
    """The digest of the form's content that was followed."""

    retention: ClassName
    identifiers: dict[Word, Line] = Field(default_factory=dict)
    vault: Word | None = None
    """The vault in which everything of it lies, where its class has one of its own."""

    subject: PersonId | None = None
    """The person whom it is about."""

    elsewhere: Elsewhere | None = None
    blank: RecordId | None = None
    """The numbered blank that was filled in."""

    related: tuple[RecordId, ...] = ()
    """Records that it refers to."""

    open: bool = False
    """Whether it stays open for further steps; otherwise it is closed as it is captured."""


class Captured(Event):
    """Evidence was captured; it never changes."""

    type: Literal["captured"] = "captured"
    data: CapturedData


class AddedData(Entry):
    """A further step of an open record."""

    step: Word


class Added(Event):
    """A step was entered into an open record."""

    type: Literal["added"] = "added"
    data: AddedData


class AmendedData(Entry):
    """A correction: what it changes and why, beside what was captured."""

    identifiers: dict[Word, Line] = Field(default_factory=dict)
    """Identifiers that are others now."""

    removed: tuple[Word, ...] = ()
    """Identifiers that it has no longer."""


class Amended(Event):
    """A record was corrected; what it said before stays and is shown."""

    type: Literal["amended"] = "amended"
    data: AmendedData


class CountersignedData(Model):
    """What the signature says."""

    meaning: Word


class Countersigned(Event):
    """Somebody else put a signature to a record."""

    type: Literal["countersigned"] = "countersigned"
    data: CountersignedData


class ClosedData(Model):
    """The day on which the matter ended."""

    closed_on: date


class Closed(Event):
    """A record is complete; where its class says so, the time of keeping begins."""

    type: Literal["closed"] = "closed"
    data: ClosedData


class Plain(Model):
    """Nothing: the event and its reason say it all."""


class OpenedAgain(Event):
    """A closed record is open again: the time of keeping no longer runs."""

    type: Literal["opened_again"] = "opened_again"
    data: Plain


class FactData(Model):
    """A fact that starts a time of keeping, and its day."""

    fact: Word
    on: date


class FactStated(Event):
    """A fact outside the library is stated that starts a time of keeping."""

    type: Literal["fact_stated"] = "fact_stated"
    data: FactData


class RetentionReviewedData(Model):
    """What becomes of a record whose time of keeping is over: exactly one of both is said."""

    until: date | None = None
    """The last day until which it is kept; afterwards somebody decides again."""

    then: Fate | None = None

    @model_validator(mode="after")
    def _one_decision(self) -> "RetentionReviewedData":
        if (self.until is None) == (self.then is None):
            raise ValueError("say until when it is kept, or what becomes of it")
        return self


class RetentionReviewed(Event):
    """Somebody decided about a record at the end of its time of keeping, and says why."""

    type: Literal["retention_reviewed"] = "retention_reviewed"
    data: RetentionReviewedData


class DisposedData(Model):
    """By which authority a record left the library."""

    disposal: RecordId
    authorised: Digest
    """The digest of the authorising statement."""

    action: Action
    remains: Stub | None = None
    """What it says without data of persons, where it is made anonymous."""

    removed: tuple[Word, ...] = ()
    """The fields that are not in it any more."""


class Disposed(Event):
    """A record is destroyed, transferred or made anonymous, as it was authorised."""

    type: Literal["disposed"] = "disposed"
    data: DisposedData


class Attached(Model):
    """A file beside a record, as its payload names it."""

    name: FileName
    media_type: Line = "application/octet-stream"
    stub: Stub


class Content(Model):
    """What a payload in the vault says: the fields, and what the files beside it are called."""

    fields: dict[str, Any]
    removed: tuple[str, ...] = ()
    """Fields that an amendment has taken out."""

    attachments: tuple[Attached, ...] = ()
