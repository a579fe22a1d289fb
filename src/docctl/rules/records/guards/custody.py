"""The guards of records that are kept elsewhere: who has them, and what became of the original."""

from docctl.errors import DateError, EventError, IllegalMoveError
from docctl.model.event import Signed
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.persons import (
    KEEPER,
    require_person,
    require_role,
    require_role_or_own,
)
from docctl.rules.records.guards.records import live, require_reason

_SEE = "see: docctl record show "


def custody_changed(archive: Archive, signed: Signed) -> None:
    """Refuse to move what lies in the vault, to where it is already, or without a reason."""
    event, data = signed.event, data_of(signed)
    record = live(archive, event, "move")
    if record.elsewhere is None:
        raise EventError(
            event.item,
            "lies in the vault: it has no place of its own",
            hint="only what is kept elsewhere moves: docctl record show " + event.item,
        )
    if record.elsewhere == data.elsewhere:
        raise EventError(event.item, "is kept there already", hint=_SEE + event.item)
    if data.since > event.date:
        raise DateError(event.item, data.since, "lies in the future")
    if data.since < (record.kept_since or record.event_on):
        raise DateError(event.item, data.since, "lies before what is known of where it was kept")
    require_reason(event)
    require_person(archive, event)
    own = event.signer == record.captured.event.signer
    require_role_or_own(archive, event, (KEEPER,), own=own)


def original_destroyed(archive: Archive, signed: Signed) -> None:
    """Refuse to state the end of an original that has none, may not go, or is gone already."""
    event, data = signed.event, data_of(signed)
    record = archive.record(event.item)
    if record is None or record.elsewhere is None:
        raise EventError(
            event.item,
            "lies in the vault: there is no original elsewhere",
            hint="a record goes by two persons: docctl retention propose " + event.item,
        )
    if record.disposed is None:
        raise IllegalMoveError(
            event.item,
            "state the destruction of",
            "kept",
            ("propose for disposal",),
            hint="a record goes by two persons: docctl retention propose " + event.item,
        )
    if record.original_gone is not None:
        raise EventError(event.item, "its destruction is stated already", hint=_SEE + event.item)
    if data.on > event.date:
        raise DateError(event.item, data.on, "lies in the future")
    if data.on < record.disposed.event.date:
        raise DateError(event.item, data.on, "lies before the day on which it was let go")
    require_person(archive, event)
    require_role(archive, event, (KEEPER,))
