"""Requests about personal data as they stand: decided, done, and what stands in the way."""

from collections.abc import Mapping
from types import MappingProxyType

from docctl.desk.bench import Bench
from docctl.model.answers.request import DecisionShown, RequestShown
from docctl.model.base import PersonId
from docctl.model.records.request import SubjectItem
from docctl.rules.records import Disposal, Request, assess
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.requesting import waits_for


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
    waits = waits_for(bench.archive(), request, subject)
    erases = decision.verdict == "erase"
    return DecisionShown(
        kind=subject.kind,
        item=subject.item,
        verdict=decision.verdict,
        basis=decision.basis,
        why=decision.why,
        decided_on=made.event.date,
        decided_by=_name(bench, made.event.signer),
        waits_for=waits,
        next_step=_next_step(bench, request, subject) if waits and erases else "",
        became=_became(bench, subject) if erases and not waits else "",
    )


# --- erasing ------------------------------------------------------------------------------------


def _next_step(bench: Bench, request: Request, subject: SubjectItem) -> str:
    """Return what stands in the way of an erasure, or who does what next."""
    record = bench.archive().record(subject.item) if subject.kind == "record" else None
    if record is None:
        person = bench.world.authority.persons.get(subject.item)
        left = "" if person is None or person.left_on else "once the person has left, "
        return f"{left}an administrator: docctl subject run {request.number}"
    for disposal in bench.archive().disposals():
        if disposal.open and disposal.item(record.number):
            return _under_way(disposal)
    due = assess(bench.archive(), record, bench.today())
    if due.state == "open":
        return f"it is open: docctl record close {record.number}"
    said = _STANDS.get(due.state, "").format(record.number, request.number, since=due.due_since)
    return f"{said} ({due.explanation})" if said else due.explanation


def _under_way(disposal: Disposal) -> str:
    if disposal.authority is None:
        return f"proposed; somebody else: docctl retention authorise {disposal.number}"
    day = disposal.authority.not_before
    return f"authorised; from {day} on: docctl retention run {disposal.number}"


def _became(bench: Bench, subject: SubjectItem) -> str:
    """Return how an item that is erased went."""
    record = bench.archive().record(subject.item) if subject.kind == "record" else None
    if record is None or record.disposed is None:
        return "the name is erased"
    went, event = _WENT[record.status], record.disposed.event
    return f"{went} on {event.date} by {data_of(record.disposed).disposal}"


#: What an erasure waits for, by what the schedule answers of the record.
_STANDS: Mapping[str, str] = MappingProxyType(
    {
        "due": "it may go: docctl subject run {1}",
        "running": "it may go from {since} on",
        "review": "its time is over: docctl retention review {0} --then anonymise, or destroy",
        "permanent": "its class keeps it for ever: keep it, or change the class",
        "trigger_missing": "its time of keeping has not begun",
        "held": "a hold stands on it",
    }
)

#: How a record that is gone went.
_WENT: Mapping[str, str] = MappingProxyType(
    {"disposed": "destroyed", "transferred": "handed over", "anonymised": "made anonymous"}
)


def _name(bench: Bench, person: PersonId) -> str:
    persons = bench.world.authority.persons
    return persons[person].name if person in persons else person
