"""A second opinion on people: roles and keys, looked up in the plain list of events.

Nothing here is shared with `docctl.rules`.
"""

from datetime import date
from functools import wraps
from typing import Any

from naive_lives import kind

from docctl.model.control import ControlSettings
from docctl.model.event import Signed


def remembered(method: Any) -> Any:
    """Keep the answer until the next event is filed."""

    @wraps(method)
    def asked(self: "NaivePeople", *about: Any) -> Any:
        lives = [one[0].digest if isinstance(one, list) else one for one in about]
        question = (method.__name__, *lives)
        if question not in self.memory:
            self.memory[question] = method(self, *about)
        return self.memory[question]

    return asked


class NaivePeople:
    """The whole history, and what it says of people."""

    def __init__(self, settings: dict[str, ControlSettings]) -> None:
        self.events: list[Signed] = []
        self.memory: dict[Any, Any] = {}
        self.settings = settings
        """Control settings by the content digest under which they were established or released."""

    def file(self, signed: Signed) -> None:
        self.events.append(signed)
        self.memory.clear()

    def access(self, *types: str) -> list[Signed]:
        return [one for one in self.events if one.event.item == "ACCESS" and kind(one) in types]

    @remembered
    def left(self) -> set[str]:
        return {one.event.data.person for one in self.access("person_left")}

    @remembered
    def people(self) -> dict[str, str]:
        """Person → kind, of all who are here."""
        new = [one.event.data.founder for one in self.access("founded")]
        new += [one.event.data for one in self.access("person_added")]
        return {one.id: one.kind for one in new if one.id not in self.left()}

    @remembered
    def roles(self, person: str) -> set[str]:
        if person not in self.people():
            return set()
        held: set[str] = set()
        for one in self.access("founded", "person_added", "role_granted", "role_withdrawn"):
            data = one.event.data
            if kind(one) == "founded" and data.founder.id == person:
                held |= {"administrator", "author", "document_controller"}
            elif kind(one) == "person_added" and data.id == person:
                held |= {*data.roles}
            elif kind(one) == "role_granted" and data.person == person:
                held.add(data.role)
            elif kind(one) == "role_withdrawn" and data.person == person:
                held.discard(data.role)
        return held

    @remembered
    def holders(self, role: str) -> set[str]:
        return {
            p for p, what in self.people().items() if what == "person" and role in self.roles(p)
        }

    @remembered
    def keys(self, person: str) -> set[str]:
        """The keys of a person that count now."""
        accepted = {
            one.event.data.fingerprint
            for one in self.access("accepted")
            if one.event.data.person == person
        }
        accepted |= {
            one.event.data.founder.fingerprint
            for one in self.access("founded")
            if one.event.data.founder.id == person
        }
        gone = {one.event.data.fingerprint for one in self.access("key_revoked")}
        return accepted - gone if person in self.people() else set()

    def excepted(self, person: str, day: date) -> bool:
        said = [
            one.event.data.until
            for one in self.access("exception_granted", "exception_ended")
            if one.event.data.person == person
        ]
        return bool(said) and day <= said[-1]
