"""Events as files: what their bytes say, and the order in which they happened."""

from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from docctl.errors import DamagedStoreError
from docctl.model.event import Signed
from docctl.model.events import EVENT
from docctl.store.layout import EventName
from docctl.trust.canonical import digest


def in_order(events: Iterable[tuple[EventName, Signed]]) -> tuple[Signed, ...]:
    """Order an item's events as they happened.

    Events with a `seq` follow it. A vote stands behind the statement it answers: before the
    event that counted it, and otherwise by its time.
    """
    named = list(events)
    chain = [one for name, one in sorted(named, key=_seq) if one.event.seq is not None]
    votes = [(name.seq, one) for name, one in named if one.event.seq is None]
    for answered, vote in sorted(votes, key=lambda each: (each[1].event.time, each[1].digest)):
        chain.insert(_place(chain, answered, vote), vote)
    return tuple(chain)


def _seq(named: tuple[EventName, Signed]) -> int:
    return named[0].seq


def _place(chain: Sequence[Signed], answered: int, vote: Signed) -> int:
    after = next((at for at, one in enumerate(chain, 1) if one.event.seq == answered), len(chain))
    for index, following in enumerate(chain[after:], after):
        counted = getattr(getattr(following.event, "data", None), "votes", ())
        if vote.digest in counted or following.event.time > vote.event.time:
            return index
    return len(chain)


def read_event(data: bytes, place: str) -> Signed:
    """Return the event that these bytes are, with their digest; its signature is not looked at.

    Raises:
        DamagedStoreError: the bytes are not an event.
    """
    try:
        return Signed(EVENT.validate_json(data), digest(data))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DamagedStoreError(f"{place} is not an event ({where}: {first['msg']})") from error
