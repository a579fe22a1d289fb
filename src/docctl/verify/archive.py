"""Records, holds and disposals, as far as the changes judged so far have brought them."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Protocol

from docctl.errors import DamagedStoreError
from docctl.model.base import Digest, Label, Number
from docctl.model.event import Signed
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import RecordId
from docctl.rules.dossier import Dossier
from docctl.rules.records import ArchiveItem, Record, begin
from docctl.rules.records.archive import FolderArchive
from docctl.rules.records.kinds import KeptKind
from docctl.rules.world import World
from docctl.store.layout import META, ROOTS
from docctl.store.reading.forms import FormSays, says
from docctl.verify.contents import RevisionFiles


class Documents(Protocol):
    """People, settings, documents and their contents as they stand now."""

    @property
    def world(self) -> World:
        """People and settings."""

    def dossier(self, item: str) -> Dossier | None:
        """Return a document, or nothing."""

    def content(self, folder: tuple[str, Label]) -> RevisionFiles:
        """Return the content of a revision."""


class JudgedArchive(FolderArchive):
    """What the rules of records ask for, at the position that the judge has reached."""

    def __init__(
        self, documents: Documents, kept: Mapping[tuple[str, RecordId], ArchiveItem]
    ) -> None:
        """Begin with what was *kept* before, by its root and number."""
        self._documents = documents
        self._kept: dict[str, dict[RecordId, ArchiveItem]] = {root: {} for root in ROOTS.values()}
        for (root, number), one in kept.items():
            self._kept[root][number] = one
        self._forms: dict[Digest, FormSays | None] = {}

    @property
    def world(self) -> World:
        """People and settings."""
        return self._documents.world

    def dependants(self, number: RecordId) -> Iterator[Record]:
        """Yield the records that refer to a record."""
        return (one for one in self.records() if number in one.related)

    def dossier(self, item: Number) -> Dossier | None:
        """Return a document, or nothing."""
        return self._documents.dossier(item)

    def definition(self, form: Number, label: Label, content: Digest) -> RecordDefinition | None:
        """Return what this revision of a form says of its records, if that is its content."""
        found = self._says(form, label, content)
        return found.definition if found else None

    def parent(self, form: Number, label: Label, content: Digest) -> Number | None:
        """Return under which document this revision of a form stands, if that is its content."""
        found = self._says(form, label, content)
        return found.parent if found else None

    def _says(self, form: Number, label: Label, content: Digest) -> FormSays | None:
        dossier = self._documents.dossier(form)
        revision = dossier.revision(label) if dossier else None
        if revision is None or revision.content != content:
            return None
        if content not in self._forms:
            data = self._documents.content((form, label)).kept.get(META, b"{}")
            self._forms[content] = _said(data, form)
        return self._forms[content]

    def fold(self, signed: Signed) -> None:
        """Let an event have happened, as far as sense can be made of it."""
        kept, item = self._kept[ROOTS[signed.event.type]], signed.event.item
        before = kept.get(item)
        with suppress(ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            kept[item] = begin(signed) if before is None else before.after(signed)

    def _one(self, root: str, number: RecordId, kind: type[KeptKind]) -> KeptKind | None:
        found = self._kept[root].get(number)
        return found if isinstance(found, kind) else None

    def _every(self, root: str, kind: type[KeptKind]) -> Iterator[KeptKind]:
        return (one for one in self._kept[root].values() if isinstance(one, kind))


def _said(data: bytes, form: Number) -> FormSays | None:
    try:
        return says(data, form)
    except DamagedStoreError:
        return None
