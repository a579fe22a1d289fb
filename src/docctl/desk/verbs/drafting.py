"""New documents, new drafts, new revisions."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from docctl.content.lint.secrets import HOLDS_KEY, KEY_HINT, private_key_in
from docctl.desk.metadata.stored import meta_json, settings_json
from docctl.desk.metadata.written import Text, body_md
from docctl.desk.signing.intent import Intent, time_zone
from docctl.errors import LimitError, UnreadableError
from docctl.late import Late
from docctl.model import lifecycle as life
from docctl.model.assignment import Owner
from docctl.model.base import Digest, Label, Number
from docctl.model.builtin import DOCUMENT_CLASSES
from docctl.model.control import ControlSettings, DocumentType, Limits
from docctl.model.document import ChangeClass, Document
from docctl.model.event import Event
from docctl.rules.numbering import next_label
from docctl.rules.steps import Case, closing_votes
from docctl.store.drafts import DOCUMENT
from docctl.store.files import check_names
from docctl.store.layout import BODY, FILES, META, SETTINGS, SUMS, sums

if TYPE_CHECKING:
    from docctl.desk.metadata import fields
else:
    fields = Late("docctl.desk.metadata.fields")


def content_of(text: Text, limits: Limits) -> dict[str, bytes]:
    """Return a revision's files as they are stored, SHA256SUMS among them.

    Raises:
        LimitError: a file or the whole is larger than CONTROL allows.
        PathError: an attachment's name cannot stand in the store.
        UnreadableError: the text is no Unicode text, or a file is a private key.
    """
    check_names((DOCUMENT, *text.attachments))
    _require_no_secret(text)
    files = {META: meta_json(text.document), BODY: body_md(text.body)}
    files |= {f"{FILES}{name}": data for name, data in text.attachments.items()}
    return _summed(files, limits)


def _require_no_secret(text: Text) -> None:
    files = {**text.attachments, DOCUMENT: text.body.encode(errors="replace")}
    for name, data in files.items():
        if private_key_in(data):
            raise UnreadableError(
                name, f"this {HOLDS_KEY}, and what is saved stays for ever", hint=KEY_HINT
            )


def settings_content(
    settings: ControlSettings, classes: Mapping[str, type[Document]] = DOCUMENT_CLASSES
) -> dict[str, bytes]:
    """Return the files of a revision of CONTROL. Limits that it sets are not for itself.

    Raises:
        InputError: there is no such time zone, or the fields of a type are no JSON Schema.
        ValidationError: they are not settings.
    """
    time_zone(settings.time_zone)
    for kind in settings.types:
        fields.check(kind, classes)
    data = settings_json(settings)
    ControlSettings.model_validate_json(data)
    return _summed({SETTINGS: data}, Limits())


def _summed(files: dict[str, bytes], limits: Limits) -> dict[str, bytes]:
    for name, data in files.items():
        if len(data) > limits.file_bytes:
            raise LimitError(name, len(data), limits.file_bytes)
    total = sum(len(data) for data in files.values())
    if total > limits.revision_bytes:
        raise LimitError("the revision", total, limits.revision_bytes)
    return {**files, SUMS: sums(files)}


def create(
    number: Number, text: Text, *, kind: DocumentType, owner: Owner, limits: Limits
) -> Intent:
    """Begin a document with its first draft."""
    data = life.CreatedData(document_type=kind.name, title=text.document.title, owner=owner)
    return Intent(number, "new", life.Created, data, content=content_of(text, limits))


def save(item: str, content: Mapping[str, bytes], *, base: Digest) -> Intent:
    """Replace the draft; *base* is the content digest of the draft it began from."""

    def data(case: Case, _: Event) -> life.SavedData:
        return life.SavedData(base=base, votes=closing_votes(case))

    return Intent(item, "save", life.Saved, data, content=content)


def revise(item: str, content: Mapping[str, bytes], *, change: ChangeClass, reason: str) -> Intent:
    """Open a further revision, beginning from this content."""

    def label(case: Case) -> Label:
        used = [one.label for one in case.dossier.revisions if one.used]
        return next_label(case.world.labels(case.dossier.document_type), used, change)

    def data(case: Case, _: Event) -> life.RevisedData:
        return life.RevisedData(based_on=case.revision.label, change=change)

    return Intent(item, "revise", life.Revised, data, reason=reason, content=content, label=label)
