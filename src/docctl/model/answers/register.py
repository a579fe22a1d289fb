"""What reading commands return: the master list, histories, what is due."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from docctl.model.base import Digest, Instant, Label, Model, Number, PersonId, Word
from docctl.model.lifecycle import State
from docctl.model.problem import Problem


class RegisterEntry(NamedTuple):
    """One line of the master list: a document with the revision to show on a day.

    That is the revision in force, and where none is, the last that was or the newest draft.
    """

    number: Number
    type: Word
    title: str
    revision: Label
    state: State
    """On that day."""

    effective_on: date | None
    """The first day on which that revision is worked by."""

    review_due_on: date | None
    """The next periodic review."""

    owner: str
    """As printed: `Workshop Manager`, or a person's name."""

    review_overdue: bool
    """Whether that day has passed."""

    pending_revision: Label | None
    """A further revision on its way, beside the one shown."""

    pending_state: State | None
    parent: Number | None
    """The document that it details."""

    classification: str
    withdrawn_on: date | None
    """The first day without it."""

    replaced_by: Number | None
    """What to follow instead."""

    proposal: Word | None
    """`review_proposed` or `withdrawal_proposed` while such a proposal waits for signatures."""


class HistoryEntry(Model):
    """One event of a document, a record, a hold or a disposal, as `history` prints it."""

    seq: int | None = None
    """Its number among the events of the item; absent for a vote."""

    revision: Label | None = None
    type: Word
    signer: PersonId
    name: str
    """The signer's printed name."""

    cosigners: tuple[PersonId, ...] = ()
    """Who signed a change of ACCESS beside the signer."""

    role: Word
    """The role in which he or she acted."""

    function: str = ""
    time: Instant
    date: date
    meaning: str
    """The sentence that was signed."""

    reason: str = ""
    content: Digest | None = None
    """The digest of the revision's content."""

    digest: Digest
    """The digest of the event's bytes."""

    path: str
    """Where the event's bytes lie in the store, for stock tools."""

    note: str = ""
    """What the event says beyond that, in plain words."""


class ChangeEntry(NamedTuple):
    """One event of any item, for `changes`."""

    time: datetime
    date: date
    item: str
    revision: Label | None
    type: Word
    signer: PersonId
    reason: str


class DueEntry(Model):
    """Something that somebody must do by a day."""

    what: Literal[
        "review",
        "approval",
        "release",
        "edition",
        "exception",
        "comment",
        "scheduled",
        "questioned",
        "suspended",
        "owner",
        "record",
        "hold",
        "disposal",
        "request",
        "retention",
    ]
    item: str
    on: date | None = None
    """The day it is or was due; nothing where it waits without a day."""

    overdue_days: int = 0
    who: tuple[str, ...] = ()
    """Those who can do it: ids of persons, or the owner."""

    sentence: str
    """What waits, in words."""


class SearchHit(NamedTuple):
    """A document whose text holds the words that were looked for, or a record found by them."""

    number: Number
    revision: Label
    """Of a record: the revision of its form."""

    title: str
    """Of a record: the title of its form."""

    state: State | Literal["open", "closed", "disposed", "transferred", "anonymised"]
    excerpt: str
    """Of a record: what it is found by."""

    kind: Literal["document", "record"] = "document"


class Verification(Model):
    """What `verify` looked at and what it found."""

    head: str
    """The commit that was verified."""

    changes: int = 0
    events: int = 0
    signatures: int = 0
    documents: int = 0
    files: int = 0
    """Content files whose digests were compared."""

    records: int = 0
    """Records whose payloads were looked for."""

    history_only: bool = False
    """Whether what records say was left out: nothing is known of the vault then."""

    problems: tuple[Problem, ...] = ()
