"""Who answers: the owner of a document, and the functions that its metadata name."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from docctl.content.frontmatter import FrontMatter
from docctl.errors.meant import did_you_mean
from docctl.model.assignment import Owner
from docctl.model.base import Number
from docctl.model.control import CONTROL
from docctl.model.document import Document, Manual, Procedure
from docctl.model.problem import Problem
from docctl.model.records.retention import RetentionClass
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier


class Named(NamedTuple):
    """A function that metadata name, and where."""

    path: tuple[str | int, ...]
    function: str


def held(authority: Authority, on: date) -> frozenset[str]:
    """Return the functions that somebody holds on a day."""
    return frozenset(one for who in authority.persons for one in authority.functions(who, on))


def why_nobody(authority: Authority, owner: Owner, functions: Collection[str]) -> str:
    """Return why nobody answers as this owner, as the end of a sentence; empty if somebody does.

    *functions* are those that somebody holds.
    """
    if owner.kind == "function":
        return "" if owner.name in functions else "is a function that nobody holds"
    if authority.active(owner.name):
        return ""
    return "has left" if owner.name in authority.persons else "is nobody whom ACCESS knows"


def vacant_owner(
    dossier: Dossier, authority: Authority, functions: Collection[str]
) -> Iterator[Problem]:
    """Yield advice where nobody answers as the owner of a document.

    *functions* are those that somebody holds.
    """
    number, owner = dossier.number, dossier.owner
    if why := why_nobody(authority, owner, functions):
        yield Problem(
            code="vacant-owner",
            place=number,
            sentence=f"its owner {owner.name} {why}",
            hint=f"{did_you_mean(owner.name, functions)}docctl assign {number} owner=… --reason R",
            severity="advice",
        )


def vacant_class_owners(
    classes: Iterable[RetentionClass], authority: Authority, functions: Collection[str]
) -> Iterator[Problem]:
    """Yield advice for each retention class whose owner nobody is: its records could never go.

    *functions* are those that somebody holds.
    """
    for kind in classes:
        if kind.owner and (why := why_nobody(authority, kind.owner, functions)):
            yield Problem(
                code="vacant-owner",
                place=f"{CONTROL}: retention class {kind.name}",
                sentence=f"its owner {kind.owner.name} {why}, so nobody can authorise disposal",
                hint=f"{did_you_mean(kind.owner.name, functions)}name another one in {CONTROL}",
                severity="advice",
            )


def vacant_functions(
    number: Number,
    document: Document,
    functions: Collection[str],
    front: Callable[[], FrontMatter],
) -> Iterator[Problem]:
    """Yield advice for each function in metadata that is none of *functions*.

    *front* finds the lines of the author's file, where one is needed.
    """
    for path, function in _functions_in(document):
        if function not in functions:
            yield Problem(
                code="vacant-function",
                place=f"{number}:{front().line_of(path)}",
                sentence=f"nobody holds the function '{function}' that the front matter names",
                hint=f"{did_you_mean(function, functions)}docctl person function ID '{function}'",
                severity="advice",
            )


def _functions_in(document: Document) -> Iterator[Named]:
    """Yield the functions that metadata of a built-in type name."""
    if isinstance(document, Procedure):
        for at, duty in enumerate(document.responsibilities):
            yield Named(("responsibilities", at, "function"), duty.function)
    elif isinstance(document, Manual):
        for at, process in enumerate(document.processes_map):
            yield Named(("processes_map", at, "owner"), process.owner)
