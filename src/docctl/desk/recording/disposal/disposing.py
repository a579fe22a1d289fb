"""Disposal: proposed from what is due, authorised by somebody else, carried out, certified."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.recording import keeping
from docctl.desk.recording.holding import next_disposal
from docctl.desk.signing.intent import Intent
from docctl.errors import NotFoundError, RetentionError
from docctl.model.answers.retention import Due
from docctl.model.assignment import Owner
from docctl.model.base import Digest
from docctl.model.control import CONTROL
from docctl.model.records import hold as holds
from docctl.model.records.hold import DisposalItem
from docctl.model.records.record import Plain, RecordId, RetentionReviewed, RetentionReviewedData
from docctl.model.records.retention import Fate
from docctl.model.wellformed import well_formed
from docctl.rules.asof import in_force
from docctl.rules.records import Disposal, Dues, Record, assess
from docctl.rules.records.anonymous import removable
from docctl.rules.records.guards.disposing import window
from docctl.rules.records.guards.persons import KEEPER

Intents = Sequence[Intent]

_SEE_WHEN = "see from when: docctl retention due --all"


def due(bench: Bench, on: date, numbers: Sequence[RecordId] = ()) -> Iterator[Due]:
    """Yield for each record when it may go and why, as of the end of a day."""
    archive = bench.archive()
    if numbers:
        found = (archive.record(number) for number in numbers)
        yield from (assess(archive, record, on) for record in found if record is not None)
        return
    dues = Dues(archive, on)
    yield from map(dues.of, bench.index.ages(head=bench.head))


def retention_propose(bench: Bench, *numbers: RecordId, on: date | None = None) -> Intents:
    """Propose records for disposal: those named, or all that are due and on no other list.

    The index names those that are due; each is judged again by its own history. One list is
    for one owner, who can authorise all of it; what another answers for waits for its own list.
    With *on* only what could go already on that day.

    Raises:
        NotFoundError: there is no such record.
        RetentionError: nothing is due, those named answer to several owners, or *on* is to come.
    """
    today = bench.today()
    by = on or today
    if by > today:
        why = f"{by.isoformat()} is to come, and nothing is proposed before it is due"
        see = f"see what will be due: docctl retention due --on {by.isoformat()}"
        raise RetentionError("retention", why, hint=see)
    ready = _named(bench, numbers, by) if numbers else _next(bench, by)
    if not ready:
        raise RetentionError("retention", f"nothing is due on {by.isoformat()}", hint=_SEE_WHEN)
    dossier = bench.archive().dossier(CONTROL)
    current = in_force(dossier, today) if dossier else None
    data = holds.DisposalProposedData(
        items=tuple(sorted((one.item for one in ready), key=lambda one: one.record)),
        schedule=f"{CONTROL} {current.label if current else ''}".strip(),
    )
    number = next_disposal(bench)
    return [Intent(number, "propose", holds.DisposalProposed, data, roles=(KEEPER,))]


class _Ready(NamedTuple):
    """A record that may go, and who can authorise it."""

    item: DisposalItem
    owner: Owner | None


def _named(bench: Bench, numbers: Sequence[RecordId], by: date) -> list[_Ready]:
    """Return records that somebody named, each of which must be due by a day, all of one owner."""
    ready: list[_Ready] = []
    for number in numbers:
        record = keeping.get(bench, number)
        found = assess(bench.archive(), record, bench.today())
        one = _ready(bench, record, found)
        if one is None:
            why = f"it is not due: {found.explanation or found.state}"
            raise RetentionError(number, why, hint=_SEE_WHEN)
        if one.item.due_since > by:
            why = f"it was not due on {by.isoformat()} yet, but on {one.item.due_since.isoformat()}"
            raise RetentionError(number, why, hint=_SEE_WHEN)
        if ready and one.owner != ready[0].owner:
            raise _another_owner(number, ready[0].owner, one.owner)
        ready.append(one)
    return ready


def _next(bench: Bench, by: date) -> list[_Ready]:
    """Return what was due by a day and is on no list yet: of the owner whose records come first.

    What cannot be made anonymous stays on the list of what is due; named, it says why.
    """
    archive, ready = bench.archive(), list[_Ready]()
    for number in _candidates(bench, bench.today()):
        record = keeping.get(bench, number)
        found = assess(archive, record, bench.today())
        kind = bench.control.retention_of(record.retention)
        if found.action == "anonymise" and kind and removable(archive, record, kind)[1]:
            continue
        one = _ready(bench, record, found)
        if one and one.item.due_since <= by:
            ready.append(one)
    return [one for one in ready if one.owner == ready[0].owner]


def _ready(bench: Bench, record: Record, found: Due) -> _Ready | None:
    if found.state != "due" or not found.due_since or not found.action:
        return None
    kind = bench.control.retention_of(record.retention)
    item = DisposalItem(
        record=record.number,
        last=record.chain.last,
        retention=record.retention,
        action=found.action,
        due_since=found.due_since,
        stubs=record.stubs,
    )
    return _Ready(item, kind.owner if kind else None)


def _another_owner(number: RecordId, *owners: Owner | None) -> RetentionError:
    one, other = (f"by {owner.name}" if owner else "by a holder of records" for owner in owners)
    return RetentionError(
        number,
        f"it is authorised {other}, and those before it {one}",
        hint="propose them apart from each other",
    )


def retention_review(
    bench: Bench,
    *numbers: RecordId,
    reason: str,
    until: date | None = None,
    then: Fate | None = None,
) -> Intents:
    """Decide about records whose time is over: kept until a day, or what becomes of them.

    Raises:
        NotFoundError: there is no such record.
    """
    with well_formed():
        data = RetentionReviewedData(until=until, then=then)
    found = [keeping.get(bench, number) for number in dict.fromkeys(numbers)]
    kinds = [(one.number, bench.control.retention_of(one.retention)) for one in found]
    return [
        Intent(
            number,
            "review",
            RetentionReviewed,
            data,
            reason=reason,
            roles=() if kind and kind.owner else (KEEPER,),
        )
        for number, kind in kinds
    ]


def _candidates(bench: Bench, today: date) -> Iterator[RecordId]:
    """Yield the records that are due and on no open list."""
    open_lists = (one for one in bench.archive().disposals() if one.open)
    listed = {item.record for one in open_lists for item in one.items}
    found = (one.record for one in due(bench, today) if one.state == "due")
    yield from (number for number in found if number not in listed)


def retention_authorise(
    bench: Bench, number: RecordId, *, keep: Sequence[RecordId] = (), reason: str = ""
) -> Intents:
    """Authorise a disposal; records in *keep* stay."""
    disposal = get_disposal(bench, number)
    archive = bench.archive()
    days = window(archive, disposal)
    data = holds.DisposalAuthorisedData(
        not_before=bench.today() + timedelta(days=days), kept=tuple(keep)
    )
    return [
        Intent(
            number,
            "authorise",
            holds.DisposalAuthorised,
            data,
            reason=reason,
            roles=_authorisers(bench, disposal),
        )
    ]


def _authorisers(bench: Bench, disposal: Disposal) -> tuple[str, ...]:
    """Return `records` where a class has no owner of its own; otherwise the owner acts as such."""
    kinds = [bench.control.retention_of(item.retention) for item in disposal.items]
    return (KEEPER,) if any(kind and kind.owner is None for kind in kinds) else ()


def retention_refuse(bench: Bench, number: RecordId, *, reason: str) -> Intents:
    """Give a disposal up."""
    get_disposal(bench, number)
    return [
        Intent(number, "give up", holds.DisposalRefused, Plain(), reason=reason, roles=(KEEPER,))
    ]


def retention_receive(
    bench: Bench,
    number: RecordId,
    *,
    records: Sequence[RecordId],
    package: Digest,
    receipt: Digest,
    receiver: str,
) -> Intents:
    """Say that a receiver has records of a disposal."""
    get_disposal(bench, number)
    with well_formed():
        data = holds.TransferReceivedData(
            receiver=receiver, records=tuple(records), package=package, receipt=receipt
        )
    return [Intent(number, "receive", holds.TransferReceived, data, roles=(KEEPER,))]


def get_disposal(bench: Bench, number: RecordId) -> Disposal:
    """Return a disposal.

    Raises:
        NotFoundError: there is none with this number.
    """
    found = bench.archive().disposal(number)
    if found is None:
        raise NotFoundError(f"disposal {number:.100}", hint="see: docctl retention list")
    return found
