"""A round: a statement, and the signatures that answer it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from docctl.model.base import Label, Word
from docctl.model.event import Signed, VoteMeaning
from docctl.model.lifecycle import FrozenRoute
from docctl.rules.standing import Ballot, Standing, standing

_MEANING: Mapping[Word, VoteMeaning] = MappingProxyType(
    {"reviewed": "reviewed", "approved": "approved"}
)


class Round(NamedTuple):
    """A statement that a route answers: a submission, a periodic review, a withdrawal."""

    opened: Signed
    route: FrozenRoute
    votes: tuple[Signed, ...] = ()
    settled_on: date | None = None
    """Of a review or withdrawal: the business day on which the route was complete."""

    @property
    def label(self) -> Label | None:
        """The revision that the statement is about."""
        return self.opened.event.revision

    @property
    def returned(self) -> bool:
        """Whether somebody sent it back."""
        return any(vote.event.type == "returned" for vote in self.votes)

    def standing(self) -> Standing:
        """Return who has signed and who is missing."""
        return standing(
            self.route,
            [
                Ballot(vote.event.signer, _MEANING[vote.event.type], vote.event.role)
                for vote in self.votes
                if vote.event.type in _MEANING
            ],
        )

    def answered(self, vote: Signed) -> "Round":
        """Return the round with one more vote."""
        return Round(self.opened, self.route, (*self.votes, vote), self.settled_on)
