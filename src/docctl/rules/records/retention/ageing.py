"""What of a record decides when it may go: what the schedule looks at, and nothing more."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, Protocol

from docctl.model.base import Label, Line, Number, PersonId, Word
from docctl.model.records.record import RecordId
from docctl.model.records.retention import ClassName
from docctl.rules.records.record import Review, Started
from docctl.rules.records.retention.asked import Known


class Ageing(Known, Protocol):
    """A record, or as much of it as the schedule looks at."""

    @property
    def subject(self) -> PersonId | None:
        """Return the person whom it is about."""

    @property
    def open(self) -> bool:
        """Tell whether it is still open."""

    @property
    def closed(self) -> Started | None:
        """Return its last closing."""

    @property
    def facts(self) -> Mapping[Word, Started]:
        """Return the facts that were stated."""

    @property
    def review(self) -> Review | None:
        """Return what was decided about it at the end of its time of keeping."""

    @property
    def disposed(self) -> object | None:
        """Return what says that it has gone."""


class Age(NamedTuple):
    """What the schedule looks at, by itself."""

    number: RecordId
    form: Number
    form_revision: Label
    retention: ClassName
    event_on: date
    captured_on: date
    subject: PersonId | None
    holds: frozenset[RecordId]
    open: bool
    closed: Started | None
    facts: Mapping[Word, Started]
    disposed: str | None
    identifiers: Mapping[Word, Line] = MappingProxyType({})
    review: Review | None = None
    former: Sequence[Mapping[Word, Line]] = ()
