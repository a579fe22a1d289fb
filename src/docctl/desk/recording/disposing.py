"""Disposal: proposed from what is due, authorised by somebody else, carried out, certified."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from docctl.desk.bench import Bench
from docctl.desk.intent import Intent
from docctl.desk.recording import keeping
from docctl.desk.recording.holding import next_disposal
from docctl.errors import NotFoundError, RetentionError, StoreError
from docctl.model.answers.retention import Due
from docctl.model.control import CONTROL
from docctl.model.records import hold as holds
from docctl.model.records.hold import DisposalItem, Outcome
from docctl.model.records.record import (
    Disposed,
    DisposedData,
    Plain,
    RecordId,
    RetentionReviewed,
    RetentionReviewedData,
)
from docctl.model.records.retention import Fate
from docctl.model.wellformed import well_formed
from docctl.rules.asof import in_force
from docctl.rules.records import Disposal, Dues, Record, assess
from docctl.rules.records.guards.disposing import require_gone_elsewhere, window
from docctl.rules.records.guards.persons import KEEPER

Intents = Sequence[Intent]


def due(bench: Bench, on: date, numbers: Sequence[RecordId] = ()) -> Iterator[Due]:
    """Yield for each record when it may go and why, as of the end of a day."""
    archive = bench.archive()
    if numbers:
        found = (archive.record(number) for number in numbers)
        yield from (assess(archive, record, on) for record in found if record is not None)
        return
    dues = Dues(archive, on)
    yield from map(dues.of, bench.index.ages(head=bench.head))


def retention_propose(bench: Bench, *numbers: RecordId) -> Intents:
    """Propose records for disposal: those named, or all that are due and on no other list.

    The index names those that are due; each is judged again by its own history.
    """
    archive, today = bench.archive(), bench.today()
    items: list[DisposalItem] = []
    for number in numbers or _candidates(bench, today):
        record = archive.record(number)
        if record is None:
            raise NotFoundError(f"record {number:.100}", hint="see: docctl record list")
        found = assess(archive, record, today)
        if found.state == "due" and found.due_since and found.action:
            items.append(_item(record, found, found.due_since))
        elif numbers:
            raise RetentionError(number, f"it is not due: {found.explanation or found.state}")
    if not items:
        raise RetentionError("retention", f"nothing is due on {today.isoformat()}")
    dossier = archive.dossier(CONTROL)
    current = in_force(dossier, today) if dossier else None
    data = holds.DisposalProposedData(
        items=tuple(sorted(items, key=lambda one: one.record)),
        schedule=f"{CONTROL} {current.label if current else ''}".strip(),
    )
    number = next_disposal(bench)
    return [Intent(number, "propose", holds.DisposalProposed, data, roles=(KEEPER,))]


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


def _item(record: Record, found: Due, since: date) -> DisposalItem:
    return DisposalItem(
        record=record.number,
        last=record.chain.last,
        retention=record.retention,
        action=found.action or "destroy",
        due_since=since,
        stubs=record.stubs,
    )


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


def ready(bench: Bench, number: RecordId) -> tuple[RecordId, ...]:
    """Return the records of a disposal that may go now; the others stay, or are gone already."""
    disposal = get_disposal(bench, number)
    return tuple(item.record for item in disposal.items if stays(bench, disposal, item) is None)


def retention_dispose(bench: Bench, number: RecordId, records: Sequence[RecordId]) -> Intents:
    """Let records go as a disposal has it: the history says so before anything is destroyed."""
    disposal = get_disposal(bench, number)
    if disposal.authorised is None:
        raise RetentionError(
            number,
            "nobody has authorised it",
            hint=f"somebody else does: docctl retention authorise {number}",
        )
    _require_own(bench, disposal)
    return [
        Intent(
            item.record,
            "dispose of",
            Disposed,
            DisposedData(
                disposal=number, authorised=disposal.authorised.digest, action=item.action
            ),
            roles=(KEEPER,),
        )
        for item in disposal.items
        if item.record in records
    ]


def destroy(bench: Bench, number: RecordId) -> tuple[str, ...]:
    """Destroy what the records said that a disposal let go; return the copies that were reached.

    It may be done again at any time: what is gone already is passed over.

    Raises:
        StoreError: a copy could not be reached, or something is still there.
    """
    archive, disposal = bench.archive(), get_disposal(bench, number)
    bench.index.forget(head=bench.head)
    reached: dict[str, None] = {}
    _require_own(bench, disposal)
    for item in disposal.items:
        record = archive.record(item.record)
        if record and record.disposed and _by(record) == number and record.stubs:
            reach = bench.vaults.of(record.vault).destroy(record.number, record.stubs)
            if not reach:
                raise StoreError(
                    f"{record.number} is not gone everywhere: {'; '.join(reach.not_reached)}",
                    hint=f"mend that, and run it again: docctl retention run {number}",
                )
            reached |= dict.fromkeys(map(_plain_name, reach.reached))
    return tuple(reached)


def _require_own(bench: Bench, disposal: Disposal) -> None:
    """Refuse to destroy what another record says too: its salt makes every payload one of a kind.

    Raises:
        RetentionError: a record of the disposal names a payload of another one.
    """
    going = {stub.commitment: item.record for item in disposal.items for stub in item.stubs}
    for record in bench.archive().records():
        for stub in record.stubs:
            if going.get(stub.commitment, record.number) != record.number:
                raise RetentionError(
                    going[stub.commitment],
                    f"it names a payload of {record.number}: nothing is destroyed",
                    hint="somebody has written what is not true: see docctl verify",
                )


def _plain_name(address: str) -> str:
    """Return what a certificate calls a vault: where it lies is nothing for history."""
    scheme, mark, rest = address.partition("://")
    name = (rest if mark else address).rstrip("/").rpartition("/")[2]
    return f"{scheme}: {name}" if mark else name


def _by(record: Record) -> RecordId:
    event = record.disposed.event if record.disposed else None
    return event.data.disposal if isinstance(event, Disposed) else ""


def stays(bench: Bench, disposal: Disposal, item: DisposalItem) -> Outcome | None:
    """Return why a record of a disposal stays or is gone already; nothing where it may go now."""
    archive = bench.archive()
    record = archive.record(item.record)
    if disposal.item(item.record) is None:
        return Outcome(record=item.record, result="kept", detail="decided by who authorised it")
    if record is None or record.disposed is not None:
        return Outcome(record=item.record, result="destroyed")
    if record.chain.last != item.last:
        return Outcome(record=item.record, result="changed", detail="something happened to it")
    found = assess(archive, record, bench.today())
    if found.holds:
        return Outcome(record=item.record, result="held", detail=", ".join(found.holds))
    if found.state != "due" or found.due_since != item.due_since:
        return Outcome(record=item.record, result="changed", detail=found.explanation[:500])
    return None


def retention_certify(
    bench: Bench, number: RecordId, *, copies: Sequence[str], not_reached: Sequence[str] = ()
) -> Intents:
    """Certify a disposal once everything that was to go is gone."""
    disposal = get_disposal(bench, number)
    archive = bench.archive()
    outcomes: list[Outcome] = []
    residual: dict[str, dict[str, str]] = {}
    methods: dict[str, None] = {}
    for item in disposal.items:
        outcome = stays(bench, disposal, item)
        if outcome is None:
            raise RetentionError(item.record, "it is still there", hint="run it again")
        outcomes.append(outcome)
        record, kind = archive.record(item.record), bench.control.retention_of(item.retention)
        if outcome.result == "destroyed":
            require_gone_elsewhere(record)
        if record and kind and outcome.result == "destroyed":
            methods[kind.method] = None
            named = {one: record.identifiers[one] for one in kind.residual
                     if one in record.identifiers}  # fmt: skip
            residual |= {item.record: named} if named else {}
    data = holds.DisposalCertifiedData(
        outcomes=tuple(outcomes),
        method="; ".join(methods) or "nothing was destroyed",
        copies=tuple(copies),
        not_reached=tuple(not_reached),
        residual=residual,
    )
    return [Intent(number, "certify", holds.DisposalCertified, data, roles=(KEEPER,))]


def get_disposal(bench: Bench, number: RecordId) -> Disposal:
    """Return a disposal.

    Raises:
        NotFoundError: there is none with this number.
    """
    found = bench.archive().disposal(number)
    if found is None:
        raise NotFoundError(f"disposal {number:.100}", hint="see: docctl retention list")
    return found
