"""Records and disposals as their lists and cards show them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording.keeping import definition_of
from docctl.desk.recording.telling.asking import found
from docctl.desk.recording.telling.contents import Written, current, written
from docctl.desk.recording.telling.fields import fields_of
from docctl.errors import InputError
from docctl.model.answers.record import (
    AttachedFile,
    DisposalShown,
    ReceiptShown,
    RecordEntry,
    RecordShown,
    RecordStatement,
    Trace,
)
from docctl.model.base import Number
from docctl.model.event import Signed
from docctl.model.records.custody import OriginalDestroyedData
from docctl.model.records.record import DisposedData, Entry, RetentionReviewedData
from docctl.rules.asof import in_force
from docctl.rules.query import Question
from docctl.rules.records import Disposal, Record, assess
from docctl.rules.records.guards.records import lacking, steps_missing
from docctl.rules.records.retention.due import holding
from docctl.rules.records.retention.dues import StandingHolds
from docctl.store.index.records.lists import EVERYTHING, Page


def page_of(limit: int | None, page: int) -> Page:
    """Return the part of a list that is meant; all of it without a limit.

    Raises:
        InputError: there is no such part.
    """
    if page < 1 or (limit is not None and limit < 1):
        raise InputError("pages and lines are counted from 1", hint="give whole numbers")
    if limit is None and page > 1:
        raise InputError("a list without a limit has one page", hint="give a limit too")
    return EVERYTHING if limit is None else Page.of(limit, page)


def entries(
    bench: Bench, *, form: Number | None, question: Question | None, page: Page = EVERYTHING
) -> Iterator[RecordEntry]:
    """Yield the records that were made on a form and answer a question, oldest capture first."""
    holds = StandingHolds(bench.archive())
    for line in found(bench, question, form, page):
        yield RecordEntry.model_validate(
            {
                "record": line.number,
                "form": line.form,
                "form_revision": line.form_revision,
                "status": line.status,
                "happened_on": line.event_on,
                "captured_on": line.captured_on,
                "closed_on": line.closed,
                "by": line.signer,
                "entered_for": line.entered_for,
                "retention": line.retention,
                "identifiers": line.identifiers,
                "holds": tuple(sorted(holds.on(line))),
            }
        )


def entry(bench: Bench, record: Record) -> RecordEntry:
    """Return the line of a record."""
    event = record.captured.event
    return RecordEntry(
        record=record.number,
        form=record.form,
        form_revision=record.form_revision,
        status=record.status,
        happened_on=record.event_on,
        captured_on=record.captured_on,
        closed_on=record.closed.on if record.closed else None,
        by=event.signer,
        entered_for=_data(record.captured).entered_for,
        retention=record.retention,
        identifiers=dict(record.identifiers),
        holds=holding(bench.archive(), record),
    )


def shown(bench: Bench, record: Record) -> RecordShown:
    """Return a record with everything that it says.

    Raises:
        StoreError: what it says cannot be had, though it was not disposed of.
    """
    said, definition = written(bench, record), definition_of(bench, record)
    asks, says = tuple(fields_of(definition)), current(said)
    order, still = [one.name for one in asks], record.status == "open"
    return RecordShown(
        entry=entry(bench, record),
        title=bench.archive().title(record.form, record.form_revision, record.form_content),
        fields={name: says[name] for name in (*order, *says) if name in says},
        asks=asks,
        lacks=lacking(record, definition) if still else (),
        steps_missing=tuple(one.name for one in steps_missing(record, definition) if still),
        elsewhere=record.elsewhere,
        blank=_data(record.captured).blank,
        statements=tuple(_statements(bench, record, said)),
        due=assess(bench.archive(), record, bench.today()),
    )


def traced(bench: Bench, record: Record) -> Trace:
    """Return form, procedure and person as they stood on the day of a record's capture."""
    event, day = record.captured.event, bench.day(record.captured_on)
    form = bench.document(record.form, record.form_revision)
    dossier = bench.find(form.parent) if form.parent else None
    revision = in_force(dossier, record.captured_on) if dossier else None
    parent = day.document(dossier, revision) if dossier and revision else None
    authority = bench.world.authority
    person = authority.persons.get(event.signer)
    return Trace(
        record=record.number,
        captured_on=record.captured_on,
        form=record.form,
        form_revision=record.form_revision,
        form_title=form.title,
        procedure=form.parent,
        procedure_revision=revision.label if revision else None,
        procedure_title=parent.title if parent else "",
        person=event.signer,
        name=person.name if person else "",
        functions=authority.functions(event.signer, record.captured_on),
        roles=(event.role,),
        due=assess(bench.archive(), record, bench.today()),
    )


