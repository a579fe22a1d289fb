"""What is done to records: captured, added to, amended, signed, closed, opened again."""

from collections.abc import Sequence
from datetime import date

from docctl.desk.bench import Bench
from docctl.desk.recording.made import Made
from docctl.desk.signing.intent import Intent
from docctl.errors import InputError, NotFoundError
from docctl.model.base import Word
from docctl.model.records import record as records
from docctl.model.records.blank import BlankUsed, BlankUsedData
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import AddedData, CapturedData, Plain, RecordId
from docctl.rules.records import Record
from docctl.rules.records.guards.persons import KEEPER

Intents = Sequence[Intent]


def record_capture(bench: Bench, made: Sequence[Made]) -> Intents:
    """Capture records whose payloads lie in the vault."""
    if not made:
        raise InputError("there is no record to capture", hint="hand in at least one")
    captured = [(one, one.data) for one in made if isinstance(one.data, CapturedData)]
    intents = [
        Intent(
            one.record,
            "capture",
            records.Captured,
            data,
            reason=one.reason,
            roles=_definition(bench, data).capture,
        )
        for one, data in captured
    ]
    return intents + [
        Intent(data.blank, "use", BlankUsed, BlankUsedData(record=one.record))
        for one, data in captured
        if data.blank
    ]


def record_add(bench: Bench, made: Made) -> Intents:
    """Enter a step whose payload lies in the vault."""
    data, definition = made.data, _definition(bench, get(bench, made.record))
    found = definition.step(data.step) if isinstance(data, AddedData) else None
    roles = found.roles if found else ()
    return [Intent(made.record, "add", records.Added, data, roles=roles)]


def record_amend(bench: Bench, made: Made) -> Intents:
    """Correct a record; what the correction says lies in the vault."""
    definition = _definition(bench, get(bench, made.record))
    return [
        Intent(
            made.record,
            "amend",
            records.Amended,
            made.data,
            reason=made.reason,
            roles=definition.amend or (KEEPER,),
        )
    ]


def record_sign(bench: Bench, number: RecordId, *, meaning: Word) -> Intents:
    """Put a signature to a record."""
    asked = _definition(bench, get(bench, number)).signatures
    roles = tuple(one.role for one in asked if one.meaning == meaning)
    data = records.CountersignedData(meaning=meaning)
    return [Intent(number, "countersign", records.Countersigned, data, roles=roles)]


def record_close(
    bench: Bench, number: RecordId, *, on: date | None = None, reason: str = ""
) -> Intents:
    """Close a record: it is complete."""
    roles = _definition(bench, get(bench, number)).close or (KEEPER,)
    data = records.ClosedData(closed_on=on or bench.today())
    return [Intent(number, "close", records.Closed, data, reason=reason, roles=roles)]


def record_reopen(bench: Bench, number: RecordId, *, reason: str) -> Intents:
    """Open a closed record again: the time of keeping no longer runs."""
    get(bench, number)
    return [
        Intent(number, "open again", records.OpenedAgain, Plain(), reason=reason, roles=(KEEPER,))
    ]


def record_fact(bench: Bench, number: RecordId, *, fact: Word, on: date, reason: str) -> Intents:
    """State a fact from which the time of keeping counts."""
    get(bench, number)
    data = records.FactData(fact=fact, on=on)
    return [Intent(number, "state", records.FactStated, data, reason=reason, roles=(KEEPER,))]


def get(bench: Bench, number: RecordId) -> Record:
    """Return a record.

    Raises:
        NotFoundError: there is none with this number.
    """
    found = bench.archive().record(number)
    if found is None:
        document = bench.find(number) is not None
        hint = f"it is a document: docctl show {number}" if document else "see: docctl record list"
        raise NotFoundError(f"record {number:.100}", hint=hint)
    return found


def definition_of(bench: Bench, record: Record) -> RecordDefinition:
    """Return what the form of a record says, in the revision on which it was captured.

    Raises:
        NotFoundError: it cannot be had.
    """
    return _definition(bench, record)


def _definition(bench: Bench, made: Record | CapturedData) -> RecordDefinition:
    found = bench.archive().definition(made.form, made.form_revision, made.form_content)
    if found is None:
        raise NotFoundError(f"definition of records in {made.form} {made.form_revision}")
    return found
