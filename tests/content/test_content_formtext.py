"""The text of a form that explains what its records say."""

from typing import Any

from docctl.content.formtext import form_text
from docctl.model.base import PERSON
from docctl.model.records.definition import RecordDefinition

FIELDS: dict[str, Any] = {
    "properties": {
        "site": {"enum": ["Bergen", "Oslo"]},
        "who": {"type": "string", "pattern": PERSON, "title": "Seen by"},
        "on": {"type": "string", "format": "date", "description": "The day."},
        "weight": {"type": "number", "x-unit": "kg"},
        "grade": {"type": "integer", "minimum": 1, "maximum": 5},
        "parts": {
            "type": "array",
            "items": {
                "properties": {
                    "part": True,
                    "length": {"type": "number", "x-unit": "mm"},
                    "fate": {"enum": ["kept", "scrapped"]},
                }
            },
        },
        "names": {"type": "array", "items": {"type": "string"}},
        "sum|total": {"type": "string"},
        "any": True,
        "cause": {"type": "string", "description": "Why."},
        "seen": {"$ref": "#/$defs/Day"},
        "left": {"anyOf": [{"type": "boolean"}, {"type": "null"}]},
    },
    "$defs": {"Day": {"type": "string", "format": "date"}},
    "required": ["site", "cause"],
}


def definition(**facts: Any) -> RecordDefinition:
    return RecordDefinition(fields=FIELDS, retention="logs", **facts)


def test_every_field_is_a_row_that_says_what_to_enter() -> None:
    lines = form_text(definition(), "Whoever sees it.").splitlines()
    assert lines[: lines.index("### At capture")] == [
        "## Instructions",
        "",
        "Whoever sees it.",
        "",
        (
            "Its records are numbered `{form}-{n:04}`. "
            "A record is closed as it is captured; corrections stay visible."
        ),
        "",
        "## Form",
        "",
    ]
    assert [line for line in lines if line.startswith("| ")] == [
        "| Field | What to enter | Needed |",
        "| Site | One of: Bergen, Oslo. | yes |",
        "| Seen by | The id of a person. |  |",
        "| On | The day. Written as 2026-01-31. |  |",
        "| Weight | A number in kg. |  |",
        "| Grade | A whole number from 1 to 5. |  |",
        "| Parts | A table: Part; Length (mm); Fate (kept, scrapped). |  |",
        "| Names | A list. |  |",
        "| Sum\\|total |  |  |",
        "| Any |  |  |",
        "| Cause | Why. | yes |",
        "| Seen | Written as 2026-01-31. |  |",
        "| Left | Yes or no. |  |",
    ]


def test_steps_and_signatures_are_told() -> None:
    steps = [
        {"name": "analysed", "title": "Causes", "fields": ["cause"]},
        {"name": "noted", "title": "Notes", "fields": ["any"], "mandatory": False},
    ]
    signed = [{"meaning": "verified", "role": "approver"}]
    text = form_text(definition(identifiers=["site", "on"], steps=steps, signatures=signed))
    assert "They are found by Site, On. A record stays open until it is closed. " in text
    assert "Needed before: Causes. Signed before, by somebody who did not capture it: " in text
    assert "verified (role approver).\n" in text
    first, second = text.index("### Step `analysed`: Causes\n"), text.index("### Step `noted`")
    assert text.index("| Site |") < first < text.index("| Cause | Why. | yes |") < second
    assert "### Step `noted`: Notes (if need be)\n" in text


def test_a_signature_alone_keeps_a_record_open() -> None:
    text = form_text(definition(signatures=[{"meaning": "seen", "role": "records"}]))
    assert "until it is closed. Signed before" in text


def test_without_words_on_its_use_there_is_a_prompt() -> None:
    assert form_text(definition()).startswith("## Instructions\n\n*[Enter who fills in this form")
