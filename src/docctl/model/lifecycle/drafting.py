"""The events of drafts: begun, revised, saved, submitted, commented on, given up."""

from datetime import date
from typing import Literal

from pydantic import Field

from docctl.model.assignment import Owner
from docctl.model.base import Digest, Label, Line, Model, PersonId, Word, Words
from docctl.model.document import ChangeClass
from docctl.model.event import Event
from docctl.model.lifecycle.voting import Closing, FrozenRoute, VoteData

#: The events that bring a new text; all others are about the text that is there.
DRAFTS = frozenset({"created", "revised", "saved"})


class CreatedData(Model):
    """The first draft of a new document."""

    document_type: Word
    title: Line
    owner: Owner


class Created(Event):
    """A document begins with its first draft; its number is used up."""

    type: Literal["created"] = "created"
    data: CreatedData


class RevisedData(Model):
    """The draft of a further revision."""

    based_on: Label
    change: ChangeClass


class Revised(Event):
    """A new revision is opened for drafting."""

    type: Literal["revised"] = "revised"
    data: RevisedData


class SavedData(Closing):
    """A new draft text, and the draft it began from."""

    base: Digest
    """The content digest of the draft that this one began from."""


class Saved(Event):
    """The draft has a new text."""

    type: Literal["saved"] = "saved"
    data: SavedData


class SubmittedData(Closing):
    """What goes for approval, by which route."""

    route: FrozenRoute
    change: ChangeClass
    authors: tuple[PersonId, ...] = Field(min_length=1)
    """Everyone who wrote or edited this revision."""

    planned_on: date | None = None
    """The day on which it is meant to become effective."""

    schedule: Literal[True] | None = None
    """Whether it changes the retention schedule: then the role `records` approves it too."""


class Submitted(Event):
    """The draft goes for review and approval; its label is used up."""

    type: Literal["submitted"] = "submitted"
    data: SubmittedData


class Reopened(Event):
    """An approved revision goes back to drafting; its signatures no longer count."""

    type: Literal["reopened"] = "reopened"
    data: Closing


class Cancelled(Event):
    """The revision, or the open proposal, is given up."""

    type: Literal["cancelled"] = "cancelled"
    data: Closing


class CommentedData(Model):
    """A remark on the text under review."""

    text: Line
    line: int | None = Field(default=None, ge=1)
    """The line of the text it is about."""


class Commented(Event):
    """A comment that must be answered before approval."""

    type: Literal["commented"] = "commented"
    data: CommentedData


class ResolvedData(Model):
    """How a comment was dealt with."""

    comment: int = Field(ge=1)
    """The `seq` of the comment."""

    disposition: Literal["accepted", "rejected", "deferred"]
    answer: Words = ""


class Resolved(Event):
    """A comment is answered."""

    type: Literal["resolved"] = "resolved"
    data: ResolvedData


class Established(Event):
    """The first control settings, founded together with the library."""

    type: Literal["established"] = "established"
    data: VoteData
