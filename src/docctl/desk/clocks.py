"""What a time may be at the door: not ahead of the clock, and not before what has landed."""

from datetime import datetime

from docctl.errors import ClockError, DateError
from docctl.model.event import Event
from docctl.model.lifecycle import VOTES
from docctl.rules import clock
from docctl.store.ledger import Ledger


def check(ledger: Ledger, head: str, event: Event, now: datetime) -> None:
    """Refuse an event whose time cannot be right, as the clock of this machine tells *now*.

    Votes may lie before what has landed: they may be signed elsewhere.

    Raises:
        ClockError: it lies ahead of the clock, or the library's last change does.
        DateError: it lies before the library's last change.
    """
    last = ledger.newest(head)
    if clock.ahead(last.time, now):
        happened = f"the library's last change, '{last.type}' by {last.signer}, was made"
        raise ClockError(last.item, happened, last.time, now, hint=_way_on(ledger, head, now))
    if clock.ahead(event.time, now):
        hint = f"check the clock of the machine on which {event.signer} prepared it, and this one"
        raise ClockError(event.item, f"'{event.type}' was prepared", event.time, now, hint=hint)
    if event.type not in VOTES and clock.ahead(last.time, event.time):
        raise DateError(
            event.item,
            event.date,
            f"{event.time:%H:%M} UTC lies before the library's last change, {last.time:%F %H:%M}",
            hint="set the clock of this machine right, and do it again",
        )


def _way_on(ledger: Ledger, head: str, now: datetime) -> str:
    """Return what to do about a library whose last change lies ahead of the clock."""
    parents: tuple[str, ...] = (head,)
    while parents and clock.ahead(ledger.newest(parents[0]).time, now):
        parents = ledger.reader.commit(parents[0]).parents[:1]
    sound = f"the last change before it is {parents[0]}" if parents else "it was founded so"
    return (
        "set this clock right if it is the wrong one; otherwise see 'A clock that ran ahead' in "
        f"the guide to troubleshooting ({sound})"
    )
