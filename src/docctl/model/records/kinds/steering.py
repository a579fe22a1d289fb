"""Records of steering: objectives, and the review by management."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from docctl.model.base import Line, Words
from docctl.model.records.definition import RecordStage, RequiredSignature
from docctl.model.records.kinds.kind import Action, RecordKind, RecordModel, Reference, Text


class Objective(RecordModel):
    """What shall be reached, until when, and how one will see it."""

    objective: Line
    """What shall be reached."""

    policy: Reference | None = None
    """The policy that it serves."""

    process: Line
    """Where it belongs."""

    measure: Line
    """What is counted or measured."""

    unit: Line
    """In which unit: %, h, pieces."""

    baseline: float
    """What it is today."""

    target: float
    """What it shall be."""

    owner: Line
    """The function that answers for it."""

    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    """Who does what until when."""

    resources: Words = ""
    """What that needs."""

    evaluation: Text
    """How and how often it is looked at."""

    due: date
    """The day by which it shall be reached."""


class ObjectiveStatus(RecordModel):
    """Where it stood on a day."""

    on: date
    value: float
    note: Words = ""


class Evaluated(RecordModel):
    """What became of it."""

    evaluated_on: date
    """The day of the judgement."""

    history: tuple[ObjectiveStatus, ...] = ()
    """Where it stood meanwhile."""

    result: float
    """What it is now, in the same unit."""

    reached: Literal["yes", "in part", "no"]
    """Whether the target was reached."""

    conclusion: Text
    """Why, and what follows."""


class Topic(RecordModel):
    """A topic that one of your standards asks for beside the others."""

    topic: Line
    """Such as: environmental performance, consultation of workers, results of exercises."""

    said: Line
    """What was reported."""


class ManagementReview(RecordModel):
    """What management looked at, and what it decided."""

    held_on: date
    """The day of the review."""

    begins_on: date
    """The first day of the period that was looked at."""

    ends_on: date
    """Its last day."""

    standards: Annotated[tuple[Line, ...], Field(min_length=1)]
    """The standards that it is held for."""

    attendees: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Who took part."""

    earlier_actions: Text
    """What became of the actions of the last review."""

    changes_around: Text
    """What changed within and around the organisation, the climate included."""

    interested_parties: Text
    """What customers, authorities, neighbours and workers ask for now."""

    satisfaction: Text
    """What customers and others said."""

    objectives_met: Text
    """How far objectives were reached."""

    performance: Text
    """How processes, products and services did."""

    nonconformities: Text
    """Nonconformities and corrective actions."""

    measurements: Text
    """What monitoring and measuring showed."""

    audits: Text
    """What audits found."""

    suppliers: Text
    """How suppliers did."""

    resources: Text
    """Whether people and means are enough."""

    risks: Text
    """Whether what was done about risks and opportunities worked."""

    opportunities: Text
    """What could become better."""

    further: tuple[Topic, ...] = ()
    """What else your standards ask for."""


class Concluded(RecordModel):
    """What management concludes."""

    suitable: Text
    """Whether the management system still fits, is enough, and works."""

    improvements: tuple[Line, ...]
    """What shall become better."""

    system_changes: Text
    """What changes in the management system."""

    resources_needed: Text
    """People and means that are given."""

    decisions: Annotated[tuple[Action, ...], Field(min_length=1)]
    """Who does what until when."""

    strategy: Words = ""
    """What follows for the direction of the organisation."""


ROWS = (
    RecordKind(
        "management_review",
        ManagementReview,
        "Management review",
        "MR-{year}-{n}",
        "The function that runs the management system fills in what is reported before the "
        "meeting, and enters what was concluded after it. Management approves it with a signature.",
        clauses=("iso9001:2015#9.3", "iso14001:2015#9.3", "iso45001:2018#9.3"),
        identifiers=("held_on",),
        personal=("attendees",),
        stages=(RecordStage("concluded", Concluded, "Results"),),
        signatures=(RequiredSignature(meaning="approved", role="management"),),
    ),
    RecordKind(
        "objective",
        Objective,
        "Objective",
        "OB-{year}-{n}",
        "The function that answers for it fills it in when the objective is set, and enters what "
        "became of it when it is due.",
        clauses=("iso9001:2015#6.2", "iso14001:2015#6.2.1", "iso45001:2018#6.2.1"),
        identifiers=("process", "due"),
        stages=(RecordStage("evaluated", Evaluated, "Result"),),
        signatures=(RequiredSignature(meaning="approved", role="management"),),
    ),
)
