"""Records of audits: the programme, the plan of one audit, and its report."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from docctl.model.base import Line, Words
from docctl.model.records.definition import RecordStage, RequiredSignature
from docctl.model.records.kinds.kind import RecordKind, RecordModel, Reference, Text, unit

Method = Literal["on site", "remote", "both"]

Party = Literal["first party", "second party", "third party"]


class ProgrammeRisk(RecordModel):
    """What could keep the programme from its aims, or help it."""

    risk: Line
    action: Line
    """What is done about it."""


class PlannedAudit(RecordModel):
    """One audit of the programme."""

    audited: Line
    """The process, site or supplier."""

    criteria: Line
    """What it is held against."""

    month: Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
    """When, as 2026-03."""

    days: Annotated[float, Field(gt=0), unit("d")]
    """How long it takes."""

    why: Words = ""
    """Importance, changes, or earlier results that ask for it."""


class AuditProgramme(RecordModel):
    """Which audits are held in a period, why these, and by whom."""

    begins_on: date
    """The first day of the period."""

    ends_on: date
    """The last day of the period."""

    objectives: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What the programme is to achieve."""

    standards: tuple[Line, ...]
    """Standards, contracts and rules that audits are held against."""

    scope: Text
    """Sites, processes and places on the network that it covers."""

    risks: tuple[ProgrammeRisk, ...] = ()
    """Risks and opportunities of the programme itself."""

    method: Method
    """How audits are held."""

    method_reason: Words = ""
    """Why in this way."""

    auditors: Text
    """How auditors are chosen, and how they stay independent of what they audit."""

    resources: Words = ""
    """Time, travel and means that it needs."""

    audits: Annotated[tuple[PlannedAudit, ...], Field(min_length=1)]
    """The audits, in their order."""

    manager: Line
    """The function that runs the programme."""


class ProgrammeReview(RecordModel):
    """The look back at the end of the period."""

    reviewed_on: date
    """The day of the review."""

    audits_held: Annotated[int, Field(ge=0)]
    """How many of the audits took place."""

    review_result: Text
    """Whether the objectives were met, and what the next programme does otherwise."""


class TeamMember(RecordModel):
    """Somebody in the audit team."""

    name: Line
    part: Literal["leader", "auditor", "expert", "observer", "trainee"]
    """What the person does in it."""

    independent: bool
    """Whether the person has no share in the work that is audited."""


class AgendaItem(RecordModel):
    """One point of the agenda."""

    on: date
    time: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    """When it begins, as 09:30."""

    topic: Line
    function: Line
    """Who is asked."""


class AuditPlan(RecordModel):
    """One audit as it is announced: what, why, who, when and how."""

    party: Party
    """Within the organisation, at a supplier, or by an independent body."""

    programme: Reference | None = None
    """The number of the programme."""

    process: Line
    """What is audited."""

    site: Line
    """Where."""

    auditee: Line
    """The function that answers for what is audited."""

    objectives: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What the audit is to find out."""

    scope: Text
    """What it covers, and what it leaves out."""

    criteria: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What it is held against: clauses, documents, contracts."""

    begins_on: date
    """Its first day."""

    ends_on: date
    """Its last day."""

    method: Method
    """How it is held."""

    team: Annotated[tuple[TeamMember, ...], Field(min_length=1)]
    """Leader, auditors, experts, observers."""

    agenda: tuple[AgendaItem, ...] = ()
    """What is talked about, when and with whom."""

    documents: tuple[Line, ...] = ()
    """Documents and records to read before."""

    sampling: Words = ""
    """How samples are chosen."""

    arrangements: Words = ""
    """Travel, safety, access, and for remote parts: the platform, recording, what if it fails."""

    confidentiality: Words = ""
    """What stays within the team."""


class AuditFinding(RecordModel):
    """One finding: what was asked for, what was seen, and what follows from both."""

    grade: Literal["major", "minor", "observation", "opportunity", "good practice"]
    """How heavily it weighs."""

    requirement: Line
    """The clause or the document that asks for it, in your own words."""

    evidence: Line
    """What was seen, heard or read, so that somebody else finds it again."""

    statement: Line
    """What is not as it should be, or could be better."""

    followed_by: Reference | None = None
    """The number of the nonconformity or action that follows."""


class AuditReport(RecordModel):
    """What an audit found, and what it concludes."""

    audit: Reference
    """The number of the plan."""

    process: Line
    """What was audited."""

    site: Line
    """Where."""

    client: Line
    """The function that asked for the audit."""

    began_on: date
    """Its first day."""

    ended_on: date
    """Its last day."""

    objectives: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What it was to find out."""

    scope: Text
    """What was looked at."""

    criteria: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What it was held against."""

    team: Annotated[tuple[TeamMember, ...], Field(min_length=1)]
    """Who audited."""

    participants: tuple[Line, ...] = ()
    """Who took part on the other side."""

    findings: tuple[AuditFinding, ...]
    """Every finding, with its evidence."""

    sampling: Text
    """What was chosen as a sample, and that others may hold what was not seen."""

    conclusions: Text
    """What follows for the objectives."""

    fulfilment: Literal["met", "met in part", "not met"]
    """How far the criteria are met."""

    disagreements: Words = ""
    """What could not be settled with those audited."""

    not_covered: Words = ""
    """What the scope names and nobody looked at, and why."""

    obstacles: Words = ""
    """What was in the way."""

    follow_up: Words = ""
    """What happens next, and until when."""

    distribution: tuple[Line, ...] = ()
    """The functions that get it."""


ROWS = (
    RecordKind(
        "audit_programme",
        AuditProgramme,
        "Audit programme",
        "AP-{year}-{n}",
        "The function that runs the audits fills it in before the period begins, and enters the "
        "review at its end.",
        clauses=("iso9001:2015#9.2.2", "iso14001:2015#9.2.2", "iso45001:2018#9.2.2"),
        identifiers=("begins_on", "ends_on"),
        stages=(RecordStage("reviewed", ProgrammeReview, "Review of the programme"),),
        signatures=(RequiredSignature(meaning="approved", role="management"),),
    ),
    RecordKind(
        "audit_plan",
        AuditPlan,
        "Audit plan",
        "AUD-{year}-{n}",
        "The leader of the audit fills it in, and sends it to those who are audited in time for "
        "them to prepare.",
        clauses=("iso9001:2015#9.2.2", "iso14001:2015#9.2.2", "iso45001:2018#9.2.2"),
        identifiers=("process", "site", "party", "programme"),
        personal=("team",),
    ),
    RecordKind(
        "audit_report",
        AuditReport,
        "Audit report",
        "AR-{year}-{n}",
        "The leader of the audit fills it in once the closing meeting is over. The function that "
        "asked for the audit accepts it with a signature.",
        clauses=("iso9001:2015#9.2.2", "iso14001:2015#9.2.2", "iso45001:2018#9.2.2"),
        identifiers=("audit", "process", "site", "fulfilment"),
        personal=("team", "participants"),
        signatures=(RequiredSignature(meaning="accepted", role="approver"),),
    ),
)
