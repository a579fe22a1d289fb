"""Forms begun from ready models of records, on the command line."""

import json

import pytest
from company import Company

from docctl import RECORD_KINDS

CLASSES = [
    {
        "name": "logs",
        "title": "Logs",
        "trigger": "captured",
        "period": "1 year",
        "action": "destroy",
    }
]


@pytest.fixture
def scheduled(company: Company) -> Company:
    """A company with a retention schedule; a third person approves it for the records."""
    key = ("--key", company.key("newcomer.pub"))
    company.done("person", "add", "rk", "--name", "Siv Dahl", "--role", "records", *key)
    company.done("person", "accept", by="newcomer")
    settings = company.told("control", "show") | {"retention": CLASSES}
    file = company.file("settings.json", json.dumps(settings))
    company.done("control", "change", file, "--reason", "A schedule")
    company.done("submit", "CONTROL")
    company.done("approve", "CONTROL", by="ws")
    company.done("approve", "CONTROL", by="newcomer")
    company.done("release", "CONTROL")
    return company


def test_a_form_is_begun_from_a_ready_model(scheduled: Company) -> None:
    made = scheduled.told("new", "form", "Gauges", "--record", "calibration", "--retention", "logs")
    number = made["number"]
    text = (scheduled.place / "acme" / "drafts" / number / "document.md").read_text("utf-8")
    assert "  retention: logs\n" in text
    assert "  pattern: CAL-{year}-{n:04}\n" in text
    assert 'x-unit: "°C"\n' in text
    assert "| Serial | The maker's serial number. | yes |\n" in text
    scheduled.done("save", number)
    scheduled.done("submit", number)
    scheduled.done("approve", number, by="ws")
    scheduled.done("release", number)
    states = {one["number"]: one["state"] for one in scheduled.told("register")}
    assert states[number] == "effective"


def test_a_ready_model_needs_a_retention_class(scheduled: Company) -> None:
    assert "retention" in scheduled.refused(2, "new", "form", "X", "--record", "calibration")
    scheduled.refused(4, "new", "form", "X", "--record", "calibration", "--retention", "dreams")


def test_an_unknown_ready_model_lists_those_there_are(company: Company) -> None:
    said = company.refused(4, "new", "form", "X", "--record", "dream", "--retention", "logs")
    assert "there is no ready record 'dream'" in said
    assert all(kind in said for kind in RECORD_KINDS)


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_the_schema_of_a_ready_model_is_a_schema_for_a_form(company: Company, kind: str) -> None:
    schema = json.loads(company.done("schema", f"record.{kind}"))
    expected = RECORD_KINDS[kind].definition("logs").fields
    assert list(schema["properties"]) == list(expected["properties"])
    assert schema["title"] == RECORD_KINDS[kind].title


def test_a_ready_schema_is_taken_as_one_of_your_own(scheduled: Company) -> None:
    file = scheduled.file("mine.json", scheduled.done("schema", "record.complaint"))
    made = scheduled.told("new", "form", "Mine", "--schema", file, "--retention", "logs")
    text = (scheduled.place / "acme" / "drafts" / made["number"] / "document.md").read_text("utf-8")
    assert "*[Enter who fills in this form, when, and where it goes.]*" in text
    assert "| Product | The product or service. | yes |\n" in text
