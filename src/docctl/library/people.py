"""The verbs that change who may act, with which key, under which name."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from docctl.desk.persons import found_person
from docctl.desk.verbs import naming
from docctl.desk.verbs.private import require_nameless
from docctl.errors import DocctlError, NotFoundError
from docctl.library.checked import checked
from docctl.library.handle import Handle
from docctl.library.sound import require_sound
from docctl.model.access import Person
from docctl.model.answers.person import PersonErasure
from docctl.model.base import PersonId, Word
from docctl.model.persons import PersonPayload
from docctl.model.wellformed import well_formed
from docctl.trust.keys import PublicKey


@checked
class People(Handle):
    """Everybody whom ACCESS knows, and what may change about them.

    Every verb but `person_erase` returns the person afterwards. It raises a `RefusedError` of the
    kind that fits, with nothing changed, where a rule forbids it.
    """

    def people(self) -> tuple[Person, ...]:
        """Return everybody ACCESS knows, leavers included, by id."""
        persons = self.bench.desk.ledger.positioned(self.bench.head).persons
        return tuple(persons[one] for one in sorted(persons))

    def person(self, person: PersonId) -> Person:
        """Return one person.

        Raises:
            NotFoundError: ACCESS knows nobody by this id.
        """
        found = self.bench.desk.ledger.positioned(self.bench.head).persons.get(person)
        if found is None:
            raise NotFoundError(f"person {person!r}", hint="see: docctl person list")
        return found

    def person_add(
        self,
        person: PersonId | None,
        name: str,
        *,
        key: PublicKey | None = None,
        roles: Sequence[Word] = (),
        functions: Sequence[str] = (),
        kind: Literal["person", "service"] = "person",
    ) -> Person:
        """Take a person up; the key counts once its holder has called `person_accept`.

        In a library that keeps names in the vault *person* is `None`: an id that tells nothing is
        made.

        Raises:
            InputError: an id is given where none must be, or missing.
            IncompleteError: what the history keeps would hold the name.
        """
        new = naming.chosen_id(self.bench, person)
        self._require_nameless(name, functions=", ".join(functions))
        options = {"key": key, "roles": roles, "functions": functions, "kind": kind}
        return self._named("person_add", new, name, **options)

    def person_rename(self, person: PersonId, name: str, *, reason: str = "") -> Person:
        """State what a person is called from now on.

        Where the vault keeps names, the name that was is destroyed.

        Raises:
            StoreError: a copy of it could not be reached; call it again.
        """
        self._require_nameless(name, reason=reason)
        self._named("person_rename", person, name, reason=reason)
        naming.replaced(self.bench, self.person(person))
        return self.person(person)

    def person_erase(self, person: PersonId, *, reason: str) -> PersonErasure:
        """Let the name of somebody who left go, for good; what was signed stays verifiable.

        The history says first that the name goes; only then is it destroyed, with its key.
        Interrupted at any moment, it is simply called again. A copy of the vault that is away
        stops nothing: it is named, and once it is back, this is called again. The whole history is
        verified before, so that nothing is destroyed by what somebody wrote into the store past the
        rules.

        Raises:
            IllegalMoveError: names of this library stand in its history.
            NotAuthorisedError: the person has not left.
            HoldError: a record that the person signed, or is about, is held.
            RetentionError: the history has problems.
            StoreError: the place of keys could not be reached; call it again.
        """
        known = self.person(person)
        require_sound(self, person)
        if not known.erased:
            self.act("person_erase", person, reason=reason)
        return naming.erased(self.bench, self.person(person))

    def person_found(self, given: str) -> PersonId:
        """Return the id of the person who is meant: by id, or by a name that only one bears.

        What nobody is called and looks like an id is returned as it is.

        Raises:
            NotFoundError: nobody is called that, or several are.
        """
        return found_person(self.bench, given)

    def _require_nameless(self, name: str, **texts: str) -> None:
        if not self.with_personal_data and self.bench.world.authority.names == "vault":
            require_nameless("the change of ACCESS", name, **texts)

    def _named(self, verb: str, person: PersonId, name: str, **options: Any) -> Person:
        """Let a name go to where this library keeps names, and what is said of it into history."""
        with well_formed():
            PersonPayload(name=name)
        stub = naming.stowed(self.bench, person, name)
        try:
            self.act(verb, person, name, named=stub, **options)
        except DocctlError:
            naming.taken_back(self.bench, stub)
            raise
        return self.person(person)

    def person_accept(self) -> Person:
        """Accept the key of this handle: possession is proven, its signatures bind."""
        person, key = self.whoami(), self.require_signer().public_key
        self.act("person_accept", person, key)
        return self.person(person)

    def person_key(self, person: PersonId, key: PublicKey) -> Person:
        """Give a person a further key, to be accepted by its holder."""
        self.act("person_key", person, key)
        return self.person(person)

    def person_revoke(
        self,
        person: PersonId,
        fingerprint: str,
        *,
        reason: str,
        suspect_from: int | date | None = None,
    ) -> Person:
        """End a key. What it signed stays valid; from *suspect_from* on it is questioned.

        *suspect_from* is a day, or the number of a change, counted from the founding.
        """
        if isinstance(suspect_from, date):
            suspect_from = self.bench.first_change(suspect_from)
        self.act("person_revoke", person, fingerprint, reason=reason, suspect_from=suspect_from)
        return self.person(person)

    def person_role(self, person: PersonId, role: Word) -> Person:
        """Let a person act in a role."""
        self.act("person_role", person, role)
        return self.person(person)

    def person_role_end(self, person: PersonId, role: Word) -> Person:
        """Let a person no longer act in a role."""
        self.act("person_role_end", person, role)
        return self.person(person)

    def person_function(self, person: PersonId, function: str, *, on: date | None = None) -> Person:
        """State that a person holds a function from a day on, today where none is named."""
        self._require_nameless(self.person(person).name, function=function)
        self.act("person_function", person, function, on=on or self.today())
        return self.person(person)

    def person_function_end(
        self, person: PersonId, function: str, *, on: date | None = None
    ) -> Person:
        """State the first day on which a person no longer holds a function."""
        self.act("person_function_end", person, function, on=on or self.today())
        return self.person(person)

    def person_leave(self, person: PersonId, *, on: date | None = None, reason: str = "") -> Person:
        """State that a person left: roles, functions and keys end."""
        self.act("person_leave", person, on=on or self.today(), reason=reason)
        return self.person(person)

    def person_exception(self, person: PersonId, *, reason: str, until: date) -> Person:
        """Let a person sign what he or she wrote, until a day; every report shows it."""
        self.act("person_exception", person, reason=reason, until=until)
        return self.person(person)

    def person_exception_end(self, person: PersonId, *, reason: str, until: date) -> Person:
        """End an exception early; *until* is its last day."""
        self.act("person_exception_end", person, reason=reason, until=until)
        return self.person(person)

    def threshold(self, administrators: int) -> None:
        """Set how many administrators must sign a change of ACCESS."""
        self.act("threshold", administrators)
