"""The guard of a change: its events stand or fall together."""

from collections import Counter
from collections.abc import Sequence

from docctl.errors import EventError
from docctl.model import lifecycle as life
from docctl.model.event import Event, Signed
from docctl.model.records.blank import BlankUsed
from docctl.model.records.record import Captured

#: Kinds of events of which a change may hold several: the founding, a joint release, a batch of
#: records, a record with the blank that it came from, a stack of blanks, what one disposal lets go,
#: and what is decided about several records.
_TOGETHER = (
    {"founded", "established"},
    {"released"},
    {"captured"},
    {"captured", "blank_used"},
    {"blank_issued"},
    {"disposed"},
    {"retention_reviewed"},
)


def check_joint(changes: Sequence[Signed]) -> None:
    """Refuse a change that is not whole: an item twice, or a joint release with a part missing.

    Every release in a change names all the others in it, so that none can land without them.
    What does not stand or fall together is no change. Each event by itself is judged by `check`.

    Raises:
        EventError: the sentence names the document.
    """
    for item, times in Counter(signed.event.item for signed in changes).items():
        if times > 1:
            raise EventError(item, "a change holds at most one event of each document")
    if len(changes) > 1 and {one.event.type for one in changes} not in _TOGETHER:
        raise EventError(changes[0].event.item, "these events do not stand or fall together")
    _check_blanks([one.event for one in changes])
    releases = [one.event for one in changes if isinstance(one.event, life.Released)]
    together = {event.item for event in releases}
    for event in releases:
        named = event.data.together_with
        if {*named} != together - {event.item} or len({*named}) < len(named):
            others = ", ".join(sorted(together - {event.item})) or "nothing else"
            raise EventError(event.item, f"in this change it is released together with {others}")


def _check_blanks(events: Sequence[Event]) -> None:
    """Refuse a record from a blank that is not marked as used for it, and the other way round."""
    named = {
        (one.data.blank, one.item) for one in events if isinstance(one, Captured) and one.data.blank
    }
    used = {(one.item, one.data.record) for one in events if isinstance(one, BlankUsed)}
    if odd := sorted(named ^ used):
        blank, record = odd[0]
        raise EventError(blank, f"its use and the record {record} are stated in one change")
