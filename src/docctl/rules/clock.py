"""Clocks: how far two machines may differ, and whose time the others must not lie before."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from docctl.model.event import Event
from docctl.model.lifecycle import VOTES

#: How far the clocks of two machines may lie apart.
TOLERANCE = timedelta(minutes=5)

#: How long ago a statement about a record may have been prepared.
FRESH = timedelta(days=1)


def ahead(time: datetime, of: datetime) -> bool:
    """Tell whether a time lies further ahead of another than clocks differ."""
    return time - of > TOLERANCE


def yardstick(events: Iterable[Event]) -> Event | None:
    """Return the latest of the events of one change that others must not lie before.

    A vote is none: it may be signed elsewhere and land late, and its clock is another's.
    """
    told = (event for event in events if event.type not in VOTES)
    return max(told, key=lambda event: event.time, default=None)
