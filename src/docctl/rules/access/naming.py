"""How people may be named in a library, and when a name may be let go."""

import re

from docctl.errors import EventError, IllegalMoveError, NotAuthorisedError, TakenError
from docctl.model.access import ACCESS, PersonErased
from docctl.model.base import PersonId
from docctl.model.persons import LARGEST_NAME, OPAQUE, Names, Naming
from docctl.rules.authority import Authority

_OPAQUE = re.compile(OPAQUE)


def require_naming(authority: Authority, names: Names, person: PersonId, given: Naming) -> None:
    """Refuse a name that does not stand where this library keeps the names of people.

    Where the vault keeps them, ids tell nothing either, and every payload is of one name alone:
    what goes with one person never takes something of another with it.

    Raises:
        EventError: it stands in the wrong place, the id tells something, or the payload is no
            name's.
        TakenError: the payload is that of another name.
    """
    if (given.named is None) == (names == "vault"):
        raise EventError(ACCESS, f"the names of this library are kept in the {names}")
    if given.named is None:
        return
    if not _OPAQUE.fullmatch(person):
        raise EventError(ACCESS, "an id of this library tells nothing: 'p-' and 16 hex digits")
    if given.named.size > LARGEST_NAME:
        raise EventError(ACCESS, f"a payload of {given.named.size} bytes is no name")
    known = (stub for one in authority.persons.values() for stub in (one.named, *one.let_go))
    if any(stub and stub.commitment == given.named.commitment for stub in known):
        raise TakenError("the payload of this name", "is that of another name already")


def require_erasable(authority: Authority, event: PersonErased) -> None:
    """Refuse to let a name go that the history holds, or somebody still works under.

    Raises:
        IllegalMoveError: names stand in the store, or it was let go already.
        NotAuthorisedError: there is no such person, or he or she has not left.
        EventError: no reason is given.
    """
    person = event.data.person
    if authority.names == "store":
        hint = "only a library made with 'docctl init --names vault' can let names go"
        raise IllegalMoveError("a name", "erase", "in the history for ever", (), hint=hint)
    known = authority.persons.get(person)
    if known is None or known.left_on is None:
        hint = f"first: docctl person leave {person}"
        raise NotAuthorisedError(person, "is not in ACCESS, or has not left", hint=hint)
    if known.erased:
        raise IllegalMoveError(person, "erase", "erased already", ())
    if not event.reason:
        raise EventError(ACCESS, "an erasure needs a reason", hint="give it with --reason")
