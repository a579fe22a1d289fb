"""Which events of records and all that goes with them may stand where: one guard for each kind."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from docctl.errors import DateError, EventError, TakenError
from docctl.model.base import NUMBER, Word
from docctl.model.event import Signed
from docctl.model.records.record import RecordId
from docctl.rules.guards import check_chain, check_envelope
from docctl.rules.guards.signer import check_key
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import Chain
from docctl.rules.records.guards import (
    blanks,
    capturing,
    certifying,
    custody,
    disposing,
    holding,
    keeping,
    requesting,
    reviewing,
)
from docctl.rules.records.guards.holding import check_erasure
from docctl.rules.records.guards.persons import HOLDER, require_role
from docctl.rules.records.kinds import BEGINNINGS, BLANKS, DISPOSALS, HOLDS, REQUESTS, ArchiveItem

#: What each kind of event is judged by beside its form and its key.
_GUARDS: Mapping[Word, Callable[[Archive, Signed], None]] = MappingProxyType(
    {
        "captured": capturing.captured,
        "added": capturing.added,
        "amended": capturing.amended,
        "countersigned": keeping.countersigned,
        "closed": keeping.closed,
        "opened_again": keeping.opened_again,
        "fact_stated": keeping.fact_stated,
        "retention_reviewed": reviewing.reviewed,
        "disposed": disposing.disposed,
        "custody_changed": custody.custody_changed,
        "original_destroyed": custody.original_destroyed,
        "blank_issued": blanks.issued,
        "blank_used": blanks.used,
        "blank_ended": blanks.ended,
        "hold_placed": holding.placed,
        "hold_extended": holding.extended,
        "hold_lifted": holding.lifted,
        "disposal_proposed": disposing.proposed,
        "disposal_authorised": disposing.authorised,
        "disposal_refused": disposing.refused,
        "transfer_received": disposing.received,
        "disposal_certified": certifying.certified,
        "request_opened": requesting.opened,
        "request_decided": requesting.decided,
        "request_answered": requesting.answered,
    }
)

_NUMBERED = re.compile(f"(?=.{{1,64}}$){NUMBER}")


def check(archive: Archive, signed: Signed) -> None:
    """Refuse an event of records, or of what goes with them, that must not happen here.

    The keys in *signed* are those whose signatures over the stored bytes were verified.

    Raises:
        RefusedError: one of its kinds; the sentence says who or what is missing.
    """
    event = signed.event
    before = found(archive, event.type, event.item)
    if event.type in BEGINNINGS and before is not None:
        raise TakenError(event.item, "exists already; numbers are never used twice")
    if event.type in BEGINNINGS and not _NUMBERED.fullmatch(event.item):
        raise EventError(f"{event.item:.100}", "is no number")
    if event.type not in BEGINNINGS and before is None:
        raise EventError(event.item, f"'{event.type}' comes before it was begun")
    chain: Chain | None = before.chain if before else None
    check_chain(event, chain.seq if chain else 0, chain.last if chain else None)
    check_envelope(
        signed, archive.world.authority.library, not_before=chain.time if chain else None
    )
    if chain and event.date < chain.day:
        raise DateError(event.item, event.date, f"lies before what it follows: {chain.day}")
    check_key(archive.world.authority, signed)
    if event.role != HOLDER:
        require_role(archive, event, (event.role,))
    if event.revision is not None or event.content is not None:
        raise EventError(event.item, f"'{event.type}' is about no revision")
    _GUARDS[event.type](archive, signed)


def found(archive: Archive, kind: Word, item: RecordId) -> ArchiveItem | None:
    """Return what an event of this kind is about, as it stands before it, or nothing."""
    if kind in HOLDS:
        return archive.hold(item)
    if kind in REQUESTS:
        return archive.request(item)
    if kind in BLANKS:
        return archive.blank(item)
    return archive.disposal(item) if kind in DISPOSALS else archive.record(item)


__all__ = ["check", "check_erasure", "found"]
