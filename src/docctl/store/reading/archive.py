"""Records, holds, disposals and forms as they stand at a commit: what the rules of records ask for.

Nothing here is taken from the index, and nothing is verified.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from docctl.errors import DamagedStoreError
from docctl.model.base import Digest, Label, Line, Number
from docctl.model.control import CONTROL
from docctl.model.event import Signed
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import RecordId
from docctl.rules.dossier import Dossier
from docctl.rules.records import ArchiveItem, Blank, Disposal, Hold, Record, Request, begin
from docctl.rules.records.archive import FolderArchive
from docctl.rules.records.kinds import KeptKind
from docctl.rules.world import World
from docctl.store.layout import META, ROOTS, event_name, kept_folder
from docctl.store.reading.events import read_event
from docctl.store.reading.forms import FormSays, says
from docctl.store.reading.ledger import Ledger
from docctl.store.trees import Entry, Recent

#: How many records, holds and disposals are remembered as they stand.
_REMEMBERED = 4096

#: Up to so many events of one change it is noted what they made.
_FOLLOWED = 10

#: How deep folders lie in which those of items are: `records/NCR/00/12`.
_DEEPEST = 4


class Archives:
    """Archives at any commit of a store; what one has read, the next need not read again."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._kept: Recent[ArchiveItem | None] = Recent(_REMEMBERED)
        self._forms: Recent[FormSays | None] = Recent(_REMEMBERED)
        self._at = lru_cache(maxsize=4)(self._archive)

    def at(self, commit: str) -> "StoredArchive":
        """Return the archive as it stands at a commit."""
        return self._at(commit)

    def _archive(self, commit: str) -> "StoredArchive":
        return StoredArchive(self, commit)

    def read(self, place: str, found: Entry) -> ArchiveItem | None:
        """Return what the events in a folder make of an item, nothing where there are none."""
        return self._kept.made(found.oid, lambda: self._read(place, found.oid))

    def _read(self, place: str, oid: str) -> ArchiveItem | None:
        reader = self.ledger.reader
        below = reader.tree(oid).entry("events")
        named = sorted(
            (name.seq, entry)
            for entry in (reader.tree(below.oid).entries(b".json") if below else ())
            if (name := event_name(entry.name))
        )
        data = reader.read_many(entry.oid for _, entry in named)
        kept: ArchiveItem | None = None
        for (_, entry), each in zip(named, data, strict=True):
            signed = read_event(each, f"{place}/events/{entry.name}")
            kept = after(kept, signed, place)
        return kept

    def form(self, commit: str, form: Number, label: Label, content: Digest) -> FormSays | None:
        """Return what a revision of a form says, if this is its signed content."""
        dossier = self.ledger.dossier(commit, form)
        revision = dossier.revision(label) if dossier else None
        if revision is None or revision.content != content or form == CONTROL:
            return None

        def read() -> FormSays:
            files = self.ledger.signed_content(commit, form, revision, only={META})
            return says(files[META], form)

        return self._forms.made(content, read)

    def follow(self, parent: str | None, events: Sequence[Signed], commit: str) -> None:
        """Note what the events of a small change made of their items: nobody reads it back."""
        before = self.at(parent) if parent else None
        for signed in events if len(events) <= _FOLLOWED else ():
            event = signed.event
            root = ROOTS.get(event.type)
            place = kept_folder(root, event.item) if root else ""
            found = self.ledger.reader.entry(commit, place) if root else None
            if root and found:
                old = before.entry(root, event.item) if before else None
                kept = self.read(place, old) if old else None
                self._kept.put(found.oid, after(kept, signed, place))


def _counter(name: str) -> int | None:
    """Return the number in which a name ends: folders of thousands and hundreds are all digits."""
    tail = name.rpartition("-")[2]
    return int(tail) if tail.isascii() and tail.isdigit() else None


def after(kept: ArchiveItem | None, signed: Signed, place: str) -> ArchiveItem:
    """Return what an event makes of an item; *place* is where it lies.

    Raises:
        DamagedStoreError: nothing begins with such an event.
    """
    try:
        return begin(signed) if kept is None else kept.after(signed)
    except (KeyError, TypeError) as error:
        raise DamagedStoreError(f"{place} does not begin with what begins it") from error


