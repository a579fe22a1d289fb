"""Records of change: what shall be done in another way, who decided it, and how it went."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from docctl.model.base import Line, Words
from docctl.model.records.definition import RecordStage, RequiredSignature
from docctl.model.records.kinds.kind import Action, Level, RecordKind, RecordModel, Reference, Text


class Impact(RecordModel):
    """What a change touches."""

    area: Literal[
        "product",
        "customer",
        "risk",
        "compliance",
        "documents",
        "training",
        "IT",
        "validation",
        "supplier",
        "environment",
        "safety",
        "cost",
    ]
    effect: Line
    """What it means there."""


class ChangeRequest(RecordModel):
    """Something that shall be done in another way."""

    kind: Literal["document", "process", "product", "system", "emergency"]
    """What is changed; an emergency is done first and decided afterwards."""

    subject: Line
    """The document, process, product or system."""

    requested_by: Line
    """The function that asks for it."""

    description: Text
    """What shall be otherwise."""

    reason: Text
    """Why."""

    raised_from: tuple[Reference, ...] = ()
    """Records that it follows from."""

    impact: Annotated[tuple[Impact, ...], Field(min_length=1)]
    """What it touches, and what that means."""

    risk: Level
    """From 1, none, to 5, high: what could go wrong because of it."""


class Decided(RecordModel):
    """Whether it is done."""

    decision: Literal["accepted", "accepted with conditions", "rejected", "postponed"]
    """What was decided."""

    decided_on: date
    """The day of the decision."""

    decided_by: Line
    """The function that decided."""

    conditions: Words = ""
    """What it depends on, or why not."""

    plan: tuple[Action, ...] = ()
    """Who does what until when."""


class Changed(RecordModel):
    """How it was done."""

    effective_on: date
    """The day from which the change is in force."""

    done: Text
    """What was done, and what shows it."""

    checked: Text
    """How it was seen that it works, and does no harm."""


ROWS = (
    RecordKind(
        "change_request",
        ChangeRequest,
        "Change request",
        "CR-{year}-{n}",
        "Whoever wants a change fills it in before anything is changed. What was decided and what "
        "was done are entered as steps; what is rejected needs the decision alone.",
        clauses=("iso9001:2015#6.3", "iso9001:2015#8.5.6", "iso45001:2018#8.1.3"),
        identifiers=("kind", "subject"),
        stages=(
            RecordStage("decided", Decided, "Decision"),
            RecordStage("implemented", Changed, "What was done", mandatory=False),
        ),
        signatures=(RequiredSignature(meaning="decided", role="management"),),
    ),
)
