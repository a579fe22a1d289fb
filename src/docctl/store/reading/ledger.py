"""Reading: from paths and bytes to people, settings and documents as they stand at a commit.

Nothing here is taken from the index, and nothing is verified: a ledger says what stands in the
store, `verify` says whether it may stand there.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from pydantic import ValidationError

from docctl.errors import DamagedStoreError, EventError, NewerFormatError, NotFoundError
from docctl.model.access import ACCESS
from docctl.model.base import NUMBER, Digest, Label, Number
from docctl.model.control import CONTROL, ControlSettings
from docctl.model.event import Event, Signed
from docctl.rules.authority import Authority
from docctl.rules.clock import yardstick
from docctl.rules.dossier import Dossier, Revision, begin, fold
from docctl.rules.world import World
from docctl.store.layout import (
    FORMAT,
    SETTINGS,
    STORE_FILE,
    content_folder,
    event_name,
    event_path,
    events_folder,
    folder,
)
from docctl.store.reading.contents import compared
from docctl.store.reading.events import brought, in_order, read_event
from docctl.store.reading.people import Names, called, folded, read_names
from docctl.store.reading.positions import Positions
from docctl.store.reading.reader import Reader
from docctl.store.trees import Recent
from docctl.trust.canonical import parse_canonical

#: How many documents are remembered as they stand.
_REMEMBERED_DOSSIERS = 4096
_REMEMBERED_WORLDS = 8

#: Whatever else somebody asks for does not exist, and never becomes a path.
_NUMBER = re.compile(NUMBER)

#: How deep folders may lie in which the folders of documents are: `documents/SOP/1f/a0`.
_DEEPEST = 3

#: Changes of ACCESS with which a key begins or ends to count.
_KEYS = frozenset({"founded", "accepted", "key_revoked", "person_left"})


class Ledger:
    """People, settings and documents at any commit of a store. Answers are cached by tree."""

    def __init__(self, reader: Reader, *, names: Names | None = None) -> None:
        """Read a store; *names* are those of people whose names the vault keeps."""
        self.reader = reader
        self._names = names
        self._dossiers: Recent[Dossier | None] = Recent(_REMEMBERED_DOSSIERS)
        self._events: tuple[str, ...] = ()
        self._worlds: Recent[World] = Recent(_REMEMBERED_WORLDS)
        self._dossier = lru_cache(maxsize=64)(self._dossier_at)
        self._world = lru_cache(maxsize=8)(self._world_at)
        self._authority = lru_cache(maxsize=8)(self._read_authority)
        self._settings = lru_cache(maxsize=64)(self._read_settings)
        self._positions = lru_cache(maxsize=2)(Positions)
        self._newest: Recent[Event] = Recent(64)

    def check_format(self, commit: str) -> None:
        """Refuse a store that a newer docctl wrote.

        Raises:
            NewerFormatError: its format is higher than this docctl reads.
            DamagedStoreError: it has no readable `store.json`.
        """
        found = self.reader.entry(commit, STORE_FILE)
        if found is None:
            raise DamagedStoreError("it has no store.json")
        try:
            version = parse_canonical(self.reader.read(found.oid)).get("format")
        except EventError as error:
            raise DamagedStoreError("store.json cannot be read") from error
        if not isinstance(version, int):
            raise DamagedStoreError("store.json names no format")
        if version > FORMAT:
            raise NewerFormatError(version, FORMAT)

    def authority(self, commit: str) -> Authority:
        """Return people, keys, roles and functions at a commit."""
        found = self.reader.entry(commit, folder(ACCESS))
        return self._authority(found.oid) if found else Authority()

    def identity(self, commit: str) -> Digest:
        """Return the identity of the library: the digest of its founding; empty without one."""
        found = self.reader.entry(commit, folder(ACCESS))
        return folded(self._events_of(ACCESS, [(None, found.oid)])).library if found else ""

    def forget_people(self) -> None:
        """Remember nobody: a name that was let go stays in no memory either."""
        self._authority.cache_clear()
        self._world.cache_clear()
        self._worlds = Recent(_REMEMBERED_WORLDS)

    def positioned(self, commit: str) -> Authority:
        """Return people and keys like `authority`, with the positions where keys began and ended.

        It asks for the whole history.
        """
        at = self.positions(commit)
        events = (
            replace(one, position=at.of(event_path(one.event))) if one.event.type in _KEYS else one
            for one in self.access_events(commit)
        )
        return called(folded(events), self.authority(commit).persons)

    def control(self, commit: str) -> ControlSettings:
        """Return the control settings in force at a commit.

        Raises:
            DamagedStoreError: there are none.
        """
        dossier = self.dossier(commit, CONTROL)
        if dossier is None:
            raise DamagedStoreError("it has no control settings")
        current = next(one for one in reversed(dossier.revisions) if one.phase == "released")
        return self.settings(commit, current)

    def settings(self, commit: str, revision: Revision) -> ControlSettings:
        """Return the control settings of one revision of CONTROL, compared with what was signed.

        Raises:
            DamagedStoreError: they are not what was signed.
        """
        place = content_folder(CONTROL, revision.label)
        found = self.reader.entry(commit, place)
        if found is None:
            raise DamagedStoreError(f"{place} is missing")
        return self._settings(found.oid, place, revision.content)

    def world(self, commit: str) -> World:
        """Return what guards look at."""
        return self._world(commit)

    def _world_at(self, commit: str) -> World:
        found = (self.reader.entry(commit, name) for name in (folder(ACCESS), "control"))
        key = " ".join(one.oid for one in found if one)
        return self._worlds.made(key, lambda: World(self.authority(commit), self.control(commit)))

    def dossier(self, commit: str, item: str) -> Dossier | None:
        """Return a document (or CONTROL) with all its events; nothing where there is none."""
        return self._dossier(commit, item)

    def _dossier_at(self, commit: str, item: str) -> Dossier | None:
        if item != CONTROL and not _NUMBER.fullmatch(item):
            return None
        place = folder(item)
        # The documents of a library look alike: what the last one had is asked for at once.
        root = self.reader.commit(commit).tree
        self.reader.prefetch(root, (f"{place}/{events}" for events in self._events))
        found = self.reader.entry(commit, place)
        return found and self._dossiers.made(found.oid, lambda: self._read_dossier(item, found.oid))

    def carry(self, before: Dossier | None, signed: Signed, commit: str) -> None:
        """Note what an event, landed as *commit*, makes of its document: nobody reads it back.

        It is noted for the folder that holds these events; what a rival lands makes another one.
        """
        event, bare = signed.event, Signed(signed.event, signed.digest)
        found = self.reader.entry(commit, folder(event.item)) if event.item != ACCESS else None
        # Where another event is as old, reading tells which comes first.
        old = before.events if before else ()
        if found and all(one.event.time < event.time for one in old):
            self._dossiers.put(found.oid, before.after(bare) if before else begin(bare))

    def newest(self, commit: str) -> Event:
        """Return the event whose time the next must not lie before: votes do not count.

        Raises:
            DamagedStoreError: the history holds no such event.
        """
        passed: list[str] = []
        while (found := self._newest.get(commit)) is None:
            passed.append(commit)
            found = yardstick(brought(self.reader, commit))
            if found is not None:
                break
            commit = next(iter(self.reader.commit(commit).parents), "")
            if not commit:
                raise DamagedStoreError("its history begins with no event")
        for each in passed:
            self._newest.put(each, found)
        return found

    def follow(self, parent: str | None, events: Iterable[Event], commit: str) -> None:
        """Note that these events landed on *parent* as *commit*: nobody has to look for them."""
        self._newest.put(commit, yardstick(events) or self.newest(parent or ""))

    def access_events(self, commit: str) -> tuple[Signed, ...]:
        """Return the events of ACCESS in order."""
        found = self.reader.entry(commit, folder(ACCESS))
        return self._events_of(ACCESS, [(None, found.oid)]) if found else ()

    def numbers(self, commit: str) -> Iterator[Number]:
        """Yield the numbers of all documents ever created."""
        found = self.reader.entry(commit, "documents")
        for prefix in self.reader.list_tree(found.oid) if found else ():
            yield from self._numbers_below(f"documents/{prefix.name}", prefix.oid)

    def numbers_with(self, commit: str, prefix: str) -> Iterator[Number]:
        """Yield the numbers of all documents whose number begins with this prefix."""
        place = f"documents/{prefix}"
        if found := self.reader.entry(commit, place):
            yield from self._numbers_below(place, found.oid)

    def _numbers_below(self, place: str, oid: str) -> Iterator[Number]:
        """Yield every number whose folder lies here: a path that no number has holds none."""
        for entry in self.reader.list_tree(oid):
            path = f"{place}/{entry.name}"
            if folder(entry.name) == path:
                yield entry.name
            elif path.count("/") <= _DEEPEST and "-" not in entry.name:
                yield from self._numbers_below(path, entry.oid)

    def content_names(self, commit: str, item: str, label: Label) -> dict[str, str]:
        """Return the object ids of a revision's files, by name inside its content folder.

        Raises:
            NotFoundError: there is no such revision.
        """
        found = self.reader.entry(commit, content_folder(item, label))
        if found is None:
            raise NotFoundError(f"revision {label} of {item}")
        return dict(self.reader.walk(found.oid, ""))

    def content(self, commit: str, item: str, label: Label) -> dict[str, bytes]:
        """Return a revision's files by name, SHA256SUMS among them.

        Raises:
            NotFoundError: there is no such revision.
        """
        names = self.content_names(commit, item, label)
        return dict(zip(names, self.reader.read_many(names.values()), strict=True))

    def signed_content(
        self, commit: str, item: str, revision: Revision, *, only: Collection[str] = ()
    ) -> dict[str, bytes]:
        """Return a revision's files as `content` does, compared with what was signed.

        With *only* no other files are read. Whatever is handed out or shown comes from here.

        Raises:
            DamagedStoreError: a file is not the one that was signed, missing, or too many.
        """
        place = content_folder(item, revision.label)
        found = self.reader.entry(commit, place)
        if found is None:
            raise DamagedStoreError(f"{place} is missing")
        return compared(self.reader, found.oid, place, revision.content, only=only)

    def positions(self, commit: str) -> Positions:
        """Return the changes that led to a commit, and which of them brought what."""
        return self._positions(self.reader, commit)

    def _read_settings(self, tree: str, place: str, signed: Digest) -> ControlSettings:
        data = compared(self.reader, tree, place, signed).get(SETTINGS, b"")
        try:
            return ControlSettings.model_validate_json(data)
        except ValidationError as error:
            raise DamagedStoreError("the control settings cannot be read") from error

    def _read_authority(self, oid: str) -> Authority:
        return read_names(folded(self._events_of(ACCESS, [(None, oid)])), self._names)

    def _read_dossier(self, item: str, oid: str) -> Dossier | None:
        labels = [revision.name for revision in self.reader.tree(oid).entries()]
        self._events = tuple(f"{label}/events" for label in labels)
        self.reader.prefetch(oid, self._events)
        found = ((label, self.reader.entry(oid, f"{label}/events")) for label in labels)
        return fold(self._events_of(item, [(label, one.oid) for label, one in found if one]))

    def _events_of(
        self, item: str, folders: Iterable[tuple[Label | None, str]]
    ) -> tuple[Signed, ...]:
        found = [
            (name, f"{events_folder(item, label)}/{entry.name}", entry.oid)
            for label, oid in folders
            for entry in self.reader.tree(oid).entries(b".json")
            if (name := event_name(entry.name))
        ]
        data = self.reader.read_many(oid for _, _, oid in found)
        return in_order(
            (name, read_event(each, path))
            for (name, path, _), each in zip(found, data, strict=True)
        )
