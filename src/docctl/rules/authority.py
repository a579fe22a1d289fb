"""Who may do what: people, keys, roles and functions at a position of the history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from docctl.model import access
from docctl.model.access import FunctionHeld, KeyHeld, Person, PersonNew
from docctl.model.base import Digest, Line, PersonId, Word
from docctl.model.event import Event, Signed
from docctl.model.persons import Names
from docctl.model.records.record import Stub

#: The role that changes ACCESS.
ADMINISTRATOR = "administrator"

#: The only role that a service identity can hold.
SERVICE_ROLES = frozenset({"author"})

#: The only events that a service identity can sign: it drafts and checks, people decide.
SERVICE_EVENTS = frozenset({"created", "revised", "saved", "submitted", "commented", "resolved"})

#: What is printed of somebody whose name was let go, before the id.
ERASED = "name erased"

#: What the founder may do from the first moment.
FOUNDER_ROLES = (ADMINISTRATOR, "author", "document_controller")


@dataclass(frozen=True, slots=True)
class Grant:
    """An exception that holds for a person until the end of a day."""

    person: PersonId
    rule: str
    reason: str
    until: date

    def names(self, data: access.ExceptionData) -> bool:
        """Tell whether this is the exception that an event is about."""
        return (self.person, self.rule) == (data.person, data.rule)


@dataclass(frozen=True, slots=True)
class Authority:
    """ACCESS at one position. Every question is answered from the events folded in so far."""

    library: Digest = ""
    organization: str = ""
    founded: access.Founded | None = None
    persons: Mapping[PersonId, Person] = field(default_factory=dict)
    keys: Mapping[str, PersonId] = field(default_factory=dict)
    """Every key ever known, by fingerprint."""

    threshold: int = 1
    exceptions: tuple[Grant, ...] = ()
    seq: int = 0
    last: Digest = ""
    latest: Event | None = None
    """The last event."""

    _holders: dict[Word, tuple[PersonId, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def names(self) -> Names:
        """Where the names of people stand: as the founding has it, for ever."""
        return self.founded.data.names if self.founded else "store"

    def active(self, person: PersonId) -> bool:
        """Tell whether the person is known and has not left."""
        return person in self.persons and self.persons[person].left_on is None

    def key(self, fingerprint: str) -> KeyHeld | None:
        """Return what is known of a key."""
        holder = self.keys.get(fingerprint)
        held = self.persons[holder].keys if holder else ()
        return next((key for key in held if key.fingerprint == fingerprint), None)

    def counts(self, fingerprint: str) -> bool:
        """Tell whether signatures by this key count now: accepted by its holder, not ended."""
        held = self.key(fingerprint)
        return held is not None and held.accepted_at is not None and held.ended_at is None

    def has_role(self, person: PersonId, role: Word) -> bool:
        """Tell whether an active person holds a role now."""
        return self.active(person) and role in self.persons[person].roles

    def holders(self, role: Word) -> tuple[PersonId, ...]:
        """Return the active persons (never services) who hold a role, in order of their ids."""
        if role not in self._holders:
            self._holders[role] = tuple(
                person.id
                for person in sorted(self.persons.values(), key=lambda one: one.id)
                if person.left_on is None and person.kind == "person" and role in person.roles
            )
        return self._holders[role]

    def functions(self, person: PersonId, on: date) -> tuple[Line, ...]:
        """Return the functions that a person holds on a day, in the order they were given."""
        known = self.persons.get(person)
        return tuple(
            held.function
            for held in (known.functions if known else ())
            if held.since <= on and (held.until is None or on < held.until)
        )

    def administrators(self) -> tuple[PersonId, ...]:
        """Return the administrators who can sign: those of whose keys at least one counts."""
        return tuple(
            person
            for person in self.holders(ADMINISTRATOR)
            if any(self.counts(held.fingerprint) for held in self.persons[person].keys)
        )

    def excepted(self, person: PersonId, rule: str, on: date) -> bool:
        """Tell whether an exception from a rule holds for the person on a day."""
        return any(g.person == person and g.rule == rule and on <= g.until for g in self.exceptions)

    def after(self, signed: Signed) -> "Authority":
        """Return the authority once a legal ACCESS event has happened."""
        changed = _FOLD[signed.event.type](self, signed.event, signed)
        return replace(changed, seq=self.seq + 1, last=signed.digest, latest=signed.event)


def _with(authority: Authority, person: Person) -> Authority:
    return replace(authority, persons={**authority.persons, person.id: person})


def _taken_up(
    authority: Authority, new: PersonNew, signed: Signed, *, accepted_at: int | None = None
) -> Authority:
    keys: tuple[KeyHeld, ...] = ()
    known = authority.keys
    if new.key and new.fingerprint:
        keys = (KeyHeld(fingerprint=new.fingerprint, key=new.key, accepted_at=accepted_at),)
        known = {**known, new.fingerprint: new.id}
    functions = tuple(FunctionHeld(function=f, since=signed.event.date) for f in new.functions)
    person = Person(
        id=new.id,
        name=new.name or new.id,
        named=new.named,
        kind=new.kind,
        roles=new.roles,
        functions=functions,
        keys=keys,
    )
    return replace(_with(authority, person), keys=known)


def _founded(authority: Authority, event: access.Founded, signed: Signed) -> Authority:
    begun = replace(
        authority, library=signed.digest, organization=event.data.organization, founded=event
    )
    founder = event.data.founder.but(roles=FOUNDER_ROLES)
    return _taken_up(begun, founder, signed, accepted_at=signed.position)


def _person_added(authority: Authority, event: access.PersonAdded, signed: Signed) -> Authority:
    return _taken_up(authority, event.data, signed)


def _key_changed(authority: Authority, key: access.KeyData, **changes: Any) -> Authority:
    person = authority.persons[key.person]
    keys = tuple(
        held.but(**changes) if held.fingerprint == key.fingerprint else held for held in person.keys
    )
    return _with(authority, person.but(keys=keys))


def _accepted(authority: Authority, event: access.Accepted, signed: Signed) -> Authority:
    return _key_changed(authority, event.data, accepted_at=signed.position)


def _key_added(authority: Authority, event: access.KeyAdded, _: Signed) -> Authority:
    new = event.data
    person = authority.persons[new.person]
    held = KeyHeld(fingerprint=new.fingerprint, key=new.key)
    keys = {**authority.keys, new.fingerprint: new.person}
    return replace(_with(authority, person.but(keys=(*person.keys, held))), keys=keys)


def _key_revoked(authority: Authority, event: access.KeyRevoked, signed: Signed) -> Authority:
    held = authority.key(event.data.fingerprint)
    before = held.ended_at if held else None
    return _key_changed(
        authority,
        event.data,
        ended_at=signed.position if before is None else before,
        suspect_from=event.data.suspect_from,
    )


def _role_granted(authority: Authority, event: access.RoleGranted, _: Signed) -> Authority:
    person = authority.persons[event.data.person]
    return _with(authority, person.but(roles=(*person.roles, event.data.role)))


def _role_withdrawn(authority: Authority, event: access.RoleWithdrawn, _: Signed) -> Authority:
    person = authority.persons[event.data.person]
    roles = tuple(role for role in person.roles if role != event.data.role)
    return _with(authority, person.but(roles=roles))


def _function_given(authority: Authority, event: access.FunctionGiven, _: Signed) -> Authority:
    person = authority.persons[event.data.person]
    held = FunctionHeld(function=event.data.function, since=event.data.on)
    return _with(authority, person.but(functions=(*person.functions, held)))


def _ended(person: Person, on: date, function: str | None = None) -> tuple[FunctionHeld, ...]:
    return tuple(
        held.but(until=on) if held.until is None and function in {None, held.function} else held
        for held in person.functions
    )


def _function_ended(authority: Authority, event: access.FunctionEnded, _: Signed) -> Authority:
    person = authority.persons[event.data.person]
    return _with(
        authority, person.but(functions=_ended(person, event.data.on, event.data.function))
    )


def _person_left(authority: Authority, event: access.PersonLeft, signed: Signed) -> Authority:
    person, on = authority.persons[event.data.person], event.data.on
    keys = tuple(
        held if held.ended_at is not None else held.but(ended_at=signed.position)
        for held in person.keys
    )
    left = {"left_on": on, "left_stated_on": signed.event.date}
    return _with(authority, person.but(**left, roles=(), functions=_ended(person, on), keys=keys))


def _person_renamed(authority: Authority, event: access.PersonRenamed, _: Signed) -> Authority:
    data = event.data
    person = authority.persons[data.person]
    return _with(
        authority,
        person.but(name=data.name or person.id, named=data.named, let_go=_let_go(person)),
    )


def _person_erased(authority: Authority, event: access.PersonErased, _: Signed) -> Authority:
    person = authority.persons[event.data.person]
    gone = {"name": f"{ERASED} ({person.id})", "named": None, "erased": True}
    return _with(authority, person.but(**gone, let_go=_let_go(person)))


def _let_go(person: Person) -> tuple[Stub, ...]:
    return (*person.let_go, *([person.named] if person.named else []))


def _threshold_set(authority: Authority, event: access.ThresholdSet, _: Signed) -> Authority:
    return replace(authority, threshold=event.data.administrators)


def _granted(authority: Authority, event: access.ExceptionGranted, _: Signed) -> Authority:
    data = event.data
    others = tuple(one for one in authority.exceptions if not one.names(data))
    grant = Grant(data.person, data.rule, event.reason, data.until)
    return replace(authority, exceptions=(*others, grant))


def _ended_early(authority: Authority, event: access.ExceptionEnded, _: Signed) -> Authority:
    return replace(
        authority,
        exceptions=tuple(
            replace(one, until=event.data.until) if one.names(event.data) else one
            for one in authority.exceptions
        ),
    )


_FOLD: Mapping[str, Callable[[Authority, Any, Signed], Authority]] = MappingProxyType(
    {
        "founded": _founded,
        "person_added": _person_added,
        "accepted": _accepted,
        "key_added": _key_added,
        "key_revoked": _key_revoked,
        "role_granted": _role_granted,
        "role_withdrawn": _role_withdrawn,
        "function_given": _function_given,
        "function_ended": _function_ended,
        "person_left": _person_left,
        "person_renamed": _person_renamed,
        "person_erased": _person_erased,
        "threshold_set": _threshold_set,
        "exception_granted": _granted,
        "exception_ended": _ended_early,
    }
)
