"""Guards of form: the chain of an item, rule set, library, sentence, time and date."""

from datetime import UTC, datetime, time, timedelta

from docctl.errors import DateError, EventError, StaleApprovalError
from docctl.model.base import Word
from docctl.model.event import RULES, Event, Signed
from docctl.model.lifecycle import VOTES
from docctl.rules.dossier import Dossier, Round
from docctl.rules.meaning import meaning

#: How far time zones lie from UTC. The business date depends on the zone, and a zone database that
#: changes must not change a verdict.
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)


def check_form(
    signed: Signed, library: str, *, answers: Round | None, before: Dossier | None
) -> None:
    """Check the fields that every event of a document must have right: chain, time, sentence.

    *answers* is the round that a vote answers or a cancellation ends.
    """
    event = signed.event
    answered: Word = ""
    time, day = (before.time, before.day) if before else (None, None)
    if event.type in VOTES and answers:
        answered = answers.opened.event.type
        time, day = answers.opened.event.time, answers.opened.event.date
        _check_answer(event, answers)
    else:
        check_chain(event, before.seq if before else 0, before.last if before else None)
        if event.type == "cancelled" and before and answers and answers is before.proposal:
            answered = answers.opened.event.type
    check_envelope(signed, library, answered=answered, not_before=time)
    if day and event.date < day:
        raise DateError(event.item, event.date, f"lies before what it follows: {day.isoformat()}")


def _check_answer(event: Event, answers: Round) -> None:
    """Check that a vote answers the statement that is open, and say if that has another text."""
    if event.seq is None and event.prev == answers.opened.digest:
        return
    current = answers.opened.event.content
    if event.content != current:
        raise StaleApprovalError(event.item, event.content or "", current or "")
    raise EventError(event.item, "the signature answers a statement that is not open")


def check_chain(event: Event, seq: int, last: str | None) -> None:
    """Check that an event follows the one before it: number and digest."""
    if event.seq != seq + 1 or event.prev != last:
        raise EventError(event.item, f"event {event.seq} does not follow event {seq}")


def check_envelope(
    signed: Signed, library: str, *, answered: Word = "", not_before: datetime | None = None
) -> None:
    """Check rule set, library, sentence and dates of any event."""
    event = signed.event
    if event.v != RULES:
        raise EventError(event.item, f"rule set {event.v} is not known", hint="update docctl")
    if event.library != (library or None):
        raise EventError(event.item, "the event belongs to another library")
    sentence = meaning(event.type, item=event.item, revision=event.revision, answers=answered)
    if event.meaning != sentence:
        raise EventError(event.item, f"the signed sentence is not {sentence!r}")
    since = event.time - datetime.combine(event.date, time(), UTC)
    if not -_EAST <= since < timedelta(days=1) + _WEST:
        raise DateError(event.item, event.date, "is not the day of the event's time")
    if not_before is not None and event.time < not_before:
        raise DateError(event.item, event.date, "lies before the event that it follows")
