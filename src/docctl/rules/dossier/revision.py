"""One revision of a document, and the comments on it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from docctl.model.base import Digest, Label, PersonId
from docctl.model.document import ChangeClass
from docctl.model.event import Signed
from docctl.model.lifecycle import State
from docctl.rules.dossier.round import Round

Phase = Literal["draft", "in_review", "approved", "released", "cancelled"]

#: What events alone tell of a state; of a released revision the day tells the rest.
PHASES: Mapping[State, Phase] = MappingProxyType(
    {
        State.DRAFT: "draft",
        State.IN_REVIEW: "in_review",
        State.APPROVED: "approved",
        State.SCHEDULED: "released",
        State.CANCELLED: "cancelled",
    }
)


class Comment(NamedTuple):
    """A comment and how it was dealt with."""

    made: Signed
    resolved: Signed | None = None


class Revision(NamedTuple):
    """One revision: what its events made of it."""

    label: Label
    opened: Signed
    content: Digest
    editors: tuple[PersonId, ...]
    change: ChangeClass = "content"
    phase: Phase = "draft"
    used: bool = False
    """Whether its label is used up: it was submitted once."""

    round: Round | None = None
    """The last submission and the votes on it."""

    saved: Signed | None = None
    """The event that brought the present text."""

    released: Signed | None = None
    effective_on: date | None = None
    suspended: Signed | None = None
    comments: tuple[Comment, ...] = ()

    def open_comments(self) -> tuple[Comment, ...]:
        """Return the comments that nobody has answered."""
        return tuple(comment for comment in self.comments if comment.resolved is None)
