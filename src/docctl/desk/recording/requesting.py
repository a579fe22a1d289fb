"""Requests about personal data: opened, decided item by item, carried out, answered."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from operator import attrgetter

from docctl.desk.bench import Bench
from docctl.desk.persons import found_person
from docctl.desk.signing.intent import Intent
from docctl.errors import NotFoundError, VaultAccessError, VaultError
from docctl.model.records import request as model
from docctl.model.records.record import DisposedData, Plain, RecordId, Stub
from docctl.model.records.request import Asked, Decision, RequestOpenedData, SubjectItem
from docctl.model.wellformed import well_formed
from docctl.rules.records import Request, assess
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.requesting import ANSWERERS, waits_for
from docctl.store.vault.reading import VaultReader

Intents = Sequence[Intent]

#: What a vault answers of a payload whose sealed bytes lie in it.
_THERE = frozenset({"present", "altered", "key missing"})


def item_of(bench: Bench, given: str) -> SubjectItem:
    """Return what is meant by a number, by the id of a person, or by a name that only one bears.

    Raises:
        NotFoundError: there is no record, document or person of it, or several bear the name.
    """
    archive, number, persons = bench.archive(), given.upper(), bench.world.authority.persons
    if given in persons:
        return SubjectItem(kind="person", item=given)
    if archive.record(number) is not None:
        return SubjectItem(kind="record", item=number)
    if bench.find(number) is not None:
        return SubjectItem(kind="document", item=number)
    if any(one.name.casefold() == " ".join(given.casefold().split()) for one in persons.values()):
        return SubjectItem(kind="person", item=found_person(bench, given))
    raise NotFoundError(f"{given:.100}", hint="name a record, a document, or a person")


def item_meant(bench: Bench, request: Request, given: str) -> SubjectItem:
    """Return the item of a request that is meant.

    Raises:
        NotFoundError: it is no item of it.
    """
    known = {one.item.casefold(): one for one in request.items}
    if given.casefold() in known:
        return known[given.casefold()]
    with suppress(NotFoundError):
        if (found := item_of(bench, given)) in request.items:
            return found
    items = ", ".join(sorted(one.item for one in request.items))
    raise NotFoundError(f"item {given:.100} of {request.number}", hint=f"its items: {items}")


def subject_open(
    bench: Bench,
    items: Sequence[str],
    *,
    asks: Asked,
    reason: str,
    received_on: date,
    due_on: date | None = None,
) -> Intents:
    """Open a request about these items."""
    with well_formed():
        data = RequestOpenedData(
            asks=asks,
            received_on=received_on,
            due_on=due_on,
            items=tuple(dict.fromkeys(item_of(bench, one) for one in items)),
        )
    last = bench.archive().last("requests", "SR")
    number = f"SR-{int(last.rpartition('-')[2]) + 1 if last else 1}"
    return [Intent(number, "open", model.RequestOpened, data, reason=reason, roles=ANSWERERS)]


def subject_decide(bench: Bench, number: RecordId, decisions: Sequence[Decision]) -> Intents:
    """Decide what becomes of items of a request."""
    get(bench, number)
    with well_formed():
        data = model.RequestDecidedData(decisions=tuple(decisions))
    return [Intent(number, "decide", model.RequestDecided, data, roles=ANSWERERS)]


def subject_answer(bench: Bench, number: RecordId, *, reason: str = "") -> Intents:
    """State that everything decided is done, and that the subject was answered."""
    get(bench, number)
    return [
        Intent(number, "answer", model.RequestAnswered, Plain(), reason=reason, roles=ANSWERERS)
    ]


def get(bench: Bench, number: RecordId) -> Request:
    """Return a request.

    Raises:
        NotFoundError: there is none with this number.
    """
    kept = bench.archive().request(number)
    if kept is None:
        raise NotFoundError(f"request {number:.100}", hint="see: docctl subject list")
    return kept


def to_erase(bench: Bench, request: Request, kind: str) -> tuple[str, ...]:
    """Return the items of a kind that are to be erased and are still there."""
    return tuple(
        subject.item
        for subject, (decision, _) in sorted(request.decisions.items(), key=lambda one: one[0].item)
        if (subject.kind, decision.verdict) == (kind, "erase")
        and waits_for(bench.archive(), request, subject)
    )


def left_behind(bench: Bench, request: Request) -> tuple[SubjectItem, ...]:
    """Return the items that were erased, and of which a copy of the vault may still hold something.

    It was away then, and is back, or is away now.
    """
    archive = bench.archive()
    erased = (one for one, (made, _) in request.decisions.items() if made.verdict == "erase")
    done = (one for one in erased if not waits_for(archive, request, one))
    return tuple(
        sorted((one for one in done if _may_lie_there(bench, one)), key=attrgetter("item"))
    )


def _may_lie_there(bench: Bench, subject: SubjectItem) -> bool:
    try:
        vault, stubs = _let_go(bench, subject)
        return any(vault.outcome(subject.item, one) in _THERE for one in stubs)
    except VaultAccessError:  # whoever may read it sees to it
        return False
    except VaultError:
        return True


def _let_go(bench: Bench, subject: SubjectItem) -> tuple[VaultReader, Sequence[Stub]]:
    if subject.kind == "person":
        return bench.vaults.own, bench.world.authority.persons[subject.item].let_go
    record = bench.archive().record(subject.item)
    if record is None or disposal_of(bench, record.number) is None:
        return bench.vaults.own, ()
    return bench.vaults.of(record.vault), record.stubs


def disposal_of(bench: Bench, number: RecordId) -> RecordId | None:
    """Return the disposal that certifies that a record is gone, if there is one."""
    record = bench.archive().record(number)
    data = data_of(record.disposed) if record and record.disposed else None
    found = bench.archive().disposal(data.disposal) if isinstance(data, DisposedData) else None
    return found.number if found and found.certified else None


def proposable(bench: Bench, numbers: Sequence[RecordId]) -> tuple[RecordId, ...]:
    """Return the records among these that may go now, and are on no list of a disposal yet."""
    archive = bench.archive()
    listed = {item.record for one in archive.disposals() if one.open for item in one.items}
    records = (archive.record(number) for number in numbers if number not in listed)
    return tuple(
        one.number for one in records if one and assess(archive, one, bench.today()).state == "due"
    )
