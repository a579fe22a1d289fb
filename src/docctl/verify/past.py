"""What stood before the first change that is judged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from docctl.errors import NotFoundError
from docctl.model.base import Label
from docctl.model.control import ControlSettings
from docctl.model.records.record import RecordId
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier
from docctl.rules.records import ArchiveItem
from docctl.store.layout import META, SETTINGS, SUMS
from docctl.store.reading.archive import Archives
from docctl.store.reading.ledger import Ledger
from docctl.trust.canonical import digest
from docctl.verify.contents import RevisionFiles


class Past(Protocol):
    """People, settings and documents before the changes that are judged."""

    authority: Authority
    control: ControlSettings | None
    latest: datetime | None
    """The time of the last change that was more than votes."""

    position: int
    """Its number, counted from the founding."""

    def dossier(self, item: str) -> Dossier | None:
        """Return a document (or CONTROL), nothing where there was none."""
        ...

    def content(self, item: str, label: Label) -> RevisionFiles:
        """Return a revision's content, an empty one where there was none."""
        ...

    def kept(self) -> Mapping[tuple[str, RecordId], ArchiveItem]:
        """Return every record, hold, disposal, request and blank, by its root and number."""
        ...


class Nothing:
    """Before the founding there is nothing."""

    authority = Authority()
    control: ControlSettings | None = None
    latest: datetime | None = None
    position = 0

    def dossier(self, _: str) -> Dossier | None:
        """Return nothing."""
        return None

    def content(self, _: str, __: Label) -> RevisionFiles:
        """Return an empty content."""
        return RevisionFiles()

    def kept(self) -> Mapping[tuple[str, RecordId], ArchiveItem]:
        """Return nothing."""
        return {}


class KnownPast:
    """What stands at a commit whose history was verified before."""

    def __init__(self, ledger: Ledger, commit: str) -> None:
        """Look at *commit*.

        Raises:
            StoreError: the store cannot be read there.
        """
        self._ledger = ledger
        self._commit = commit
        self.authority = ledger.positioned(commit)
        self.control: ControlSettings | None = ledger.control(commit)
        self.latest: datetime | None = ledger.newest(commit).time
        self.position = len(ledger.positions(commit))

    def dossier(self, item: str) -> Dossier | None:
        """Return a document (or CONTROL) as it stands there."""
        return self._ledger.dossier(self._commit, item)

    def content(self, item: str, label: Label) -> RevisionFiles:
        """Return a revision's content as it stands there."""
        try:
            files: Mapping[str, bytes] = self._ledger.content(self._commit, item, label)
        except NotFoundError:
            return RevisionFiles()
        kept = {name: files[name] for name in (SUMS, SETTINGS, META) if name in files}
        return RevisionFiles({name: digest(data) for name, data in files.items()}, kept)

    def kept(self) -> Mapping[tuple[str, RecordId], ArchiveItem]:
        """Return every record, hold, disposal, request and blank as they stand there."""
        items = Archives(self._ledger).at(self._commit).items()
        return {(root, one.number): one for root, one in items}
