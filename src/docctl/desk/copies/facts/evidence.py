"""From the history of a record or a disposal to what its copy shows: every signature verified."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.copies.facts.copying import name_of
from docctl.desk.day import Day
from docctl.desk.recording.keeping import definition_of
from docctl.desk.recording.telling.showing import disposal_shown, shown
from docctl.desk.signatures import Signatures
from docctl.errors import DamagedStoreError
from docctl.model.answers.evidence import DisposalCopy, DisposedItem, RecordCopy, Seal
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.event import Signed
from docctl.model.records.custody import OriginalDestroyedData
from docctl.model.records.hold import DisposalCertifiedData
from docctl.model.records.record import DisposedData, Entry, RecordId
from docctl.rules.records import Disposal, Record, assess
from docctl.rules.records.chain import data_of
from docctl.rules.world import World
from docctl.store.layout import event_paths


def record_copy(bench: Bench, record: Record) -> RecordCopy:
    """Return everything that a copy of a record shows, as it stands now.

    Raises:
        StoreError: what it says cannot be had, though it was not disposed of.
        DamagedStoreError: a signature does not hold.
    """
    day = bench.day(bench.today())
    told = shown(bench, record)
    form = bench.document(record.form, record.form_revision)
    kind = day.control.retention_of(record.retention)
    disposal = _disposal_of(bench, record)
    persons = {one.entered_for for one in told.statements if one.entered_for}
    certified = disposal.certified if disposal else None
    return RecordCopy(
        **_printed(day, record.chain.events),
        language=form.language,
        shown=told,
        definition=definition_of(bench, record),
        form_content=record.form_content,
        classification=form.classification,
        retention_title=kind.title if kind else "",
        names={one: name_of(day.authority, one) for one in sorted(persons)},
        stubs=record.stubs,
        disposal=disposal.number if disposal else None,
        disposed_on=record.disposed.event.date if record.disposed else None,
        removed=data_of(record.disposed).removed if record.disposed else (),
        certified_on=certified.event.date if certified else None,
        residual=_certificate(disposal).get(record.number, {}),
    )


def disposal_copy(bench: Bench, disposal: Disposal) -> DisposalCopy:
    """Return everything that a certificate of destruction shows, or a disposal that is none yet.

    Raises:
        DamagedStoreError: a signature does not hold, the schedule is not what was signed, or a
            record is missing.
    """
    day = bench.day(bench.today())
    settings = _schedule(day, disposal)
    names = dict.fromkeys(item.retention for item in disposal.items)
    classes = (settings.retention_of(name) for name in names)
    data = data_of(disposal.certified) if disposal.certified else None
    reasons = [one.event.reason for one in disposal.chain.events if one.event.reason]
    return DisposalCopy(
        **_printed(day, disposal.chain.events),
        shown=disposal_shown(disposal),
        classes=tuple(one for one in classes if one),
        items=tuple(_items(bench, disposal, settings)),
        library=day.authority.library,
        **_heads(bench, day, disposal),
        method=data.method if isinstance(data, DisposalCertifiedData) else "",
        not_reached=data.not_reached if isinstance(data, DisposalCertifiedData) else (),
        reason="; ".join(reasons),
    )


def _heads(bench: Bench, day: Day, disposal: Disposal) -> dict[str, str]:
    """Return the heads of the history before and after a disposal that was certified."""
    if disposal.certified is None:
        return {}
    positions = day.ledger.positions(day.head)

    def at(events: tuple[Signed, ...], signed: Signed) -> int:
        return positions.of(event_paths(events)[signed.digest])

    end = at(disposal.chain.events, disposal.certified)
    records = (bench.archive().record(item.record) for item in disposal.items)
    gone = [
        at(record.chain.events, record.disposed)
        for record in records
        if record and record.disposed and data_of(record.disposed).disposal == disposal.number
    ]
    before = positions.commit(min(gone, default=end) - 1)
    return {"head_before": before, "head_after": positions.commit(end)}


def _printed(day: Day, events: tuple[Signed, ...]) -> dict[str, Any]:
    return {
        "organization": day.control.organization,
        "paper": day.control.paper,
        "as_of": day.on,
        "signatures": tuple(_seals(day, events)),
        "notice": day.control.notice,
    }


def _seals(day: Day, events: tuple[Signed, ...]) -> Iterable[Seal]:
    for signed in Signatures(day).verified(events, events):
        event = signed.event
        yield Seal(
            type=event.type,
            person=event.signer,
            name=name_of(day.authority, event.signer),
            function=event.function or "",
            role=event.role,
            meaning=event.meaning,
            time=event.time,
            event=signed.digest,
            key=signed.keys[0],
            tool=event.tool,
        )


def _disposal_of(bench: Bench, record: Record) -> Disposal | None:
    data = data_of(record.disposed) if record.disposed else None
    return bench.archive().disposal(data.disposal) if isinstance(data, DisposedData) else None


def _certificate(disposal: Disposal | None) -> Mapping[RecordId, Any]:
    """Return the identifiers that a certificate goes on naming, by their records."""
    data = data_of(disposal.certified) if disposal and disposal.certified else None
    return data.residual if isinstance(data, DisposalCertifiedData) else MappingProxyType({})


def _schedule(day: Day, disposal: Disposal) -> ControlSettings:
    """Return the settings whose schedule a disposal followed."""
    revision = day.get(CONTROL).revision(disposal.schedule.removeprefix(CONTROL).strip())
    return day.settings(revision) if revision else day.control


def _items(bench: Bench, disposal: Disposal, settings: ControlSettings) -> Iterator[DisposedItem]:
    """Yield the records of a disposal, under the schedule that it followed."""
    archive = bench.archive()
    under = archive.under(World(archive.world.authority, settings))
    title = cache(lambda form, label: bench.document(form, label).title)
    data = data_of(disposal.certified) if disposal.certified else None
    outcomes = data.outcomes if isinstance(data, DisposalCertifiedData) else ()
    told = {one.record: one for one in outcomes}
    for item in disposal.items:
        record = archive.record(item.record)
        if record is None:
            raise DamagedStoreError(f"{item.record} of {disposal.number} is missing")
        why = assess(under, record._replace(disposed=None), item.due_since).because
        gone = data_of(record.disposed) if record.disposed else None
        went = isinstance(gone, DisposedData) and gone.disposal == disposal.number
        yield DisposedItem(
            record=record.number,
            form=record.form,
            form_revision=record.form_revision,
            title=title(record.form, record.form_revision),
            retention=item.retention,
            since=record.event_on,
            until=_until(record),
            due_since=item.due_since,
            because="; ".join(one for one in why if not one.startswith("held by")),
            action=item.action,
            stubs=item.stubs,
            kept=disposal.item(item.record) is None,
            outcome=told.get(item.record),
            gone_on=record.disposed.event.time if record.disposed and went else None,
            removed=gone.removed if gone and went else (),
            remains=gone.remains if gone and went else None,
            elsewhere=record.elsewhere,
            original=_original(record),
            stated_by=_stated_by(bench, record),
            residual=_certificate(disposal).get(record.number, {}),
        )


def _original(record: Record) -> OriginalDestroyedData | None:
    data = data_of(record.original_gone) if record.original_gone else None
    return data if isinstance(data, OriginalDestroyedData) else None


def _stated_by(bench: Bench, record: Record) -> str:
    stated = record.original_gone
    return name_of(bench.world.authority, stated.event.signer) if stated else ""


def _until(record: Record) -> date:
    """Return the last day that a record is about: of its closing, or of what was entered last."""
    entered = [data_of(one) for one in record.chain.events]
    days = [one.event_on for one in entered if isinstance(one, Entry)]
    return max((*days, record.closed.on)) if record.closed else max(days)
