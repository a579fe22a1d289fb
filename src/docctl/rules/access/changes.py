"""What may change in ACCESS: people, keys, roles, functions, exceptions."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from docctl.errors import DateError, EventError, IllegalMoveError, NotAuthorisedError, TakenError
from docctl.errors.meant import did_you_mean
from docctl.model import access
from docctl.model.access import ACCESS, PersonNew
from docctl.model.base import PersonId, Word
from docctl.rules.access.naming import require_erasable, require_naming
from docctl.rules.authority import ADMINISTRATOR, SERVICE_ROLES, Authority

#: Where the keys and what became of them can be seen.
_SEE = "see the keys: docctl person list"
_PEOPLE = "see: docctl person list"
_EXCEPTIONS = "see those that hold: docctl exceptions"
_AS_IT_IS = "there is nothing to do: it is so already"


def _require_active(authority: Authority, person: PersonId) -> None:
    if not authority.active(person):
        raise NotAuthorisedError(person, "is not in ACCESS, or has left", hint=_PEOPLE)


def _require_new_key(authority: Authority, fingerprint: str | None) -> None:
    if fingerprint and fingerprint in authority.keys:
        holder = authority.keys[fingerprint]
        raise TakenError(f"the key {fingerprint}", f"already belongs to {holder}")


def _require_roles(kind: str, wanted: Collection[Word], known: Collection[Word]) -> None:
    for role in wanted:
        if role not in known:
            hint = f"{did_you_mean(role, known)}roles: {', '.join(sorted(known))}"
            raise EventError(ACCESS, f"there is no role {role!r}", hint=hint)
        if kind == "service" and role not in SERVICE_ROLES:
            raise NotAuthorisedError("a service", f"never acts as {role}; people do")


def _founded(authority: Authority, event: access.Founded, _: Collection[Word]) -> None:
    founder = event.data.founder
    require_naming(authority, event.data.names, founder.id, founder)
    if founder.id != event.signer or founder.kind != "person" or not founder.key:
        raise NotAuthorisedError(
            event.signer, "must found the library in person, with a key of his or her own"
        )


def _person_added(authority: Authority, event: access.PersonAdded, roles: Collection[Word]) -> None:
    new: PersonNew = event.data
    require_naming(authority, authority.names, new.id, new)
    if new.id in authority.persons:
        raise TakenError(f"the id {new.id}", "belongs to somebody; ids are never reassigned")
    _require_new_key(authority, new.fingerprint)
    _require_roles(new.kind, new.roles, roles)


def _accepted(authority: Authority, event: access.Accepted, _: Collection[Word]) -> None:
    held = authority.key(event.data.fingerprint)
    if held is None or authority.keys[held.fingerprint] != event.data.person:
        raise NotAuthorisedError(event.data.person, "was not given this key", hint=_SEE)
    if event.data.person != event.signer:
        raise NotAuthorisedError(
            event.signer, "cannot accept for somebody else", hint="its holder: docctl person accept"
        )
    if held.accepted_at is not None or held.ended_at is not None:
        raise IllegalMoveError("this key", "accept", "accepted or ended already", (), hint=_SEE)


def _key_added(authority: Authority, event: access.KeyAdded, _: Collection[Word]) -> None:
    _require_active(authority, event.data.person)
    _require_new_key(authority, event.data.fingerprint)


def _key_revoked(authority: Authority, event: access.KeyRevoked, _: Collection[Word]) -> None:
    data = event.data
    held = authority.key(data.fingerprint)
    if held is None or authority.keys[held.fingerprint] != data.person:
        raise NotAuthorisedError(data.person, "does not hold this key", hint=_SEE)
    if held.ended_at is not None:
        earlier = held.suspect_from or held.ended_at
        if data.suspect_from is None or data.suspect_from >= earlier:
            raise IllegalMoveError("this key", "revoke", "ended already", (), hint=_SEE)
    elif data.suspect_from is None:
        _require_administrators(authority, data.person, without=data.fingerprint)


def _role_granted(authority: Authority, event: access.RoleGranted, roles: Collection[Word]) -> None:
    _require_active(authority, event.data.person)
    person = authority.persons[event.data.person]
    _require_roles(person.kind, [event.data.role], roles)
    if event.data.role in person.roles:
        raise TakenError(
            f"{person.id}", f"holds the role {event.data.role} already", hint=_AS_IT_IS
        )


def _require_administrators(
    authority: Authority, person: PersonId, *, without: str | None = None
) -> None:
    """Refuse to leave ACCESS with fewer administrators who can sign than must sign.

    *without* is the key that the person would lose; all of them where none is named. A key that
    is declared suspect can always be revoked: safety comes first.
    """
    able = authority.administrators()
    kept = [
        key
        for key in (authority.persons[person].keys if without else ())
        if key.fingerprint != without and authority.counts(key.fingerprint)
    ]
    if person in able and not kept and len(able) - 1 < authority.threshold:
        raise IllegalMoveError(
            ACCESS,
            "remove an administrator",
            "short of administrators",
            (),
            hint="add another administrator or key first, and let the holder accept",
        )


def _role_withdrawn(authority: Authority, event: access.RoleWithdrawn, _: Collection[Word]) -> None:
    if not authority.has_role(event.data.person, event.data.role):
        raise NotAuthorisedError(event.data.person, f"does not hold the role {event.data.role}")
    if event.data.role == ADMINISTRATOR:
        _require_administrators(authority, event.data.person)


def _function_given(authority: Authority, event: access.FunctionGiven, _: Collection[Word]) -> None:
    _require_active(authority, event.data.person)
    if _held_since(authority, event) is not None:
        raise TakenError(
            event.data.person, f"holds the function {event.data.function} already", hint=_AS_IT_IS
        )


def _function_ended(authority: Authority, event: access.FunctionEnded, _: Collection[Word]) -> None:
    _require_active(authority, event.data.person)
    held = _held_since(authority, event)
    if held is None:
        raise NotAuthorisedError(
            event.data.person, f"does not hold the function {event.data.function}"
        )
    if event.data.on < held.since:
        raise DateError(ACCESS, event.data.on, f"lies before it began, {held.since.isoformat()}")


def _held_since(
    authority: Authority, event: access.FunctionGiven | access.FunctionEnded
) -> access.FunctionHeld | None:
    held = authority.persons[event.data.person].functions
    named = (one for one in held if one.function == event.data.function and one.until is None)
    return next(named, None)


def _person_left(authority: Authority, event: access.PersonLeft, _: Collection[Word]) -> None:
    _require_active(authority, event.data.person)
    if event.data.on > event.date:
        raise DateError(
            ACCESS,
            event.data.on,
            "is still to come, and leaving ends roles and keys at once",
            hint="record it on the day, or withdraw single roles before",
        )
    _require_administrators(authority, event.data.person)


def _person_renamed(authority: Authority, event: access.PersonRenamed, _: Collection[Word]) -> None:
    person = event.data.person
    if person not in authority.persons or authority.persons[person].erased:
        raise NotAuthorisedError(person, "is not in ACCESS, or was erased", hint=_PEOPLE)
    require_naming(authority, authority.names, person, event.data)


def _person_erased(authority: Authority, event: access.PersonErased, _: Collection[Word]) -> None:
    require_erasable(authority, event)


def _threshold_set(_: Authority, __: access.ThresholdSet, ___: Collection[Word]) -> None:
    """Ask no more: as many administrators as the new threshold needs have signed it."""


def _exception_granted(
    authority: Authority, event: access.ExceptionGranted, _: Collection[Word]
) -> None:
    _require_active(authority, event.data.person)
    if not event.reason:
        raise EventError(ACCESS, "an exception needs a reason", hint="give it with --reason")
    if event.data.until < event.date:
        raise DateError(ACCESS, event.data.until, "lies in the past: the exception never holds")


def _exception_ended(
    authority: Authority, event: access.ExceptionEnded, _: Collection[Word]
) -> None:
    person, last = event.data.person, event.data.until
    until = next((one.until for one in authority.exceptions if one.names(event.data)), None)
    if until is None or until < event.date:
        raise NotAuthorisedError(person, "has no exception that holds", hint=_EXCEPTIONS)
    if last >= until:
        raise DateError(ACCESS, last, f"is not before {until.isoformat()}, when it ends anyway")


#: The guard of each kind of change.
CHANGES: Mapping[Word, Callable[[Authority, Any, Collection[Word]], None]] = MappingProxyType(
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
        "exception_granted": _exception_granted,
        "exception_ended": _exception_ended,
    }
)
