"""The states of a revision on a day."""

from enum import StrEnum


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
