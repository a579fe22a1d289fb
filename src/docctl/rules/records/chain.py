"""What records, holds and disposals have in common: a chain of signed events."""

from datetime import date, datetime
from typing import Any, NamedTuple

from docctl.model.base import Digest
from docctl.model.event import Signed


class Chain(NamedTuple):
    """How far the events of an item have come."""

    seq: int
    last: Digest
    """The digest of the last event."""

    day: date
    time: datetime
    events: tuple[Signed, ...]

    @classmethod
    def of(cls, signed: Signed) -> "Chain":
        """Return the chain that an item's first event begins."""
        event = signed.event
        return cls(1, signed.digest, event.date, event.time, (signed,))

    def after(self, signed: Signed) -> "Chain":
        """Return the chain with one event more."""
        event = signed.event
        return Chain(
            self.seq + 1,
            signed.digest,
            max(self.day, event.date),
            max(self.time, event.time),
            (*self.events, signed),
        )


def data_of(signed: Signed) -> Any:
    """Return what an event says of its own kind."""
    return getattr(signed.event, "data", None)


def reason_of(signed: Signed) -> str:
    """Return the reason of a statement: its own, or why it was entered late."""
    late: str = getattr(data_of(signed), "late_reason", "")
    return signed.event.reason or late
