"""Signatures as they stand in the store: verified before they are shown, placed where doubted.

The events of a ledger carry neither keys nor positions. Looking them up costs, and is needed only
where a signature is printed, or where a key was declared suspect.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from docctl.desk.day import Day
from docctl.errors import DamagedStoreError, SignatureError
from docctl.model.access import ACCESS
from docctl.model.base import PersonId
from docctl.model.event import Event, Signed
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, fold
from docctl.store.layout import event_name, event_paths, folder, signature_path
from docctl.store.reading.people import folded
from docctl.trust.sshsig import verify

#: Changes of ACCESS that end keys: of these the position matters.
_ENDING = frozenset({"key_revoked", "person_left"})


@dataclass(frozen=True)
class Signatures:
    """The signatures of the library, as far as a day knows of them."""

    day: Day

    def verified(self, events: Iterable[Signed], wanted: Iterable[Signed]) -> Iterator[Signed]:
        """Yield the *wanted* of an item's events, each with the key that signed it.

        Where the key has ended, with the position too.

        Raises:
            DamagedStoreError: a signature does not hold, or its key did not count at its position.
        """
        paths = event_paths(events)
        return (self._verified(signed, paths[signed.digest]) for signed in wanted)

    @cached_property
    def authority(self) -> Authority:
        """People and keys of the day, with the positions from which keys no longer counted."""
        return self._placed(self.day.access) if self.suspects else self.day.authority

    def placed(self, dossier: Dossier) -> Dossier:
        """Return a document in which signatures that may be doubtful have keys and positions."""
        events = self.placed_events(dossier.events)
        return dossier if events is dossier.events else fold(events) or dossier

    def landed_under(self, dossier: Dossier, signed: Signed) -> Authority:
        """Return people and exceptions as they stood where an event landed."""
        positions = self.day.ledger.positions(self.day.head)
        position = positions.of(event_paths(dossier.events)[signed.digest])
        return self.day.ledger.authority(positions.commit(position))

    def placed_events(self, events: tuple[Signed, ...]) -> tuple[Signed, ...]:
        """Return an item's events; those that may be doubtful have their keys and positions."""
        since = {one.digest: first for one in events if (first := self._suspect_since(one.event))}
        if not since:
            return events
        paths = event_paths(events)
        doubted = {
            one.digest: self._with_cosigners(one, paths[one.digest])
            for one in events
            if one.digest in since and not self._stood(paths[one.digest], since[one.digest])
        }
        return tuple(doubted.get(one.digest, one) for one in events)

    def _suspect_since(self, event: Event) -> int | None:
        """Return the first position from which a signature on an event may be doubtful."""
        who = (event.signer, *self.cosigners_of(event))
        return min((self.suspects[one] for one in who if one in self.suspects), default=None)

    def cosigners_of(self, event: Event) -> tuple[PersonId, ...]:
        """Return who signed a change of ACCESS beside the person it names; of others nobody."""
        return self._cosigners.get(event.seq or 0, ()) if event.item == ACCESS else ()

    @cached_property
    def _cosigners(self) -> Mapping[int, tuple[PersonId, ...]]:
        """Who signed a change of ACCESS beside the person it names, by the number of its event."""
        found: dict[int, tuple[PersonId, ...]] = {}
        access = self.day.ledger.reader.entry(self.day.head, folder(ACCESS))
        for entry in self.day.ledger.reader.tree(access.oid).entries(b".sig") if access else ():
            if (name := event_name(entry.name)) and name.person:
                found[name.seq] = (*found.get(name.seq, ()), name.person)
        return found

    @cached_property
    def suspects(self) -> dict[PersonId, int]:
        """The first position from which a key of a person is suspect."""
        return {
            person.id: min(since)
            for person in self.day.authority.persons.values()
            if (since := [key.suspect_from for key in person.keys if key.suspect_from])
        }

    def _stood(self, path: str, position: int) -> bool:
        """Tell whether a file stood there before a change."""
        if position == 1:
            return False
        before = self.day.ledger.positions(self.day.head).commit(position - 1)
        return self.day.ledger.reader.entry(before, path) is not None

    def _position(self, path: str) -> int:
        return self.day.ledger.positions(self.day.head).of(path)

    def _placed(self, events: Iterable[Signed]) -> Authority:
        paths = event_paths(events)
        return folded(
            replace(one, position=self._position(paths[one.digest]))
            if one.event.type in _ENDING
            else one
            for one in events
        )

    @cached_property
    def _latest(self) -> Authority:
        """Keys as they stand at the commit: a signature is judged by its position, not by a day."""
        return self.day.ledger.authority(self.day.head)

    @cached_property
    def _ended(self) -> Authority:
        return self._placed(self.day.ledger.access_events(self.day.head))

    def _with_cosigners(self, signed: Signed, path: str) -> Signed:
        own = self._verified(signed, path)
        besides = (signature_path(path, one) for one in self.cosigners_of(signed.event))
        keys = (*own.keys, *(self._key(path, beside) for beside in besides))
        return replace(own, keys=keys, position=own.position or self._position(path))

    def _key(self, path: str, beside: str) -> str:
        try:
            return verify(self._read(path), self._read(beside)).key.fingerprint
        except SignatureError as error:
            raise DamagedStoreError(f"{beside}: {error}") from error

    def _verified(self, signed: Signed, path: str) -> Signed:
        beside, signer = signature_path(path), signed.event.signer
        key = self._key(path, beside)
        held = self._latest.key(key)
        if held is None or self._latest.keys[key] != signer or held.accepted_at is None:
            raise DamagedStoreError(f"{beside} was not made with a key of {signer} that counted")
        if held.ended_at is None:
            return replace(signed, keys=(key,))
        position, ended = self._position(path), self._ended.key(key)
        # Who ends a key may sign that with it: in the change that ended it, it counted last.
        last = ((ended and ended.ended_at) or 0) - (signed.event.type not in _ENDING)
        if position > last:
            raise DamagedStoreError(f"{beside} was made with a key of {signer} that had ended")
        return replace(signed, keys=(key,), position=position)

    def _read(self, path: str) -> bytes:
        found = self.day.ledger.reader.entry(self.day.head, path)
        if found is None:
            raise DamagedStoreError(f"{path} is missing")
        return self.day.ledger.reader.read(found.oid)
