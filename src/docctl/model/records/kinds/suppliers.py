"""Records of suppliers: whether one buys from them, and how they did."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from docctl.model.base import Line, Words
from docctl.model.records.kinds.kind import Action, Percent, RecordKind, RecordModel, Text


class Criterion(RecordModel):
    """One thing by which suppliers are judged."""

    criterion: Line
    weight: Percent
    """How much it counts."""

    score: Percent
    """How much of it was reached."""

    evidence: Line
    """What shows it."""


class Certificate(RecordModel):
    """A certificate of a supplier."""

    standard: Line
    """The standard and its edition."""

    issued_by: Line
    expires_on: date


class SupplierEvaluation(RecordModel):
    """Whether a supplier is approved, for what, and why."""

    supplier: Line
    """The name of the firm."""

    supplies: Text
    """Products and services that it delivers."""

    criticality: Literal["critical", "important", "ordinary"]
    """How much one's own products depend on it."""

    occasion: Literal["first", "regular", "after an incident"]
    """Why it is evaluated now."""

    evaluated_on: date
    """The day of the evaluation."""

    evaluated_by: Line
    """The function that judged."""

    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    """How it did against each criterion."""

    accepted_deliveries: Percent | None = None
    """Deliveries without a fault since the last evaluation."""

    punctual_deliveries: Percent | None = None
    """Deliveries in time since the last evaluation."""

    incidents: Annotated[int, Field(ge=0)] = 0
    """Nonconformities and complaints since the last evaluation."""

    certificates: tuple[Certificate, ...] = ()
    """Certificates that were seen."""

    agreements: Words = ""
    """What was agreed on quality, information security and data of persons."""

    status: Literal["approved", "approved with conditions", "not approved"]
    """What follows."""

    approved_for: Words = ""
    """For which products and services, and on which conditions."""

    actions: tuple[Action, ...] = ()
    """Who does what until when."""

    next_on: date
    """The day of the next evaluation."""


ROWS = (
    RecordKind(
        "supplier_evaluation",
        SupplierEvaluation,
        "Supplier evaluation",
        "SE-{year}-{n}",
        "Purchasing fills it in before the first order, then at the interval that fits the "
        "criticality, and after every serious incident.",
        clauses=("iso9001:2015#8.4.1", "iso13485:2016#7.4.1"),
        identifiers=("supplier", "status", "criticality", "next_on"),
    ),
)
