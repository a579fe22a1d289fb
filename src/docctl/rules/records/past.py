"""Records, holds and disposals as they stood at the end of an earlier day."""

from datetime import date
from typing import TypeVar, cast

from docctl.rules.records.disposal import Disposal
from docctl.rules.records.hold import Hold
from docctl.rules.records.kinds import ArchiveItem, begin
from docctl.rules.records.record import Record
from docctl.rules.records.request import Request

_Kind = TypeVar("_Kind", Record, Hold, Disposal, Request)


def as_of(kept: _Kind, on: date) -> _Kind | None:
    """Return an item as the statements of that day and of earlier ones made it.

    Nothing where it did not begin until later.
    """
    known = tuple(one for one in kept.chain.events if one.event.date <= on)
    if len(known) == len(kept.chain.events):
        return kept
    if not known:
        return None
    before: ArchiveItem = begin(known[0])
    for signed in known[1:]:
        before = before.after(signed)
    return cast("_Kind", before)
