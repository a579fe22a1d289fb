"""The guards of disposal: nothing goes before its time, under a hold, or by one person alone."""

from collections.abc import Iterator
from datetime import timedelta

from docctl.errors import (
    DateError,
    EventError,
    HoldError,
    IllegalMoveError,
    NotAuthorisedError,
    RetentionError,
    SeparationOfDutiesError,
)
from docctl.model.assignment import Owner
from docctl.model.base import Word
from docctl.model.event import Event, Signed
from docctl.model.records.hold import DisposalItem
from docctl.model.records.record import DisposedData
from docctl.model.records.retention import RetentionClass
from docctl.rules.records.anonymous import removable
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.disposal import Disposal
from docctl.rules.records.guards.persons import KEEPER, require_person, require_role
from docctl.rules.records.guards.records import live, require_reason
from docctl.rules.records.record import Record
from docctl.rules.records.retention.due import assess, holding


def proposed(archive: Archive, signed: Signed) -> None:
    """Refuse to propose what is not due, is held, changed meanwhile, or stands on another list."""
    event, data = signed.event, data_of(signed)
    require_person(archive, event)
    require_role(archive, event, (KEEPER,))
    numbers = [item.record for item in data.items]
    if len({*numbers}) < len(numbers):
        raise EventError(event.item, "names a record twice")
    listed = {
        item.record: one.number
        for one in archive.disposals()
        if one.open
        for item in one.items
        if one.item(item.record)
    }
    for item in data.items:
        record = archive.record(item.record)
        if record is None or record.disposed is not None:
            raise EventError(
                item.record,
                "is no record that could be disposed of",
                hint="see what is due: docctl retention due",
            )
        if item.record in listed:
            raise EventError(
                item.record,
                f"is proposed already: {listed[item.record]}",
                hint=f"see: docctl retention show {listed[item.record]}",
            )
        _require_same(item, record)
        _require_due(archive, record, event, item)
        if item.action == "anonymise":
            _removed(archive, record)


def authorised(archive: Archive, signed: Signed) -> None:
    """Refuse an authorisation by the proposer, or by somebody who does not own the class."""
    event, data = signed.event, data_of(signed)
    disposal = opened(archive, event, "authorise")
    if disposal.authorised is not None:
        raise IllegalMoveError(event.item, "authorise", "authorised", ("run",))
    require_person(archive, event)
    if event.signer == disposal.proposed.event.signer:
        raise SeparationOfDutiesError(event.item, event.signer, did="proposed", cannot="authorise")
    numbers = {item.record for item in disposal.items}
    if strangers := sorted({*data.kept} - numbers):
        raise EventError(event.item, f"{strangers[0]} is not on the list")
    if data.kept and not event.reason:
        why = "keeps records back, which needs a reason"
        raise EventError(event.item, why, hint="give it with --reason")
    _require_classes(archive, disposal)
    for kind in _classes(archive, disposal):
        require_owner(archive, event, kind)
    if data.not_before - event.date != timedelta(days=window(archive, disposal)):
        raise DateError(event.item, data.not_before, "is not the end of the window of its classes")


def refused(archive: Archive, signed: Signed) -> None:
    """Refuse to give up a disposal of which something was carried out already."""
    event = signed.event
    disposal = opened(archive, event, "give up")
    require_reason(event)
    require_person(archive, event)
    if any(is_gone(archive, item, disposal) for item in disposal.items):
        raise IllegalMoveError(event.item, "give up", "being carried out", ("run",))
    if event.role != KEEPER:
        _require_classes(archive, disposal)
        for kind in _classes(archive, disposal):
            require_owner(archive, event, kind)


def disposed(archive: Archive, signed: Signed) -> None:
    """Refuse to let a record go unless everything that demands it holds at this position."""
    event, data = signed.event, data_of(signed)
    record = live(archive, event, "dispose of")
    require_person(archive, event)
    require_role(archive, event, (KEEPER,))
    disposal = archive.disposal(data.disposal)
    if disposal is None or not disposal.open:
        raise EventError(event.item, f"{data.disposal} is no open disposal")
    _require_carried_out(event, disposal)
    if disposal.authorised is None or data.authorised != disposal.authorised.digest:
        raise EventError(event.item, "it names another authorisation")
    item = disposal.item(event.item)
    if item is None:
        raise EventError(event.item, f"{data.disposal} does not let it go")
    if data.action != item.action:
        raise EventError(event.item, f"it was authorised to {item.action} it")
    if item.action == "transfer" and event.item not in disposal.received:
        raise RetentionError(
            event.item,
            "no receiver has said that it has it",
            hint=f"hand it over: docctl retention package {data.disposal}",
        )
    _require_same(item, record)
    _require_due(archive, record, event, item)
    _require_remains(archive, record, data)


