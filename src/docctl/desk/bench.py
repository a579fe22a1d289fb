"""What verbs work with: the library as it stands, its working copies, its document types."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from docctl.content.frontmatter import FrontMatter
from docctl.content.kept import Trees
from docctl.desk.day import Day
from docctl.desk.metadata.kinds import Types, classes_by_type
from docctl.desk.metadata.ready import completed
from docctl.desk.metadata.written import Text, body_md, taken_apart, working_text
from docctl.desk.signing.intent import calendar_day, time_zone
from docctl.desk.signing.landing import Desk
from docctl.errors import DocctlError, FrontMatterError, NotFoundError
from docctl.errors.meant import did_you_mean
from docctl.model.base import Label, Number
from docctl.model.control import ControlSettings
from docctl.model.document import Document
from docctl.rules.asof import FOREVER, span
from docctl.rules.dossier import Dossier, Revision
from docctl.rules.records import Blank, Disposal, Hold, Record
from docctl.rules.world import World
from docctl.store.drafts import Drafts, WorkingCopy
from docctl.store.index import Index
from docctl.store.reading.archive import StoredArchive
from docctl.store.vault.several import MarkedVault, Vaults

#: What else bears a number, and the command that shows it.
_KEPT: Mapping[type, tuple[str, str]] = MappingProxyType(
    {
        Record: ("record", "record show"),
        Hold: ("hold", "hold show"),
        Disposal: ("disposal", "retention show"),
        Blank: ("numbered blank", "blank show"),
    }
)


@dataclass(frozen=True, slots=True)
class Bench:
    """The desk with everything on it that a verb needs."""

    desk: Desk
    drafts: Drafts
    vaults: Vaults
    index: Index
    """The cache that questions about many things at once are answered from; no guard asks it."""

    classes: Sequence[type[Document]] = ()
    trees: Trees = field(default_factory=Trees)

    @property
    def vault(self) -> MarkedVault:
        """The library's own vault."""
        return self.vaults.own

    @property
    def head(self) -> str:
        """The commit on which everything is judged now."""
        return self.desk.head()

    @property
    def world(self) -> World:
        """People and settings as they stand now."""
        return self.desk.ledger.world(self.head)

    @property
    def control(self) -> ControlSettings:
        """The settings in force."""
        return self.world.control

    @property
    def types(self) -> Types:
        """The document types, with the application's own classes."""
        return Types(self.control, self.classes)

    def forms(self) -> Sequence[Number]:
        """Return the numbers of all forms, those of an application's own kinds left out."""
        found = self.index.register(self.today(), head=self.head, type="form")
        return tuple(one.number for one in found)

    def archive(self) -> StoredArchive:
        """Return records, holds, disposals and forms as they stand now."""
        return self.desk.archives.at(self.head)

    def today(self) -> date:
        """Return the business date now, in CONTROL's time zone."""
        return self.desk.today()

    def first_change(self, day: date) -> int:
        """Return the first change of a business day or later, counted from the founding."""
        begins = datetime.combine(calendar_day(day), time(), time_zone(self.control.time_zone))
        return self.desk.ledger.positions(self.head).since(begins)

    def find(self, number: str) -> Dossier | None:
        """Return a document, or nothing where there is none."""
        return self.desk.ledger.dossier(self.head, number)

    def get(self, number: str) -> Dossier:
        """Return a document.

        Raises:
            NotFoundError: there is none with this number.
        """
        found = self.find(number)
        if found is None:
            raise NotFoundError(f"document {number:.100}", hint=self._instead_of(number))
        return found

    def _instead_of(self, number: str) -> str:
        """Return a hint for a number that no document bears."""
        if kept := self.archive().kept(number):
            what, command = _KEPT[type(kept)]
            return f"it is a {what}: docctl {command} {number}"
        numbers = self.desk.ledger.numbers(self.head)
        counted = (one for one in numbers if _count(one) == _count(number))
        return f"{did_you_mean(number, counted)}see: docctl register"

    def text(self, number: str, label: Label) -> Text:
        """Return a stored revision as its author would see it.

        Raises:
            InputError: CONTROL, which has settings and no text.
            StoreError: it cannot be read.
        """
        return self.day(FOREVER).text(*self._revision(number, label))

    def document(self, number: str, label: Label) -> Document:
        """Return the metadata of a stored revision.

        Raises:
            StoreError: they cannot be read.
        """
        return self.day(FOREVER).document(*self._revision(number, label))

    def _revision(self, number: str, label: Label) -> tuple[Dossier, Revision]:
        dossier = self.get(number)
        revision = dossier.revision(label)
        if revision is None:
            raise NotFoundError(f"revision {label} of {number}", hint=_known(dossier))
        return dossier, revision

    def day(self, on: date) -> Day:
        """Return the library as it stood at the end of a day."""
        classes = classes_by_type(self.classes)
        return Day(self.desk.ledger, self.head, calendar_day(on), classes, self.trees)

    def read(
        self,
        copy: WorkingCopy,
        source: str,
        *,
        fixed: Mapping[str, Any],
        fallback: Mapping[str, Any] = MappingProxyType({}),
        record: Mapping[str, Any] = MappingProxyType({}),
    ) -> tuple[Text, FrontMatter]:
        """Return the text of a working copy or a file, typed.

        *fixed* fields are not the author's to choose; *fallback* fields stand where the front
        matter has none. *record* goes into what a form says of its records, see `completed`.

        Raises:
            FrontMatterError: the front matter is wrong, or contradicts a fixed field.
        """
        front, body = taken_apart(copy.document, source)
        fields = {**fallback, **front.values}
        if record:
            fields = completed(fields, record)
        faults = [
            f"line {front.line_of((name,))}: {name} is {fields[name]!r}, and must be {value!r}"
            for name, value in fixed.items()
            if fields.get(name, value) != value
        ]
        if faults:
            raise FrontMatterError(source, faults, hint="correct these lines, or take them out")
        document = self.types.read({**fields, **fixed}, source, front)
        return Text(document, body, copy.attachments), front

    def working(self, number: str) -> WorkingCopy:
        """Return the working copy of a document, within CONTROL's limits."""
        limits = self.control.limits
        return self.drafts.read(number, limit=limits.file_bytes, total=limits.revision_bytes)

    def front(self, number: str, text: Text) -> FrontMatter:
        """Return the front matter of the file that an author edits, with its lines.

        That is the working copy where it holds this text, else the file as it would be laid out.
        """
        with suppress(DocctlError):
            front, body = taken_apart(self.working(number).document, number)
            if body_md(body) == body_md(text.body):
                return front
        front, _ = taken_apart(working_text(text.document, text.body), number)
        return front

    def numbers(self, prefix: str) -> Sequence[Number]:
        """Return the numbers in use that begin with a prefix."""
        return tuple(self.desk.ledger.numbers_with(self.head, prefix))

    def revision_of(self, number: str, label: Label | None, on: date) -> Label:
        """Return the label that is meant: the one given, the one in force, or the newest.

        Raises:
            NotFoundError: there is no such document or revision.
        """
        dossier = self.get(number)
        if label is None:
            return span(dossier, on).shown.label
        if dossier.revision(label) is None:
            raise NotFoundError(f"revision {label} of {number}", hint=_known(dossier))
        return label


def _count(number: str) -> str:
    """Return what a number counts to, without the zeros before it."""
    return number.rpartition("-")[2].lstrip("0")


def _known(dossier: Dossier) -> str:
    return f"revisions: {', '.join(one.label for one in dossier.revisions)}"
