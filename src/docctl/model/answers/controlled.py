"""What a controlled copy says about itself: title block, signatures, revision history."""

from datetime import date
from types import MappingProxyType
from typing import Literal

from docctl.model.base import Digest, Instant, Label, Model, Number, PersonId
from docctl.model.document import Document
from docctl.model.lifecycle import State


class Manifestation(Model):
    """One signature as every copy shows it (21 CFR 11.50: name, time and meaning)."""

    meaning: Literal["prepared", "reviewed", "approved", "released"]
    person: PersonId
    name: str
    """The printed name, as ACCESS knows it."""

    function: str = ""
    role: str = ""
    time: Instant
    event: Digest
    """The digest of the signed event."""

    note: str = ""
    """What a reader must know of it: an exception, a key that was revoked as suspect."""


class HistoryLine(Model):
    """One line of the revision history."""

    revision: Label
    state: State
    effective_on: date | None = None
    change: str = ""
    """`content` or `editorial`; empty for the first revision."""

    reason: str = ""
    summary: str = ""
    prepared_by: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    """Printed names."""


class LastReview(Model):
    """The last periodic review of a revision that its route has signed."""

    on: date
    """The business day on which the last signature was given."""

    outcome: Literal["keep", "revise", "withdraw"]
    """What should become of the document."""

    by: tuple[str, ...]
    """Printed names: who proposed the outcome, and who signed it."""

    def __str__(self) -> str:
        return f"{self.on}: {_OUTCOMES[self.outcome]}; {', '.join(self.by)}"


#: What a review found, in words.
_OUTCOMES = MappingProxyType(
    {"keep": "to be kept", "revise": "to be revised", "withdraw": "to be withdrawn"}
)


class ControlledCopy(Model):
    """Everything that a rendering of one revision carries beside its text.

    The same values make the same bytes: nothing in here is read from a clock.
    """

    organization: str
    number: Number | Literal["CONTROL"]
    type_title: str
    """What people call the type: `Work instruction`."""

    document: Document
    """The metadata approved with the text; the title and the classification stand here."""

    revision: Label
    state: State
    as_of: date
    """The day for which the state is stated."""

    replaces: Label | None = None
    effective_on: date | None = None
    superseded_on: date | None = None
    superseded_by: Label | None = None
    withdrawn_on: date | None = None
    """The first day without it; it may still be to come."""

    replaced_by: Number | None = None
    last_review: LastReview | None = None
    """Of this revision; nothing while there was none."""

    review_due_on: date | None = None
    review_overdue: bool = False
    """Whether the review was due before that day."""

    suspended_on: date | None = None
    suspended_instruction: str = ""
    owner: str = ""
    """As printed: the function, or the person's name."""

    distribution: tuple[str, ...] = ()
    location: str = ""
    content: Digest
    """The digest of SHA256SUMS, which every signature covers."""

    paper: Literal["A4", "Letter"] = "A4"
    signatures: tuple[Manifestation, ...] = ()
    """Of the revision, in their order."""

    history: tuple[HistoryLine, ...] = ()
    """Oldest first."""

    notes: tuple[str, ...] = ()
    """Sentences that must be shown: exceptions in force, sample data."""
