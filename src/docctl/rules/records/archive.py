"""What the rules of records ask for: everything as it stands at one position of the history."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Protocol

from docctl.model.base import Digest, Label, Number
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import RecordId
from docctl.rules.dossier import Dossier
from docctl.rules.records.blank import Blank
from docctl.rules.records.disposal import Disposal
from docctl.rules.records.hold import Hold
from docctl.rules.records.kinds import KeptKind
from docctl.rules.records.record import Record
from docctl.rules.records.request import Request
from docctl.rules.world import World


class Archive(Protocol):
    """Everything in the archive at a position: records, what goes with them, and their forms."""

    @property
    def world(self) -> World:
        """People and settings."""

    def record(self, number: RecordId) -> Record | None:
        """Return a record, or nothing."""

    def records(self) -> Iterable[Record]:
        """Return every record."""

    def dependants(self, number: RecordId) -> Iterable[Record]:
        """Return the records that refer to a record."""

    def hold(self, number: RecordId) -> Hold | None:
        """Return a hold, or nothing."""

    def holds(self) -> Iterable[Hold]:
        """Return every hold ever placed."""

    def disposal(self, number: RecordId) -> Disposal | None:
        """Return a disposal, or nothing."""

    def disposals(self) -> Iterable[Disposal]:
        """Return every disposal ever proposed."""

    def request(self, number: RecordId) -> Request | None:
        """Return a request about personal data, or nothing."""

    def blank(self, number: RecordId) -> Blank | None:
        """Return a numbered blank, or nothing."""

    def dossier(self, item: Number) -> Dossier | None:
        """Return a document, or nothing."""

    def parent(self, form: Number, label: Label, content: Digest) -> Number | None:
        """Return under which document this revision of a form stands, if that is its content."""

    def definition(self, form: Number, label: Label, content: Digest) -> RecordDefinition | None:
        """Return what this revision of a form says of its records, if that is its content."""


class FolderArchive(ABC):
    """An archive that is kept in folders: `records`, `holds` and one for each other kind."""

    def record(self, number: RecordId) -> Record | None:
        """Return a record, or nothing."""
        return self._one("records", number, Record)

    def records(self) -> Iterator[Record]:
        """Yield every record ever captured."""
        return self._every("records", Record)

    def hold(self, number: RecordId) -> Hold | None:
        """Return a hold, or nothing."""
        return self._one("holds", number, Hold)

    def holds(self) -> Iterable[Hold]:
        """Return every hold ever placed."""
        return self._every("holds", Hold)

    def disposal(self, number: RecordId) -> Disposal | None:
        """Return a disposal, or nothing."""
        return self._one("disposals", number, Disposal)

    def disposals(self) -> Iterable[Disposal]:
        """Return every disposal ever proposed."""
        return self._every("disposals", Disposal)

    def request(self, number: RecordId) -> Request | None:
        """Return a request about personal data, or nothing."""
        return self._one("requests", number, Request)

    def blank(self, number: RecordId) -> Blank | None:
        """Return a numbered blank, or nothing."""
        return self._one("blanks", number, Blank)

    @abstractmethod
    def _one(self, root: str, number: RecordId, kind: type[KeptKind]) -> KeptKind | None:
        """Return what lies in a folder under a number, if it is of this kind."""

    @abstractmethod
    def _every(self, root: str, kind: type[KeptKind]) -> Iterator[KeptKind]:
        """Yield everything of a kind that lies in a folder."""
