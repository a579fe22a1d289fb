"""What a disposal lets go is destroyed, looked for, and certified."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.recording.disposal.anonymising import Remains, require_remains
from docctl.desk.recording.disposal.disposing import get_disposal
from docctl.desk.signing.intent import Intent
from docctl.errors import RetentionError, StoreError
from docctl.model.answers.retention import Due
from docctl.model.base import Line
from docctl.model.records import hold as holds
from docctl.model.records.hold import DisposalItem, Outcome
from docctl.model.records.record import Disposed, DisposedData, RecordId, Stub
from docctl.model.wellformed import well_formed
from docctl.rules.records import Disposal, Record, assess
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.certifying import WENT, require_gone_elsewhere
from docctl.rules.records.guards.persons import KEEPER
from docctl.store.vault.shelf import plain_name

Intents = Sequence[Intent]


def ready(bench: Bench, number: RecordId) -> tuple[RecordId, ...]:
    """Return the records of a disposal that may go now; the others stay, or are gone already."""
    disposal = get_disposal(bench, number)
    return tuple(item.record for item in disposal.items if stays(bench, disposal, item) is None)


def retention_dispose(
    bench: Bench,
    number: RecordId,
    records: Sequence[RecordId],
    remains: Mapping[RecordId, Remains] = MappingProxyType({}),
) -> Intents:
    """Let records go as a disposal has it: the history says so before anything is destroyed.

    What *remains* of those that are made anonymous lies in the vault.
    """
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
                disposal=number,
                authorised=disposal.authorised.digest,
                action=item.action,
                remains=remains[item.record].stub if item.record in remains else None,
                removed=remains[item.record].removed if item.record in remains else (),
            ),
            roles=(KEEPER,),
        )
        for item in disposal.items
        if item.record in records
    ]


class Reached(NamedTuple):
    """What a destruction reached."""

    copies: tuple[Line, ...] = ()
    """The copies that were reached, by their plain names."""

    missed: Mapping[RecordId, tuple[Line, ...]] = MappingProxyType({})
    """The copies in which the sealed bytes of a record may still lie; its key is gone."""

    @property
    def not_reached(self) -> tuple[Line, ...]:
        """Return every copy that was not reached for some record."""
        return tuple(dict.fromkeys(name for names in self.missed.values() for name in names))


NOTHING_REACHED = Reached()


def destroy(bench: Bench, number: RecordId) -> Reached:
    """Destroy what the records said that a disposal let go; return what was reached.

    Keys go first, so nobody can read what lies in a copy that is away. It may be done again at any
    time: what is gone already is passed over.

    Raises:
        StoreError: the place of keys could not be reached.
    """
    archive, disposal = bench.archive(), get_disposal(bench, number)
    bench.index.forget(head=bench.head)
    reached: dict[str, None] = {}
    missed: dict[RecordId, tuple[Line, ...]] = {}
    _require_own(bench, disposal)
    found = (archive.record(item.record) for item in disposal.items)
    gone = [one for one in found if one and one.disposed and _by(one) == number and one.stubs]
    for record in gone:
        require_remains(bench, record)
    for record in gone:
        reach = bench.vaults.of(record.vault).destroy(record.number, record.stubs)
        if not reach:
            missed[record.number] = tuple(map(plain_name, reach.missed))
        reached |= dict.fromkeys(map(plain_name, reach.reached))
    away = {name for names in missed.values() for name in names}
    return Reached(tuple(name for name in reached if name not in away), missed)


def _require_own(bench: Bench, disposal: Disposal) -> None:
    """Refuse to destroy what another record says too: its salt makes every payload one of a kind.

    What remains of an anonymous record counts, and so do the names of people in the vault.

    Raises:
        RetentionError: a record of the disposal names a payload of something else.
    """
    going = {stub.commitment: item.record for item in disposal.items for stub in item.stubs}
    for owner, stub in _promised(bench):
        if going.get(stub.commitment, owner) != owner:
            raise RetentionError(
                going[stub.commitment],
                f"it names a payload of {owner}: nothing is destroyed",
                hint="somebody has written what is not true: see docctl verify",
            )


def _promised(bench: Bench) -> Iterator[tuple[str, Stub]]:
    """Yield whose every payload is that history has named: of records, and of people."""
    for record in bench.archive().records():
        yield from ((record.number, stub) for stub in record.every_stub)
    people = bench.world.authority.persons.values()
    yield from ((one.id, one.named) for one in people if one.named)


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
        return Outcome(record=item.record, result=WENT.get(item.action, "destroyed"))
    if record.chain.last != item.last:
        return Outcome(record=item.record, result="changed", detail="something happened to it")
    return _remains(disposal, item, assess(archive, record, bench.today()))


def _remains(disposal: Disposal, item: DisposalItem, found: Due) -> Outcome | None:
    """Return why a record that is as it was proposed stays, or nothing."""
    if found.holds:
        return Outcome(record=item.record, result="held", detail=", ".join(found.holds))
    if found.state != "due" or found.due_since != item.due_since:
        return Outcome(record=item.record, result="changed", detail=found.explanation[:500])
    if item.action == "transfer" and item.record not in disposal.received:
        return Outcome(record=item.record, result="refused", detail="no receipt has come")
    return None


def _reached(outcome: Outcome, reached: Reached) -> Outcome:
    """Return an outcome that names the copies that were not reached."""
    names = reached.missed.get(outcome.record)
    if not names:
        return outcome
    detail = f"not reached: {', '.join(names)}; the key is destroyed"
    return Outcome(record=outcome.record, result="not_reached", detail=detail)


def resumed(bench: Bench, number: RecordId) -> None:
    """Destroy what a certified disposal could not reach in some copies.

    Raises:
        RetentionError: its certificate says that everything was reached.
        StoreError: a copy is still away.
    """
    disposal = get_disposal(bench, number)
    data = data_of(disposal.certified) if disposal.certified else None
    left = [one for one in getattr(data, "outcomes", ()) if one.result == "not_reached"]
    if not left:
        raise RetentionError(
            number,
            "it is certified: everything that was to go is gone",
            hint=f"see how it ended: docctl retention show {number}",
        )
    if away := destroy(bench, number).not_reached:
        raise StoreError(
            f"{number} is not gone everywhere: {', '.join(away)} cannot be reached",
            hint=f"bring it back, and run it again: docctl retention run {number}",
        )


def retention_certify(
    bench: Bench,
    number: RecordId,
    *,
    reached: Reached = NOTHING_REACHED,
    known_copies: Sequence[Line] = (),
) -> Intents:
    """Certify a disposal once everything that was to go is gone, as far as it was reached.

    Beside the copies of the vault it names other *known_copies*, such as backups.
    """
    disposal = get_disposal(bench, number)
    archive = bench.archive()
    outcomes: list[Outcome] = []
    residual: dict[str, dict[str, str]] = {}
    methods: dict[str, None] = {}
    for item in disposal.items:
        outcome = stays(bench, disposal, item)
        if outcome is None:
            raise RetentionError(item.record, "it is still there", hint="run it again")
        outcomes.append(_reached(outcome, reached))
        record, kind = archive.record(item.record), bench.control.retention_of(item.retention)
        if outcome.result in {"destroyed", "anonymised"}:
            require_gone_elsewhere(record)
        if record and kind and outcome.result in WENT.values():
            methods[kind.method] = None
            named = {
                one: record.identifiers[one] for one in kind.residual if one in record.identifiers
            }
            residual |= {item.record: named} if named else {}
    with well_formed():
        data = holds.DisposalCertifiedData(
            outcomes=tuple(outcomes),
            method="; ".join(methods) or "nothing was destroyed",
            copies=reached.copies,
            not_reached=(*reached.not_reached, *known_copies),
            residual=residual,
        )
    return [Intent(number, "certify", holds.DisposalCertified, data, roles=(KEEPER,))]