def _statements(
    bench: Bench, record: Record, said: tuple[Written, ...]
) -> Iterator[RecordStatement]:
    contents = {one.signed.digest: one.content for one in said}
    late_after = timedelta(days=definition_of(bench, record).late_after_days)
    persons = bench.world.authority.persons
    entries = [one.event.seq for one in record.chain.events if isinstance(_data(one), Entry)]
    before: dict[str, Any] = {}
    for signed in record.chain.events:
        event, data, content = signed.event, _data(signed), contents.get(signed.digest)
        fields = {**content.fields, **dict.fromkeys(content.removed)} if content else {}
        happened = _happened(data)
        amended = event.type == "amended"
        entered = isinstance(data, Entry) and not amended
        yield RecordStatement(
            seq=event.seq or 0,
            type=event.type,
            signer=event.signer,
            name=persons[event.signer].name if event.signer in persons else "",
            function=event.function,
            entered_for=getattr(data, "entered_for", None),
            time=event.time,
            happened_on=happened,
            late=entered and happened is not None and event.date - happened > late_after,
            reason=event.reason or getattr(data, "late_reason", ""),
            step=_about(data),
            decided=_decided(data),
            fields=fields,
            was={name: before.get(name) for name in fields} if amended else {},
            attachments=tuple(
                AttachedFile(
                    name=one.name,
                    media_type=one.media_type,
                    size=one.stub.size,
                    commitment=one.stub.commitment,
                )
                for one in (content.attachments if content else ())
            ),
            elsewhere=getattr(data, "elsewhere", None),
            destroyed=data if isinstance(data, OriginalDestroyedData) else None,
            fell_away_with=_after(event.seq, entries) if event.type == "countersigned" else None,
            disposal=getattr(data, "disposal", None),
            removed=data.removed if isinstance(data, DisposedData) else (),
        )
        before |= fields


def _after(seq: int | None, entries: Iterable[int | None]) -> int | None:
    """Return the first entry after a statement."""
    return next((one for one in entries if one and seq and one > seq), None)


def _decided(data: Any) -> str:
    if not isinstance(data, RetentionReviewedData):
        return ""
    return f"kept until {data.until}" if data.until else data.then or ""


def _happened(data: Any) -> date | None:
    """Return the day of what a statement tells of, if it names one."""
    named = (getattr(data, name, None) for name in ("event_on", "since", "on"))
    return next((one for one in named if one is not None), None)


def _about(data: Any) -> str | None:
    """Return the step, the meaning or the fact that a statement is about."""
    named = (getattr(data, name, None) for name in ("step", "meaning", "fact"))
    return next((one for one in named if one is not None), None)


def _data(signed: Signed) -> Any:
    return getattr(signed.event, "data", None)


def disposal_shown(disposal: Disposal) -> DisposalShown:
    """Return a disposal with what became of its records."""
    event, authorised = disposal.proposed.event, disposal.authorised
    certified = _data(disposal.certified) if disposal.certified else None
    state = "certified" if certified else "refused" if disposal.refused else "proposed"
    if state == "proposed" and authorised:
        state = "authorised"
    ended = disposal.certified or disposal.refused
    return DisposalShown.model_validate(
        {
            "disposal": disposal.number,
            "state": state,
            "proposed_by": event.signer,
            "proposed_on": event.date,
            "authorised_by": authorised.event.signer if authorised else None,
            "authorised_on": authorised.event.date if authorised else None,
            "ended_by": ended.event.signer if ended else None,
            "ended_on": ended.event.date if ended else None,
            "refused_because": disposal.refused.event.reason if disposal.refused else "",
            "not_before": disposal.authority.not_before if disposal.authority else None,
            "records": tuple(one.record for one in disposal.items),
            "schedule": disposal.schedule,
            "outcomes": certified.outcomes if certified else (),
            "receipts": tuple(map(_receipt, disposal.receipts)),
            "copies": certified.copies if certified else (),
        }
    )


def _receipt(signed: Signed) -> ReceiptShown:
    event, data = signed.event, _data(signed)
    return ReceiptShown(
        receiver=data.receiver,
        records=data.records,
        on=event.date,
        by=event.signer,
        package=data.package,
        receipt=data.receipt,
    )
