"""Records of customers: what they complain of, and what they were told."""

from datetime import date
from typing import Literal

from docctl.model.base import Line, Words
from docctl.model.records.definition import RecordStage, RequiredSignature
from docctl.model.records.kinds.kind import RecordKind, RecordModel, Reference, Text


class Complaint(RecordModel):
    """What somebody complains of."""

    received_on: date
    """The day on which it came in."""

    channel: Literal["letter", "e-mail", "telephone", "visit", "portal"]
    """How it came in."""

    product: Line
    """The product or service."""

    serial: Words = ""
    """Its serial number, batch, or device identifier."""

    complainant: Line
    """Who complains."""

    address: Words = ""
    """Where the complainant lives or works."""

    contact: Words = ""
    """Telephone or e-mail."""

    nature: Literal["safety", "function", "delivery", "documents", "service", "invoice", "other"]
    """What it is about."""

    details: Text
    """What the complainant says, as it was said."""

    harm: bool
    """Whether somebody was hurt, or could have been."""

    owner: Line
    """The function that answers for it."""


class Investigated(RecordModel):
    """What was found out."""

    investigation: Text
    """What was found, or why nothing needs to be looked at."""

    justified: Literal["yes", "in part", "no"]
    """Whether the complaint is right."""

    reportable: bool
    """Whether an authority has to be told."""

    report_reason: Text
    """Why, or why not; and when it was told."""

    followed_by: tuple[Reference, ...] = ()
    """Nonconformities and corrective actions that came of it."""


class Answered(RecordModel):
    """What the customer got."""

    correction: Text
    """What was put right for the customer."""

    reply: Text
    """What the customer was told."""

    replied_on: date
    """The day of the reply."""

    satisfied: Literal["yes", "no", "not known"]
    """Whether the customer agrees."""


ROWS = (
    RecordKind(
        "complaint",
        Complaint,
        "Complaint",
        "CO-{year}-{n:04}",
        "Whoever hears of a complaint fills it in the same day, whether it seems right or not. "
        "What was found and what was answered are entered as steps.",
        clauses=("iso9001:2015#8.2.1", "iso9001:2015#9.1.2", "iso13485:2016#8.2.2"),
        identifiers=("product", "serial", "nature"),
        personal=("complainant", "address", "contact", "details", "reply"),
        stages=(
            RecordStage("investigated", Investigated, "Investigation"),
            RecordStage("answered", Answered, "Answer"),
        ),
        signatures=(RequiredSignature(meaning="reviewed", role="approver"),),
    ),
)
