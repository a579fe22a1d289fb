"""Which events belong to records, to holds, to disposals, requests and blanks."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from docctl.model.base import Word
from docctl.model.event import Signed
from docctl.rules.records import blank, disposal, hold, record, request
from docctl.rules.records.blank import Blank
from docctl.rules.records.disposal import Disposal
from docctl.rules.records.hold import Hold
from docctl.rules.records.record import Record
from docctl.rules.records.request import Request

ArchiveItem = Record | Hold | Disposal | Request | Blank
"""What is folded from a chain of events of its own, and is no document."""

#: One of these kinds, where the kind that is asked for is the kind that comes back.
KeptKind = TypeVar("KeptKind", Record, Hold, Disposal, Request, Blank)

#: The events of records; the first begins one.
RECORDS: frozenset[Word] = frozenset(
    {
        "captured",
        "added",
        "amended",
        "countersigned",
        "closed",
        "opened_again",
        "fact_stated",
        "retention_reviewed",
        "disposed",
        "custody_changed",
        "original_destroyed",
    }
)

#: The events of holds.
HOLDS: frozenset[Word] = frozenset({"hold_placed", "hold_extended", "hold_lifted"})

#: The events of disposals.
DISPOSALS: frozenset[Word] = frozenset(
    {
        "disposal_proposed",
        "disposal_authorised",
        "disposal_refused",
        "transfer_received",
        "disposal_certified",
    }
)

#: The events of requests about personal data.
REQUESTS: frozenset[Word] = frozenset({"request_opened", "request_decided", "request_answered"})

#: The events of numbered blanks.
BLANKS: frozenset[Word] = frozenset({"blank_issued", "blank_used", "blank_ended"})

#: All of them.
KEPT = RECORDS | HOLDS | DISPOSALS | REQUESTS | BLANKS

#: What each event begins that comes before there is an item; all others follow one.
BEGINNINGS: Mapping[Word, Callable[[Signed], ArchiveItem]] = MappingProxyType(
    {
        "captured": record.begin,
        "hold_placed": hold.begin,
        "disposal_proposed": disposal.begin,
        "request_opened": request.begin,
        "blank_issued": blank.begin,
    }
)


def begin(signed: Signed) -> ArchiveItem:
    """Return what the first event of a record, hold, disposal, request or blank begins.

    Raises:
        KeyError: it begins nothing.
    """
    return BEGINNINGS[signed.event.type](signed)
