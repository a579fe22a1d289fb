"""What waits to be done: reviews, signatures, releases, answers, editions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from docctl.desk.copies.facts.copying import owner_text
from docctl.desk.day import Day
from docctl.desk.lists.answering import held, why_nobody
from docctl.desk.signatures import Signatures
from docctl.english import many
from docctl.model.answers.register import DueEntry, RegisterEntry
from docctl.model.assignment import Owner
from docctl.model.base import Number
from docctl.model.control import CONTROL
from docctl.model.document import ExternalDocument
from docctl.model.lifecycle import PENDING, State
from docctl.rules import asof
from docctl.rules.authority import Authority
from docctl.rules.dossier import Revision, Round
from docctl.rules.lifecycle import MOVES
from docctl.rules.questioned import doubted_signers, to_look_at, to_sign_again

#: How many days before its day a review is listed.
AHEAD = timedelta(days=60)


def due(
    day: Day, entries: list[RegisterEntry], owners: Mapping[Number, tuple[str, str]]
) -> Iterator[DueEntry]:
    """Yield what waits on a day, document by document.

    *entries* is the register of that day; *owners* tells whom it means: `person` and an id, or
    `function` and a job title.
    """
    told, authority = Signatures(day), day.authority
    for entry in entries:
        yield from _review(entry, day.on)
        if entry.pending_state or entry.proposal or entry.state in PENDING:
            yield from _open(day, entry.number)
        if entry.state is State.SUSPENDED:
            yield from _suspended(day, entry)
        if entry.type == "external" and entry.state is State.EFFECTIVE:
            yield from _edition(day, entry.number)
    yield from _open(day, CONTROL)
    yield from _owners(day, entries, owners)
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
        sentence=f"{sentence}, {many(late, 'day')} overdue" if late else sentence,
    )


def _open(day: Day, number: str) -> Iterator[DueEntry]:
    dossier = day.get(number)
    newest = dossier.newest
    name = f"{number} revision {newest.label}"
    state = asof.state_of(dossier, newest, day.on)
    for comment in newest.open_comments() if (state, "resolve") in MOVES else ():
        yield DueEntry(
            what="comment",
            item=number,
            who=newest.editors,
            sentence=f"{name}: comment {comment.made.event.seq} waits for an answer",
        )
    if newest.phase == "in_review" and newest.round:
        yield _signatures(day, number, name, newest.round)
    if proposal := asof.open_proposal(dossier, day.on):
        about = _PROPOSED.get(proposal.opened.event.type, "proposal")
        yield _signatures(day, number, f"the {about} of {number}", proposal)
    if newest.phase == "approved":
        yield DueEntry(
            what="release",
            item=number,
            who=_releasers(day, newest),
            sentence=f"{name} is approved, not released",
        )
    elif state is State.SCHEDULED:
        yield DueEntry(
            what="scheduled",
            item=number,
            on=newest.effective_on,
            sentence=f"{name} takes effect on {newest.effective_on}",
        )


#: What a proposal is about, by the event that opened it.
_PROPOSED: Mapping[str, str] = MappingProxyType(
    {"review_proposed": "periodic review", "withdrawal_proposed": "withdrawal"}
)


def _signatures(day: Day, number: str, name: str, waiting: Round) -> DueEntry:
    standing = waiting.standing()
    done = {ballot.person for ballot in standing.signed}
    named = dict.fromkeys(p for step in standing.missing for p in step.persons if p not in done)
    able = tuple(person for person in named if day.authority.active(person))
    sentence = f"{name} waits for {'; '.join(standing.waiting_for())}"
    if not able:
        sentence += f"; they have left: docctl reroute {number} --reason R"
    return DueEntry(what="approval", item=number, who=able, sentence=sentence)


def _releasers(day: Day, revision: Revision) -> tuple[str, ...]:
    """Return who may release a revision: those who hold the roles, and its authors."""
    authority, found = day.authority, list[str]()
    for role in day.control.release_roles:
        holders = authority.holders(role)
        found += [one for one in holders if role != "author" or one in revision.editors]
    return tuple(dict.fromkeys(found))


def _suspended(day: Day, entry: RegisterEntry) -> Iterator[DueEntry]:
    suspended = asof.span(day.get(entry.number), day.on).shown.suspended
    if suspended:
        event = suspended.event
        yield DueEntry(
            what="suspended",
            item=entry.number,
            who=(entry.owner,),
            sentence=f"{entry.number} {entry.title} is suspended since {event.date} "
            f"({event.reason}): resume, revise or withdraw it",
        )


def _owners(
    day: Day, entries: Iterable[RegisterEntry], owners: Mapping[Number, tuple[str, str]]
) -> Iterator[DueEntry]:
    """Yield the documents for which nobody answers any more."""
    authority = day.authority
    functions = held(authority, day.on)
    for entry in entries:
        kind, name = owners[entry.number]
        owner = Owner(kind="function" if kind == "function" else "person", name=name)
        why = why_nobody(authority, owner, functions)
        if not why or entry.state in {State.WITHDRAWN, State.CANCELLED}:
            continue
        yield DueEntry(
            what="owner",
            item=entry.number,
            sentence=f"{entry.number} {entry.title}: its owner {entry.owner} {why}; "
            f"docctl assign {entry.number} owner=… --reason R",
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
    known = [one for one in (dossier.assigned.checked_on, shown.effective_on, *kept) if one]
    last = max(known, default=None)
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
    for signed in to_look_at(told.authority, told.placed_events(told.day.access)):
        event, who = signed.event, " and ".join(doubted_signers(told.authority, signed))
        yield DueEntry(
            what="questioned",
            item=event.item,
            who=told.authority.administrators(),
            sentence=f"{event.item} event {event.seq}: {who} signed it ({event.type}, "
            f"{event.date}) with a key that is suspect; look whether it may stand",
        )
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
        near = on <= grant.until and grant.until - on <= AHEAD
        if near and authority.active(grant.person):
            yield DueEntry(
                what="exception",
                item=grant.person,
                on=grant.until,
                who=(grant.person,),
                sentence=f"the exception of {grant.person} ends on {grant.until}",
            )
