"""A second opinion on what is kept elsewhere, and on numbered blanks, from the requirements alone.

An original is destroyed once its record was let go, and not before; a blank makes one record.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from naive_retention import Line, faults, of

Opinion = Callable[[Sequence[Line]], Iterator[str]]

WENT = {"destroy": "destroyed", "transfer": "transferred", "anonymise": "anonymised"}


def moved(history: Sequence[Line]) -> Iterator[str]:
    """Every reason for which a record should not be said to be kept somewhere else."""
    now, before = history[-1], history[:-1]
    event, record = now.event, now.event.item
    captured = of(before, record, "captured")[0].event
    if captured.data.elsewhere is None:
        yield "it lies in the vault"
        return
    if of(before, record, "disposed"):
        yield "it is gone"
    known = [one.event.data for one in of(before, record, "custody_changed")]
    place = known[-1].elsewhere if known else captured.data.elsewhere
    since = known[-1].since if known else captured.data.event_on
    if event.data.elsewhere == place:
        yield "it is there already"
    if not since <= event.data.since <= event.date:
        yield "it cannot be there since that day"
    if event.signer != captured.signer and "records" not in now.roles[event.signer]:
        yield f"{event.signer} does not keep it"
    if not event.reason:
        yield "nobody says why"


def destroyed(history: Sequence[Line]) -> Iterator[str]:
    """Every reason for which an original should not be said to be destroyed."""
    now, before = history[-1], history[:-1]
    event, record = now.event, now.event.item
    gone = of(before, record, "disposed")
    if of(before, record, "captured")[0].event.data.elsewhere is None:
        yield "it has no original elsewhere"
    if not gone:
        yield "nobody has let it go"
    elif not gone[0].event.date <= event.data.on <= event.date:
        yield f"it was let go on {gone[0].event.date}, and not destroyed on {event.data.on}"
    if of(before, record, "original_destroyed"):
        yield "it was destroyed already"
    if "records" not in now.roles[event.signer]:
        yield f"{event.signer} does not keep records"


def certified(history: Sequence[Line]) -> Iterator[str]:
    """Every reason for which a certificate is not true."""
    now, before = history[-1], history[:-1]
    items = of(before, now.event.item, "disposal_proposed")[0].event.data.items
    said = {one.record: one.result for one in now.event.data.outcomes}
    if not of(before, now.event.item, "disposal_authorised"):
        yield "nobody has authorised it"
    if "records" not in now.roles[now.event.signer]:
        yield f"{now.event.signer} does not keep records"
    for item in items:
        lines = of(before, item.record, "disposed")
        gone = any(one.event.data.disposal == now.event.item for one in lines)
        if gone != (said.get(item.record) == WENT.get(item.action, "")):
            yield f"{item.record} is not {said.get(item.record)}"
        elsewhere = of(before, item.record, "captured")[0].event.data.elsewhere
        left = not of(before, item.record, "original_destroyed")
        if gone and elsewhere and left and item.action != "transfer":
            yield f"the original of {item.record} is not destroyed"


def issued(history: Sequence[Line]) -> Iterator[str]:
    """Every reason for which a blank should not be handed out."""
    now, event = history[-1], history[-1].event
    if not now.roles[event.signer] & {"records", "document_controller"}:
        yield f"{event.signer} hands out no blanks"
    until = now.superseded.get(event.data.form)
    if until and event.date >= until:
        yield "its form is superseded"


def captured(history: Sequence[Line]) -> Iterator[str]:
    """Every reason for which a record should not come from its blank, or from none."""
    now, before = history[-1], history[:-1]
    data = now.event.data
    if data.blank is None:
        if data.form in now.numbered and data.elsewhere is None:
            yield "its form is filled in on numbered blanks, and it names none"
        return
    issues = of(before, data.blank, "blank_issued")
    if not issues or issues[0].event.data.form != data.form:
        yield "its form has no such blank"
    yield from _spent(before, data.blank)


def used(history: Sequence[Line]) -> Iterator[str]:
    """Every reason for which a blank should not be used for a record."""
    now, before = history[-1], history[:-1]
    records = of(before, now.event.data.record, "captured")
    if not records or records[0].event.data.blank != now.event.item:
        yield "the record does not name it"
    yield from _spent(before, now.event.item)


def ended(history: Sequence[Line]) -> Iterator[str]:
    """Every reason for which a blank should not come back, or be void."""
    now, before = history[-1], history[:-1]
    if not now.roles[now.event.signer] & {"records", "document_controller"}:
        yield f"{now.event.signer} takes back no blanks"
    if now.event.data.outcome == "void" and not now.event.reason:
        yield "nobody says why it is void"
    yield from _spent(before, now.event.item)


def _spent(before: Sequence[Line], blank: str) -> Iterator[str]:
    if of(before, blank, "blank_used", "blank_ended"):
        yield f"{blank} is used, back or void already"


#: What is thought of each kind of event that was accepted.
OPINIONS: Mapping[str, Opinion] = {
    "disposed": faults,
    "custody_changed": moved,
    "original_destroyed": destroyed,
    "disposal_certified": certified,
    "blank_issued": issued,
    "captured": captured,
    "blank_used": used,
    "blank_ended": ended,
}
