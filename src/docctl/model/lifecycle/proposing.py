"""The events of a revision in force: reviewed, proposed for withdrawal, suspended, resumed."""

from datetime import date
from typing import Literal

from docctl.model.base import Line, Model, Number
from docctl.model.event import Event
from docctl.model.lifecycle.voting import FrozenRoute, VoteData


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
