"""What waits to be done: reviews, signatures, releases, answers, editions."""

from collections.abc import Iterator
from datetime import date, timedelta

from docctl.desk.bench import Bench
from docctl.desk.copies.copying import owner_text
from docctl.model.control import CONTROL
from docctl.model.document import ExternalDocument
from docctl.model.register import DueEntry, RegisterEntry
from docctl.rules import asof
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier

#: How many days before its day a review is listed.
AHEAD = timedelta(days=60)

_OPEN = frozenset({"draft", "in_review", "approved", "scheduled"})


def due(bench: Bench, entries: list[RegisterEntry], *, on: date) -> Iterator[DueEntry]:
    """Yield what waits on a day, document by document. *entries* is the register of that day."""
    for entry in entries:
        yield from _review(entry, on)
        if entry.pending_state or entry.state.value in _OPEN:
            yield from _open(bench, entry.number, on)
        elif entry.type == "external":
            yield from _edition(bench, entry.number, on)
    yield from _open(bench, CONTROL, on)
    yield from _exceptions(bench.world.authority, on)


def _review(entry: RegisterEntry, on: date) -> Iterator[DueEntry]:
    day = entry.review_due_on
    if day is None or day - on > AHEAD:
        return
    late = max((on - day).days, 0)
    sentence = f"{entry.number} {entry.title}: review due on {day}"
    yield DueEntry(
        what="review",
        item=entry.number,
        on=day,
        overdue_days=late,
        who=(entry.owner,),
        sentence=f"{sentence}, {late} days overdue" if late else sentence,
    )


def _open(bench: Bench, number: str, on: date) -> Iterator[DueEntry]:
    dossier = asof.at(bench.get(number).events, on)
    if dossier is None:
        return
    newest = dossier.newest
    name = f"{number} revision {newest.label}"
    for comment in newest.open_comments():
        yield DueEntry(
            what="comment",
            item=number,
            who=newest.editors,
            sentence=f"{name}: comment {comment.made.event.seq} waits for an answer",
        )
    yield from _signatures(dossier, name)
    if newest.phase == "approved":
        yield DueEntry(what="release", item=number, sentence=f"{name} is approved, not released")
    elif asof.state_of(dossier, newest, on) == "scheduled":
        yield DueEntry(
            what="scheduled",
            item=number,
            on=newest.effective_on,
            sentence=f"{name} takes effect on {newest.effective_on}",
        )


def _signatures(dossier: Dossier, name: str) -> Iterator[DueEntry]:
    waiting = dossier.proposal
    if waiting is None and dossier.newest.phase == "in_review":
        waiting = dossier.newest.round
    if waiting is None:
        return
    standing = waiting.standing()
    done = {ballot.person for ballot in standing.signed}
    persons = dict.fromkeys(p for step in standing.missing for p in step.persons if p not in done)
    yield DueEntry(
        what="approval",
        item=dossier.number,
        who=tuple(persons),
        sentence=f"{name} waits for {'; '.join(standing.waiting_for())}",
    )


def _edition(bench: Bench, number: str, on: date) -> Iterator[DueEntry]:
    dossier = asof.at(bench.get(number).events, on)
    if dossier is None:
        return
    shown = asof.span(dossier, on).shown
    document = bench.text(number, shown.label).document
    owner = owner_text(bench.world.authority, dossier.owner)
    newer = dossier.assigned.newer_edition
    if newer:
        yield DueEntry(
            what="edition",
            item=number,
            who=(owner,),
            sentence=f"{number}: a newer edition is out ({newer}); assess it",
        )
    if not isinstance(document, ExternalDocument):
        return
    kept = [vote.event.date for review in dossier.reviews for vote in review.votes]
    days = [day for day in (dossier.assigned.checked_on, shown.effective_on, *kept) if day]
    last = max(days, default=None)
    day = asof.add_months(last, document.check_interval_months) if last else None
    if day and day <= on:
        yield DueEntry(
            what="edition",
            item=number,
            on=day,
            overdue_days=(on - day).days,
            who=(owner,),
            sentence=f"{number}: check that the edition is current; it was due on {day}",
        )


def _exceptions(authority: Authority, on: date) -> Iterator[DueEntry]:
    for grant in authority.exceptions:
        if on <= grant.until and grant.until - on <= AHEAD:
            yield DueEntry(
                what="exception",
                item=grant.person,
                on=grant.until,
                who=(grant.person,),
                sentence=f"the exception of {grant.person} ends on {grant.until}",
            )
