"""Holds as their lists and cards show them, with everything that they cover now."""

from collections.abc import Iterator

from docctl.desk.bench import Bench
from docctl.desk.recording.telling.asking import found
from docctl.model.answers.record import HoldShown
from docctl.model.base import Number
from docctl.model.records.record import RecordId
from docctl.rules.records import Hold
from docctl.rules.records.retention.dues import StandingHolds


def hold_shown(bench: Bench, hold: Hold) -> HoldShown:
    """Return a hold with the records that it covers now."""
    event, lifted = hold.placed.event, hold.lifted.event if hold.lifted else None
    fitting = {*bench.index.stamped(hold.number, head=bench.head)}
    named = hold.records | fitting
    through = () if lifted else tuple(sorted({*_through(bench, hold)} - named))
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
        through=through,
        review_on=hold.review_on,
        lifted_on=lifted.date if lifted else None,
        lifted_by=lifted.signer if lifted else None,
        lifted_because=lifted.reason if lifted else "",
    )


def _through(bench: Bench, hold: Hold) -> Iterator[RecordId]:
    """Yield the records that are held because of the document on, or under, which they stand."""
    standing = StandingHolds(bench.archive())
    for form in _forms(bench, hold):
        for line in found(bench, None, form):
            if line.status in {"open", "closed"} and hold.number in standing.on(line):
                yield line.number


def _forms(bench: Bench, hold: Hold) -> Iterator[Number]:
    """Yield the forms that a hold covers, or that stood under a document that it covers."""
    archive = bench.archive()
    for form in bench.forms() if hold.documents else ():
        dossier = archive.dossier(form)
        revisions = dossier.revisions if dossier else ()
        above = {archive.parent(form, one.label, one.content) for one in revisions}
        if hold.documents & {form, *above}:
            yield form
