"""What is found out about a copy: whose it is, whether it was altered, whether it still holds."""

from datetime import date
from typing import Literal, TypeAlias

from docctl.model.base import Model
from docctl.model.lifecycle import State

#: What a copy may turn out to be. All but the last three are genuine.
CopyVerdict: TypeAlias = Literal[
    "current",
    "outdated",
    "suspended",
    "superseded",
    "withdrawn",
    "scheduled",
    "draft",
    "in_review",
    "approved",
    "cancelled",
    "altered",
    "unjudged",
    "unknown",
]


class Alteration(Model):
    """One place where a copy says something else than the library wrote."""

    place: str
    """Where: under which heading, in which row, in which property."""

    expected: str = ""
    """What stands there in a copy that nobody altered; empty where something was put in."""

    found: str = ""
    """What the file says; empty where something was taken out."""


class VerifiedCopy(Model):
    """What was found out about one file. True only for a genuine copy of what is in force."""

    file: str
    verdict: CopyVerdict
    """`current`: genuine, and in force today. `outdated`: genuine, but what it says of itself no
    longer holds. A state: genuine, and that is how its revision stands today. `altered`: it says
    something else than the library wrote. `unjudged`: it cannot be told. `unknown`: it is no copy
    of this library, or cannot be read."""

    sentence: str
    """What it is, in words."""

    number: str = ""
    """The document, record or disposal that it says it is of."""

    revision: str = ""
    as_of: date | None = None
    """The day for which it states how it stands."""

    state: State | None = None
    """How its revision stands today."""

    since: date | None = None
    """From which day that is so."""

    instead: str = ""
    """What to use instead, where there is something."""

    alterations: tuple[Alteration, ...] = ()
    """Where an altered copy says something else, the first of them."""

    more: int = 0
    """How many further alterations there are."""

    def __bool__(self) -> bool:
        return self.verdict == "current"


class VerifiedCopies(Model):
    """What was found out about a file, or about every file of a folder.

    True if all of them are genuine copies of what is in force, and nothing was left unopened.
    """

    copies: tuple[VerifiedCopy, ...] = ()
    others: int = 0
    """Files of formats that no copy has; they were not looked into."""

    links: int = 0
    """Links to other places; they were not followed."""

    unopened: tuple[str, ...] = ()
    """Folders that could not be opened; nobody knows what lies in them."""

    def __bool__(self) -> bool:
        return all(self.copies) and not self.unopened
