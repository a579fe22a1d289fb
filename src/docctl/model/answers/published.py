"""What a published site is made of: what `publish` answers, and what lies beside the pages."""

from datetime import date
from typing import Literal

from pydantic import Field

from docctl.model.base import Digest, Label, Model, Number
from docctl.model.problem import Problem


class Published(Model):
    """What was published, and what was done for it."""

    folder: str
    as_of: date
    documents: int
    """How many are in force; each has a page or a line in the register."""

    pages: int
    """How many have a page: the others' licences forbid to hand their texts out."""

    written: tuple[str, ...] = ()
    """The files that are new or say something else than before, by their paths in the folder."""

    removed: tuple[str, ...] = ()
    """The files that docctl wrote before and that are no part of the site any more."""

    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    """What could not be published as it stands in the library."""


class SiteDocument(Model):
    """What is known of a document in force that was published."""

    mark: str
    """Tells whether anything has happened to it since."""

    revision: Label
    processes: tuple[str, ...] = ()
    summary: str = ""
    keywords: tuple[str, ...] = ()
    licence: str | None = None
    refers: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    """What the revision before it refers to, too, which the page of changes names."""

    made_of: str = ""
    """The digest of everything that its page depends on."""

    files: tuple[str, ...] = ()
    """Its page, and what lies beside it."""

    problems: tuple[Problem, ...] = ()


class SiteManifest(Model):
    """What docctl wrote into the folder of a site: it touches no other file there."""

    format: Literal[1] = 1
    library: Digest
    """The identity of the library: the digest of its founding."""

    as_of: date
    head: str = ""
    """The last change that it was made from: all that led there was verified."""

    whole: bool = False
    """Whether nothing had happened in the library that was later than `as_of`."""

    made_by: str = ""
    """The digest of what makes pages: the settings of the day, and the code of docctl."""

    documents: dict[Number, SiteDocument] = Field(default_factory=dict)
    files: dict[str, Digest] = Field(default_factory=dict)
    """The digest of each file, by its path."""

    shards: dict[str, str] = Field(default_factory=dict)
    """The digest of what each file that is searched was made of."""
