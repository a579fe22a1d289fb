"""The guards of what brings content to a record: capture, further steps, amendments."""

from datetime import date, timedelta

from docctl.errors import DateError, EventError, IllegalMoveError
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import State
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import CapturedData, Entry
from docctl.rules.asof import state_of
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.blanks import require_blank
from docctl.rules.records.guards.persons import KEEPER, require_person, require_role_or_own
from docctl.rules.records.guards.records import definition_of, live, require_reason
from docctl.rules.records.numbering import fits

#: No record tells of an earlier day: it is a slip of the pen.
EARLIEST = date(1900, 1, 1)

_SIGNED = (
    "others signed what it says: open it, amend it, and let them sign again: "
    "docctl record reopen {} --reason R"
)
_FOLLOWED = frozenset({State.EFFECTIVE})
_NEVER = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.CANCELLED})


def captured(archive: Archive, signed: Signed) -> None:
    """Refuse a capture that its form, its class or its days do not allow."""
    event, data = signed.event, data_of(signed)
    definition = archive.definition(data.form, data.form_revision, data.form_content)
    if definition is None:
        raise EventError(
            event.item,
            f"there is no definition of records in {data.form} revision {data.form_revision}",
            hint=f"see what the form says: docctl show {data.form}",
        )
    _check_form(archive, event, data)
    if not fits(definition.pattern, data.form, event.item):
        raise EventError(event.item, f"is no number of a record of {data.form}")
    _check_kept(archive, event, data, definition)
    if unknown := sorted({*data.identifiers} - {*definition.identifiers}):
        raise EventError(event.item, f"{unknown[0]!r} is no identifier of {data.form}")
    if data.subject and definition.subject is None:
        raise EventError(event.item, f"records of {data.form} are about no person")
    if data.open != definition.staged:
        raise EventError(event.item, "it stays open if its form has steps, and only then")
    if data.payload is None and data.elsewhere is None:
        raise EventError(event.item, "it lies in the vault or elsewhere: one of them is named")
    require_blank(archive, event, data, definition)
    _check_entry(archive, event, data, definition)
    require_role_or_own(archive, event, definition.capture, own=not definition.capture)


def added(archive: Archive, signed: Signed) -> None:
    """Refuse a step that the form does not have, that was entered, or that is too late."""
    event, data = signed.event, data_of(signed)
    record = live(archive, event, "add to")
    definition = definition_of(archive, record)
    step = definition.step(data.step)
    if step is None:
        names = ", ".join(one.name for one in definition.steps) or "none"
        raise EventError(event.item, f"has no step {data.step!r}", hint=f"its steps: {names}")
    if not record.open:
        raise IllegalMoveError(event.item, "add", "closed", ("amend", "open again"))
    if data.step in record.steps:
        raise EventError(
            event.item,
            f"the step {data.step!r} was entered already",
            hint="what was entered never changes; correct it: docctl record amend",
        )
    if missing := next((one for one in step.after if one not in record.steps), None):
        raise EventError(
            event.item,
            f"the step {step.name!r} comes after {missing!r}, which was not entered yet",
            hint=f"first: docctl record add {event.item} --step {missing} --data FILE",
        )
    if data.payload is None and record.elsewhere is None:
        raise EventError(event.item, "a step says what it enters")
    _check_entry(archive, event, data, definition)
    require_role_or_own(archive, event, step.roles, own=not step.roles)


def amended(archive: Archive, signed: Signed) -> None:
    """Refuse an amendment without a reason, or by somebody who may not amend."""
    event, data = signed.event, data_of(signed)
    record = live(archive, event, "amend")
    definition = definition_of(archive, record)
    if definition.signatures and not record.open:
        raise IllegalMoveError(
            event.item, "amend", "closed", ("open again",), hint=_SIGNED.format(event.item)
        )
    require_reason(event)
    require_person(archive, event)
    if data.payload is None and record.elsewhere is None:
        raise EventError(event.item, "an amendment says what it changes")
    if unknown := sorted({*data.identifiers, *data.removed} - {*definition.identifiers}):
        raise EventError(event.item, f"{unknown[0]!r} is no identifier of {record.form}")
    if both := sorted({*data.identifiers} & {*data.removed}):
        raise EventError(event.item, f"the identifier {both[0]!r} cannot change and go")
    _check_entry(archive, event, data, definition)
    own = not definition.amend and event.signer == record.captured.event.signer
    require_role_or_own(archive, event, definition.amend or (KEEPER,), own=own)


def _check_kept(
    archive: Archive, event: Event, data: CapturedData, definition: RecordDefinition
) -> None:
    """Check the class by which it is kept, where it lies, and what it refers to."""
    if data.retention != definition.retention:
        raise EventError(event.item, f"{data.form} keeps its records as {definition.retention}")
    kept = archive.world.control.retention_of(data.retention)
    if kept is None:
        raise EventError(event.item, f"the retention schedule has no class {data.retention}")
    if data.vault != kept.vault:
        place = f"the vault {kept.vault}" if kept.vault else "the library's own vault"
        raise EventError(event.item, f"records of the class {kept.name} go to {place}")
    for number in data.related:
        if archive.record(number) is None:
            raise EventError(
                event.item,
                f"it refers to {number}, which is no record",
                hint="see: docctl record list",
            )


def _check_form(archive: Archive, event: Event, data: CapturedData) -> None:
    """Check that the form was in force on the day of what happened, or that a reason says why."""
    dossier = archive.dossier(data.form)
    revision = dossier.revision(data.form_revision) if dossier else None
    if dossier is None or revision is None or revision.content != data.form_content:
        raise EventError(event.item, f"{data.form} has no such revision {data.form_revision}")
    if state_of(dossier, revision, event.date) in _NEVER:
        raise EventError(
            event.item,
            f"{data.form} revision {data.form_revision} is not in force",
            hint="records are made on forms that were released",
        )
    on = max(data.event_on, revision.effective_on or data.event_on)
    if state_of(dossier, revision, on) not in _FOLLOWED and not event.reason:
        raise EventError(
            event.item,
            f"{data.form} revision {data.form_revision} was not in force on {on.isoformat()}",
            hint="use the revision of that day, or say why with --reason",
        )


def _check_entry(archive: Archive, event: Event, data: Entry, definition: RecordDefinition) -> None:
    """Check days, names of files, and the person for whom it was entered."""
    if data.attachments and data.payload is None:
        raise EventError(event.item, "what it says names the files beside it, and it says nothing")
    if data.event_on > event.date:
        raise DateError(event.item, data.event_on, "lies in the future")
    if data.event_on < EARLIEST:
        raise DateError(event.item, data.event_on, "is too long ago")
    late = event.date - data.event_on > timedelta(days=definition.late_after_days)
    if late and not data.late_reason:
        raise DateError(
            event.item,
            data.event_on,
            f"is more than {definition.late_after_days} days ago",
            hint="say why it is entered late: --late-reason TEXT",
        )
    authority = archive.world.authority
    if data.entered_for and data.entered_for not in authority.persons:
        raise EventError(
            event.item,
            f"there is no person {data.entered_for!r}",
            hint="see: docctl person list",
        )
    if data.entered_for and authority.persons[data.entered_for].kind == "service":
        raise EventError(event.item, f"{data.entered_for} is a service: records are of persons")
    if authority.persons[event.signer].kind == "service" and not data.entered_for:
        raise EventError(
            event.item,
            f"{event.signer} is a service: it enters records for somebody",
            hint="name the person: --for ID",
        )
