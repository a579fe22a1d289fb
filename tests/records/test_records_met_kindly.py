"""What people get wrong first: they are told what to write instead, and that works."""

import json
from pathlib import Path
from typing import Any

import pytest
from archive import RECORD, Keeping
from click.testing import CliRunner
from office import Key

from docctl import InputError, NotFoundError
from docctl.cli.app import docctl
from docctl.desk.recording.values import wrong
from docctl.errors import IncompleteError
from docctl.model.records.definition import RecordDefinition

ROW = {
    "type": "object",
    "properties": {"grade": {"type": "string"}, "more": {"properties": {"lot": {}}}},
}
AUDIT: dict[str, Any] = {
    "properties": {
        "supplier": {"type": "string", "title": "Name of the supplier"},
        "scope": {
            "type": "array",
            "items": {"type": "string", "enum": ["welding", "casting"]},
            "uniqueItems": True,
        },
        "findings": {"type": "array", "items": ROW},
        "open": {"type": "array", "items": {**ROW, "additionalProperties": {"type": "string"}}},
        "closed": {"type": "array", "items": {**ROW, "additionalProperties": False}},
        "either": {**ROW, "anyOf": [{"required": ["grade"]}, {"required": ["more"]}]},
        "plain": True,
    },
    "required": ["supplier"],
}
DEFINITION = RecordDefinition(fields=AUDIT, retention="logs")
NORTH = {"supplier": "North"}


def told(keeping: Keeping, *arguments: str) -> tuple[int, str]:
    place = ("-C", str(keeping.firm.root))
    result = CliRunner().invoke(docctl, (*place, *arguments), catch_exceptions=False)
    return result.exit_code, result.output


# --- names that a form does not have -------------------------------------------------------------


def test_a_column_that_a_table_does_not_have_is_named_with_its_row() -> None:
    rows = [{"grade": "minor"}, {"grade": "minor", "graed": "x", "more": {"lto": 1}}]
    assert wrong("FRM-001", DEFINITION, {**NORTH, "findings": rows}) == (
        "findings, entry 2: graed is no field of it",
        "findings, entry 2: more: lto is no field of it",
    )


@pytest.mark.parametrize(
    "values",
    [
        {"open": [{"grade": "minor", "note": "let in by the schema"}]},
        {"either": {"grade": "minor", "note": "nobody can tell which of them it is"}},
        {"plain": [{"whatever": 1}], "findings": [{"grade": "x", "more": {"lot": [1]}}]},
    ],
)
def test_a_table_that_lets_in_others_takes_them(values: dict[str, Any]) -> None:
    assert wrong("FRM-001", DEFINITION, {**NORTH, **values}) == ()


def test_a_table_that_says_itself_that_it_has_no_others_names_them_once() -> None:
    said = wrong("FRM-001", DEFINITION, {**NORTH, "closed": [{"graed": "minor"}]})
    assert said == ("closed, entry 1: graed is no field of it",)


def test_who_writes_the_title_of_a_field_is_told_its_name() -> None:
    assert wrong("FRM-001", DEFINITION, {"Name of the supplier": "North"}) == (
        "Name of the supplier is no field of FRM-001; the field with this title is supplier",
        "supplier is missing",
    )


def test_a_field_that_must_be_there_says_something() -> None:
    assert wrong("FRM-001", DEFINITION, {"supplier": "  "}) == ("supplier says nothing",)


def test_what_a_list_names_twice_is_said_in_words() -> None:
    said = wrong("FRM-001", DEFINITION, {**NORTH, "scope": ["welding", "welding"]})
    assert said == ("scope: ['welding', 'welding'] names something twice",)


def test_true_is_said_as_it_stands_in_the_file() -> None:
    assert wrong("FRM-001", DEFINITION, {"supplier": True}) == ("supplier: true is no text",)


