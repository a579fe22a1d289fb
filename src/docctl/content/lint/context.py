"""What lint must know of the library around a document."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

#: What can be said, on a day, of a document that another one refers to.
ReferenceStanding = Literal["in force", "not yet in force", "withdrawn", "missing"]


@dataclass(frozen=True, slots=True)
class TextRule:
    """A phrase that an organisation does not want in its documents, and what to say about it."""

    phrase: str
    """Found as whole words, in any case."""

    sentence: str
    hint: str = ""


def _no_standings() -> Mapping[str, ReferenceStanding]:
    return MappingProxyType({})


def _no_sections() -> Mapping[str, frozenset[str]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LintContext:
    """The library as one document sees it; what is left out is not there."""

    number: str = ""
    """The document's own number: it may refer to itself."""

    recommended: tuple[str, ...] = ()
    """Titles of sections that the type recommends; synonyms are separated by `|`."""

    functions: Container[str] = frozenset()
    """Job titles that somebody holds or a list names."""

    roles: Container[str] = frozenset()
    """Roles that the library defines."""

    references: Mapping[str, ReferenceStanding] = field(default_factory=_no_standings)
    """Number → standing; a number that is not a key is missing."""

    sections: Mapping[str, frozenset[str]] = field(default_factory=_no_sections)
    """Number → anchors of that document; without a key its sections are not checked."""

    attachments: frozenset[str] = frozenset()
    """Names of the files attached to the document."""

    unshown: frozenset[str] = frozenset()
    """Names of attached files that no copy can show as a picture."""

    text_rules: tuple[TextRule, ...] = ()
    """Phrases that the organisation does not want."""
