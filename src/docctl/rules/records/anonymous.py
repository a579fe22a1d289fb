"""What is taken out of a record that is made anonymous, and whether that is possible."""

from collections.abc import Collection, Iterable
from typing import Any

from docctl.model.base import Word
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import Content, Entry, Stub
from docctl.model.records.retention import RetentionClass
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.record import Record


def taken_out(definition: RecordDefinition, kind: RetentionClass) -> tuple[Word, ...]:
    """Return the fields that go: data of persons by the form, and those that the class names."""
    named = {definition.subject, *definition.personal, *kind.removes}
    return tuple(name for name in definition.fields["properties"] if name in named)


def removable(
    archive: Archive, record: Record, kind: RetentionClass
) -> tuple[tuple[Word, ...], str]:
    """Return the fields that go from a record, and why it cannot be made anonymous, if so."""
    definition = archive.definition(record.form, record.form_revision, record.form_content)
    gone = taken_out(definition, kind) if definition else ()
    lasting = [name for name in gone if definition and name in definition.identifiers]
    why = ""
    if not record.stubs:
        why = "nothing of it lies in the vault: docctl cannot make it anonymous"
    elif not gone:
        why = f"{record.form} marks no field as personal, and class {kind.name} removes none"
    elif lasting:
        why = f"{lasting[0]!r} is an identifier: it stands in the history for ever"
    return gone, why


def says(contents: Iterable[Content]) -> dict[str, Any]:
    """Return the fields as they stand now: later statements stand over earlier ones."""
    fields: dict[str, Any] = {}
    for one in contents:
        fields |= one.fields
        for name in one.removed:
            fields.pop(name, None)
    return fields


def without(fields: dict[str, Any], removed: Collection[str]) -> dict[str, Any]:
    """Return what is left of fields once some are taken out."""
    return {name: value for name, value in fields.items() if name not in removed}


def payloads_of(record: Record) -> tuple[Stub, ...]:
    """Return what the statements of a record said, in order, without the files beside them."""
    said = (data_of(one) for one in record.chain.events)
    return tuple(one.payload for one in said if isinstance(one, Entry) and one.payload)
