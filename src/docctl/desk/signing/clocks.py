"""What a time may be at the door: not ahead of the clock, not before what has landed.

And nothing that is dated on a day that is over may change what was in force on it.
"""

from datetime import datetime

from docctl.desk.signing.intent import time_zone
from docctl.errors import ClockError, DateError
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import VOTES
from docctl.rules import clock, past
from docctl.rules.dossier import Dossier
from docctl.rules.records import KEPT
from docctl.rules.world import World
from docctl.store.reading.ledger import Ledger


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
    if event.type in KEPT and now - event.time > clock.FRESH:
        raise DateError(
            event.item,
            event.date,
            f"'{event.type}' was prepared more than a day ago, and days of keeping count from it",
            hint="prepare it again, and sign it today",
        )
    if event.type not in VOTES and clock.ahead(last.time, event.time):
        raise DateError(
            event.item,
            event.date,
            f"{event.time:%H:%M} UTC lies before the library's last change, {last.time:%F %H:%M}",
            hint="set the clock of this machine right, and do it again",
        )


def check_past(world: World, before: Dossier | None, signed: Signed, now: datetime) -> None:
    """Refuse an event of a day that is over, if what was followed then would be another with it.

    Raises:
        DateError: the sentence names the day.
    """
    event = signed.event
    today = (now - clock.TOLERANCE).astimezone(time_zone(world.control.time_zone)).date()
    if before is None or event.date >= today:
        return
    if day := past.rewritten(before, signed, today):
        raise DateError(
            event.item,
            event.date,
            f"is over, and '{event.type}' would change what was in force on {day.isoformat()}",
            hint="nothing takes effect backwards: prepare it again, and sign it today",
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
