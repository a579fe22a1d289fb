"""Questions that several guards ask of a record."""

from docctl.errors import EventError, IllegalMoveError
from docctl.model.event import Event
from docctl.model.records.definition import RecordDefinition
from docctl.rules.records.archive import Archive
from docctl.rules.records.record import Record


def live(archive: Archive, event: Event, verb: str) -> Record:
    """Return the record that an event is about, if it is still there.

    Raises:
        IllegalMoveError: it was disposed of.
    """
    record = archive.record(event.item)
    if record is None or record.disposed is not None:
        raise IllegalMoveError(event.item, verb, "disposed of", ())
    return record


def definition_of(archive: Archive, record: Record) -> RecordDefinition:
    """Return what the form of a record says, in the revision on which it was captured.

    Raises:
        EventError: it cannot be read any more.
    """
    found = archive.definition(record.form, record.form_revision, record.form_content)
    if found is None:
        raise EventError(record.number, f"its form {record.form} cannot be read")
    return found


def require_reason(event: Event) -> None:
    """Refuse an event that says no reason."""
    if not event.reason:
        raise EventError(event.item, f"'{event.type}' needs a reason", hint="give it with --reason")
