"""Holds as their lists and cards show them, with everything that they cover now."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from docctl.desk.bench import Bench
from docctl.desk.recording.telling.asking import found
from docctl.model.answers.record import HoldShown
from docctl.model.base import Number
from docctl.model.records.record import RecordId
from docctl.rules.records import Hold
from docctl.rules.records.retention.dues import StandingHolds


def hold_shown(bench: Bench, hold: Hold) -> HoldShown:
    """Return a hold with the records that it covers now."""
    (shown,) = holds_shown(bench, [hold])
    return shown


def holds_shown(bench: Bench, holds: Sequence[Hold]) -> tuple[HoldShown, ...]:
    """Return holds with the records that they cover now; the list of records is read once."""
    through = _through(bench, [one for one in holds if one.lifted is None and one.documents])
    return tuple(_shown(bench, one, through.get(one.number, ())) for one in holds)


def _shown(bench: Bench, hold: Hold, covered: Collection[RecordId]) -> HoldShown:
    event, lifted = hold.placed.event, hold.lifted.event if hold.lifted else None
    named = hold.records | {*bench.index.stamped(hold.number, head=bench.head)}
    return HoldShown(
        hold=hold.number,
        matter=hold.matter,
        reason=event.reason,
        placed_on=event.date,
        placed_by=event.signer,
        function=event.function,
        where=hold.where,
        records=tuple(sorted(named)),
        documents=tuple(sorted(hold.documents)),
        through=tuple(sorted({*covered} - named)),
        review_on=hold.review_on,
        lifted_on=lifted.date if lifted else None,
        lifted_by=lifted.signer if lifted else None,
        lifted_because=lifted.reason if lifted else "",
    )


def _through(bench: Bench, holds: Sequence[Hold]) -> Mapping[RecordId, Collection[RecordId]]:
    """Return the records that are held because of the document on, or under, which they stand."""
    standing, numbers = StandingHolds(bench.archive()), {one.number for one in holds}
    covered: dict[RecordId, set[RecordId]] = defaultdict(set)
    for form in _forms(bench, frozenset().union(*(one.documents for one in holds))):
        for line in found(bench, None, form):
            if line.status in {"open", "closed"}:
                for number in numbers & standing.on(line):
                    covered[number].add(line.number)
    return covered


def _forms(bench: Bench, documents: Collection[Number]) -> Iterator[Number]:
    """Yield the forms among documents, and those that stood under one of them."""
    archive = bench.archive()
    for form in bench.forms() if documents else ():
        dossier = archive.dossier(form)
        revisions = dossier.revisions if dossier else ()
        above = {archive.parent(form, one.label, one.content) for one in revisions}
        if {form, *above} & {*documents}:
            yield form
