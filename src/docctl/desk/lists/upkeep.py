"""What waits to be done: reviews, signatures, releases, answers, editions."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from docctl.desk.copies.copying import owner_text
from docctl.desk.day import Day
from docctl.desk.signatures import Signatures
from docctl.model.control import CONTROL
from docctl.model.document import ExternalDocument
from docctl.model.register import DueEntry, RegisterEntry
from docctl.rules import asof
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier
from docctl.rules.questioned import to_sign_again

#: How many days before its day a review is listed.
AHEAD = timedelta(days=60)

_OPEN = frozenset({"draft", "in_review", "approved", "scheduled"})


def due(day: Day, entries: list[RegisterEntry]) -> Iterator[DueEntry]:
    """Yield what waits on a day, document by document. *entries* is the register of that day."""
    told, authority = Signatures(day), day.authority
    for entry in entries:
        yield from _review(entry, day.on)
        if entry.pending_state or entry.state.value in _OPEN:
            yield from _open(day, entry.number)
        elif entry.type == "external":
            yield from _edition(day, entry.number)
    yield from _open(day, CONTROL)
    yield from _doubted(told, [*(entry.number for entry in entries), CONTROL])
    yield from _exceptions(authority, day.on)


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


def _open(day: Day, number: str) -> Iterator[DueEntry]:
    dossier = day.get(number)
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
    elif asof.state_of(dossier, newest, day.on) == "scheduled":
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


def _edition(day: Day, number: str) -> Iterator[DueEntry]:
    dossier, on = day.get(number), day.on
    shown = asof.span(dossier, on).shown
    document = day.document(dossier, shown)
    owner = owner_text(day.authority, dossier.owner)
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
    check_on = asof.add_months(last, document.check_interval_months) if last else None
    if check_on and check_on <= on:
        yield DueEntry(
            what="edition",
            item=number,
            on=check_on,
            overdue_days=(on - check_on).days,
            who=(owner,),
            sentence=f"{number}: check that the edition is current; it was due on {check_on}",
        )


def _doubted(told: Signatures, numbers: Iterable[str]) -> Iterator[DueEntry]:
    if not told.suspects:
        return
    for number in numbers:
        dossier = told.placed(told.day.get(number))
        for signed in to_sign_again(told.authority, dossier, told.day.on):
            event = signed.event
            yield DueEntry(
                what="questioned",
                item=number,
                who=(owner_text(told.day.authority, dossier.owner),),
                sentence=f"{number} revision {event.revision}: {event.signer} signed it "
                f"({event.type}, {event.date}) with a key that is suspect; have it signed again",
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
