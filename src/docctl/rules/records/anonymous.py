"""What is taken out of a record that is made anonymous, and whether that is possible."""

from docctl.model.base import Word
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.retention import RetentionClass
from docctl.rules.records.archive import Archive
from docctl.rules.records.record import Record


def taken_out(definition: RecordDefinition, kind: RetentionClass) -> tuple[Word, ...]:
    """Return the fields that go: data of persons by the form, and those that the class names."""
    named = {definition.subject, *definition.personal, *kind.removes}
    return tuple(name for name in definition.fields["properties"] if name in named)


def hindrance(archive: Archive, record: Record, kind: RetentionClass) -> str:
    """Return why a record cannot be made anonymous; nothing where it can be."""
    definition = archive.definition(record.form, record.form_revision, record.form_content)
    if definition is None:
        return f"its form {record.form} cannot be read"
    if not record.stubs:
        return "nothing of it lies in the vault: docctl cannot make it anonymous"
    gone = taken_out(definition, kind)
    if not gone:
        return f"{record.form} marks no field as personal, and class {kind.name} removes none"
    if lasting := [name for name in gone if name in definition.identifiers]:
        return f"{lasting[0]!r} is an identifier: it stands in the history for ever"
    return ""
