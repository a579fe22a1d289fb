"""The events of a round: its route, its votes, and the votes that its end counts."""

from typing import Literal

from pydantic import Field

from docctl.model.base import Digest, Model, PersonId, Word, Words
from docctl.model.event import Event, VoteMeaning

#: The events that answer another and carry no `seq`.
VOTES = frozenset({"reviewed", "approved", "returned"})


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


class Closing(Model):
    """What an event says that ends a round: the votes it counted."""

    votes: tuple[Digest, ...] = ()


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
