"""What a change that lands late would make of days that are over."""

from collections.abc import Sequence
from datetime import date

from docctl.model.event import Signed
from docctl.model.lifecycle import VOTES
from docctl.rules.asof import at, in_force, state_of
from docctl.rules.dossier import Dossier


def rewritten(before: Dossier, signed: Signed, today: date) -> date | None:
    """Return the first day before *today* about which the event would change the answer.

    The answer is what was followed on that day: the revision in force, its state, whether it was
    reviewed, and who owned it. That something was on its way is no part of it.
    """
    after = _with(before.events, signed)
    for day in sorted(_turns(before, signed, today)):
        if _followed(before.events, day) != _followed(after, day):
            return day
    return None


def _with(events: Sequence[Signed], signed: Signed) -> tuple[Signed, ...]:
    """Return the events with one more; a vote stands by its time, as the store reads it."""
    end = len(events)
    if signed.event.type in VOTES:
        later = (n for n, one in enumerate(events) if one.event.time > signed.event.time)
        end = next(later, end)
    return (*events[:end], signed, *events[end:])


def _turns(before: Dossier, signed: Signed, today: date) -> set[date]:
    """Return every day that is over on which an answer may begin to differ."""
    after = before.after(signed)
    days = {signed.event.date, *(one.event.date for one in before.events)}
    for dossier in (before, after):
        days |= {one.effective_on for one in dossier.revisions if one.effective_on}
        days |= {dossier.withdrawn_on} if dossier.withdrawn_on else set()
    return {day for day in days if signed.event.date <= day < today}


def _followed(events: Sequence[Signed], on: date) -> object:
    dossier = at(events, on)
    current = in_force(dossier, on) if dossier else None
    if dossier is None or current is None:
        return None
    state = state_of(dossier, current, on)
    return current.label, state, len(dossier.reviews), dossier.owner, dossier.assigned
