"""What waits to be done about records: entries, holds to look at, disposals, what may go."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from docctl.desk.bench import Bench
from docctl.desk.day import Day
from docctl.desk.lists.overdue import to_close
from docctl.desk.lists.upkeep import AHEAD
from docctl.desk.recording.disposal.disposing import due as retained
from docctl.english import many
from docctl.model.answers.register import DueEntry
from docctl.model.answers.retention import Due
from docctl.model.assignment import Owner
from docctl.model.records.retention import ClassName
from docctl.rules.authority import Authority
from docctl.rules.records import Disposal, Request, as_of
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.persons import KEEPER
from docctl.rules.records.guards.requesting import ANSWERERS, waits_for

#: How many items of a request are named by what they wait for.
NAMED = 3


def waiting(bench: Bench, day: Day) -> Iterator[DueEntry]:
    """Yield what waited at the end of a day: open records, holds, disposals, requests, classes."""
    yield from _open(bench, day.on)
    yield from _holds(bench, day.on)
    disposals = [
        found for one in bench.archive().disposals() if (found := as_of(one, day.on)) and found.open
    ]
    for one in disposals:
        yield _disposal(bench, day, one)
    yield from _requests(bench, day)
    yield from _classes(bench, day, disposals)


def _open(bench: Bench, on: date) -> Iterator[DueEntry]:
    for one in to_close(bench, on):
        record = one.record
        waits = f"waits for {' and '.join(one.waiting)}" if one.waiting else "can be closed"
        until = f", to be closed by {one.by}" if one.by else ""
        late = f", {many(one.overdue_days, 'day')} overdue" if one.overdue_days else ""
        yield DueEntry(
            what="record",
            item=record.number,
            on=one.by,
            overdue_days=one.overdue_days,
            who=one.who,
            sentence=f"{record.number} {one.title} {waits}{until}{late}",
        )


def _holds(bench: Bench, on: date) -> Iterator[DueEntry]:
    for now in bench.archive().holds():
        hold = as_of(now, on)
        if hold is None or hold.lifted or not hold.review_on or hold.review_on - on > AHEAD:
            continue
        event = hold.placed.event
        yield DueEntry(
            what="hold",
            item=hold.number,
            on=hold.review_on,
            overdue_days=max((on - hold.review_on).days, 0),
            who=(event.function or event.signer,),
            sentence=f"{hold.number} ({hold.matter}): on {hold.review_on} somebody looks whether "
            f"it is still needed: docctl hold lift {hold.number}, or hold extend --review DAY",
        )


def _requests(bench: Bench, day: Day) -> Iterator[DueEntry]:
    """Yield the requests about personal data that were not answered yet."""
    who = tuple(dict.fromkeys(one for role in ANSWERERS for one in day.authority.holders(role)))
    for now in bench.archive().requests():
        asked = as_of(now, day.on)
        if asked is None or asked.answered:
            continue
        data = data_of(asked.opened)
        late = max((day.on - data.due_on).days, 0) if data.due_on else 0
        until = f", to be answered by {data.due_on}" if data.due_on else ""
        overdue = f", {many(late, 'day')} overdue" if late else ""
        yield DueEntry(
            what="request",
            item=asked.number,
            on=data.due_on,
            overdue_days=late,
            who=who,
            sentence=f"{asked.number} ({data.asks}, received on {data.received_on}) waits for "
            f"{_waits(bench, asked)}{until}{overdue}: docctl subject show {asked.number}",
        )


def _waits(bench: Bench, request: Request) -> str:
    """Return what a request waits for: decisions, what was decided, or its answer."""
    if undecided := len(request.undecided):
        return f"a decision about {many(undecided, 'item')}"
    undone = sorted(
        f"{one.item} ({waits})"
        for one in request.decisions
        if (waits := waits_for(bench.archive(), request, one))
    )
    more = len(undone) - NAMED
    rest = (f"{many(more, 'further item')}",) if more > 0 else ()
    return f"what was decided of {', '.join((*undone[:NAMED], *rest))}" if undone else "its answer"


# --- disposal -----------------------------------------------------------------------------------


def _disposal(bench: Bench, day: Day, disposal: Disposal) -> DueEntry:
    name = f"{disposal.number} ({_records(len(disposal.items))})"
    keepers = day.authority.holders(KEEPER)
    if disposal.authority is None:
        proposer = disposal.proposed.event.signer
        return DueEntry(
            what="disposal",
            item=disposal.number,
            who=tuple(one for one in _answering(bench, day, disposal) if one != proposer),
            sentence=f"{name} waits for somebody else: docctl retention authorise "
            f"{disposal.number}, or refuse",
        )
    begins = disposal.authority.not_before
    return DueEntry(
        what="disposal",
        item=disposal.number,
        on=begins,
        overdue_days=max((day.on - begins).days, 0),
        who=keepers,
        sentence=f"{name} may be carried out from {begins} on: docctl retention run "
        f"{disposal.number}",
    )


def _answering(bench: Bench, day: Day, disposal: Disposal) -> tuple[str, ...]:
    """Return who answers for the classes of a disposal."""
    kinds = {bench.control.retention_of(item.retention) for item in disposal.items}
    found = (_owners(day.authority, kind.owner, day.on) for kind in kinds if kind)
    return tuple(sorted({one for each in found for one in each}))


def _owners(authority: Authority, owner: Owner | None, on: date) -> tuple[str, ...]:
    if owner is None:
        return authority.holders(KEEPER)
    if owner.kind == "person":
        return (owner.name,)
    return tuple(one for one in authority.persons if owner.name in authority.functions(one, on))


#: What records of a class wait for, by what the schedule answers about them.
_WAITS: Mapping[str, str] = MappingProxyType(
    {
        "due": "kept long enough, the first since {since}: docctl retention propose",
        "review": "to decide about, the first since {since}: docctl retention review ID",
        "conflict": "that wait for a decision: {reason}",
    }
)


def _classes(bench: Bench, day: Day, disposals: list[Disposal]) -> Iterator[DueEntry]:
    """Yield the classes with records that may go and are on no list, or that need a decision."""
    listed = {item.record for one in disposals for item in one.items if one.item(item.record)}
    groups: dict[tuple[ClassName, str], list[Due]] = defaultdict(list)
    for one in retained(bench, day.on):
        if one.state in _WAITS and one.record not in listed:
            groups[one.retention, one.state].append(one)
    for (name, state), found in groups.items():
        kind = bench.control.retention_of(name)
        owner = kind.owner if kind and state != "due" else None
        first = min((one.due_since for one in found if one.due_since), default=None)
        on = first if state != "conflict" else None
        waits = _WAITS[state].format(since=first, reason=found[0].explanation)
        yield DueEntry(
            what="retention",
            item=name,
            on=on,
            overdue_days=(day.on - on).days if on else 0,
            who=_owners(day.authority, owner, day.on),
            sentence=f"{_records(len(found))} of class {name} {waits}",
        )


def _records(count: int) -> str:
    return many(count, "record")
