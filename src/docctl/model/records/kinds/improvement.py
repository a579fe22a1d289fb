"""Records of improvement: nonconformities and corrective actions."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from docctl.model.base import Line, Words
from docctl.model.records.definition import RecordStage, RequiredSignature
from docctl.model.records.kinds.kind import Action, Level, RecordKind, RecordModel, Reference, Text


class Nonconformity(RecordModel):
    """Something that is not as it should be."""

    source: Literal[
        "audit", "complaint", "inspection", "process", "review", "incident", "supplier", "other"
    ]
    """Where it came to light."""

    grade: Literal["major", "minor", "observation", "opportunity"]
    """How heavily it weighs."""

    process: Line
    """Where it belongs."""

    site: Line
    """Where it was seen."""

    found_on: date
    """The day on which it was seen."""

    found_by: Line
    """Who saw it."""

    requirement: Text
    """What should be: the clause, document or drawing, in your own words."""

    evidence: Text
    """What was seen, heard or measured, so that somebody else finds it again."""

    statement: Text
    """What is not as it should be, in one or two sentences."""

    item: Words = ""
    """The product, order or machine."""

    batch: Words = ""
    """Its batch or serial number."""

    owner: Line
    """The function that answers for putting it right."""

    due: date
    """The day by which it is put right."""

    raised_from: Reference | None = None
    """The audit, complaint or incident that it follows from."""


class Contained(RecordModel):
    """What was done at once."""

    correction: Text
    """How it was put right, or why it could not be."""

    containment: Words = ""
    """How others were kept from harm: segregated, stopped, recalled, told."""

    disposition: Literal["corrected", "segregated", "returned", "scrapped", "conceded", "none"]
    """What became of the item."""

    concession: Words = ""
    """Who allowed its use as it is, and within which limits."""

    consequences: Words = ""
    """What it led to, and for whom."""


class Cause(RecordModel):
    """Why it could happen."""

    kind: Literal["occurrence", "escape", "system"]
    """Why it arose, why nobody noticed, or why the system let it be."""

    cause: Line


class Analysed(RecordModel):
    """Why it happened, and whether it may happen elsewhere."""

    method: Literal["5 whys", "fishbone", "fault tree", "other"]
    """How the causes were found."""

    causes: Annotated[tuple[Cause, ...], Field(min_length=1)]
    """The causes that remained in the end."""

    similar_cases: Text
    """Where else it was looked for, and what was found there."""

    action_needed: bool
    """Whether the causes have to be removed."""

    action_reason: Text
    """Why, or why not."""


class Planned(RecordModel):
    """What is to be done about the causes."""

    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    """Who does what until when."""

    adverse_effects: Text
    """What the actions could make worse, and how that was looked at."""

    effect_criterion: Text
    """How one will see that they worked, and when."""


class Implemented(RecordModel):
    """What was done."""

    implemented_on: date
    """The day on which the last action was done."""

    proof: Text
    """What shows that it was done."""

    changes_raised: tuple[Reference, ...] = ()
    """Requests for change that came of it."""

    risks_updated: bool
    """Whether risks and opportunities were looked at again."""


class Verified(RecordModel):
    """Whether it helped."""

    verified_on: date
    """The day of the check."""

    effect: Text
    """What was seen or measured against the criterion."""

    effective: Literal["yes", "in part", "no"]
    """Whether the causes are gone. If not, a further action is raised."""

    recurrence: tuple[Reference, ...] = ()
    """Earlier or later records of the same."""


class CorrectiveAction(RecordModel):
    """A cause of trouble that is to be removed for good."""

    problem: Text
    """What happens, where, since when and how often."""

    process: Line
    """Where it belongs."""

    site: Line
    """Where it happens."""

    severity: Level
    """From 1, a nuisance, to 5, a danger."""

    preventive: bool
    """Whether it has not happened yet, and is to be kept from happening."""

    raised_from: tuple[Reference, ...] = ()
    """The nonconformities, complaints or incidents behind it."""

    owner: Line
    """The function that answers for it."""

    team: tuple[Line, ...] = ()
    """Who works on it."""

    due: date
    """The day by which it is verified."""


_MENDING = (
    RecordStage("contained", Contained, "Correction and containment"),
    RecordStage("analysed", Analysed, "Causes"),
    RecordStage("planned", Planned, "Plan of action", mandatory=False),
    RecordStage("implemented", Implemented, "What was done", mandatory=False),
    RecordStage("verified", Verified, "Effectiveness"),
)

_REMOVING = tuple(one._replace(mandatory=one.name != "contained") for one in _MENDING)

_VERIFIED = (RequiredSignature(meaning="verified", role="approver"),)

ROWS = (
    RecordKind(
        "nonconformity",
        Nonconformity,
        "Nonconformity report",
        "NC-{year}-{n}",
        "Whoever sees something that is not as it should be fills it in the same day. The function "
        "that answers for it enters the steps; somebody else verifies the result with a signature.",
        clauses=("iso9001:2015#8.7.2", "iso9001:2015#10.2.2", "iso14001:2015#10.2"),
        identifiers=("process", "site", "source", "grade", "batch"),
        personal=("found_by",),
        stages=_MENDING,
        signatures=_VERIFIED,
    ),
    RecordKind(
        "corrective_action",
        CorrectiveAction,
        "Corrective action",
        "CA-{year}-{n}",
        "The function that answers for the process fills it in once a cause has to be removed, and "
        "enters the steps; somebody else verifies the result with a signature.",
        clauses=("iso9001:2015#10.2.2", "iso45001:2018#10.2", "iso13485:2016#8.5.2"),
        identifiers=("process", "site"),
        personal=("team",),
        stages=_REMOVING,
        signatures=_VERIFIED,
    ),
)