def received(archive: Archive, signed: Signed) -> None:
    """Refuse a receipt of what was not to be transferred, or not yet."""
    event, data = signed.event, data_of(signed)
    disposal = opened(archive, event, "record a receipt of")
    require_person(archive, event)
    require_role(archive, event, (KEEPER,))
    _require_carried_out(event, disposal)
    numbers = data.records
    if len({*numbers}) < len(numbers):
        raise EventError(event.item, "names a record twice")
    see = f"see which records wait for a receipt: docctl retention show {disposal.number}"
    for number in numbers:
        item = disposal.item(number)
        if item is None or item.action != "transfer":
            raise EventError(number, f"{disposal.number} does not hand it over", hint=see)
        if number in disposal.received:
            raise EventError(number, "a receiver has it already", hint=see)


def window(archive: Archive, disposal: Disposal) -> int:
    """Return the days between authorisation and execution: the longest of its classes."""
    return max((kind.window_days for kind in _classes(archive, disposal)), default=0)


def require_owner(archive: Archive, event: Event, kind: RetentionClass) -> None:
    """Refuse a signer who does not answer for a class; without an owner it takes `records`."""
    authority, owner = archive.world.authority, kind.owner
    if owner is None:
        require_role(archive, event, (KEEPER,))
    elif not _is(authority.functions(event.signer, event.date), owner, event):
        raise NotAuthorisedError(
            event.signer,
            f"does not answer for the class {kind.name}",
            hint=f"it takes its owner: {owner.name}",
        )


def _is(functions: tuple[str, ...], owner: Owner, event: Event) -> bool:
    return owner.name == event.signer if owner.kind == "person" else owner.name in functions


def opened(archive: Archive, event: Event, verb: str) -> Disposal:
    """Return the disposal that an event is about.

    Raises:
        IllegalMoveError: it is certified, or was given up.
    """
    disposal = archive.disposal(event.item)
    if disposal is None or not disposal.open:
        state = "certified" if disposal and disposal.certified else "given up"
        raise IllegalMoveError(event.item, verb, state, ())
    return disposal


def _require_carried_out(event: Event, disposal: Disposal) -> None:
    """Refuse what is done by a disposal that nobody has authorised, or whose window is not over."""
    if disposal.authority is None:
        raise RetentionError(
            event.item,
            f"nobody has authorised {disposal.number}",
            hint=f"somebody else does: docctl retention authorise {disposal.number}",
        )
    if event.date < disposal.authority.not_before:
        raise DateError(
            event.item,
            event.date,
            f"lies in the window: it may go from {disposal.authority.not_before.isoformat()} on",
        )


def is_gone(archive: Archive, item: DisposalItem, disposal: Disposal) -> bool:
    """Tell whether a record went by this disposal."""
    record = archive.record(item.record)
    gone = record.disposed if record else None
    return gone is not None and data_of(gone).disposal == disposal.number


def _classes(archive: Archive, disposal: Disposal) -> Iterator[RetentionClass]:
    for name in dict.fromkeys(item.retention for item in disposal.items):
        if kind := archive.world.control.retention_of(name):
            yield kind


def _require_classes(archive: Archive, disposal: Disposal) -> None:
    """Refuse where the schedule lost a class: nobody answers for it any more."""
    for item in disposal.items:
        if archive.world.control.retention_of(item.retention) is None:
            raise RetentionError(
                item.record,
                f"the schedule has no class {item.retention} any more",
                hint=f"whoever keeps records gives {disposal.number} up",
            )


def _removed(archive: Archive, record: Record) -> tuple[Word, ...]:
    """Return what is taken out of a record that is made anonymous.

    Raises:
        RetentionError: nothing could be, or its class is gone.
    """
    kind = archive.world.control.retention_of(record.retention)
    gone, why = removable(archive, record, kind) if kind else ((), "its class is gone")
    if why:
        raise RetentionError(
            record.number, why, hint="see 'removes' of its class, and 'personal' of its form"
        )
    return gone


def _require_remains(archive: Archive, record: Record, data: DisposedData) -> None:
    """Refuse remains of what is not made anonymous, none of what is, and what was to go."""
    wanted = _removed(archive, record) if data.action == "anonymise" else ()
    if bool(wanted) != (data.remains is not None) or data.removed != wanted:
        named = ", ".join(wanted) or "nothing"
        raise EventError(record.number, f"what remains of it is all but: {named}")
    if data.remains in record.stubs:
        raise EventError(record.number, "what remains of it is what was to go")


def _require_same(item: DisposalItem, record: Record) -> None:
    if (item.last, item.retention, item.stubs) != (
        record.chain.last,
        record.retention,
        record.stubs,
    ):
        raise RetentionError(
            item.record,
            "something happened to it since it was proposed",
            hint="propose it again: docctl retention propose",
        )


def _require_due(archive: Archive, record: Record, event: Event, item: DisposalItem) -> None:
    if held := holding(archive, record):
        raise HoldError(record.number, held)
    found = assess(archive, record, event.date)
    if found.state != "due" or found.due_since != item.due_since or found.action != item.action:
        when = f"from {found.due_since.isoformat()} on" if found.due_since else found.state
        raise RetentionError(
            record.number,
            f"it may not go on {event.date.isoformat()}: {found.explanation} ({when})",
        )
