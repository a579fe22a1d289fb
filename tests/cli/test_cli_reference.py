"""Documents that cannot lie: the reference of commands and the schemas are made, and compared.

`REFRESH=1 pytest tests/cli` writes them anew; read the difference.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from commands_page import ANSWERS, page
from company import Company
from jsonschema import Draft202012Validator

from docctl.cli.commands.schemas import SCHEMAS, text_of

TOP = Path(__file__).parents[2]


def same(path: Path, made: str) -> None:
    if os.environ.get("REFRESH"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made


def test_the_reference_of_commands_is_as_the_commands_are() -> None:
    same(TOP / "docs" / "reference" / "commands.md", page())


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_as_the_models_are(name: str) -> None:
    made = text_of(name)
    same(TOP / "schemas" / f"{name}.json", made)
    Draft202012Validator.check_schema(json.loads(made))


def test_every_answer_is_in_the_reference() -> None:
    assert {name for name in SCHEMAS if name.startswith("answer.")} == {*ANSWERS} - {"control"}


def test_there_are_no_other_schemas() -> None:
    assert {path.stem for path in (TOP / "schemas").glob("*.json")} == set(SCHEMAS)


def test_schemas_are_printed_and_written(company: Company, tmp_path: Path) -> None:
    assert company.done("schema").split() == list(SCHEMAS)
    assert company.done("schema", "policy") == text_of("policy")
    assert company.told("schema", "policy") == json.loads(text_of("policy"))
    assert len(company.told("schema", "--to", tmp_path)["files"]) == len(SCHEMAS)
    assert "form.json" in company.done("schema", "form", "--to", tmp_path)


def test_types_of_the_librarys_own_have_schemas(company: Company) -> None:
    settings = company.told("control", "show")
    own = {**settings["types"][2], "name": "risk_assessment", "title": "Risk assessment"}
    own |= {"numbering": {"prefix": "RA"}}
    own |= {"fields": {"properties": {"risk": {"type": "string"}}, "required": ["risk"]}}
    settings["types"].append(own)
    file = company.file("settings.json", json.dumps(settings))
    company.done("control", "change", file, "--reason", "Risk assessments")
    company.done("submit", "CONTROL")
    company.done("approve", "CONTROL", by="ws")
    company.done("release", "CONTROL")
    schema = company.told("schema", "risk_assessment")
    assert "risk" in schema["required"]
    text = company.file("ra.md", "---\nrisk: high\n---\n## Purpose\n\nX.\n")
    company.done("new", "risk_assessment", "Pressure", "--from", text)
    assert "risk" in company.refused(2, "new", "risk_assessment", "X", "--from", company.file("x"))


def fits(name: str, value: Any) -> None:
    Draft202012Validator(SCHEMAS[name]()).validate(value)


def test_what_is_printed_fits_its_schema(company: Company) -> None:
    number = company.effective()
    answers: dict[str, tuple[object, ...]] = {
        "answer.authority": ("authority",),
        "answer.card": ("show", number),
        "answer.difference": ("diff", number),
        "answer.verification": ("verify",),
        "control": ("control", "show"),
    }
    lists: dict[str, tuple[object, ...]] = {
        "answer.change": ("changes", "--since", "2026-01-01"),
        "answer.due": ("due", "--on", "2099-01-01"),
        "answer.exception": ("exceptions",),
        "answer.history": ("history", number),
        "answer.person": ("person", "list"),
        "answer.register": ("register",),
        "answer.search": ("search", "say"),
    }
    for name, command in answers.items():
        fits(name, company.told(*command))
    for name, command in lists.items():
        found = company.told(*command)
        assert found, name
        for one in found:
            fits(name, one)
    status = company.told("revise", number, "--reason", "More")
    fits("answer.status", status)
    prepared = company.told("save", number, "--prepare", company.place / "p.json")
    fits("answer.handout", prepared[0])
    fits("event", json.loads((company.place / "p.json").read_text()))
