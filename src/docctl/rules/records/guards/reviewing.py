"""The guard of what somebody decides about a record at the end of its time of keeping."""

from docctl.errors import DateError, EventError, RetentionError
from docctl.model.event import Signed
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.disposing import require_owner
from docctl.rules.records.guards.persons import require_person
from docctl.rules.records.guards.records import live, require_reason
from docctl.rules.records.record import Review
from docctl.rules.records.retention.due import assess


def reviewed(archive: Archive, signed: Signed) -> None:
    """Refuse a decision before the period is over, or by somebody who does not own the class.

    A hold forbids none: whatever is decided, nothing goes under it.
    """
    event, data = signed.event, data_of(signed)
    record = live(archive, event, "review")
    require_reason(event)
    require_person(archive, event)
    kind = archive.world.control.retention_of(record.retention)
    if kind is None:
        raise RetentionError(
            event.item,
            f"the schedule has no class {record.retention} any more",
            hint="let CONTROL define it again: docctl control change",
        )
    if kind.action != "review" and record.review is None:
        raise EventError(
            event.item,
            f"nobody decides about it: class {kind.name} says {kind.action}",
            hint="a class whose action is 'review' lets somebody decide about each record",
        )
    require_owner(archive, event, kind)
    found = assess(archive, record._replace(review=None), event.date)
    if found.due_since is None or found.due_since > event.date:
        raise RetentionError(
            event.item, f"its time of keeping is not over: {found.explanation or found.state}"
        )
    if data.until is not None and data.until <= event.date:
        raise DateError(event.item, data.until, "is not to come", hint="name a later day")
    decided = record._replace(review=Review(event.date, data.until, data.then))
    after = assess(archive, decided, event.date)
    if after.state == "conflict":
        raise RetentionError(
            event.item,
            f"its limits forbid that: {after.explanation}",
            hint="decide within them, or let CONTROL change the class",
        )