class StoredArchive(FolderArchive):
    """The archive at one commit: see `rules.records.Archive`."""

    def __init__(self, archives: Archives, commit: str, world: World | None = None) -> None:
        self._archives = archives
        self.commit = commit
        #: People and settings.
        self.world = world or archives.ledger.world(commit)
        self._entry = lru_cache(maxsize=64)(self._entry_of)

    def under(self, world: World) -> "StoredArchive":
        """Return the same records under other people and settings: what would be, if."""
        return StoredArchive(self._archives, self.commit, world)

    @cached_property
    def _dependants(self) -> Mapping[RecordId, tuple[Record, ...]]:
        found: dict[RecordId, tuple[Record, ...]] = {}
        for record in self.records():
            for number in record.related:
                found[number] = (*found.get(number, ()), record)
        return found

    def dependants(self, number: RecordId) -> tuple[Record, ...]:
        """Return the records that refer to a record; every record is read once for that."""
        return self._dependants.get(number, ())

    def requests(self) -> tuple[Request, ...]:
        """Return every request ever opened."""
        return tuple(self._every("requests", Request))

    def items(self) -> Iterator[tuple[str, ArchiveItem]]:
        """Yield everything ever begun, of every kind, each with the root that it lies under."""
        for root in dict.fromkeys(ROOTS.values()):
            for place, entry in self._folders(root):
                if kept := self._archives.read(place, entry):
                    yield root, kept

    def kept(self, number: RecordId) -> ArchiveItem | None:
        """Return the record, hold, disposal, request or blank of this number, or nothing."""
        return (
            self.record(number)
            or self.hold(number)
            or self.disposal(number)
            or self.request(number)
            or self.blank(number)
        )

    @cached_property
    def _holds(self) -> tuple[Hold, ...]:
        return tuple(self._every("holds", Hold))

    def holds(self) -> tuple[Hold, ...]:
        """Return every hold ever placed."""
        return self._holds

    @cached_property
    def _disposals(self) -> tuple[Disposal, ...]:
        return tuple(self._every("disposals", Disposal))

    def disposals(self) -> tuple[Disposal, ...]:
        """Return every disposal ever proposed."""
        return self._disposals

    def blanks(self) -> Iterator[Blank]:
        """Yield every numbered blank ever issued."""
        return self._every("blanks", Blank)

    def numbers(self, root: str, stem: str = "") -> Iterator[RecordId]:
        """Yield the numbers below `records`, `holds` or `disposals`, or those with one stem."""
        for _, entry in self._folders(f"{root}/{stem}" if stem else root):
            yield entry.name

    def last(self, root: str, stem: str) -> RecordId | None:
        """Return the number with the highest counter after a stem, such as `NC-2026`, or nothing.

        Only the folders on the way to it are read, however many numbers there are.
        """
        found = self._archives.ledger.reader.entry(self.commit, f"{root}/{stem}")
        return self._last(root, f"{root}/{stem}", found.oid) if found else None

    def _last(self, root: str, place: str, oid: str) -> RecordId | None:
        named = self._archives.ledger.reader.tree(oid).entries(b"/")
        counted = ((counter, one) for one in named if (counter := _counter(one.name)) is not None)
        for _, entry in sorted(counted, reverse=True):
            below = f"{place}/{entry.name}"
            if below == kept_folder(root, entry.name):
                return entry.name
            if below.count("/") < _DEEPEST and (found := self._last(root, below, entry.oid)):
                return found
        return None

    def dossier(self, item: Number) -> Dossier | None:
        """Return a document, or nothing."""
        return self._archives.ledger.dossier(self.commit, item)

    def parent(self, form: Number, label: Label, content: Digest) -> Number | None:
        """Return under which document this revision of a form stands, if that is its content."""
        found = self._archives.form(self.commit, form, label, content)
        return found.parent if found else None

    def definition(self, form: Number, label: Label, content: Digest) -> RecordDefinition | None:
        """Return what this revision of a form says of its records, if that is its content."""
        found = self._archives.form(self.commit, form, label, content)
        return found.definition if found else None

    def title(self, form: Number, label: Label, content: Digest) -> Line:
        """Return the title of this revision of a form, or nothing where that is not its content."""
        found = self._archives.form(self.commit, form, label, content)
        return found.title if found else ""

    def entry(self, root: str, number: RecordId) -> Entry | None:
        """Return the folder of a record, a hold or a disposal."""
        return self._entry(root, number)

    def _entry_of(self, root: str, number: RecordId) -> Entry | None:
        return self._archives.ledger.reader.entry(self.commit, kept_folder(root, number))

    def _one(self, root: str, number: RecordId, kind: type[KeptKind]) -> KeptKind | None:
        found = self.entry(root, number)
        kept = self._archives.read(kept_folder(root, number), found) if found else None
        return kept if isinstance(kept, kind) else None

    def _every(self, root: str, kind: type[KeptKind]) -> Iterator[KeptKind]:
        for place, entry in self._folders(root):
            kept = self._archives.read(place, entry)
            if isinstance(kept, kind):
                yield kept

    def _folders(self, above: str) -> Iterator[tuple[str, Entry]]:
        """Yield path and entry of the folder of every item below a folder."""
        reader = self._archives.ledger.reader
        found = reader.entry(self.commit, above)
        root = above.partition("/")[0]
        waiting = [(above, found)] if found else []
        while waiting:
            place, entry = waiting.pop()
            for below in reader.tree(entry.oid).entries():
                path = f"{place}/{below.name}"
                if path == kept_folder(root, below.name):
                    yield path, below
                elif below.kind == "tree" and path.count("/") < _DEEPEST:
                    waiting.append((path, below))
