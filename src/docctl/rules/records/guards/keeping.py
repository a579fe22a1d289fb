"""The guards of what happens to a record without new content: signatures, closing, facts."""

from docctl.errors import (
    DateError,
    EventError,
    IllegalMoveError,
    IncompleteError,
    SeparationOfDutiesError,
)
from docctl.model.event import Signed
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.persons import (
    KEEPER,
    require_person,
    require_role,
    require_role_or_own,
)
from docctl.rules.records.guards.records import definition_of, lacking, live, require_reason
from docctl.rules.records.retention.triggers import DEPENDANTS


def countersigned(archive: Archive, signed: Signed) -> None:
    """Refuse a signature that the form does not ask for, or by somebody whose content it is."""
    event, data = signed.event, data_of(signed)
    record = live(archive, event, "countersign")
    asked = [
        one for one in definition_of(archive, record).signatures if one.meaning == data.meaning
    ]
    if not asked:
        known = [one.meaning for one in definition_of(archive, record).signatures]
        raise EventError(
            event.item,
            f"its form asks for no signature {data.meaning!r}",
            hint=f"it asks for: {', '.join(known) or 'none'}",
        )
    if not record.open:
        raise IllegalMoveError(event.item, "countersign", "closed", ("open again",))
    require_person(archive, event)
    require_role(archive, event, [one.role for one in asked])
    if event.signer in record.enterers:
        raise SeparationOfDutiesError(
            event.item, event.signer, did="entered something into", cannot="countersign"
        )
    own = any(one.own for one in asked if one.role == event.role)
    if event.signer in record.givers and not own:
        raise SeparationOfDutiesError(
            event.item, event.signer, did="gave what was entered into", cannot="countersign"
        )


def closed(archive: Archive, signed: Signed) -> None:
    """Refuse to close a record that lacks a step or a signature, or on a day that cannot be."""
    event, data = signed.event, data_of(signed)
    record = live(archive, event, "close")
    if not record.open:
        raise IllegalMoveError(event.item, "close", "closed", ("open again", "amend"))
    definition = definition_of(archive, record)
    if missing := lacking(record, definition):
        raise IncompleteError(event.item, missing, hint="see: docctl record show " + event.item)
    if data.closed_on > event.date:
        raise DateError(event.item, data.closed_on, "lies in the future")
    if data.closed_on < record.event_on:
        raise DateError(event.item, data.closed_on, "lies before what the record tells of")
    require_person(archive, event)
    own = not definition.close and event.signer == record.captured.event.signer
    require_role_or_own(archive, event, definition.close or (KEEPER,), own=own)


def opened_again(archive: Archive, signed: Signed) -> None:
    """Refuse to open a record that is open, or without a reason."""
    event = signed.event
    record = live(archive, event, "open again")
    if record.open:
        raise IllegalMoveError(event.item, "open again", "open", ("close",))
    require_reason(event)
    require_person(archive, event)
    require_role(archive, event, (KEEPER,))


def fact_stated(archive: Archive, signed: Signed) -> None:
    """Refuse a fact that the record's class does not wait for, or without a reason."""
    event, data = signed.event, data_of(signed)
    record = live(archive, event, "state a fact about")
    kind = archive.world.control.retention_of(record.retention)
    waits = kind.stated if kind else ()
    if kind and DEPENDANTS in kind.triggers and not [*archive.dependants(event.item)]:
        waits = (*waits, DEPENDANTS)
    if data.fact not in waits:
        raise EventError(
            event.item,
            f"class {record.retention} does not wait for {data.fact!r}",
            hint=f"it waits for: {', '.join(kind.triggers) if kind else 'nothing'}",
        )
    require_reason(event)
    require_person(archive, event)
    require_role(archive, event, (KEEPER,))
