"""People as those who act name them: by id, or by a name that only one of them bears."""

import re

from docctl.desk.bench import Bench
from docctl.errors import NotFoundError
from docctl.model.base import PERSON, PersonId


def found_person(bench: Bench, given: str) -> PersonId:
    """Return the id of the person who is meant: by id, or by a name that only one bears.

    What nobody is called and looks like an id is returned as it is.

    Raises:
        NotFoundError: nobody is called that, or several are.
    """
    persons = bench.world.authority.persons
    if given in persons:
        return given
    wanted = " ".join(given.casefold().split())
    meant = [one.id for one in persons.values() if one.name.casefold() == wanted]
    if len(meant) == 1:
        return meant[0]
    if not meant and re.fullmatch(PERSON, given):
        return given
    hint = "see: docctl person list"
    if meant:
        hint = f"several bear this name: {', '.join(sorted(meant))}"
    raise NotFoundError(f"person {given[:100]!r}", hint=hint)
