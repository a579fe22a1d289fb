"""What reading commands return beside the register: a document's card, differences, exceptions."""

from datetime import date
from typing import Literal

from pydantic import Field

from docctl.model.answers.controlled import ControlledCopy
from docctl.model.answers.status import Status
from docctl.model.base import Digest, Label, Model, Number, PersonId, Word
from docctl.model.lifecycle import State
from docctl.model.records.record import RecordId


class RevisionLine(Model):
    """One revision on a document's card."""

    revision: Label
    state: State
    effective_on: date | None = None
    content: Digest


class Card(Model):
    """A document as `show` prints it: the revision shown, and what is on its way."""

    controlled: ControlledCopy
    """The revision in force (or the newest), with signatures and history."""

    status: Status
    revisions: tuple[RevisionLine, ...] = ()
    """All of them, oldest first."""

    withdrawn_by: tuple[str, ...] = ()
    """Of a document that is withdrawn, or about to be: who proposed that, then who signed it."""

    withdrawal_reason: str = ""
    """Why it is withdrawn."""

    refers_to: tuple[Number, ...] = ()
    """The documents that the text names."""

    attachments: tuple[str, ...] = ()
    """The files beside the text."""

    newer_edition: str = ""
    """External documents: the newer edition that was found."""

    checked_on: date | None = None
    """External documents: the day on which the edition was last checked."""

    issue: str = ""
    """Manuals: the mark that one compiled on the day bears; see `outdated`."""


class Reference(Model):
    """A document that refers to another."""

    number: Number
    revision: Label
    title: str
    state: State


class ChangedFact(Model):
    """A fact of the metadata that is not what it was."""

    name: str
    was: str = ""
    """Empty where it was added."""

    now: str = ""
    """Empty where it was taken out."""


class ChangedPassage(Model):
    """A place of the text that differs; how words look is written as in Markdown."""

    place: tuple[str, ...] = ()
    """The headings above it, outer first; empty above the first heading."""

    kind: Literal["inserted", "deleted", "changed"]
    was: str = ""
    now: str = ""
    parts: tuple[tuple[Literal["kept", "deleted", "inserted"], str], ...] = ()
    """Of a line that changed all its words, in order, by what became of them."""


class Difference(Model):
    """What changed between two revisions: line by line, and word by word."""

    number: str
    before: Label
    """The same as *after* where there is no revision to compare with."""

    after: Label
    lines: tuple[str, ...] = ()
    attachments: dict[str, Literal["added", "changed", "removed"]] = Field(default_factory=dict)
    """What became of the attachments that are not the same."""

    facts: tuple[ChangedFact, ...] = ()
    """The metadata that changed."""

    passages: tuple[ChangedPassage, ...] = ()
    """The places of the text that differ, in its order; footnotes come last."""

    file: str = ""
    """The file that shows them in the text, if one was written."""


class ExceptionLine(Model):
    """An exception, or a fact that every report shows."""

    kind: str
    """What kind of departure from the rules, a kebab-case word."""

    subject: str
    """The person or document it concerns."""

    sentence: str
    until: date | None = None


class Handout(Model):
    """A change written out, so that it can be signed elsewhere."""

    item: str
    meaning: str
    """The sentence that the signer puts the signature to."""

    files: tuple[str, ...]
    """The files whose exact bytes are to be signed."""

    content: str = ""
    """The folder with the content that the change brings, if it brings any."""

    summary: str


class Landed(Model):
    """A change that is in the library, and how its documents stand now."""

    summary: str
    documents: tuple[Status, ...] = ()
    records: tuple[RecordId, ...] = ()
    """The records, holds and disposals that it is about."""


class PersonLine(Model):
    """A person on the authority matrix of a day."""

    id: PersonId
    name: str
    kind: str
    functions: tuple[str, ...] = ()
    roles: tuple[Word, ...] = ()
    can_sign: bool
    """Whether a key of his or hers counts."""

    left_on: date | None = None


class AuthorityMatrix(Model):
    """Who held which function and might do what at the end of a day."""

    on: date
    administrators_needed: int
    """How many administrators must sign a change of people, keys and roles."""

    roles: dict[Word, str]
    """What each role permits."""

    people: tuple[PersonLine, ...] = ()


class Founding(Model):
    """A library that was just founded."""

    library: str
    """Its folder."""

    organization: str
    founder: PersonId
    key: str
    """The founder's key, as it was named."""

    fingerprint: str
