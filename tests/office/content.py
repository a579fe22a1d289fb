"""The files of revisions, and the bytes of events."""

from collections.abc import Mapping

from docctl.model.control import ControlSettings
from docctl.model.event import Event
from docctl.store.layout import SETTINGS, STORE_FILE, SUMS, sums
from docctl.trust.canonical import canonical


def written(event: Event) -> bytes:
    """Return the canonical bytes of an event."""
    return canonical(event.model_dump(mode="json", exclude_none=True))


def document(number: str, text: str, **attachments: bytes) -> dict[str, bytes]:
    """Return the files of a document's revision, without SHA256SUMS."""
    meta = {"number": number, "title": f"Title of {number}", "type": "procedure"}
    files = {"meta.json": canonical(meta), "body.md": f"{text}\n".encode()}
    return files | {f"files/{name}": data for name, data in attachments.items()}


def settings_content(settings: ControlSettings) -> dict[str, bytes]:
    """Return the files of a revision of CONTROL, without SHA256SUMS."""
    return {SETTINGS: canonical(settings.model_dump(mode="json"))}


def with_sums(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a revision's files with SHA256SUMS."""
    return {**content, SUMS: sums(content)}


def store_file(object_format: str = "sha1") -> dict[str, bytes]:
    """Return the file that names the format of the store."""
    return {STORE_FILE: canonical({"format": 1, "object_format": object_format})}
