"""People, their keys, roles and functions: changes of ACCESS."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from docctl.desk.signing.intent import Intent
from docctl.model import access
from docctl.model.access import ACCESS
from docctl.model.base import Model, PersonId, Word
from docctl.model.event import Event
from docctl.model.records.record import Stub
from docctl.trust.keys import PublicKey


def _intent(verb: str, event: type[Event], data: Model, *, reason: str = "") -> Intent:
    return Intent(ACCESS, verb, event, data, reason=reason)


def add(
    person: PersonId,
    name: str | None,
    *,
    named: Stub | None = None,
    key: PublicKey | None,
    roles: Sequence[Word] = (),
    functions: Sequence[str] = (),
    kind: Literal["person", "service"] = "person",
) -> Intent:
    """Take a person up. The key counts once its holder has accepted.

    *named* is the payload of the name, where the vault keeps it.
    """
    new = access.PersonNew(
        id=person,
        name=name,
        named=named,
        kind=kind,
        key=key.line if key else None,
        fingerprint=key.fingerprint if key else None,
        roles=tuple(roles),
        functions=tuple(functions),
    )
    return _intent("person add", access.PersonAdded, new)


def accept(person: PersonId, key: PublicKey) -> Intent:
    """Prove possession of a key and take its signatures as binding."""
    data = access.KeyData(person=person, fingerprint=key.fingerprint)
    return _intent("person accept", access.Accepted, data)


def add_key(person: PersonId, key: PublicKey) -> Intent:
    """Give a person a further key, as for rotation."""
    data = access.KeyAddedData(person=person, fingerprint=key.fingerprint, key=key.line)
    return _intent("person key", access.KeyAdded, data)


def revoke(
    person: PersonId, fingerprint: str, *, reason: str, suspect_from: int | None = None
) -> Intent:
    """End a key; from *suspect_from* on its signatures are questioned."""
    data = access.KeyRevokedData(person=person, fingerprint=fingerprint, suspect_from=suspect_from)
    return _intent("person revoke", access.KeyRevoked, data, reason=reason)


def grant(person: PersonId, role: Word) -> Intent:
    """Let a person act in a role."""
    return _intent("person role", access.RoleGranted, access.RoleData(person=person, role=role))


def withdraw_role(person: PersonId, role: Word) -> Intent:
    """Let a person no longer act in a role."""
    return _intent("person role", access.RoleWithdrawn, access.RoleData(person=person, role=role))


def give_function(person: PersonId, function: str, *, on: date) -> Intent:
    """State that a person holds a function from a day on."""
    data = access.FunctionData(person=person, function=function, on=on)
    return _intent("person function", access.FunctionGiven, data)


def end_function(person: PersonId, function: str, *, on: date) -> Intent:
    """State the first day on which a person no longer holds a function."""
    data = access.FunctionData(person=person, function=function, on=on)
    return _intent("person function", access.FunctionEnded, data)


def leave(person: PersonId, *, on: date, reason: str = "") -> Intent:
    """State that a person left: roles, functions and keys end."""
    data = access.PersonLeftData(person=person, on=on)
    return _intent("person leave", access.PersonLeft, data, reason=reason)


def rename(person: PersonId, name: str | None, *, named: Stub | None = None, reason: str) -> Intent:
    """State what a person is called from now on."""
    data = access.PersonRenamedData(person=person, name=name, named=named)
    return _intent("person rename", access.PersonRenamed, data, reason=reason)


def erase(person: PersonId, *, reason: str) -> Intent:
    """Let the name of somebody who left go."""
    data = access.PersonErasedData(person=person)
    return _intent("person erase", access.PersonErased, data, reason=reason)


def threshold(administrators: int) -> Intent:
    """Set how many administrators must sign a change of ACCESS."""
    data = access.ThresholdData(administrators=administrators)
    return _intent("person threshold", access.ThresholdSet, data)


def grant_exception(person: PersonId, *, reason: str, until: date) -> Intent:
    """Let a person review and approve what he or she wrote, until a day, for a reason."""
    data = access.ExceptionData(person=person, until=until)
    return _intent("person exception", access.ExceptionGranted, data, reason=reason)


def end_exception(person: PersonId, *, until: date, reason: str) -> Intent:
    """End an exception early; *until* is its last day."""
    data = access.ExceptionData(person=person, until=until)
    return _intent("person exception", access.ExceptionEnded, data, reason=reason)
