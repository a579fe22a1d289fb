"""Filling and emptying the vault: a payload is on every shelf, and lasts, before it is promised."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from docctl.errors import (
    DamagedVaultError,
    MissingPayloadError,
    OvertakenError,
    PathError,
    VaultError,
)
from docctl.model.records.record import RecordId, Stub
from docctl.store.vault.copies import Progress
from docctl.store.vault.mending import Mended, by_name, by_reading, mended
from docctl.store.vault.reading import VaultReader, key_file
from docctl.store.vault.scrubbing import Stranger
from docctl.store.vault.shelf import Parcel, Shelf, key_name, payload_name
from docctl.store.vault.source import Source, Steady
from docctl.trust.sealing import ID, KEY, SALT, Room, Sealer

__all__ = ["Reach", "Source", "Vault"]

#: So many payloads are on their way at a time, and their bytes are flushed together.
_TOGETHER = 128


@dataclass(frozen=True, slots=True)
class Reach:
    """What a removal reached; true if it was everything."""

    reached: tuple[str, ...]
    """Shelves on which what was to go was looked for and is not there any more."""

    not_reached: tuple[str, ...]
    """Shelves where it may still be, and why: one sentence each."""

    missed: tuple[str, ...] = ()
    """The addresses of these shelves."""

    def __bool__(self) -> bool:
        return not self.not_reached


class _Sent(NamedTuple):
    """A file on its way: to which shelf, and under which name."""

    shelf: Shelf
    parcel: Parcel
    name: str


class Vault(VaultReader):
    """A vault that can be filled and emptied. It keeps nothing open between two calls."""

    def __init__(self, payloads: Sequence[Shelf], keys: Shelf) -> None:
        """Take the shelves; `create` makes those that are not there yet."""
        super().__init__(payloads, keys)
        self.payloads = tuple(payloads)
        self.keys = keys

    def create(self) -> None:
        """Make the shelves that are not there."""
        for shelf in (*self.payloads, self.keys):
            shelf.create()

    # --- filling -----------------------------------------------------------------------------

    def put(self, record: RecordId, source: Source) -> Stub:
        """Store a payload on every shelf and return its stub; afterwards it survives a power cut.

        A record that has no key is given one. On an error nothing of the payload remains.

        Raises:
            UnreadableError: the source cannot be read, or changes meanwhile.
            OvertakenError: somebody else gave this record its key in the same moment.
            VaultError: a shelf cannot be reached, is full, or must not be written.
        """
        return self.put_many([(record, source)])[0]

    def put_many(self, items: Iterable[tuple[RecordId, Source]]) -> tuple[Stub, ...]:
        """Store many payloads, all or none; disks are waited for once for many of them.

        Raises:
            UnreadableError, OvertakenError, VaultError: see `put`.
        """
        rest = iter(items)
        delivery = _Delivery(self)
        try:
            while group := list(islice(rest, _TOGETHER)):
                delivery.carry(group)
            delivery.arrive()
        except BaseException:
            with suppress(VaultError):  # what cannot be removed, a scrub will name
                self.undo(delivery.stubs)
            raise
        return tuple(delivery.stubs)

    def mend(
        self,
        expected: Iterable[tuple[RecordId, Stub]],
        progress: Progress = int,
        *,
        only_missing: bool = False,
    ) -> Iterator[Mended]:
        """Write anew what a copy lacks, or holds altered, from a copy that is right; yield each.

        Every copy is read to its end; with *only_missing* what lies under the right name passes for
        right. Nothing gets its name on a shelf before it was proved. *progress* is told the bytes.

        Raises:
            VaultError: the shelf of keys cannot be reached.
        """
        look = by_name(self.payloads, progress) if only_missing else by_reading(progress)
        return mended(self.payloads, expected, key_of=self.key_of, look=look)

    # --- emptying ----------------------------------------------------------------------------

    def destroy(self, record: RecordId, stubs: Sequence[Stub]) -> Reach:
        """Destroy a record: its key first, then its payloads in every copy; may be repeated.

        Once the key is gone nothing of the record can be read any more, in no backup of payloads
        either. Whether a shelf keeps versions or snapshots of its own is not known here.

        Raises:
            VaultError: the shelf of keys cannot be reached; nothing was removed.
        """
        name = key_name(record)
        _remove_overwritten(self.keys, name)
        self.keys.flush([name])
        reach = self.undo(stubs)
        return Reach((self.keys.address, *reach.reached), reach.not_reached, reach.missed)

    def undo(self, stubs: Sequence[Stub]) -> Reach:
        """Take back the payloads of a capture that did not land.

        The key stays: another capture of the same record may have used it meanwhile. If there was
        none, a scrub names it, and `destroy` or `sweep` removes it.
        """
        names = [payload_name(stub.commitment) for stub in stubs]
        return _reach((shelf, names, _remove) for shelf in self.payloads)

    def sweep(self, strangers: Iterable[Stranger]) -> Reach:
        """Remove what a scrub has found and nobody expects."""
        found = list(strangers)
        removing = [(shelf, _remove) for shelf in self.payloads]
        return _reach(
            (shelf, [one.name for one in found if one.address == shelf.address], remove)
            for shelf, remove in [*removing, (self.keys, _remove_overwritten)]
        )


class _Delivery:
    """What is on its way to the shelves, and what has arrived."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._room = Room()
        self._parcels: list[Parcel] = []
        self._keys: dict[RecordId, bytes] = {}
        self._new: dict[RecordId, _Sent] = {}
        self._payloads: list[_Sent] = []
        self._placed: defaultdict[Shelf, list[str]] = defaultdict(list)
        #: Of every payload that has been sealed.
        self.stubs: list[Stub] = []

    def carry(self, items: Sequence[tuple[RecordId, Source]]) -> None:
        """Bring payloads, and the keys of records that have none, to their shelves.

        A key lasts before a payload has its name: others may seal with it from then on.
        """
        try:
            for record, source in items:
                self.stubs.append(self._sealed(record, source))
            self._settle([*self._new.values(), *self._payloads])
            self._place_keys()
            for one in self._payloads:
                one.shelf.place(one.parcel, one.name)
                self._placed[one.shelf].append(one.name)
        finally:
            for parcel in self._parcels:
                parcel.drop()
            self._parcels, self._new, self._payloads = [], {}, []

    def arrive(self) -> None:
        """Wait until the names of all payloads will last: nobody is told of them before."""
        for shelf, names in self._placed.items():
            shelf.flush(names)

    def _sealed(self, record: RecordId, source: Source) -> Stub:
        sealer = Sealer(
            Steady(source).read_into,
            key=self._key_for(record),
            ident=secrets.token_bytes(ID),
            salt=secrets.token_bytes(SALT),
            room=self._room,
        )
        parcels = [(shelf, self._begun(shelf)) for shelf in self._vault.payloads]
        for piece in sealer:
            for _, parcel in parcels:
                parcel.write(piece)
        for _, parcel in parcels:
            parcel.end()
        stub = Stub(commitment=sealer.commitment, size=sealer.size)
        name = payload_name(stub.commitment)
        self._payloads += [_Sent(shelf, parcel, name) for shelf, parcel in parcels]
        return stub

    def _begun(self, shelf: Shelf) -> Parcel:
        parcel = shelf.begin()
        self._parcels.append(parcel)
        return parcel

    def _key_for(self, record: RecordId) -> bytes:
        if record not in self._keys:
            try:
                self._keys[record] = self._vault.key_of(record)
            except MissingPayloadError:
                self._keys[record] = self._new_key(record)
        return self._keys[record]

    def _new_key(self, record: RecordId) -> bytes:
        key = secrets.token_bytes(KEY)
        parcel = self._begun(self._vault.keys)
        parcel.write(key_file(record, key))
        parcel.end()
        self._new[record] = _Sent(self._vault.keys, parcel, key_name(record))
        return key

    def _settle(self, sent: Sequence[_Sent]) -> None:
        for shelf in dict.fromkeys(one.shelf for one in sent):
            shelf.settle([one.parcel for one in sent if one.shelf is shelf])

    def _place_keys(self) -> None:
        for record, (shelf, parcel, name) in self._new.items():
            try:
                shelf.place(parcel, name)
            except OvertakenError as error:
                raise OvertakenError(record) from error
        if self._new:
            self._vault.keys.flush([one.name for one in self._new.values()])


def _remove(shelf: Shelf, name: str) -> None:
    shelf.remove(name)


def _remove_overwritten(shelf: Shelf, name: str) -> None:
    with suppress(DamagedVaultError):  # something that is no file is only removed
        shelf.overwrite(name)
    shelf.remove(name)


def _reach(
    work: Iterable[tuple[Shelf, Sequence[str], Callable[[Shelf, str], None]]],
) -> Reach:
    """Remove files from shelves, as far as they can be reached."""
    reached: list[str] = []
    missed: dict[str, str] = {}
    for shelf, names, remove in work:
        try:
            for name in names:
                remove(shelf, name)
            shelf.flush(names)
        except (PathError, VaultError) as error:
            missed[shelf.address] = str(error)
        else:
            reached.append(shelf.address)
    return Reach(tuple(reached), tuple(missed.values()), tuple(missed))
