"""The kinds of documents, and what is approved together with their text.

A document's metadata hold only facts that are approved with the text; they lie beside it as
`meta.json`. Who owns a document, where it is distributed and when it is reviewed next are
administrative facts: they live in events and change without a new revision.
"""

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from docctl.model.base import Clause, Line, Model, Number, Word, Words
from docctl.model.records.definition import RecordDefinition

#: Months between periodic reviews where nobody says otherwise.
REVIEW_MONTHS = 12

ChangeClass = Literal["content", "editorial"]


class Change(Model):
    """Why this revision exists (from the second revision on)."""

    class_: ChangeClass = Field(default="content", alias="class")
    """`editorial` changes no meaning and may take a shorter route."""

    reason: Line
    """Why the change was needed."""

    summary: Line
    """What changed, as the revision history prints it."""


class Document(Model):
    """What every type of document has in common (ISO 9001:2015, 7.5.2; fields as in ISO 7200)."""

    type: Word
    """The document type, one of those that CONTROL defines."""

    number: Number | None = None
    """The identification number; given out when the document is created."""

    title: Line
    """The subject, as the register and the title block print it."""

    subtitle: Words = ""
    """A second line below the title."""

    language: str = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    """A language tag such as `en` or `nb-NO`."""

    summary: Words = ""
    """One or two sentences for registers and search results."""

    keywords: tuple[Line, ...] = ()
    """Words to find it by."""

    classification: Words = "internal"
    """The confidentiality label printed on every page."""

    clauses: tuple[Clause, ...] = ()
    """The clauses this document helps to meet, each with the edition of its standard."""

    processes: tuple[Line, ...] = ()
    """The processes it governs."""

    applicability: tuple[Line, ...] = ()
    """Sites, units or products it applies to; empty means everywhere."""

    parent: Number | None = None
    """The document this one details."""

    former_numbers: tuple[Line, ...] = ()
    """Numbers it had in earlier systems."""

    review_months: int | None = Field(default=None, ge=1, le=120)
    """Months between periodic reviews, where it differs from the type's interval."""

    training: Literal["none", "read", "class", "test"] = "none"
    """What those concerned must do before they work by a new revision."""

    change: Change | None = None
    """Reason, class and summary of the change; required from the second revision on."""


class Policy(Document):
    """What the management intends and commits to (level 0)."""

    type: Literal["policy"] = "policy"
    commitments: tuple[Line, ...] = ()
    """What the management commits itself to, one sentence each."""


class Exclusion(Model):
    """A clause that does not apply, and why."""

    clause: Clause
    reason: Line
    """Why it does not apply."""


class Process(Model):
    """One process of the management system, for the map of their interaction."""

    name: Line
    kind: Literal["management", "core", "support"] = "core"
    owner: Line
    """The function that answers for it."""

    inputs: tuple[Line, ...] = ()
    """What it takes in."""

    outputs: tuple[Line, ...] = ()
    """What it gives."""

    feeds: tuple[Line, ...] = ()
    """Names of the processes that take its outputs."""

    documents: tuple[Number, ...] = ()
    """The documents that govern it."""


class Chapter(Model):
    """A chapter of a manual made from other documents: by number, or every one that fits."""

    title: Line
    """The heading of the chapter."""

    include: tuple[Number, ...] = ()
    """These documents, in this order."""

    type: Word | None = None
    """Every document of this type."""

    process: Line | None = None
    """Every document that governs this process."""

    @model_validator(mode="after")
    def _selects_something(self) -> "Chapter":
        if not (self.include or self.type or self.process):
            raise ValueError("a chapter names documents (include), a type or a process")
        return self


class Manual(Document):
    """The document that binds the others: approved text and rules that select chapters."""

    type: Literal["manual"] = "manual"
    scope: Words = ""
    """What the management system covers."""

    not_applicable: tuple[Exclusion, ...] = ()
    """Clauses that do not apply, and why."""

    processes_map: tuple[Process, ...] = ()
    """The processes and how they interact."""

    chapters: tuple[Chapter, ...] = ()
    """Which documents become chapters."""


class Responsibility(Model):
    """Who answers for what within a procedure."""

    function: Line
    """The job title."""

    duty: Line
    """What its holder does."""


class RecordKept(Model):
    """A record that a procedure produces."""

    title: Line
    """What people call it."""

    form: Number | None = None
    """The form that it is made on."""

    kept: Words = ""
    """How long, in words; the retention schedule decides."""


class Procedure(Document):
    """Who does what, when and with what (ISO 10013:2021 lists the usual contents)."""

    type: Literal["procedure"] = "procedure"
    purpose: Words = ""
    """Why it exists."""

    scope: Words = ""
    """What and whom it is for."""

    responsibilities: tuple[Responsibility, ...] = ()
    """Who answers for what."""

    inputs: tuple[Line, ...] = ()
    """What the work begins with."""

    outputs: tuple[Line, ...] = ()
    """What it results in."""

    records: tuple[RecordKept, ...] = ()
    """The records it produces."""


class WorkInstruction(Document):
    """How one task is done, step by step, under a procedure."""

    type: Literal["work_instruction"] = "work_instruction"
    tools: tuple[Line, ...] = ()
    """Tools, materials and equipment that are needed."""

    safety: tuple[Line, ...] = ()
    """Dangers of the work, and protection from them."""

    acceptance_criteria: tuple[Line, ...] = ()
    """How to see that the work was done well."""


class Form(Document):
    """A template that records are made with."""

    type: Literal["form"] = "form"
    records_kept: Words = ""
    """How long its records are kept, in words; the retention schedule decides."""

    record: RecordDefinition | None = None
    """What its records say and how they are kept, where docctl keeps them."""


class ExternalDocument(Document):
    """A document of external origin: its register entry (ISO 9001:2015, 7.5.3.2)."""

    type: Literal["external"] = "external"
    issuer: Words = ""
    """Who publishes it."""

    identifier: Words = ""
    """The issuer's own number for it."""

    edition: Words = ""
    """The edition that is worked by."""

    edition_date: date | None = None
    """The day on which that edition appeared."""

    source: Words = ""
    """Where a copy lies or can be had."""

    licence: Words = ""
    """What its licence allows, in words."""

    exportable: bool = True
    """False forbids docctl to hand out the text; the register entry remains."""

    check_interval_months: int = Field(default=12, ge=1, le=120)
    """Months between checks that the edition is still current."""


class OtherDocument(Document):
    """A document of a type that only CONTROL defines; its own fields follow the type's schema."""

    model_config = ConfigDict(extra="allow")


def may_be_handed_out(document: Document) -> bool:
    """Tell whether the text may leave the library: not where it says `exportable: false`.

    Types that only CONTROL or an application defines may have that field too.
    """
    return getattr(document, "exportable", True) is not False
