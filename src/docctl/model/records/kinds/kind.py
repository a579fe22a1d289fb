"""What the ready models are made of, and what a row of their table says."""

from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import ConfigDict, Field, StringConstraints

from docctl.model.base import NUMBER, Clause, Line, Model, Word
from docctl.model.records.definition import RecordDefinition, RecordStage, RequiredSignature


class RecordModel(Model):
    """What is entered into a record, at its capture or in a later step."""

    # The docstrings become descriptions in forms. These classes are loaded only where they are
    # asked for; for all the others this would slow down every command.
    model_config = ConfigDict(use_attribute_docstrings=True)


class RecordKind(NamedTuple):
    """A type of records of docctl's own, and how forms for it begin."""

    name: Word
    view: type[RecordModel]
    """The model of what is captured."""

    title: Line
    pattern: str
    use: str
    """Who fills it in, and when: what stands under Instructions in its form."""

    clauses: tuple[Clause, ...]
    """The clauses that such records help to meet."""

    identifiers: tuple[Word, ...] = ()
    subject: Word | None = None
    personal: tuple[Word, ...] = ()
    stages: tuple[RecordStage, ...] = ()
    signatures: tuple[RequiredSignature, ...] = ()

    def definition(self, retention: str, **changes: Any) -> RecordDefinition:
        """Return what a form for it says of its records; *changes* are other facts than its own.

        Raises:
            ValueError: the facts do not fit.
        """
        own = {
            "pattern": self.pattern,
            "identifiers": self.identifiers,
            "subject": self.subject,
            "personal": self.personal,
            "signatures": self.signatures,
        }
        facts = {**own, "retention": retention, **changes}
        return RecordDefinition.of(self.view, stages=self.stages, **facts)

    def facts(self) -> dict[str, Any]:
        """Return what a form for it says of its records as data; the retention class is missing."""
        made = self.definition(retention="any")
        return made.model_dump(mode="json", exclude={"retention"}, exclude_defaults=True)


def unit(name: str) -> Any:
    """Return what says in which unit a number is."""
    return Field(json_schema_extra={"x-unit": name})


#: As many words as it takes, in several lines if need be.
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]

#: The number of a record or of a document, as docctl gives them out.
Reference = Annotated[str, StringConstraints(pattern=NUMBER, max_length=64)]

Percent = Annotated[float, Field(ge=0, le=100), unit("%")]

#: From 1, the least, to 5, the most.
Level = Annotated[int, Field(ge=1, le=5)]


class Action(RecordModel):
    """Something that somebody does until a day."""

    action: Line
    owner: Line
    """The function that does it."""

    due: date
    """The day by which it is done."""
