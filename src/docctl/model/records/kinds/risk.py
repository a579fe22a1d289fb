"""Records of what may happen, and of what did: risks, opportunities, incidents."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from docctl.model.base import Line, Words
from docctl.model.records.definition import RecordStage, RequiredSignature
from docctl.model.records.kinds.kind import Action, Level, RecordKind, RecordModel, Reference, Text

#: What a level of risk is: likelihood times impact.
Score = Annotated[int, Field(ge=1, le=25)]


class Risk(RecordModel):
    """Something that may happen, for better or worse, and what is done about it."""

    kind: Literal["risk", "opportunity"]
    """For worse, or for better."""

    category: Literal[
        "quality", "environment", "safety", "information", "continuity", "compliance", "business"
    ]
    """Where it belongs."""

    process: Line
    """The process that it touches."""

    context: Words = ""
    """The matter or the party from which it comes."""

    source: Text
    """What could set it off."""

    event: Text
    """What would happen."""

    consequence: Text
    """What would come of it."""

    assets: tuple[Line, ...] = ()
    """Machines, information, places that it touches."""

    controls: tuple[Line, ...] = ()
    """What is done about it already."""

    method: Line
    """How it is rated: the document and its revision."""

    likelihood: Level
    """From 1, hardly ever, to 5, all the time."""

    impact: Level
    """From 1, hardly noticed, to 5, the worst."""

    score: Score
    """Likelihood times impact."""

    owner: Line
    """The function that answers for it."""

    treatment: Literal["avoid", "reduce", "share", "accept", "pursue"]
    """What is done with it."""

    actions: tuple[Action, ...] = ()
    """Who does what until when."""

    indicator: Words = ""
    """What shows early that it grows."""

    review_on: date
    """The day on which it is looked at again."""

    related: tuple[Reference, ...] = ()
    """Objectives, nonconformities and actions that belong to it."""


class Treated(RecordModel):
    """What remains once something was done."""

    treated_on: date
    """The day on which the last action was done."""

    done: Text
    """What was done, and what shows it."""

    likelihood_left: Level
    """How likely it is now."""

    impact_left: Level
    """How bad it would be now."""

    score_left: Score
    """Likelihood times impact, now."""


class RiskAccepted(RecordModel):
    """Who lives with what remains."""

    accepted_on: date
    """The day on which it was accepted."""

    accepted_reason: Text
    """Why what remains can be lived with."""


class Incident(RecordModel):
    """Something that went wrong, or nearly did."""

    kind: Literal["safety", "environment", "information", "continuity", "property"]
    """What was in danger."""

    outcome: Literal["near miss", "no harm", "first aid", "lost time", "damage", "breach"]
    """What came of it."""

    severity: Level
    """From 1, slight, to 5, a catastrophe; judge by what it could have been."""

    happened_on: date
    """The day."""

    happened_at: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    """The time of day, as 14:05."""

    site: Line
    """The site."""

    place: Line
    """Where on the site, or in which system."""

    what: Text
    """What happened, in the order in which it happened."""

    persons: tuple[Line, ...] = ()
    """Who was there or was hurt."""

    harm: Words = ""
    """Who was hurt and how."""

    immediate: Text
    """What was done at once."""

    reported_to: tuple[Line, ...] = ()
    """Authorities, insurers, customers who were told, and when."""

    owner: Line
    """The function that looks into it."""


class LookedInto(RecordModel):
    """Why it happened."""

    investigated_on: date
    """The day on which it was clear."""

    facts: Text
    """What was found out, and how."""

    causes: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Why it could happen."""

    evidence_kept: Text
    """What was kept as evidence, where, and who had it in hand."""

    worker_part: Words = ""
    """How those who do the work took part."""


class Acted(RecordModel):
    """What is done so that it does not happen again."""

    actions: tuple[Action, ...]
    """Who does what until when."""

    followed_by: tuple[Reference, ...] = ()
    """Corrective actions that were raised."""

    told: Text
    """Who was told of it, and what."""

    lesson: Text
    """What others can learn from it."""


ROWS = (
    RecordKind(
        "risk",
        Risk,
        "Risk or opportunity",
        "RI-{year}-{n}",
        "The function that answers for the process fills it in, and looks at it again on the day "
        "named. What was done and what remains are entered as steps; management accepts the rest.",
        clauses=("iso9001:2015#6.1", "iso14001:2015#6.1.1", "iso45001:2018#6.1.1"),
        identifiers=("kind", "category", "process", "score"),
        stages=(
            RecordStage("treated", Treated, "What was done, and what remains", mandatory=False),
            RecordStage("accepted", RiskAccepted, "Acceptance of what remains"),
        ),
        signatures=(RequiredSignature(meaning="accepted", role="management"),),
    ),
    RecordKind(
        "incident",
        Incident,
        "Incident report",
        "IN-{year}-{n:04}",
        "Whoever was there fills it in before the end of the shift, near misses too. Nobody is "
        "blamed for a report. What was found out and what is done are entered as steps.",
        clauses=("iso45001:2018#10.2", "iso14001:2015#8.2", "iso27001:2022#10.2"),
        identifiers=("kind", "outcome", "site", "severity"),
        personal=("persons", "harm", "what", "facts"),
        stages=(
            RecordStage("investigated", LookedInto, "Investigation"),
            RecordStage("acted", Acted, "What is done"),
        ),
        signatures=(RequiredSignature(meaning="reviewed", role="approver"),),
    ),
)
