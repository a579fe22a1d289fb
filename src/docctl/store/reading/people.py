"""People as ACCESS has them, and with the names that only the vault knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from docctl.errors import DamagedStoreError
from docctl.model.access import Person
from docctl.model.base import PersonId
from docctl.model.event import Signed
from docctl.model.records.record import Stub
from docctl.rules.authority import Authority

Names = Callable[[PersonId, Stub], str | None]
"""Tells the name of a person that the vault keeps, nothing where it cannot be had."""


def folded(events: Iterable[Signed]) -> Authority:
    """Return what events of ACCESS, in order, make of it; ids stand for names the vault keeps.

    Raises:
        DamagedStoreError: they speak of somebody who was never taken up.
    """
    authority = Authority()
    try:
        for signed in events:
            authority = authority.after(signed)
    except KeyError as error:
        raise DamagedStoreError(f"ACCESS speaks of {error}, who was never taken up") from error
    return authority


def read_names(authority: Authority, names: Names | None) -> Authority:
    """Return people with their names, as far as the vault tells them: the one place that asks."""
    if names is None or authority.names == "store":
        return authority
    called = {
        one.id: one.but(name=names(one.id, one.named) or one.name) if one.named else one
        for one in authority.persons.values()
    }
    return replace(authority, persons=called)


def called(authority: Authority, now: Mapping[PersonId, Person]) -> Authority:
    """Return people of another day under the names of *now*, where the vault keeps them.

    What was let go since is not there to be told, of no day.
    """
    if authority.names == "store":
        return authority
    under = {
        one.id: one.but(name=now[one.id].name, erased=now[one.id].erased)
        for one in authority.persons.values()
    }
    return replace(authority, persons=under)
