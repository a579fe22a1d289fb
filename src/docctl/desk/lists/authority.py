"""The authority matrix of a day: who held which function and might do what."""

from datetime import date

from docctl.desk.day import Day
from docctl.model.access import Person
from docctl.model.answers.reading import AuthorityMatrix, PersonLine
from docctl.rules.authority import Authority


def matrix(day: Day) -> AuthorityMatrix:
    """Return the authority matrix at the end of a day; what happened later is left out.

    Raises:
        NotFoundError: the library did not exist on that day.
    """
    authority = day.authority
    people = sorted(authority.persons.values(), key=lambda one: one.id)
    return AuthorityMatrix(
        on=day.on,
        administrators_needed=authority.threshold,
        roles=dict(day.control.known_roles),
        people=tuple(_line(authority, person, day.on) for person in people),
    )


def _line(authority: Authority, person: Person, on: date) -> PersonLine:
    return PersonLine(
        id=person.id,
        name=person.name,
        kind=person.kind,
        functions=authority.functions(person.id, on),
        roles=person.roles,
        can_sign=any(authority.counts(key.fingerprint) for key in person.keys),
        left_on=person.left_on,
    )
