"""People as records speak of them: by id, or by the name that only one of them bears."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.persons import found_person
from docctl.desk.recording.made import Circumstances
from docctl.errors import NotFoundError
from docctl.model.records.definition import RecordDefinition
from docctl.rules.query import Comparison, Question

#: What a list may be asked for that is a person.
_PEOPLE = frozenset({"by"})


def entered_for(bench: Bench, circumstances: Circumstances) -> Circumstances:
    """Return circumstances with the id of the person for whom something is entered.

    Raises:
        NotFoundError: there is no such person, or several bear the name.
    """
    if not circumstances.entered_for:
        return circumstances
    person = found_person(bench, circumstances.entered_for)
    if person not in bench.world.authority.persons:
        raise NotFoundError(f"person {person!r}", hint="see their ids: docctl person list")
    return replace(circumstances, entered_for=person)


def with_subject(
    bench: Bench, definition: RecordDefinition, fields: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what a record says with the id of the person it is about, and what is wrong with that.

    Whoever is known by name is meant; an id of somebody who is not here is left as it is.
    """
    name = definition.subject
    said = fields.get(name) if name else None
    if name is None or not isinstance(said, str):
        return dict(fields), ()
    try:
        return {**fields, name: found_person(bench, said)}, ()
    except NotFoundError as error:
        fault = f"{name}: {error}; it takes the id or the name of a person: docctl person list"
        return dict(fields), (fault,)


def told_once(
    definition: RecordDefinition, nobody: Sequence[str], faults: Sequence[str]
) -> tuple[str, ...]:
    """Return what is wrong; of somebody who is not here, no second word on how ids are written."""
    named = f"{definition.subject}:"
    return (*nobody, *(one for one in faults if not (nobody and one.startswith(named))))


def with_ids(bench: Bench, asked: Question, subjects: Collection[str] = ()) -> Question:
    """Return a question with ids where it names people; what only one bears is a name.

    *subjects* are the fields, in lower case, in which forms say whom a record is about.
    """

    def meant(one: Comparison) -> Comparison:
        if one.field.casefold() not in {*_PEOPLE, *subjects} or one.mark not in {"=", "!="}:
            return one
        return Comparison(one.field, one.mark, tuple(map(named, one.wanted)))

    def named(name: str) -> str:
        with suppress(NotFoundError):
            return found_person(bench, name)
        return name

    return asked.changed(meant)
