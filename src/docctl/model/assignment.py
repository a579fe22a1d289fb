"""Administrative facts of a document: who answers for it, where it goes and lies."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator

from docctl.model.base import Line, Model, PersonId, Words
from docctl.model.event import Event


class Owner(Model):
    """Who answers for a document: a function (a job title) or a person."""

    kind: Literal["function", "person"]
    name: Line
    """The job title, or the person's id."""

    @classmethod
    def parse(cls, text: str) -> "Owner":
        """Read `person:ola`, `function:Workshop Manager`, or a bare job title."""
        kind, colon, name = text.partition(":")
        if colon and kind in {"function", "person"}:
            return cls(kind="person" if kind == "person" else "function", name=name.strip())
        return cls(kind="function", name=text.strip())


def _read(given: object) -> object:
    return Owner.parse(given) if isinstance(given, str) else given


NamedOwner = Annotated[Owner, BeforeValidator(_read, json_schema_input_type=Owner | Line)]
"""An owner, in a file that people write: also a job title, `function:TITLE` or `person:ID`."""


class Assignments(Model):
    """Administrative facts of a document; only the ones named change."""

    owner: Owner | None = None
    """Who answers for it."""

    distribution: tuple[Line, ...] | None = None
    """Functions, units or places that receive it."""

    next_reviewer: PersonId | None = None
    """The person who does the next review."""

    location: Words | None = None
    """Where printed copies are kept."""

    newer_edition: Words | None = None
    """External documents: the newer edition that was found; empty once it is dealt with."""

    checked_on: date | None = None
    """External documents: the day on which the edition was last checked."""


class Assigned(Event):
    """Administrative facts change; the text and its revision do not."""

    type: Literal["assigned"] = "assigned"
    data: Assignments
