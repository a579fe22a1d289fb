"""What a question about records is held against: what they say, and what is known of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.recording.contents import current, written
from docctl.desk.recording.keeping import definition_of
from docctl.desk.recording.values import text_of
from docctl.errors import NotFoundError, StoreError
from docctl.model.base import Number
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import RecordId
from docctl.rules.query import Question, Values
from docctl.rules.records import Record


def asked_of(
    definition: RecordDefinition, number: RecordId, form: Number, fields: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Return what the fields of a record answer; data of persons answer nothing."""
    hidden = {*definition.personal}
    found = {name: tuple(_texts(one)) for name, one in fields.items() if name not in hidden}
    return {**found, "number": (number,), "form": (form,), "class": (definition.retention,)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield text_of(value)


def known_of(record: Record) -> dict[str, tuple[str, ...]]:
    """Return what the history of a record answers."""
    status = "disposed" if record.disposed else "open" if record.open else "closed"
    return {
        "number": (record.number,),
        "form": (record.form,),
        "revision": (record.form_revision,),
        "class": (record.retention,),
        "status": (status,),
        "happened": (record.event_on.isoformat(),),
        "captured": (record.captured_on.isoformat(),),
        "closed": (record.closed.on.isoformat(),) if record.closed else (),
        "by": (record.captured.event.signer,),
        **{name: (value,) for name, value in record.identifiers.items()},
    }


def values_of(bench: Bench, record: Record, question: Question | None) -> Values:
    """Return what a record answers; the vault is opened only where the question asks for it.

    Raises:
        StoreError: what the record says cannot be had.
    """
    known = known_of(record)
    if question is None or {*question.fields()} <= {*known} or record.disposed:
        return known
    definition = definition_of(bench, record)
    fields = current(written(bench, record))
    return {**asked_of(definition, record.number, record.form, fields), **known}


def fits(bench: Bench, record: Record, question: Question) -> bool:
    """Tell whether a record answers a question; what cannot be read does not fit."""
    try:
        return question.fits(values_of(bench, record, question))
    except (StoreError, NotFoundError):
        return question.fits(known_of(record))