def test_the_choices_of_a_list_are_told(keeping: Keeping) -> None:
    form = keeping.form("logs", AUDIT, identifiers=["supplier"])
    fields = {one.name: one for one in keeping.by("ben").record_fields(form)}
    assert fields["scope"].choices == ("welding", "casting")
    assert fields["findings"].choices == ()


# --- amendments ----------------------------------------------------------------------------------


def test_what_a_form_requires_is_not_taken_out(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    kept = ben.record_capture("FRM-001", RECORD).entry.record
    with pytest.raises(IncompleteError) as caught:
        ben.record_amend(kept, {"site": None}, reason="It was another one")
    assert caught.value.faults == ("site must be there: say something else instead",)


def test_an_amendment_names_columns_that_the_form_does_not_have(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    form = keeping.form("logs", AUDIT, identifiers=["supplier"])
    kept = ben.record_capture(form, NORTH).entry.record
    with pytest.raises(IncompleteError) as caught:
        ben.record_amend(kept, {"findings": [{"graed": "x"}], "colour": "red"}, reason="More")
    assert caught.value.faults == (
        f"colour is no field of {form}",
        "findings, entry 1: graed is no field of it",
    )


# --- what is no form -----------------------------------------------------------------------------


def test_the_control_settings_are_no_form(keeping: Keeping) -> None:
    ben = keeping.by("ben")
    for ask in (
        lambda: ben.record_capture("CONTROL", RECORD),
        lambda: ben.record_fields("CONTROL"),
    ):
        with pytest.raises(NotFoundError, match="no definition of records in CONTROL") as caught:
            ask()
        assert "docctl register --type form" in caught.value.hint


def test_a_hold_on_nothing_is_told_what_it_may_cover(keeping: Keeping) -> None:
    with pytest.raises(InputError, match="nothing is named") as caught:
        keeping.by("ria").hold_place(matter="Claim", reason="Letter")
    assert "--where" in caught.value.hint


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("  \n", "is empty"),
        (json.dumps([RECORD, RECORD]), "holds a list of 2, and a record is one group of fields"),
        ("[]", "holds no fields"),
    ],
)
def test_a_file_without_fields_says_what_it_holds(
    keeping: Keeping, tmp_path: Path, text: str, said: str
) -> None:
    given = tmp_path / "found.json"
    given.write_text(text)
    code, output = told(keeping, "record", "capture", "FRM-001", "--data", str(given))
    assert code == 2
    assert f"found.json {said}" in output


# --- questions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ('"Name of the supplier"=North', "did you mean 'supplier'?"),
        ("Name of the supplier=North", '"Name of the supplier"'),
        ("findings.grade=minor", "findings~word"),
        ("grade=minor", "findings~word"),
        ("supplier:North", "write: supplier=North"),
        ("supplier", "anything~supplier"),
        ("by=Bne", "did you mean 'ben'?"),
        ('form="Form of logs"', "did you mean 'FRM-003'?"),
    ],
)
def test_a_wrong_guess_is_told_what_to_write(keeping: Keeping, asked: str, hint: str) -> None:
    assert keeping.form("logs", AUDIT, identifiers=["supplier"]) == "FRM-003"
    with pytest.raises(InputError) as caught:
        keeping.by("ben").record_list(where=asked)
    assert hint in caught.value.hint


def test_who_is_called_by_a_first_name_is_meant_and_not_who_is_spelt_alike(
    keeping: Keeping,
) -> None:
    keeping.firm.ada.person_add("mrq", "Rita Quist", key=Key("mrq").public_key, roles=("author",))
    with pytest.raises(InputError) as caught:
        keeping.by("ben").record_list(where="by=Rita")
    assert caught.value.hint == "did you mean 'mrq'?"


def test_a_question_that_ends_too_early_says_so(keeping: Keeping) -> None:
    with pytest.raises(InputError, match=r"was expected at the end$"):
        keeping.by("ben").record_list(where="site=Bergen and")
