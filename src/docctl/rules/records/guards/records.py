"""Questions that several guards ask of a record."""

from docctl.errors import EventError, IllegalMoveError
from docctl.model.event import Event
from docctl.model.records.definition import RecordDefinition, RecordStep, RequiredSignature
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


def steps_missing(record: Record, definition: RecordDefinition) -> tuple[RecordStep, ...]:
    """Return the steps that must still be entered before a record can be closed.

    A record that is kept elsewhere lacks none: its original says them.
    """
    asked = () if record.elsewhere else definition.steps
    return tuple(one for one in asked if one.mandatory and one.name not in record.steps)


def signatures_missing(
    record: Record, definition: RecordDefinition
) -> tuple[RequiredSignature, ...]:
    """Return the signatures that must still be put to a record before it can be closed."""
    return tuple(one for one in definition.signatures if one.meaning not in record.countersigned)


def lacking(record: Record, definition: RecordDefinition) -> tuple[str, ...]:
    """Return what a record lacks before it can be closed, a sentence for each."""
    steps, signatures = steps_missing(record, definition), signatures_missing(record, definition)
    return (
        *(f"the step {one.title} ({one.name}) was not entered" for one in steps),
        *(f"nobody has signed it as {one.meaning} (role {one.role})" for one in signatures),
    )


def require_reason(event: Event) -> None:
    """Refuse an event that says no reason."""
    if not event.reason:
        raise EventError(event.item, f"'{event.type}' needs a reason", hint="give it with --reason")
