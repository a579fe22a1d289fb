"""Days and times in what a record says."""

import pytest

from docctl.desk.recording.values import wrong
from docctl.model.records.definition import RecordDefinition

KINDS = ("date", "time", "date-time", "hostname")
DEFINITION = RecordDefinition(
    fields={"properties": {one: {"format": one} for one in KINDS}}, retention="logs"
)
SAID = {
    "date": "is no day, such as 2026-01-31",
    "time": "is no time, such as 14:30",
    "date-time": "is no moment, such as 2026-01-31T14:30:00Z",
}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2024-02-29"),
        ("time", "14:05"),
        ("time", "14:05:30+01:00"),
        ("date-time", "2026-01-31T08:30:00Z"),
        ("date-time", "2026-01-31T08:30:00.5+01:00"),
        ("date", 20260131),  # whether it is a text at all, another word of the schema says
        ("time", 1405),
        ("date-time", None),
        ("hostname", "not a host"),
    ],
)
def test_what_is_a_moment_is_let_through(kind: str, value: object) -> None:
    assert wrong("FRM-001", DEFINITION, {kind: value}) == ()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2026-02-29"),
        ("date", "20260131"),
        ("date", "2026-W05-6"),
        ("date", "31.01.2026"),
        ("date", ""),
        ("time", "25:00"),
        ("time", "14"),
        ("date-time", "2026-01-31"),
        ("date-time", "2026-01-31T25:00:00Z"),
        ("date-time", "20260131T083000Z"),
    ],
)
def test_what_is_none_is_named(kind: str, value: str) -> None:
    (sentence,) = wrong("FRM-001", DEFINITION, {kind: value})
    assert sentence == f"{kind}: {value!r} {SAID[kind]}"
