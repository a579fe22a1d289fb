"""Copies brought up to date: what one lacks, or holds altered, comes from one that is right."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docctl.errors import DamagedVaultError, MissingPayloadError, VaultError
from docctl.model.records.record import RecordId, Stub
from docctl.store.vault.copies import Outcome, Progress, condition, opened
from docctl.store.vault.shelf import Openable, Opened, Parcel, Shelf, payload_name
from docctl.trust.sealing import Room

__all__ = ["Look", "Mended", "by_name", "by_reading", "mended"]


class Mended(NamedTuple):
    """A copy of a payload that was not right, and is now, or why it is not."""

    record: RecordId
    stub: Stub
    address: str
    was: str
    """What it was: `missing`, `altered`, or why it could not be read."""

    why: str = ""
    """Why it could not be put right; nothing where it was."""


#: Tells what a copy of a payload is, by whatever it looks at.
Look = Callable[[Shelf, RecordId, Stub, bytes], Outcome | VaultError]


def by_reading(progress: Progress) -> Look:
    """Return a look that reads each copy to its end."""
    room = Room()

    def look(shelf: Shelf, record: RecordId, stub: Stub, key: bytes) -> Outcome | VaultError:
        return condition(shelf, record, stub, key, progress=progress, room=room)

    return look


def by_name(shelves: Sequence[Shelf], progress: Progress) -> Look:
    """Return a look that takes what lies under the name of a payload for right."""
    there = {id(shelf): _names(shelf) for shelf in shelves}

    def look(shelf: Shelf, _: RecordId, stub: Stub, __: bytes) -> Outcome | VaultError:
        progress(stub.size)
        names = there[id(shelf)]
        if isinstance(names, VaultError):
            return names
        return "present" if payload_name(stub.commitment) in names else "missing"

    return look


def mended(
    shelves: Sequence[Shelf],
    expected: Iterable[tuple[RecordId, Stub]],
    *,
    key_of: Callable[[RecordId], bytes],
    look: Look,
) -> Iterator[Mended]:
    """Look at every copy of every payload, and write anew what is not right; see `Vault.mend`."""
    for record, stub in expected:
        try:
            key = key_of(record)
        except (MissingPayloadError, DamagedVaultError) as error:
            yield from (
                Mended(record, stub, shelf.address, "key missing", error.why) for shelf in shelves
            )
            continue
        found = {shelf: look(shelf, record, stub, key) for shelf in shelves}
        for shelf, was in found.items():
            if was != "present":
                told = was.why if isinstance(was, VaultError) else was
                why = _put_right(shelf, found, record, stub, key)
                yield Mended(record, stub, shelf.address, told, why)


def _names(shelf: Shelf) -> set[str] | VaultError:
    try:
        return set(shelf.names())
    except VaultError as error:
        return error


def _put_right(
    shelf: Shelf,
    found: Mapping[Shelf, Outcome | VaultError],
    record: RecordId,
    stub: Stub,
    key: bytes,
) -> str:
    """Write a copy anew from one that is right; return why that is not possible."""
    was = found[shelf]
    if isinstance(was, VaultError):
        return was.why
    why = "no copy is right"
    for source in (one for one, outcome in found.items() if outcome == "present"):
        try:
            _carry(source, shelf, record, stub, key)
        except VaultError as error:
            why = error.why
        else:
            return ""
    return why


def _carry(source: Shelf, target: Shelf, record: RecordId, stub: Stub, key: bytes) -> None:
    """Copy sealed bytes; they get their name only once they were proved to be the right ones."""
    name = payload_name(stub.commitment)
    parcel = target.begin()
    try:
        with opened(_Passing(source, parcel), record, stub, key) as opener:
            deque(opener.sizes(Room()), maxlen=0)
        parcel.end()
        target.settle([parcel])
        target.remove(name)
        target.place(parcel, name)
        target.flush([name])
    finally:
        parcel.drop()


class _Passing:
    """A shelf from which everything that is read goes into a parcel as well."""

    def __init__(self, shelf: Openable, parcel: Parcel) -> None:
        self._shelf, self._parcel = shelf, parcel
        self.address = shelf.address

    def open(self, name: str) -> Opened | None:
        found = self._shelf.open(name)
        if found is None:
            return None

        def read(size: int) -> bytes:
            data = found.read(size)
            self._parcel.write(data)
            return data

        return found._replace(read=read)
