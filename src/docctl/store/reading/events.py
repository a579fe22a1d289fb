"""Events as files: what their bytes say, and the order in which they happened."""

from collections.abc import Iterable, Iterator, Sequence

from pydantic import ValidationError

from docctl.errors import DamagedStoreError
from docctl.model.event import Event, Signed
from docctl.model.events import EVENT
from docctl.store.layout import EventName, event_name
from docctl.store.reading.reader import Reader
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


def brought(reader: Reader, commit: str) -> Iterator[Event]:
    """Yield the events that a change brought.

    Raises:
        DamagedStoreError: it cannot be read.
    """
    made = reader.commit(commit)
    before = reader.commit(made.parents[0]).tree if made.parents else None
    for path, oid in _added(reader, before, made.tree, ""):
        yield read_event(reader.read(oid), path).event


def _added(reader: Reader, before: str | None, after: str, above: str) -> Iterator[tuple[str, str]]:
    """Yield path and id of each event that a folder has and had not; contents are not looked at."""
    old = {entry.name: entry.oid for entry in reader.list_tree(before)} if before else {}
    for entry in reader.list_tree(after):
        path, was = f"{above}{entry.name}", old.get(entry.name)
        if entry.kind == "tree" and entry.oid != was and entry.name != "content":
            yield from _added(reader, was, entry.oid, f"{path}/")
        elif was is None and (name := event_name(entry.name)) and name.kind == "json":
            yield path, entry.oid


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
