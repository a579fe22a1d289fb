"""What supports a record as evidence, quality by quality (ALCOA+), and what is missing or late."""

from datetime import date
from typing import Literal

from docctl.model.answers.record import RecordState
from docctl.model.base import Label, Line, Model, Number
from docctl.model.records.record import RecordId

QualityName = Literal[
    "attributable",
    "legible",
    "contemporaneous",
    "original",
    "accurate",
    "complete",
    "consistent",
    "enduring",
    "available",
]
"""The nine qualities, in the order in which people name them."""


class Quality(Model):
    """One quality of a record: what supports it, and what does not."""

    name: QualityName
    evidence: tuple[str, ...] = ()
    """What supports it, a sentence each."""

    missing: tuple[str, ...] = ()
    """What is missing or late, a sentence each."""


class RecordQualities(Model):
    """A record, looked at quality by quality."""

    record: RecordId
    title: Line
    """The title of its form."""

    form: Number
    form_revision: Label
    status: RecordState
    captured_on: date
    qualities: tuple[Quality, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is missing or late, in any quality."""
        return tuple(one for quality in self.qualities for one in quality.missing)


class EvidenceReport(Model):
    """What supports records as evidence. It is for a person to judge whether that is enough."""

    organization: str
    as_of: date
    question: str = ""
    """Which records it is about, as it was asked."""

    paper: Literal["A4", "Letter"] = "A4"
    records: tuple[RecordQualities, ...]
