"""Requests about personal data: found by a text, opened, decided item by item, answered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording.telling.contents import current, written
from docctl.desk.signing.intent import Intent
from docctl.errors import InputError, NotFoundError, StoreError
from docctl.model.answers.request import DecisionShown, Found, RequestShown, SubjectFound
from docctl.model.base import PersonId
from docctl.model.records import request as model
from docctl.model.records.record import Plain, RecordId
from docctl.model.records.request import Asked, Decision, RequestOpenedData, SubjectItem
from docctl.model.wellformed import well_formed
from docctl.rules.records import Record, Request, assess
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.requesting import ANSWERERS, waits_for

Intents = Sequence[Intent]


def found(bench: Bench, text: str) -> SubjectFound:
    """Return what holds a text: people, records and what they say now, texts of documents.

    Where a person of the library bears it as name or id, what is about that id is found too.

    Raises:
        InputError: the text is empty.
    """
    wanted = " ".join(text.casefold().split())
    if not wanted:
        raise InputError("nothing is named to look for", hint="give a name, an address, an id")
    people = [
        one
        for one in bench.world.authority.persons.values()
        if wanted in one.name.casefold() or wanted == one.id
    ]
    ids = frozenset(one.id for one in people)
    hits = [Found(kind="person", item=one.id, where=("access",)) for one in people]
    unread: list[RecordId] = []
    for record in bench.archive().records():
        try:
            where = tuple(_where(bench, record, wanted, ids))
        except StoreError:
            where = tuple(_on_the_stub(record, wanted, ids))
            unread.append(record.number)
        if where:
            hits.append(Found(kind="record", item=record.number, where=where))
    quoted = '"' + wanted.replace('"', " ") + '"'
    seen = bench.index.search(quoted, on=bench.today(), head=bench.head, limit=1000)
    hits += [Found(kind="document", item=one.number, where=("text",)) for one in seen]
    return SubjectFound(found=tuple(hits), unread=tuple(unread))


def _where(bench: Bench, record: Record, wanted: str, ids: frozenset[str]) -> Iterator[str]:
    """Yield in which parts of a record a text stands, as it reads now."""
    yield from _on_the_stub(record, wanted, ids)
    if record.disposed is None:
        said = written(bench, record)
        for name, value in current(said).items():
            if any(wanted in one.casefold() or one in ids for one in _texts(value)):
                yield f"field {name}"
        names = (file.name for one in said if one.content for file in one.content.attachments)
        if any(wanted in name.casefold() for name in names):
            yield "attachment"


def _on_the_stub(record: Record, wanted: str, ids: frozenset[str]) -> Iterator[str]:
    """Yield where the history of a record, without what it says, holds a text."""
    for name, value in record.identifiers.items():
        if any(wanted in one.casefold() or one in ids for one in _texts(value)):
            yield f"identifier {name}"
    if record.subject and (record.subject in ids or wanted in record.subject.casefold()):
        yield "subject"
    entered = {getattr(data_of(one), "entered_for", None) for one in record.chain.events}
    if ids & entered:
        yield "entered for"
    if ids & {one.event.signer for one in record.chain.events}:
        yield "signed"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)


def item_of(bench: Bench, given: str) -> SubjectItem:
    """Return what is meant by a number or an id.

    Raises:
        NotFoundError: there is no record, document or person of it.
    """
    archive, number = bench.archive(), given.upper()
    if given in bench.world.authority.persons:
        return SubjectItem(kind="person", item=given)
    if archive.record(number) is not None:
        return SubjectItem(kind="record", item=number)
    if bench.find(number) is not None:
        return SubjectItem(kind="document", item=number)
    raise NotFoundError(f"{given:.100}", hint="name a record, a document, or the id of a person")


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


def proposable(bench: Bench, numbers: Sequence[RecordId]) -> tuple[RecordId, ...]:
    """Return the records among these that may go now, and are on no list of a disposal yet."""
    archive = bench.archive()
    listed = {item.record for one in archive.disposals() if one.open for item in one.items}
    records = (archive.record(number) for number in numbers if number not in listed)
    return tuple(
        one.number for one in records if one and assess(archive, one, bench.today()).state == "due"
    )


def request_shown(bench: Bench, request: Request) -> RequestShown:
    """Return a request as it stands, with what was decided and what is still to be done."""
    opened, data = request.opened.event, data_of(request.opened)
    answered = request.answered.event if request.answered else None
    return RequestShown(
        request=request.number,
        state="answered" if answered else "open" if request.undecided else "decided",
        asks=data.asks,
        reason=opened.reason,
        received_on=data.received_on,
        due_on=data.due_on,
        opened_on=opened.date,
        opened_by=_name(bench, opened.signer),
        answered_on=answered.date if answered else None,
        answered_by=_name(bench, answered.signer) if answered else "",
        organization=bench.control.organization,
        as_of=bench.today(),
        items=tuple(_item_shown(bench, request, one) for one in data.items),
    )


def _item_shown(bench: Bench, request: Request, subject: SubjectItem) -> DecisionShown:
    if subject not in request.decisions:
        return DecisionShown(kind=subject.kind, item=subject.item, waits_for="a decision")
    decision, made = request.decisions[subject]
    return DecisionShown(
        kind=subject.kind,
        item=subject.item,
        verdict=decision.verdict,
        basis=decision.basis,
        why=decision.why,
        decided_on=made.event.date,
        decided_by=_name(bench, made.event.signer),
        waits_for=waits_for(bench.archive(), request, subject),
    )


def _name(bench: Bench, person: PersonId) -> str:
    persons = bench.world.authority.persons
    return persons[person].name if person in persons else person
