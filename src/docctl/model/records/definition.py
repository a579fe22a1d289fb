"""What a form says of the records made on it: fields, steps, signatures, and who makes them."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    BaseModel,
    Field,
    SerializationInfo,
    StringConstraints,
    field_serializer,
    field_validator,
    model_validator,
)

from docctl.model.base import Line, Model, Word
from docctl.model.records.generated import fields_of
from docctl.model.records.retention import ClassName
from docctl.model.records.schema import readable

#: How records of a form are numbered: `NC-{year}-{n}`, `CAL-{n:04}`.
Pattern = Annotated[
    str,
    StringConstraints(
        pattern=r"^([A-Z][A-Z0-9]{0,15}|\{form\})(-([A-Z0-9]{1,15}|\{year\}))*-\{n(:0[1-9])?\}$"
    ),
]


class RecordStep(Model):
    """One step of a record that lives for months: what is entered then."""

    name: Word
    title: Line
    fields: tuple[Word, ...] = ()
    """The fields of the form that this step fills; the first step's are filled at capture."""

    mandatory: bool = True
    """Whether the record cannot be closed without it."""

    roles: tuple[Word, ...] = ()
    """Who may enter it; everybody where no role is named."""

    after: tuple[Word, ...] = ()
    """Steps, named before it in the form, that must have been entered when this one is."""


class RecordStage(NamedTuple):
    """A step of a record, and the model of what is entered then."""

    name: Word
    model: type[BaseModel]
    title: Line
    mandatory: bool = True
    roles: tuple[Word, ...] = ()
    after: tuple[Word, ...] = ()


class RequiredSignature(Model):
    """A signature that a record needs before it can be closed, beside the one who captured it."""

    meaning: Word
    """What the signature says, in one word: `verified`, `accepted`."""

    role: Word
    """The role that may sign; never somebody who entered what it says."""

    own: bool = False
    """Whether a person for whom others entered it may sign, as for `performed`; else another."""


class RecordDefinition(Model):
    """What the records made on a form say, how they are numbered and kept, and who makes them."""

    fields: dict[str, Any]
    """JSON Schema (draft 2020-12) of what a record says, under `properties` and `required`.

    `x-unit` names the unit of a number; `enum` the choices; an array of objects is a table.
    """

    retention: ClassName
    """The class of the retention schedule."""

    pattern: Pattern = "{form}-{n:04}"
    """How they are numbered; `{n}` counts from 1 for each different text before it."""

    identifiers: tuple[Word, ...] = ()
    """Fields that stand in the history for ever, to find records by. Never data of persons."""

    subject: Word | None = None
    """The field that names the person whom a record is about, by the person's id."""

    personal: tuple[Word, ...] = ()
    """Fields that hold data of persons: they are not searched by, nor shown in lists."""

    steps: tuple[RecordStep, ...] = ()
    """The steps of a record that stays open; without any it is closed as it is captured."""

    signatures: tuple[RequiredSignature, ...] = ()
    """Signatures that it needs before it can be closed."""

    capture: tuple[Word, ...] = ()
    """Roles that may capture; everybody where none is named."""

    amend: tuple[Word, ...] = ()
    """Roles that may amend; where none is named, who captured it and the role `records`."""

    close: tuple[Word, ...] = ()
    """Roles that may close; where none is named, who captured it and the role `records`."""

    numbered_blanks: bool = False
    """Whether records are made on numbered blanks only."""

    late_after_days: int = Field(default=7, ge=0, le=3660)
    """Days after the event from which an entry is late and needs a reason."""

    @classmethod
    def of(
        cls, model: type[BaseModel], *, stages: Sequence[RecordStage] = (), **facts: Any
    ) -> Self:
        """Return the definition of records that a Pydantic model of an application describes.

        The fields, their order, titles and descriptions come from the model, and from those of
        the *stages*, which become the steps. A unit is named with
        `Field(json_schema_extra={"x-unit": "mm"})`, and a table is a tuple of models. A field that
        may be None is one that may be left out. *facts* are the other fields of a definition:
        `retention`, `pattern`, `identifiers` …

        Raises:
            ValueError: two models have a field of the same name, or the facts do not fit.
        """
        steps = tuple(
            RecordStep(
                name=one.name,
                title=one.title,
                fields=tuple(fields_of(one.model)["properties"]),
                mandatory=one.mandatory,
                roles=one.roles,
                after=one.after,
            )
            for one in stages
        )
        fields = fields_of(model, *(one.model for one in stages))
        return cls(**{"fields": fields, **({"steps": steps} if steps else {}), **facts})

    @field_validator("fields", mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        try:
            return json.loads(value) if isinstance(value, str) else value
        except RecursionError:
            raise ValueError("the fields of a record are nested too deep") from None

    @field_serializer("fields")
    def _written(self, fields: dict[str, Any], info: SerializationInfo) -> dict[str, Any] | str:
        """Write the schema as text: it keeps its order, and may hold fractions and nulls.

        What is signed holds neither. Where people read it, the context says `readable`.
        """
        if not (info.context or {}).get("readable"):
            return json.dumps(fields)
        return json.dumps(fields, indent=2) if _inexact(fields) else fields

    @model_validator(mode="after")
    def _names_fields_of_its_own(self) -> "RecordDefinition":
        known = self.fields.get("properties", {})
        if not isinstance(known, dict) or not known:
            raise ValueError("the fields of a record stand under 'properties'")
        named = {*self.identifiers, *self.personal, *((self.subject,) if self.subject else ())}
        named |= {field for step in self.steps for field in step.fields}
        if unknown := sorted(named - {*known}):
            raise ValueError(f"the field {unknown[0]!r} is not one of its fields")
        hidden = {*self.personal, self.subject}
        if both := sorted(set(self.identifiers) & hidden):
            raise ValueError(f"{both[0]!r} is data of a person and cannot be an identifier")
        for listed in (self.identifiers, self.personal):
            if twice := next((one for one in listed if listed.count(one) > 1), None):
                raise ValueError(f"the field {twice!r} is named twice")
        return self

    @model_validator(mode="after")
    def _steps_follow_each_other(self) -> "RecordDefinition":
        names = [step.name for step in self.steps]
        if len({*names}) < len(names):
            raise ValueError("a step is named twice")
        for at, step in enumerate(self.steps):
            if strange := sorted({*step.after} - {*names[:at]}):
                raise ValueError(
                    f"the step {step.name!r} comes after {strange[0]!r}, and no step of that name "
                    "stands before it"
                )
        return self

    @property
    def readable(self) -> dict[str, Any]:
        """Return the schema of the fields as people read it: every field says what it is."""
        return readable(self.fields)

    @property
    def staged(self) -> bool:
        """Tell whether records stay open after their capture."""
        return bool(self.steps or self.signatures)

    def step(self, name: str) -> RecordStep | None:
        """Return a step by its name."""
        return next((one for one in self.steps if one.name == name), None)


def _inexact(value: object) -> bool:
    """Tell whether a schema holds a fraction or a null, which front matter does not have."""
    if isinstance(value, dict):
        return any(map(_inexact, value.values()))
    if isinstance(value, list):
        return any(map(_inexact, value))
    return value is None or isinstance(value, float)
