"""The life of a revision: its states and the events that move it."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from docctl.model.assignment import Owner
from docctl.model.base import Digest, Label, Line, Model, Number, PersonId, Word, Words
from docctl.model.document import ChangeClass
from docctl.model.event import Event, VoteMeaning

#: The events that answer another and carry no `seq`.
VOTES = frozenset({"reviewed", "approved", "returned"})

#: The events that bring a new text; all others are about the text that is there.
DRAFTS = frozenset({"created", "revised", "saved"})


class State(StrEnum):
    """The state of a revision on a day."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    EFFECTIVE = "effective"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


#: The states of a revision that has begun and not ended: it is followed, or suspended.
IN_FORCE = frozenset({State.EFFECTIVE, State.SUSPENDED})

#: The states of a revision that is on its way to becoming effective.
PENDING = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED})


class FrozenStep(Model):
    """A step of a route with the persons who may sign it, fixed when the round was opened."""

    meaning: VoteMeaning
    role: Word
    count: int = Field(ge=1)
    order: int = Field(ge=1)
    persons: tuple[PersonId, ...] = Field(min_length=1)


class FrozenRoute(Model):
    """The route of one round."""

    steps: tuple[FrozenStep, ...] = Field(min_length=1)


class CreatedData(Model):
    """The first draft of a new document."""

    document_type: Word
    title: Line
    owner: Owner


class Created(Event):
    """A document begins with its first draft; its number is used up."""

    type: Literal["created"] = "created"
    data: CreatedData


class Closing(Model):
    """What an event says that ends a round: the votes it counted."""

    votes: tuple[Digest, ...] = ()


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


class VoteData(Model):
    """A remark beside the signature."""

    remark: Words = ""


class Reviewed(Event):
    """A reviewer found the content suitable."""

    type: Literal["reviewed"] = "reviewed"
    data: VoteData


class Approved(Event):
    """An approver approved exactly this content, or this proposal."""

    type: Literal["approved"] = "approved"
    data: VoteData


class Returned(Event):
    """A reviewer or approver sends it back with a reason; the round is over."""

    type: Literal["returned"] = "returned"
    data: VoteData


class ReroutedData(Model):
    """The new route; signatures already given stand."""

    route: FrozenRoute


class Rerouted(Event):
    """Other persons sign, because one left or is away."""

    type: Literal["rerouted"] = "rerouted"
    data: ReroutedData


class Reopened(Event):
    """An approved revision goes back to drafting; its signatures no longer count."""

    type: Literal["reopened"] = "reopened"
    data: Closing


class Cancelled(Event):
    """The revision, or the open proposal, is given up."""

    type: Literal["cancelled"] = "cancelled"
    data: Closing


class ReleasedData(Closing):
    """The day from which to work by it."""

    effective_on: date
    together_with: tuple[Number, ...] = ()
    """Documents released in the same change."""


class Released(Event):
    """The approved revision becomes effective on a day."""

    type: Literal["released"] = "released"
    data: ReleasedData


class PostponedData(Model):
    """The later day."""

    effective_on: date


class Postponed(Event):
    """A scheduled revision becomes effective later."""

    type: Literal["postponed"] = "postponed"
    data: PostponedData


class ReviewProposedData(Model):
    """The result of a periodic review, and the route that signs it."""

    outcome: Literal["keep", "revise", "withdraw"]
    route: FrozenRoute
    next_review_on: date | None = None


class ReviewProposed(Event):
    """The owner reviewed the document and proposes the outcome."""

    type: Literal["review_proposed"] = "review_proposed"
    data: ReviewProposedData


class WithdrawalProposedData(Model):
    """From when, and what replaces it."""

    from_on: date
    route: FrozenRoute
    replaced_by: Number | None = None
    referred_by: tuple[Number, ...] = ()
    """Documents in force that refer to it, listed at that time."""


class WithdrawalProposed(Event):
    """The document is to be withdrawn; it stays in force until the route has signed and the day."""

    type: Literal["withdrawal_proposed"] = "withdrawal_proposed"
    data: WithdrawalProposedData


class SuspendedData(Model):
    """What to do meanwhile."""

    instruction: Line


class Suspended(Event):
    """Work by this document stops at once."""

    type: Literal["suspended"] = "suspended"
    data: SuspendedData


class Resumed(Event):
    """The document may be worked by again; another person than the one who suspended it."""

    type: Literal["resumed"] = "resumed"
    data: VoteData


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
