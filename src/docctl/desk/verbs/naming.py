"""Names of people on their way into the history, or into the vault beside it."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Literal

from docctl.desk.bench import Bench
from docctl.desk.signing.intent import Intent
from docctl.desk.verbs import people
from docctl.errors import DocctlError, InputError, RetentionError, StoreError
from docctl.model.access import Person
from docctl.model.answers.person import PersonErasure
from docctl.model.base import Line, PersonId, Word
from docctl.model.records.record import Stub
from docctl.store.names import name_payload
from docctl.store.vault.shelf import plain_name
from docctl.trust.keys import PublicKey

Intents = Sequence[Intent]


def opaque_id() -> PersonId:
    """Return an id that tells nothing of who bears it."""
    return f"p-{secrets.token_hex(8)}"


def chosen_id(bench: Bench, person: PersonId | None) -> PersonId:
    """Return the id of somebody new: the one given, or where the vault keeps names one of chance.

    Raises:
        InputError: an id must be given here, or must not.
    """
    keeps = bench.world.authority.names == "vault"
    if person and keeps:
        raise InputError(
            "this library keeps names in the vault, and its ids tell nothing",
            hint="leave the id out: it is made, and told",
        )
    if not person and not keeps:
        raise InputError("an id is missing", hint="docctl person add ID --name NAME")
    return person or opaque_id()


def stowed(bench: Bench, person: PersonId, name: Line) -> Stub | None:
    """Put a name into the vault if that is where this library keeps names."""
    if bench.world.authority.names == "store":
        return None
    return bench.vaults.own.put(person, name_payload(name))


def taken_back(bench: Bench, stub: Stub | None) -> None:
    """Take a name out of the vault again that did not become part of the history."""
    if stub is not None:
        with suppress(DocctlError):  # what is left there is found by: docctl vault scrub
            bench.vaults.own.undo([stub])


def person_add(
    bench: Bench,
    person: PersonId,
    name: Line,
    *,
    key: PublicKey | None,
    roles: Sequence[Word] = (),
    functions: Sequence[str] = (),
    kind: Literal["person", "service"] = "person",
    named: Stub | None = None,
) -> Intents:
    """Take a person up; *named* is the payload of the name where it lies in the vault already."""
    more = {"key": key, "roles": roles, "functions": functions, "kind": kind}
    return _named(bench, people.add, person, name, named, **more)


def person_rename(
    bench: Bench, person: PersonId, name: Line, *, named: Stub | None = None, reason: str
) -> Intents:
    """State what a person is called from now on; *named* as in `person_add`."""
    return _named(bench, people.rename, person, name, named, reason=reason)


def _named(
    bench: Bench,
    make: Callable[..., Intent],
    person: PersonId,
    name: Line,
    named: Stub | None,
    **more: Any,
) -> Intents:
    stub = named or stowed(bench, person, name)
    return (make(person, None if stub else name, named=stub, **more),)


def erased(bench: Bench, person: Person) -> PersonErasure:
    """Destroy the key and every name of a person who was erased; it may be done again at any time.

    A copy that is away stops nothing: it is named.

    Raises:
        RetentionError: a payload is that of a record.
        StoreError: the place of keys could not be reached.
    """
    _require_names(bench, person)
    reach = bench.vaults.own.destroy(person.id, person.let_go)
    bench.desk.ledger.forget_people()
    return PersonErasure(
        person=bench.desk.ledger.positioned(bench.head).persons[person.id],
        copies=tuple(map(plain_name, reach.reached)),
        not_reached=tuple(map(plain_name, reach.missed)),
    )


def replaced(bench: Bench, person: Person) -> None:
    """Destroy every name that a person bore before; it may be done again at any time.

    Raises:
        RetentionError: a payload is that of a record.
        StoreError: a copy could not be reached: the key to it is that of the new name, too.
    """
    _require_names(bench, person)
    reach = bench.vaults.own.undo(person.let_go)
    bench.desk.ledger.forget_people()
    if not reach:
        raise StoreError(
            f"a name of {person.id} is not gone everywhere: {'; '.join(reach.not_reached)}",
            hint="mend that, and do it again",
        )


def _require_names(bench: Bench, person: Person) -> None:
    """Refuse to take what a record says for a name.

    Raises:
        RetentionError: a payload is that of a record.
    """
    going = {stub.commitment for stub in person.let_go}
    for record in bench.archive().records():
        if any(stub.commitment in going for stub in record.every_stub):
            raise RetentionError(
                person.id,
                f"its name is a payload of {record.number}: nothing is destroyed",
                hint="somebody has written what is not true: see docctl verify",
            )
