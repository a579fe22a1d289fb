"""What was in force when: states from events and a date, with no process running.

`on` always means the end of that day. An event counts from its business date, and never before
the date of one that landed earlier, so that what was known by the end of a day is always a
beginning of the history. Events of later days never change the answer for a day, and nothing can
be made effective backwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from itertools import pairwise
from types import MappingProxyType

from docctl.model.base import Number
from docctl.model.event import Signed
from docctl.model.lifecycle import PENDING, VOTES, ReviewProposed, State, WithdrawalProposed
from docctl.rules.dossier import PHASES, Dossier, Folding, Revision, Round, begin, fold
from docctl.rules.dossier.revision import Phase

#: The day after every day: the open end of a span.
FOREVER = date.max

_STATES: Mapping[Phase, State] = MappingProxyType(
    {phase: state for state, phase in PHASES.items() if phase != "released"}
)


def state_of(dossier: Dossier, revision: Revision, on: date) -> State:
    """Return the state of a revision at the end of a day, as the dossier's events tell."""
    if revision.phase in _STATES:
        return _STATES[revision.phase]
    if revision.effective_on is None or on < revision.effective_on:
        return State.SCHEDULED
    if successor(dossier, revision, on):
        return State.SUPERSEDED
    if dossier.withdrawn_on and dossier.withdrawn_on <= on:
        return State.WITHDRAWN
    return State.SUSPENDED if revision.suspended else State.EFFECTIVE


def successor(dossier: Dossier, revision: Revision, on: date) -> Revision | None:
    """Return the revision that superseded this one by the end of a day."""
    later = dossier.revisions[dossier.revisions.index(revision) + 1 :]
    return next((one for one in later if _has_begun(one, on)), None)


def predecessor(dossier: Dossier, revision: Revision) -> Revision | None:
    """Return the released revision that this one replaces or would replace."""
    earlier = dossier.revisions[: dossier.revisions.index(revision)]
    return next((one for one in reversed(earlier) if one.phase == "released"), None)


def _has_begun(revision: Revision, on: date) -> bool:
    return (
        revision.phase == "released"
        and revision.effective_on is not None
        and revision.effective_on <= on
    )


def in_force(dossier: Dossier, on: date) -> Revision | None:
    """Return the revision to work by at the end of a day: effective or suspended, or nothing."""
    begun = [one for one in dossier.revisions if _has_begun(one, on)]
    if not begun or (dossier.withdrawn_on and dossier.withdrawn_on <= on):
        return None
    return begun[-1]


def open_proposal(dossier: Dossier, on: date) -> Round | None:
    """Return the periodic review or withdrawal that waits for signatures.

    A periodic review lapses on the day on which its revision is superseded.
    """
    current = in_force(dossier, on)
    proposal = dossier.proposal
    return proposal if proposal and current and proposal.label == current.label else None


def at(events: Sequence[Signed], on: date) -> Dossier | None:
    """Fold only what had happened by the end of a day; nothing before the first event."""
    return fold(until(events, on))


def until(events: Sequence[Signed], on: date) -> Iterator[Signed]:
    """Yield the events of an item that had happened by the end of a day."""
    return (signed for signed, day in zip(events, _days(events), strict=True) if day <= on)


def _days(events: Sequence[Signed]) -> tuple[date, ...]:
    """Return the day from which each event counts: never earlier than the one before.

    A vote has happened by the day of the step that follows it, whatever its signer's clock said.
    """
    days: list[date] = []
    votes: list[date] = []
    step = date.min
    for signed in events:
        day = max(step, signed.event.date)
        if signed.event.type in VOTES:
            votes.append(max(day, *votes[-1:]) if votes else day)
        else:
            step = day
            days += [*(min(vote, step) for vote in votes), step]
            votes.clear()
    return (*days, *votes)


@dataclass(frozen=True, slots=True)
class Span:
    """What a register shows of a document from a day until the day before another."""

    since: date
    until: date
    """The first day on which it no longer holds; `FOREVER` where it goes on."""

    dossier: Dossier
    shown: Revision
    """The revision in force, or the newest where none is."""

    state: State
    pending: Revision | None
    """The open or scheduled revision beside it."""

    pending_state: State | None


def spans(events: Sequence[Signed]) -> Iterator[Span]:
    """Cut a document's life into spans in which its register entry does not change.

    The spans follow each other without gaps from the first event's day to `FOREVER`.
    """
    folding: Folding | None = None
    for signed, (since, until) in zip(events, pairwise((*_days(events), FOREVER)), strict=True):
        if folding is None:
            folding = Folding(begin(signed))
        else:
            folding.add(signed)
        if since < until:
            yield from _between(folding.dossier(), since, until)


def _between(dossier: Dossier, since: date, until: date) -> Iterator[Span]:
    days = (dossier.withdrawn_on, *[one.effective_on for one in dossier.revisions])
    turns = {day for day in days if day and since < day < until}
    for first, following in pairwise((since, *sorted(turns), until)):
        yield span(dossier, first, following)


def span(dossier: Dossier, since: date, until: date = FOREVER) -> Span:
    """Return what a register shows on the day *since*."""
    shown = in_force(dossier, since) or _last_shown(dossier, since)
    newest = dossier.newest
    state = state_of(dossier, newest, since)
    beside = newest is not shown and state in PENDING
    return Span(
        since,
        until,
        dossier,
        shown,
        state_of(dossier, shown, since),
        newest if beside else None,
        state if beside else None,
    )


def _last_shown(dossier: Dossier, on: date) -> Revision:
    """Return the last revision that was in force, or the newest where none ever was."""
    begun = [one for one in dossier.revisions if _has_begun(one, on)]
    return begun[-1] if begun else dossier.newest


def replaced_by(dossier: Dossier) -> Number | None:
    """Return what replaces a document whose withdrawal was signed."""
    event = dossier.withdrawal and dossier.withdrawal.opened.event
    return event.data.replaced_by if isinstance(event, WithdrawalProposed) else None


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; what falls behind a month's end moves to the next.

    No day lies behind the end of the calendar, 9999-12-31.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return FOREVER
    try:
        return date(year, month + 1, day.day)
    except ValueError:  # 31 January + 1 month: never a day too short
        following = divmod(year * 12 + month + 1, 12)
        return date(following[0], following[1] + 1, 1)


def review_due(dossier: Dossier, on: date, months: int) -> date | None:
    """Return when the revision in force must be reviewed next, or nothing if none is in force.

    The interval runs from the day it became effective or from the last review that kept it,
    whichever is later; a review may name the next day itself. Nothing else moves it.
    """
    current = in_force(dossier, on)
    if current is None or current.effective_on is None:
        return None
    due = add_months(current.effective_on, months)
    for review in dossier.reviews:
        event = review.opened.event
        if not isinstance(event, ReviewProposed) or review.label != current.label:
            continue
        if event.data.outcome == "keep" and review.settled_on:
            due = event.data.next_review_on or add_months(review.settled_on, months)
    return due
