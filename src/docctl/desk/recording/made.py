"""What is ready to be signed, and the circumstances under which it was entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docctl.model.base import PersonId
from docctl.model.records.record import AddedData, AmendedData, CapturedData, Elsewhere, RecordId

Attachments = Mapping[str, bytes | Path]
"""Files by name: their bytes, or where they lie."""


@dataclass(frozen=True, slots=True)
class Made:
    """One statement that is ready to be signed, and what it has in the vault."""

    record: RecordId
    data: CapturedData | AddedData | AmendedData
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and for whom something was entered, and where its original is."""

    on: date | None = None
    """The day on which it happened; today where none is named."""

    late_reason: str = ""
    entered_for: PersonId | None = None
    elsewhere: Elsewhere | None = None
    """Where the record is kept, if it is on paper or in another system; only where one begins."""
    related: tuple[RecordId, ...] = ()
    """Records that it refers to; only where one begins."""

    blank: RecordId | None = None
    """The numbered blank that was filled in; only where one record begins."""


AT_ONCE = Circumstances()
