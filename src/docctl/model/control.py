"""CONTROL: the settings of a library, themselves a controlled document."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from docctl.model.base import Line, Model, Number, Word, Words
from docctl.model.builtin import BUILT_IN, type_name
from docctl.model.document import REVIEW_MONTHS, ChangeClass, Document
from docctl.model.event import VoteMeaning
from docctl.model.numbering import LabelScheme, Numbering
from docctl.model.records.retention import RetentionClass

#: The item under which the control settings are kept.
CONTROL = "CONTROL"

#: The document type of CONTROL itself; no other can have this name.
CONTROL_TYPE = "control"

Profile = Literal["standard", "regulated"]
"""`standard` or `regulated`: how strict the first settings of a library are."""

#: The role that keeps records: it approves every change of the retention schedule.
RECORDS = "records"

#: Roles every library has. A role is a permission; a function is a job title.
ROLES: Mapping[Word, str] = MappingProxyType(
    {
        "author": "writes drafts and submits them",
        "reviewer": "reviews what others wrote",
        "approver": "approves what others wrote",
        "management": "approves policies and CONTROL",
        "document_controller": "releases, reroutes, suspends and withdraws documents",
        RECORDS: "keeps records and proposes their disposal",
        "administrator": "adds people, keys and roles",
    }
)


class Step(Model):
    """One step of a route: so many persons of a role sign with this meaning."""

    meaning: VoteMeaning
    """What the signature says."""

    role: Word
    """The role that may sign."""

    persons: int = Field(default=1, ge=1, le=20)
    """How many different persons must sign."""

    order: int = Field(default=1, ge=1, le=20)
    """Steps of a lower order are complete before a higher one may sign."""


class Route(Model):
    """Who must sign before a revision is approved. Never empty, and never without an approval."""

    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _approves(self) -> "Route":
        if all(step.meaning != "approved" for step in self.steps):
            raise ValueError("a route needs at least one step that approves")
        return self


class DocumentType(Model):
    """A document type as data: how it is numbered, labelled, routed and reviewed."""

    name: Word
    """The word that programs and commands use."""

    title: Line
    """What people call it: `Work instruction`."""

    numbering: Numbering
    """How its numbers are formed."""

    labels: LabelScheme = "integers"
    """How its revisions are labelled."""

    route: Route
    """Who must sign."""

    editorial_route: Route | None = None
    """The route of editorial changes; the full route where none is named."""

    review_months: int = Field(default=REVIEW_MONTHS, ge=1, le=120)
    """Months between periodic reviews."""

    sections: tuple[Line, ...] = ()
    """Recommended sections; `Purpose|Aim` accepts either title."""

    required: tuple[Word, ...] = ()
    """Metadata fields that must not be empty at submission."""

    fields: dict[str, Any] = Field(default_factory=dict)
    """JSON Schema (draft 2020-12) of fields of its own, under `properties` and `required`."""

    @classmethod
    def viewed_by(cls, document: type[Document], **facts: Any) -> Self:
        """Return a type for an application's own document class.

        The name and the JSON Schema of its own fields come from the class; *facts* are the other
        fields of a type: `title`, `numbering`, `route` …
        """
        schema = document.model_json_schema()
        common = Document.model_fields
        own = {name: one for name, one in schema["properties"].items() if name not in common}
        required = [name for name in schema.get("required", ()) if name in own]
        fields = {"properties": own, "required": required, "$defs": schema.get("$defs", {})}
        return cls(name=type_name(document), fields=fields, **facts)

    def route_for(self, change: ChangeClass) -> Route:
        """Return the route that a change of this class takes."""
        return (self.editorial_route or self.route) if change == "editorial" else self.route


class Function(Model):
    """A job title of the organisation: what it answers for, and what it may decide."""

    title: Line
    responsibility: Words = ""
    """What it answers for."""

    authority: Words = ""
    """What it may decide."""


class Limits(Model):
    """Largest sizes that the store takes, in bytes."""

    file_bytes: int = Field(default=10 * 2**20, ge=1024)
    """Of one file."""

    revision_bytes: int = Field(default=50 * 2**20, ge=1024)
    """Of all files of a revision together."""


class ControlSettings(Model):
    """What CONTROL says: types, routes, limits, time zone. Approved like any document."""

    organization: Line
    """Whose library it is; it stands on every copy."""

    profile: Profile = "standard"
    """What the library began with; it changes nothing afterwards."""

    time_zone: str = Field(default="UTC", pattern=r"^[A-Za-z_]+([/+-][A-Za-z0-9_+-]+)*$")
    """The IANA time zone of business dates, such as `Europe/Oslo`."""

    types: tuple[DocumentType, ...] = Field(min_length=1)
    """The document types."""

    control_route: Route
    """The route of CONTROL itself."""

    roles: dict[Word, Words] = Field(default_factory=dict)
    """Roles of the library's own, each with what it permits."""

    functions: tuple[Function, ...] = ()
    """The organisation's functions, in the order in which the manual prints them."""

    release_roles: tuple[Word, ...] = ("document_controller", "author")
    """Who may release; `author` means an author of the revision itself."""

    references: Literal["report", "refuse"] = "report"
    """What happens at release when a reference is not yet in force."""

    checks: Literal["report", "refuse"] = "report"
    """What happens at submission when the checks find errors or missing sections.

    A reference to a document that does not exist or was withdrawn, missing metadata, and
    characters that hide what is shown stop a submission in any case.
    """

    paper: Literal["A4", "Letter"] = "A4"
    """The size of the pages of Word copies."""

    template: Number | None = None
    """The document whose attached `.docx` Word copies are written on, as it is in force.

    Without one they have docctl's own look.
    """

    retention: tuple[RetentionClass, ...] = ()
    """The retention schedule. Its changes are also approved by the role `records`."""

    notice: Words = ""
    """A sentence that every copy carries, such as a mark of sample data."""

    limits: Limits = Limits()
    """The largest files and revisions."""

    @model_validator(mode="after")
    def _consistent(self) -> "ControlSettings":
        for what, values in {
            "type": [kind.name for kind in self.types],
            "number prefix": [kind.numbering.prefix for kind in self.types],
            "function": [function.title for function in self.functions],
            "retention class": [one.name for one in self.retention],
        }.items():
            twins = {value for value in values if values.count(value) > 1}
            if twins:
                raise ValueError(f"the {what} {min(twins)!r} is defined twice")
        if self.type_of(CONTROL_TYPE):
            raise ValueError(f"{CONTROL_TYPE!r} is the type of the settings; name yours otherwise")
        known = {*self.known_roles}
        routes = [self.control_route, *(kind.route for kind in self.types)]
        routes += [kind.editorial_route for kind in self.types if kind.editorial_route]
        used = {step.role for route in routes for step in route.steps} | {*self.release_roles}
        if used - known:
            raise ValueError(f"the role {min(used - known)!r} is not defined")
        return self

    @property
    def known_roles(self) -> Mapping[Word, str]:
        """Return every role with what it permits: those of every library, and its own."""
        return MappingProxyType({**ROLES, **self.roles})

    @property
    def own_fields(self) -> Mapping[Word, Mapping[str, Any]]:
        """Return the JSON Schemas of fields that only CONTROL describes, by document type."""
        return {kind.name: kind.fields for kind in self.types if kind.fields}

    def retention_of(self, name: str) -> RetentionClass | None:
        """Return a class of the retention schedule, or nothing."""
        return next((one for one in self.retention if one.name == name), None)

    def type_of(self, name: str) -> DocumentType | None:
        """Return the definition of a document type, or nothing."""
        return next((kind for kind in self.types if kind.name == name), None)


