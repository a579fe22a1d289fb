"""What supports a record as evidence (ALCOA+): looked up, never claimed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from docctl.desk.bench import Bench
from docctl.desk.recording import values
from docctl.desk.recording.keeping import definition_of
from docctl.desk.recording.telling.showing import shown
from docctl.desk.signatures import Signatures
from docctl.english import many
from docctl.errors import DamagedStoreError, StoreError
from docctl.model.answers.alcoa import Quality, QualityName, RecordQualities
from docctl.model.answers.record import AttachedFile, RecordShown, RecordStatement
from docctl.model.records.definition import RecordDefinition
from docctl.rules.records import Record, assess
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.records import lacking


class Remark(NamedTuple):
    """A sentence, and whether it supports a quality or speaks of what is missing."""

    sentence: str
    supports: bool


def _supports(sentence: str) -> Remark:
    return Remark(sentence, supports=True)


def _lacks(sentence: str) -> Remark:
    return Remark(sentence, supports=False)


@dataclass(frozen=True, slots=True)
class Examined:
    """A record under the glass: what its history says, and what could be read of the rest."""

    bench: Bench
    record: Record
    definition: RecordDefinition
    told: RecordShown | None
    """Nothing where what it says cannot be had."""

    trouble: str
    """Why not."""

    @property
    def statements(self) -> tuple[RecordStatement, ...]:
        """Return its statements, as far as they can be read."""
        return self.told.statements if self.told else ()


def qualities(bench: Bench, record: Record) -> RecordQualities:
    """Return what supports a record, quality by quality. Every payload is read to its end."""
    told, trouble = None, ""
    try:
        told = shown(bench, record)
    except StoreError as error:
        trouble = str(error)
    looked = Examined(bench, record, definition_of(bench, record), told, trouble)
    found = [_quality(name, tuple(look(looked))) for name, look in _LOOKS.items()]
    return RecordQualities(
        record=record.number,
        title=bench.archive().title(record.form, record.form_revision, record.form_content),
        form=record.form,
        form_revision=record.form_revision,
        status=record.status,
        captured_on=record.captured_on,
        qualities=tuple(found),
    )


def _quality(name: QualityName, said: tuple[Remark, ...]) -> Quality:
    return Quality(
        name=name,
        evidence=tuple(one.sentence for one in said if one.supports),
        missing=tuple(one.sentence for one in said if not one.supports),
    )


def _attributable(one: Examined) -> Iterator[Remark]:
    events = one.record.chain.events
    try:
        verified = [*Signatures(one.bench.day(one.bench.today())).verified(events, events)]
    except DamagedStoreError as error:
        yield _lacks(str(error))
    else:
        names = ", ".join(dict.fromkeys(signed.event.signer for signed in verified))
        yield _supports(f"{many(len(verified), 'statement')} signed by {names}; signatures hold")
    for statement in one.statements:
        if statement.entered_for:
            yield _supports(
                f"statement {statement.seq} was entered by {statement.signer} "
                f"for {statement.entered_for}"
            )


def _legible(one: Examined) -> Iterator[Remark]:
    form = f"{one.record.form} revision {one.record.form_revision}"
    yield _supports(f"the form it was made on is kept: {form}")
    if gone := _gone(one):
        yield _supports(gone)
    elif one.told is None:
        yield _lacks(f"what it says cannot be read: {one.trouble}")
    else:
        if one.record.elsewhere:
            yield _lacks(f"docctl cannot look at it: {_place(one)}")
        if one.told.fields or not one.record.elsewhere:
            yield _supports(f"{many(len(one.told.fields), 'field')} read as text")
    for file in (file for each in one.statements for file in each.attachments):
        kind = "of a kind that docctl does not know" if _unknown(file) else f"{file.media_type}"
        yield _supports(f"the file {file.name} is kept as it was handed in; it is {kind}")


def _unknown(file: AttachedFile) -> bool:
    return file.media_type == "application/octet-stream"


def _contemporaneous(one: Examined) -> Iterator[Remark]:
    record = one.record
    days = (record.captured_on - record.event_on).days
    yield _supports(f"happened on {record.event_on}, captured on {record.captured_on}")
    if days:
        yield _supports(f"entered {many(days, 'day')} after it happened")
    for statement in (each for each in one.statements if each.late):
        on = statement.happened_on
        what = f"statement {statement.seq} of {on} was entered late, on {statement.time:%Y-%m-%d}"
        yield _lacks(f"{what}: {statement.reason or 'no reason'}")


def _original(one: Examined) -> Iterator[Remark]:
    amended = [each for each in one.record.chain.events if each.event.type == "amended"]
    if gone := _gone(one):
        yield _supports(gone)
    elif one.record.elsewhere:
        yield _supports(f"the original is kept elsewhere: {_place(one)}")
        if moves := sum(each.event.type == "custody_changed" for each in one.record.chain.events):
            yield _supports(f"{many(moves, 'change')} of custody, each with a reason")
    else:
        yield _supports("what was captured is kept under its commitment and never changes")
    if amended:
        said = "what it said before each is kept and shown"
        yield _supports(f"{many(len(amended), 'amendment')}, each with a reason; {said}")


def _accurate(one: Examined) -> Iterator[Remark]:
    signed = one.record.countersigned
    if signed:
        yield _supports(f"others signed it as {', '.join(dict.fromkeys(signed))}")
    if one.told is None or one.record.disposed:
        return
    if one.record.elsewhere and not one.told.fields:
        yield _lacks("docctl knows nothing of what it says")
        return
    found = values.wrong_now(one.record.form, one.definition, one.told.fields)
    if not found:
        yield _supports("what it says fits the schema of its form")
    yield from map(_lacks, found)


def _complete(one: Examined) -> Iterator[Remark]:
    record, definition = one.record, one.definition
    if record.steps:
        yield _supports(f"steps entered: {', '.join(record.steps)}")
    yield from map(_lacks, lacking(record, definition))
    if record.closed:
        yield _supports(f"closed on {record.closed.on}")
    else:
        yield _lacks("it is still open")
    if one.told and not record.disposed and not record.elsewhere:
        asked = definition.fields.get("required", ())
        absent = (name for name in asked if name not in one.told.fields)
        yield from (_lacks(f"the field {name} is empty") for name in absent)


def _consistent(one: Examined) -> Iterator[Remark]:
    events = one.record.chain.events
    links = pairwise(events)
    broken = [after.event.seq for before, after in links if after.event.prev != before.digest]
    if broken:
        yield _lacks(f"statement {broken[0]} does not follow the one before it")
    else:
        yield _supports(f"{many(len(events), 'statement')} in one chain, each naming the last")
    times = [each.event.time for each in events]
    if times == sorted(times):
        yield _supports("their times are in order")
    else:
        yield _lacks("their times are not in order")
    if one.told is None or one.record.disposed or not one.told.fields:
        return
    known = values.identified(one.definition, one.told.fields)
    odd = sorted(n for n, said in one.record.identifiers.items() if known.get(n) != said)
    yield from (_lacks(f"the identifier {name} is another one in the history") for name in odd)


def _enduring(one: Examined) -> Iterator[Remark]:
    if gone := _gone(one):
        yield _supports(gone)
        return
    due = assess(one.bench.archive(), one.record, one.bench.today())
    why = due.explanation or due.state.replace("_", " ")
    said = f"kept as {one.record.retention}: {why}"
    yield _lacks(said) if due.state in {"conflict", "trigger_missing"} else _supports(said)
    if one.record.elsewhere:
        yield _lacks(f"its keeping is not in the hands of docctl: {_place(one)}")
    if one.record.stubs:
        yield _supports(f"sealed in the vault: {many(len(one.record.stubs), 'payload')}")


def _available(one: Examined) -> Iterator[Remark]:
    if gone := _gone(one):
        yield _supports(gone)
    elif one.record.elsewhere:
        yield _lacks(f"docctl cannot fetch it: {_place(one)}")
    for stub in () if one.record.disposed else one.record.stubs:
        name = stub.commitment[:12]
        try:
            vault = one.bench.vaults.of(one.record.vault)
            size = sum(map(len, vault.read(one.record.number, stub)))
        except StoreError as error:
            yield _lacks(f"payload {name}: {error}")
        else:
            yield _supports(f"payload {name} read whole, {many(size, 'byte')}, as captured")


def _gone(one: Examined) -> str:
    """Return how what a record said left the library; nothing where it is there."""
    if one.record.disposed is None:
        return ""
    data, on = data_of(one.record.disposed), one.record.disposed.event.date
    how = "made anonymous" if one.record.remains else "let go"
    return f"what it said was {how} on {on} by the disposal {data.disposal}"


def _place(one: Examined) -> str:
    where = one.record.elsewhere
    return f"{where.medium}, {where.location}, with {where.custodian}" if where else ""


#: How each quality is looked at, in their order.
_LOOKS: Mapping[QualityName, Callable[[Examined], Iterator[Remark]]] = MappingProxyType(
    {
        "attributable": _attributable,
        "legible": _legible,
        "contemporaneous": _contemporaneous,
        "original": _original,
        "accurate": _accurate,
        "complete": _complete,
        "consistent": _consistent,
        "enduring": _enduring,
        "available": _available,
    }
)
