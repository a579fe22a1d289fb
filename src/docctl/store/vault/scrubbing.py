"""Fixity: whether every copy of every payload is what was captured, and what else lies there."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from docctl.errors import DamagedVaultError, MissingPayloadError, VaultError
from docctl.model.records.record import RecordId, Stub
from docctl.store.vault.copies import Outcome, Progress, condition, is_on
from docctl.store.vault.shelf import ABANDONED, UNFINISHED, Readable, key_name, payload_name
from docctl.trust.sealing import Room

_UNFINISHED = re.compile(rf"{UNFINISHED}/[0-9a-f]{{32}}")

__all__ = ["FaultyCopy", "Scrub", "Stranger", "scrub"]


class FaultyCopy(NamedTuple):
    """A copy of a payload that is not what history promises."""

    record: RecordId
    stub: Stub
    address: str
    """The shelf that it should be on."""

    outcome: Outcome | str
    """An outcome, or in words why it cannot be read."""


class Stranger(NamedTuple):
    """A file that nobody expects.

    It came back after a destruction, was left by a capture that was killed, or somebody put it
    there. What a capture may be writing just now is none.
    """

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Scrub:
    """What a scrub found; true where all is well."""

    payloads: int
    """How many payloads were expected."""

    faults: tuple[FaultyCopy, ...]
    strangers: tuple[Stranger, ...]
    unreached: tuple[str, ...]
    """Why shelves could not be looked at, one sentence each."""

    looked_at: tuple[str, ...] = ()
    """The addresses of the copies that were looked through."""

    def but(self, strangers: Iterable[Stranger]) -> "Scrub":
        """Return what was found, with these strangers only."""
        return replace(self, strangers=tuple(strangers))

    def __bool__(self) -> bool:
        return not (self.faults or self.strangers or self.unreached)


class _Shelved:
    """A shelf, and what was on it that nobody has asked for yet."""

    def __init__(self, shelf: Readable) -> None:
        self.shelf = shelf
        self.left = set(shelf.names())

    def strangers(self) -> list[Stranger]:
        names = (name for name in sorted(self.left) if not self._under_way(name))
        return [Stranger(self.shelf.address, name) for name in names]

    def _under_way(self, name: str) -> bool:
        """Tell whether a capture may be writing a file just now."""
        try:
            return bool(_UNFINISHED.fullmatch(name)) and self.shelf.age(name) < ABANDONED
        except VaultError:
            return True


def scrub(
    copies: Sequence[Readable],
    keyring: Readable,
    expected: Iterable[tuple[RecordId, Stub]],
    *,
    key_of: Callable[[RecordId], bytes],
    progress: Progress,
) -> Scrub:
    """See `VaultReader.scrub`."""
    keys = _Shelved(keyring)
    key_again = lru_cache(1)(key_of)  # a record's payloads usually follow each other
    shelves, unreached = _reached(copies)
    ours, room = [one.shelf for one in shelves], Room()
    faults: list[FaultyCopy] = []
    payloads = 0
    for record, stub in expected:
        payloads += 1
        keys.left.discard(key_name(record))
        for shelved in shelves:
            shelved.left.discard(payload_name(stub.commitment))
        found = _outcomes(record, stub, ours, key_again, progress, room)
        faults += [fault for fault in found if fault.outcome != "present"]
    strangers = [stranger for one in (*shelves, keys) for stranger in one.strangers()]
    looked_at = tuple(one.shelf.address for one in shelves)
    return Scrub(payloads, tuple(faults), tuple(strangers), tuple(unreached), looked_at)


def _reached(copies: Sequence[Readable]) -> tuple[list[_Shelved], list[str]]:
    shelves: list[_Shelved] = []
    unreached: list[str] = []
    for shelf in copies:
        try:
            shelves.append(_Shelved(shelf))
        except VaultError as error:
            unreached.append(str(error))
    return shelves, unreached


def _outcomes(
    record: RecordId,
    stub: Stub,
    shelves: Sequence[Readable],
    key_of: Callable[[RecordId], bytes],
    progress: Progress,
    room: Room,
) -> Iterator[FaultyCopy]:
    try:
        key = key_of(record)
    except (MissingPayloadError, DamagedVaultError):
        key = b""
    for shelf in shelves:
        if key:
            found = condition(shelf, record, stub, key, progress=progress, room=room)
        else:
            found = "key missing" if is_on(shelf, stub) else "missing"
        told = found.why if isinstance(found, VaultError) else found
        yield FaultyCopy(record, stub, shelf.address, told)