def scheduling(route: Route) -> Route:
    """Return the route of CONTROL where it changes the schedule: `records` approves it too."""
    if any(step.role == RECORDS and step.meaning == "approved" for step in route.steps):
        return route
    last = max(step.order for step in route.steps)
    return Route(steps=(*route.steps, Step(meaning="approved", role=RECORDS, order=last)))


def _route(role: str, *, reviewed: bool) -> Route:
    approval = Step(meaning="approved", role=role, order=2 if reviewed else 1)
    return Route(
        steps=(Step(meaning="reviewed", role="reviewer"), approval) if reviewed else (approval,)
    )


def default_settings(organization: str, *, profile: Profile, time_zone: str) -> ControlSettings:
    """Return the settings a new library starts with.

    `standard`: one approval by someone who did not write the text, policies and CONTROL by
    management. `regulated`: review and approval by different persons, required fields,
    recommended sections and references in force demanded, release by a document controller.
    """
    regulated = profile == "regulated"
    types = tuple(
        DocumentType(
            name=type_name(one.view),
            title=one.title,
            numbering=Numbering(prefix=one.prefix),
            route=_route(one.approver, reviewed=regulated),
            review_months=one.review_months,
            sections=one.sections,
            required=one.required if regulated else (),
        )
        for one in BUILT_IN
    )
    return ControlSettings(
        organization=organization,
        profile=profile,
        time_zone=time_zone,
        types=types,
        control_route=_route("management", reviewed=regulated),
        release_roles=("document_controller",) if regulated else ("document_controller", "author"),
        references="refuse" if regulated else "report",
        checks="refuse" if regulated else "report",
    )
