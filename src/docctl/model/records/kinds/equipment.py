"""Records of equipment: whether what is measured can be trusted."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from docctl.model.base import Line, Words
from docctl.model.records.kinds.kind import Percent, RecordKind, RecordModel, Reference, Text, unit


class Standard(RecordModel):
    """A reference that was measured against."""

    standard: Line
    """Its name and serial number."""

    certificate: Line
    traceable_to: Line
    """Where its own calibration leads to."""

    valid_until: date


class Reading(RecordModel):
    """One point of the range, in the unit of the equipment."""

    reference: float
    """What the reference shows."""

    as_found: float
    """What the equipment showed before any adjustment."""

    as_left: float
    """What it shows now."""

    uncertainty: Annotated[float, Field(ge=0)]
    tolerance: Annotated[float, Field(ge=0)]
    """How far it may be off."""


class Calibration(RecordModel):
    """How far a piece of equipment is off, and whether it may be used."""

    # Whoever finds equipment out of tolerance says what was measured with it meanwhile.
    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"verdict": {"const": "out of tolerance"}}},
            "then": {"required": ["impact"]},
        }
    )

    equipment: Line
    """Its identification in the register of equipment."""

    description: Line
    """What it is: kind, maker, type."""

    serial: Line
    """The maker's serial number."""

    location: Line
    """Where it is used."""

    span: Line
    """The range in which it is used."""

    unit: Line
    """The unit of the readings: bar, mm, °C."""

    kind: Literal["calibration", "verification"]
    """Compared with a reference, or looked at whether it still does."""

    procedure: Reference | None = None
    """The number of the instruction that was followed."""

    calibrated_on: date
    """The day."""

    calibrated_by: Line
    """Who did it: a person, or a laboratory."""

    temperature: Annotated[float, unit("°C")] | None = None
    """Of the room."""

    humidity: Percent | None = None
    """Of the room's air."""

    references: Annotated[tuple[Standard, ...], Field(min_length=1)]
    """What it was measured against."""

    readings: Annotated[tuple[Reading, ...], Field(min_length=1)]
    """What was measured."""

    adjusted: bool
    """Whether it was adjusted."""

    verdict: Literal["in tolerance", "out of tolerance"]
    """What holds of it as it was found."""

    impact: Text | None = None
    """Out of tolerance: what was measured with it since the last time, and what is done there."""

    followed_by: Reference | None = None
    """The nonconformity that was raised."""

    status: Literal["in use", "in use with limits", "taken out of use"]
    """What its label says now."""

    limits: Words = ""
    """Where it may not be used."""

    certificate: Words = ""
    """The number of the laboratory's certificate; attach it."""

    next_on: date
    """The day by which it is due again."""


ROWS = (
    RecordKind(
        "calibration",
        Calibration,
        "Calibration record",
        "CAL-{year}-{n:04}",
        "Whoever compares the equipment fills it in at the bench. A certificate of a laboratory is "
        "attached, and its readings are taken over.",
        clauses=("iso9001:2015#7.1.5.2", "iso13485:2016#7.6"),
        identifiers=("equipment", "serial", "verdict", "status", "next_on"),
        personal=("calibrated_by",),
    ),
)
