"""Records of keeping: who got a document, and what is held or destroyed outside docctl.

For documents and records in the library docctl has holds and disposals of its own. These forms are
for paper, and for other systems.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from docctl.model.base import Label, Line, PersonId, Words
from docctl.model.records.definition import RecordStage, RequiredSignature
from docctl.model.records.kinds.kind import RecordKind, RecordModel, Reference, Text


class DistributionAcknowledgement(RecordModel):
    """That somebody got a revision of a document."""

    document: Reference
    """Its number."""

    revision: Label
    """The revision that was handed out."""

    recipient: PersonId
    """The id of the person who gets it."""

    function: Line
    """The job for which it is needed."""

    channel: Literal["portal", "e-mail", "paper", "meeting"]
    """How it was handed out."""

    copy_number: Words = ""
    """The number of a paper copy."""

    sent_on: date
    """The day on which it was handed out."""

    due: date
    """The day by which it is to be read."""

    statement: Text
    """What the recipient confirms."""


class Acknowledged(RecordModel):
    """What the recipient answers."""

    # Whoever does not read it says why.
    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"answer": {"const": "exempt"}}},
            "then": {"required": ["exempt_reason"]},
        }
    )

    answer: Literal["read and understood", "read, with questions", "exempt"]
    """Whether it was read."""

    answered_on: date
    """The day of the answer."""

    questions: Words = ""
    """What was not clear."""

    exempt_reason: Line | None = None
    """Why the person need not read it."""


class HeldPlace(RecordModel):
    """A place where something is held."""

    place: Line
    """The archive, the room or the system."""

    what: Line
    """What lies there, from when to when."""

    custodian: Line
    """The function that keeps it."""

    told_on: date
    """The day on which the function was told."""


class LegalHold(RecordModel):
    """That nothing of a matter is destroyed, in places that docctl does not reach."""

    matter: Line
    """The matter, by a name that tells nobody's secrets."""

    reason: Text
    """Why it is held."""

    authority: Line
    """Who ordered it: a court, counsel, management."""

    scope: Text
    """What is held: subjects, kinds of records, days."""

    begins_on: date
    """The first day of what is held."""

    ends_on: date | None = None
    """The last day of what is held; open where none is named."""

    placed_on: date
    """The day from which nothing is destroyed."""

    places: Annotated[tuple[HeldPlace, ...], Field(min_length=1)]
    """Where it lies, and who was told."""

    review_on: date
    """The day on which it is looked at again."""

    hold: Reference | None = None
    """The number of the hold within docctl, if there is one."""


class Lifted(RecordModel):
    """That the matter is over."""

    lifted_on: date
    """The day from which the usual time of keeping counts again."""

    lifted_reason: Text
    """Why it is over, and who said so."""

    all_told: bool
    """Whether every function that was told of it knows."""


class DestroyedSeries(RecordModel):
    """A series of records that was destroyed."""

    series: Line
    """What it was."""

    from_: Annotated[date, Field(alias="from")]
    """The day of its first record."""

    to: date
    """The day of its last record."""

    quantity: Line
    """How many boxes, files or gigabytes."""

    place: Line
    """Where it lay."""


class DestructionCertificate(RecordModel):
    """That records were destroyed, in places that docctl does not reach."""

    series: Annotated[tuple[DestroyedSeries, ...], Field(min_length=1)]
    """What was destroyed."""

    retention_class: Line
    """The class of the retention schedule."""

    mandate: Text
    """The rule by which its time was over, and that no hold stood against it."""

    method: Literal["shredded", "burnt", "wiped", "keys destroyed", "medium destroyed"]
    """How it was destroyed."""

    security_level: Words = ""
    """How fine, or by which procedure."""

    contractor: Words = ""
    """The firm that did it, and the number of its certificate."""

    destroyed_on: date
    """The day."""

    witness: Line
    """Who saw it."""

    copies_not_reached: Text
    """Copies that are known and were not destroyed, and what becomes of them; or: none known."""


ROWS = (
    RecordKind(
        "distribution_acknowledgement",
        DistributionAcknowledgement,
        "Acknowledgement of a document",
        "ACK-{year}-{n:04}",
        "Document control fills it in when a revision is handed out to somebody who has to work by "
        "it. The recipient answers with the step.",
        clauses=("iso9001:2015#7.5.3.2", "iso9001:2015#7.3", "iso45001:2018#7.4"),
        identifiers=("document", "revision", "due"),
        subject="recipient",
        personal=("function",),
        stages=(RecordStage("acknowledged", Acknowledged, "Answer"),),
    ),
    RecordKind(
        "legal_hold",
        LegalHold,
        "Legal hold outside the library",
        "LH-{year}-{n}",
        "The function that answers for records fills it in for paper and other systems; within the "
        "library a hold is placed with docctl itself. It is lifted with the step.",
        clauses=("iso9001:2015#7.5.3.2", "iso27001:2022#7.5.3"),
        identifiers=("matter", "hold"),
        stages=(RecordStage("lifted", Lifted, "Lifting"),),
        signatures=(RequiredSignature(meaning="lifted", role="management"),),
    ),
    RecordKind(
        "destruction_certificate",
        DestructionCertificate,
        "Certificate of destruction outside the library",
        "DC-{year}-{n}",
        "The function that answers for records fills it in on the day on which paper or other "
        "media were destroyed; for records in the library docctl makes the certificate itself.",
        clauses=("iso9001:2015#7.5.3.2", "iso27001:2022#7.5.3"),
        identifiers=("retention_class", "destroyed_on", "method"),
        personal=("witness",),
        signatures=(
            RequiredSignature(meaning="witnessed", role="records"),
            RequiredSignature(meaning="authorised", role="management"),
        ),
    ),
)
