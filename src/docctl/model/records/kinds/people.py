"""Records of people: what they learned, and what they can do."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from docctl.model.base import Label, Line, PersonId, Words
from docctl.model.records.definition import RecordStage, RequiredSignature
from docctl.model.records.kinds.kind import (
    Action,
    Percent,
    RecordKind,
    RecordModel,
    Reference,
    Text,
    unit,
)


class Training(RecordModel):
    """What somebody was taught, and whether it was understood."""

    person: PersonId
    """The id of the person who learned."""

    function: Line
    """The job for which it was."""

    course: Line
    """The name of the course or of the document."""

    document: Reference | None = None
    """The number of the document that was taught."""

    revision: Label | None = None
    """Exactly this revision of it."""

    kind: Literal["reading", "class", "at the workplace", "online", "external"]
    """How it was taught."""

    content: Text
    """What was taught."""

    trainer: Line
    """Who taught it."""

    trainer_qualification: Words = ""
    """What entitles the trainer to teach it."""

    held_on: date
    """The day, or the last of them."""

    duration: Annotated[float, Field(gt=0), unit("h")]
    """How long it took."""

    place: Words = ""
    """Where."""

    assessment: Literal["none", "questions", "written test", "practical test"]
    """How it was seen that it was understood."""

    score: Percent | None = None
    """What was reached."""

    pass_mark: Percent | None = None
    """What had to be reached."""

    passed: bool
    """Whether it was understood."""

    valid_until: date | None = None
    """The day by which it has to be repeated."""


class TrainingEffect(RecordModel):
    """Whether the work is done as it was taught."""

    checked_on: date
    """The day of the check, some weeks later."""

    checked_how: Text
    """What was looked at."""

    effective: bool
    """Whether it is done as it was taught. If not, the training is repeated."""


class Ability(RecordModel):
    """One thing that a function asks for."""

    kind: Literal["education", "training", "skill", "experience"]
    ability: Line
    """What is asked for."""

    evidence: Line
    """What shows it: a certificate, a record, a sample of work."""

    met: Literal["yes", "in part", "no"]


class Competence(RecordModel):
    """What a function asks for, and how far somebody has it."""

    person: PersonId
    """The id of the person."""

    function: Line
    """The job."""

    abilities: Annotated[tuple[Ability, ...], Field(min_length=1)]
    """What the job asks for, with evidence."""

    gaps: tuple[Action, ...] = ()
    """What is done about what is missing."""

    authorisations: tuple[Line, ...] = ()
    """What the person may do alone from now on."""

    evaluated_by: Line
    """The function that judged it."""

    evaluated_on: date
    """The day of the judgement."""

    next_on: date
    """The day of the next one."""


ROWS = (
    RecordKind(
        "training",
        Training,
        "Training record",
        "TR-{year}-{n:04}",
        "The trainer fills it in on the day of the training, one for each person. The function "
        "that leads the work enters some weeks later whether it helped.",
        clauses=("iso9001:2015#7.2", "iso14001:2015#7.2", "iso45001:2018#7.2"),
        identifiers=("document", "revision", "kind"),
        subject="person",
        personal=("score", "passed", "effective", "checked_how"),
        stages=(RecordStage("checked", TrainingEffect, "Effectiveness"),),
    ),
    RecordKind(
        "competence",
        Competence,
        "Competence profile",
        "CP-{year}-{n:04}",
        "The function that leads the work fills it in together with the person, before the person "
        "begins and then every year.",
        clauses=("iso9001:2015#7.2", "iso14001:2015#7.2", "iso45001:2018#7.2"),
        identifiers=("next_on",),
        subject="person",
        personal=("abilities", "gaps", "authorisations"),
        signatures=(RequiredSignature(meaning="confirmed", role="approver"),),
    ),
)
