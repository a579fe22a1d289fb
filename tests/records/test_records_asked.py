"""What a form asks for: told before, asked on a terminal, and in an order."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from archive import FIELDS, LOG, RECORD, STEPS, Keeping
from click.testing import CliRunner

from docctl import Owner, RetentionClass
from docctl.cli.app import docctl
from docctl.errors import EventError, IncompleteError, InputError
from docctl.model.answers.record import RecordField
from docctl.model.control import CONTROL
from docctl.model.records.definition import RecordDefinition

PARTS: dict[str, Any] = {
    "properties": {
        "parts": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "part": {"type": "string"},
                    "count": {"type": "integer", "x-unit": "pcs"},
                },
                "required": ["part"],
            },
        },
        "who": {"type": "string"},
        "on": {"type": "string", "format": "date"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "grade": {"enum": ["A", "B"]},
        "loose": {},
        "maybe": {"type": ["number", "null"]},
    },
    "required": ["parts"],
}


def run(keeping: Keeping, *arguments: str) -> str:
    place = ("-C", str(keeping.firm.root))
    result = CliRunner().invoke(docctl, (*place, *arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


# --- record fields -------------------------------------------------------------------------------


def test_a_form_tells_what_it_asks_for(keeping: Keeping) -> None:
    site, what, weight, cause = keeping.by("ben").record_fields("FRM-002")
    assert (site.type, site.choices, site.required) == ("text", ("Bergen", "Oslo"), True)
    assert (site.identifier, what.identifier) == (True, False)
    assert (weight.type, weight.unit, weight.required) == ("number", "kg", False)
    assert (cause.step, what.step) == ("analysed", None)


def test_tables_days_lists_and_data_of_persons_are_told(keeping: Keeping) -> None:
    form = keeping.form("archive", PARTS, identifiers=[], personal=["who"])
    found = {one.name: one for one in keeping.by("ben").record_fields(form)}
    part, count = found["parts"].columns
    assert (found["parts"].type, part.required, count.unit) == ("table", True, "pcs")
    assert found["who"].personal
    kinds = {name: one.type for name, one in found.items()}
    assert kinds == {
        "parts": "table", "who": "text", "on": "day", "tags": "list of text",
        "grade": "one of the choices", "loose": "anything", "maybe": "number or nothing",
    }  # fmt: skip


def test_the_command_prints_a_table_and_the_model(keeping: Keeping) -> None:
    form = keeping.form("archive", PARTS, identifiers=["grade"], personal=["who"])
    lines = run(keeping, "record", "fields", form).splitlines()
    assert lines[0].split() == [
        "Field", "Title", "Type", "Unit", "Choices", "Required", "Remarks",
    ]  # fmt: skip
    assert any(one.startswith("parts.count") and "pcs" in one for one in lines)
    assert any(one.startswith("who") and "personal data" in one for one in lines)
    told = json.loads(run(keeping, "record", "fields", form, "--json"))
    assert [RecordField.model_validate(one).name for one in told] == [*PARTS["properties"]]


# --- asked on a terminal -------------------------------------------------------------------------


def typed_in(keeping: Keeping, key: Path, form: str, answers: list[str]) -> tuple[str, str]:
    """Capture a record on a terminal; return what was printed, and what was asked and said."""
    ours, theirs = pty.openpty()
    os.write(ours, "".join(f"{one}\n" for one in answers).encode())
    words = ["-C", str(keeping.firm.root), "--key", str(key), "record", "capture", form]
    done = subprocess.run(
        [Path(sys.executable).with_name("docctl"), *words],
        stdin=theirs, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_an_answer_that_does_not_fit_is_asked_for_again(keeping: Keeping, tmp_path: Path) -> None:
    key = keeping.key("ben", tmp_path)
    answers = ["Paris", "Oslo", "", "A leak", "heavy", "-1", "2.5", ""]
    made, said = typed_in(keeping, key, "FRM-001", answers)
    shown = keeping.by("ben").record_show(made.strip())
    assert shown.fields == {"site": "Oslo", "what": "A leak", "weight": 2.5}
    assert said.count("answer again") == 4
    assert "it has to be answered" in said


def test_a_row_that_does_not_fit_is_asked_for_again(keeping: Keeping, tmp_path: Path) -> None:
    form, key = keeping.form("archive", PARTS, identifiers=[]), keeping.key("ben", tmp_path)
    answers = ["bolt", "many", "bolt", "3", "", "", "2026-02-29", "2026-02-28", "", "", "", ""]
    made, said = typed_in(keeping, key, form, answers)
    shown = keeping.by("ben").record_show(made.strip())
    assert shown.fields == {"parts": [{"part": "bolt", "count": 3}], "on": "2026-02-28"}
    assert said.count("answer again") == 2


# --- the order of steps --------------------------------------------------------------------------

ORDERED = [
    {"name": "contained", "title": "Containment", "mandatory": False},
    {"name": "analysed", "title": "Analysis", "fields": ["cause"], "after": ["contained"]},
]


def test_a_step_that_comes_after_another_waits_for_it(keeping: Keeping) -> None:
    form, ben = keeping.form("quality-records", FIELDS, steps=ORDERED), keeping.by("ben")
    number = ben.record_capture(form, RECORD).entry.record
    kept = keeping.payloads()
    with pytest.raises(EventError, match="comes after 'contained'") as caught:
        ben.record_add(number, "analysed", {"cause": "Age"})
    assert f"docctl record add {number} --step contained" in caught.value.hint
    assert keeping.payloads() == kept
    ben.record_add(number, "contained", {})
    assert ben.record_add(number, "analysed", {"cause": "Age"}).fields["cause"] == "Age"
    assert keeping.codes() == []


@pytest.mark.parametrize("after", ["analysed", "verified", "dreamt"])
def test_a_step_comes_after_what_stands_before_it(after: str) -> None:
    steps = [{**STEPS[0], "after": [after]}, {"name": "verified", "title": "Check"}]
    with pytest.raises(ValueError, match=f"'analysed' comes after '{after}'"):
        RecordDefinition(fields=FIELDS, retention="logs", steps=steps)


# --- taken out again -----------------------------------------------------------------------------


def test_a_field_that_may_be_missing_can_be_taken_out(keeping: Keeping) -> None:
    form = keeping.form("logs", LOG, identifiers=["site", "weight"])
    ben = keeping.by("ben")
    number = ben.record_capture(form, RECORD).entry.record
    shown = ben.record_amend(number, {"weight": None}, reason="Nobody weighed it")
    assert shown.fields == {"site": "Bergen", "what": "A leak"}
    assert shown.entry.identifiers == {"site": "Bergen"}
    assert (shown.statements[-1].was, shown.statements[-1].fields) == (
        {"weight": 2.5}, {"weight": None},
    )  # fmt: skip
    assert ben.record_list(where="weight=2.5") == ()
    to = ben.export(number, keeping.firm.root.parent / "a.md")
    (line,) = [
        one for one in to.read_text().splitlines() if "Nobody weighed it" in one and "2.5" in one
    ]
    assert [one.strip() for one in line.strip("|").split("|")][:3] == ["Weight", "2.5 kg", "none"]
    again = ben.record_amend(number, {"weight": 3}, reason="Now somebody has")
    assert again.fields["weight"] == 3
    assert keeping.codes() == []


def test_what_the_form_requires_is_not_taken_out_nor_what_is_not_there(keeping: Keeping) -> None:
    number, ben = keeping.log(), keeping.by("ben")
    with pytest.raises(IncompleteError, match="what"):
        ben.record_amend(number, {"what": None}, reason="R")
    with pytest.raises(InputError, match="nothing would change"):
        ben.record_amend(number, {"cause": None}, reason="R")


def test_the_command_line_takes_a_field_out(keeping: Keeping, tmp_path: Path) -> None:
    number, key = keeping.log(), keeping.key("ben", tmp_path)
    words = ("--key", str(key), "record", "amend", number, "--remove", "weight", "--reason", "R")
    assert "Weight: 2.5 kg → none" in run(keeping, *words)


# --- signed elsewhere ----------------------------------------------------------------------------


def test_a_capture_is_prepared_here_signed_there_and_lands(
    keeping: Keeping, tmp_path: Path
) -> None:
    key, data, file = keeping.key("ben", tmp_path), tmp_path / "a.json", tmp_path / "capture.json"
    data.write_text(json.dumps(RECORD))
    public = ("--key", f"{key}.pub")
    run(
        keeping,
        *public,
        "record",
        "capture",
        "FRM-002",
        "--data",
        str(data),
        "--prepare",
        str(file),
    )
    assert keeping.by("ben").record_list() == ()
    sign = ("ssh-keygen", "-q", "-Y", "sign", "-n", "docctl-event@v1", "-f", str(key))
    subprocess.run([*sign, str(file)], check=True, capture_output=True)
    assert run(keeping, "land", str(file)).splitlines()[-1] == "NC-2026-1"
    assert keeping.by("ben").record_show("NC-2026-1").fields == RECORD

    step, said = tmp_path / "step.json", tmp_path / "b.json"
    said.write_text(json.dumps({"cause": "Age"}))
    add = ("record", "add", "NC-2026-1", "--step", "analysed", "--data", str(said))
    run(keeping, *public, *add, "--prepare", str(step))
    subprocess.run([*sign, str(step)], check=True, capture_output=True)
    run(keeping, "land", str(step))
    shut = tmp_path / "close.json"
    run(keeping, *public, "record", "close", "NC-2026-1", "--prepare", str(shut))
    subprocess.run([*sign, str(shut)], check=True, capture_output=True)
    assert json.loads(run(keeping, "land", str(shut), "--json"))["records"] == ["NC-2026-1"]
    assert "no problems found" in run(keeping, "verify")


def test_a_capture_that_is_refused_leaves_nothing_behind(keeping: Keeping, tmp_path: Path) -> None:
    key, data, file = keeping.key("ben", tmp_path), tmp_path / "a.json", tmp_path / "capture.json"
    data.write_text(json.dumps(RECORD))
    words = ["-C", str(keeping.firm.root), "--key", f"{key}.pub", "record", "capture", "FRM-001"]
    more = ["--data", str(data), "--on", "2020-01-01", "--prepare", str(file)]
    assert CliRunner().invoke(docctl, [*words, *more]).exit_code != 0
    assert not file.exists()
    assert keeping.by("ben").vault_scrub().strangers == ()


# --- nobody answers ------------------------------------------------------------------------------


def test_an_owner_of_a_class_that_nobody_is_is_reported(keeping: Keeping) -> None:
    firm = keeping.firm
    owned = RetentionClass(
        name="orphans", title="Orphans", trigger="captured", period="1 year", action="destroy",
        owner=Owner(kind="function", name="Archivist"),
    )  # fmt: skip
    settings = firm.ada.control()
    firm.ada.control_change(settings.but(retention=(*settings.retention, owned)), reason="R")
    firm.ada.submit(CONTROL)
    for person in ("kim", "rob"):
        firm.by(person).approve(CONTROL)
    firm.ada.release(CONTROL)
    (found,) = [one for one in firm.ada.check() if one.code == "vacant-owner"]
    assert found.place == "CONTROL: retention class orphans"
    assert "nobody can authorise disposal" in found.sentence
    firm.ada.person_function("rob", "Archivist")
    assert not [one for one in firm.ada.check() if one.code == "vacant-owner"]
