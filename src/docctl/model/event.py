"""The event: one signed statement of who did what to what, when and why."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from docctl.model.base import Digest, Instant, Label, Line, Model, PersonId, Word, Words

#: The rule set under which events are made now. Old rule sets are kept for ever.
RULES = 1

#: What a vote says of a text.
VoteMeaning = Literal["reviewed", "approved"]


class Event(Model):
    """What every event says. Its canonical bytes are what is signed and stored.

    An event is chained to its item: `seq` counts the item's events from 1 and `prev` is the
    digest of the one before. A vote has no `seq`; its `prev` is the statement that it answers,
    so that several persons can sign at the same time.
    """

    model_config = ConfigDict(strict=True)

    v: int = Field(default=RULES, ge=1)
    """The rule set by which it is judged."""

    library: Digest | None = None
    """The digest of the founding event; absent in that event itself."""

    item: str
    """A document's number, `ACCESS` or `CONTROL`."""

    revision: Label | None = None
    """The revision it is about; absent in ACCESS."""

    type: Word
    """What happened."""

    meaning: Line
    """The sentence that the signer put the signature to."""

    content: Digest | None = None
    """The digest of the revision's SHA256SUMS; absent in ACCESS."""

    seq: int | None = Field(default=None, ge=1)
    """Its number among the events of the item; absent in a vote."""

    prev: Digest | None = None
    """The digest of the event before, or of the statement that a vote answers."""

    signer: PersonId
    """The person who signed."""

    role: Word
    """The role in which the signer acted."""

    function: Line | None = None
    """The job title that the signer held on that day."""

    time: Instant
    """When it was signed, by the signer's clock."""

    date: date
    """The business date in CONTROL's time zone."""

    reason: Words = ""
    """Why, where the step asks for it."""

    tool: Line
    """The program and version that wrote the event."""


@dataclass(frozen=True, slots=True)
class Signed:
    """An event as it stands in the store: with its digest, its signing keys and its position."""

    event: Event
    digest: Digest
    keys: tuple[str, ...] = ()
    """Fingerprints of the keys whose signatures were verified, the signer's first."""

    position: int = 0
    """The change that carried it, counted from 1; 0 while it has not landed."""
