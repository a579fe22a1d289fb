"""What the pages of a site are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from docctl.model.answers.register import RegisterEntry
from docctl.model.document import Process

__all__ = ["Coming", "Gone", "Listed", "Site", "address"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in force, as every list of the site shows it."""

    entry: RegisterEntry
    type_title: str
    processes: tuple[str, ...] = ()
    summary: str = ""
    keywords: tuple[str, ...] = ()
    licence: str | None = None
    """What forbids to hand the text out; nothing where nothing does, and there is a page of it."""

    refers: tuple[str, ...] = ()
    """The documents that it refers to, in force or not, each once."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A revision that takes effect on a later day."""

    number: str
    title: str
    revision: str
    on: date


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that is in force no more."""

    number: str
    title: str
    on: date | None
    replaced_by: str | None


@dataclass(frozen=True)
class Site:
    """Everything that lists show: the documents of a day, those to come and those that are gone."""

    organization: str
    as_of: date
    listed: tuple[Listed, ...]
    """By number."""

    types: tuple[str, ...] = ()
    """The titles of types, from policies down to forms."""

    coming: tuple[Coming, ...] = ()
    gone: tuple[Gone, ...] = ()
    processes: tuple[Process, ...] = ()
    """What a manual in force says of the processes."""

    shards: tuple[str, ...] = ()
    """The names of the files that are searched."""

    paper: str = "A4"

    @cached_property
    def known(self) -> Mapping[str, Listed]:
        """The documents in force by number."""
        return {one.entry.number: one for one in self.listed}


def address(one: Listed, up: str = "") -> str:
    """Return where the page of a document lies, and nothing where it has none."""
    return "" if one.licence is not None else f"{up}documents/{one.entry.number}.html"
