"""The library at the end of a day: answered from the events up to then alone, always alike."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from docctl.content.kept import Trees
from docctl.desk.metadata.stored import stored
from docctl.desk.metadata.written import Text, read_text
from docctl.desk.signing.intent import require
from docctl.errors import DamagedStoreError, InputError, NotFoundError
from docctl.model.control import CONTROL, CONTROL_TYPE, ControlSettings
from docctl.model.document import Document
from docctl.model.event import Signed
from docctl.rules import asof
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, Revision
from docctl.rules.world import World
from docctl.store.layout import BODY, FILES, META, event_paths
from docctl.store.reading.ledger import Ledger
from docctl.store.reading.people import called, folded


@dataclass(frozen=True)
class Day:
    """What is known at one commit of the library as it stood at the end of one day.

    People, settings and documents are those of the day. Content is compared with the digest that
    was signed before anybody gets to see it.
    """

    ledger: Ledger
    head: str
    on: date
    classes: Mapping[str, type[Document]]
    trees: Trees = field(default_factory=Trees)

    # --- people and settings -----------------------------------------------------------------

    @cached_property
    def authority(self) -> Authority:
        """People, keys, roles and functions.

        Raises:
            NotFoundError: the library was founded later.
        """
        self._require_founded()
        now = self.ledger.authority(self.head).persons
        return called(folded(self.access), now)

    def _require_founded(self) -> None:
        if not self.access:
            founded = self.ledger.access_events(self.head)[0].event.date
            raise NotFoundError(
                f"library on {self.on}: it was founded on {founded}", hint="choose a later day"
            )

    @cached_property
    def control(self) -> ControlSettings:
        """The control settings in force."""
        dossier = self.get(CONTROL)
        return self.settings(asof.in_force(dossier, self.on) or dossier.newest)

    @cached_property
    def world(self) -> World:
        """People and settings."""
        return World(self.authority, self.control)

    @cached_property
    def access(self) -> tuple[Signed, ...]:
        """The events of ACCESS."""
        return tuple(asof.until(self.ledger.access_events(self.head), self.on))

    # --- documents ---------------------------------------------------------------------------

    def find(self, number: str) -> Dossier | None:
        """Return a document with what had happened to it, nothing where there was none."""
        dossier = self.ledger.dossier(self.head, number)
        return asof.at(dossier.events, self.on) if dossier else None

    def get(self, number: str) -> Dossier:
        """Return a document with what had happened to it.

        Raises:
            NotFoundError: there was no such document.
        """
        known = require(self.ledger.dossier(self.head, number), number)
        dossier = asof.at(known.events, self.on)
        if dossier is None:
            self._require_founded()
            raise NotFoundError(f"document {number} on {self.on}", hint="choose a later day")
        return dossier

    def dossiers(self) -> Iterator[Dossier]:
        """Yield every document that there was."""
        found = (self.find(number) for number in self.ledger.numbers(self.head))
        return (one for one in found if one)

    def text(self, dossier: Dossier, revision: Revision) -> Text:
        """Return a revision with its attachments as its author would see it.

        Raises:
            InputError: CONTROL, which has settings and no text.
            DamagedStoreError: it is not what was signed.
        """
        if dossier.number == CONTROL:
            raise InputError(
                "CONTROL has settings and no text",
                hint="change them with: docctl control change FILE --reason R",
            )
        files = self._content(dossier, revision)
        if META not in files or BODY not in files:
            raise DamagedStoreError(
                f"{dossier.number} revision {revision.label} has no metadata or no text"
            )
        name = f"{dossier.number} revision {revision.label}"
        attachments = {
            name.removeprefix(FILES): data for name, data in files.items() if name.startswith(FILES)
        }
        document = stored(files[META], self.classes)
        return Text(document, read_text(files[BODY], name), attachments)

    def document(self, dossier: Dossier, revision: Revision) -> Document:
        """Return the metadata of a revision.

        Raises:
            DamagedStoreError: they are not what was signed.
        """
        if dossier.number == CONTROL:
            return Document(type=CONTROL_TYPE, title="Control settings")
        files = self._content(dossier, revision, only=(META,))
        if META not in files:
            raise DamagedStoreError(f"{dossier.number} revision {revision.label} has no metadata")
        return stored(files[META], self.classes)

    def settings(self, revision: Revision) -> ControlSettings:
        """Return the settings of a revision of CONTROL.

        Raises:
            DamagedStoreError: they are not what was signed.
        """
        return self.ledger.settings(self._commit(CONTROL, revision), revision)

    def _content(
        self, dossier: Dossier, revision: Revision, *, only: Collection[str] = ()
    ) -> dict[str, bytes]:
        commit = self._commit(dossier.number, revision)
        return self.ledger.signed_content(commit, dossier.number, revision, only=only)

    def _commit(self, number: str, revision: Revision) -> str:
        """Return the commit that holds a content: an older one where a later draft replaced it."""
        latest = self.ledger.dossier(self.head, number)
        kept = latest.revision(revision.label) if latest else None
        if latest is None or revision.saved is None or (kept and kept.content == revision.content):
            return self.head
        positions = self.ledger.positions(self.head)
        path = event_paths(latest.events)[revision.saved.digest]
        return positions.commit(positions.of(path))
