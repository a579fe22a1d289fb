"""What people type to find records: each has the right answer, or says what to type instead."""

import json
import unicodedata
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from archive import Keeping
from click.testing import CliRunner

from docctl import Circumstances
from docctl.cli.app import docctl
from docctl.errors import InputError
from docctl.rules.query_reading import question

FIELDS: dict[str, Any] = {
    "properties": {
        "site": {"type": "string", "enum": ["Bergen", "Oslo", "Bodø"]},
        "serial": {"type": "string", "title": "Serial number"},
        "what": {"type": "string"},
        "weight": {"type": "number", "x-unit": "kg"},
        "due": {"type": "string", "format": "date"},
        "auditor": {"type": "string"},
        "parts": {"type": "array", "items": {"type": "string"}},
        "cause": {"type": "string"},
    },
    "required": ["site", "what"],
}
STEPS = [{"name": "analysed", "title": "Analysis", "fields": ["cause"]}]

ROWS: tuple[dict[str, Any], ...] = (
    {"site": "Bergen", "serial": "A-17", "what": "A leak at the seal", "weight": 2.5,
     "due": "2028-02-29", "auditor": "Nordmann", "parts": ["=SUM(A1)", "seal"]},
    {"site": "Oslo", "serial": "A-9", "what": "A crack", "weight": -10, "due": "2026-03-01"},
    {"site": "Bodø", "serial": "-42", "what": "Straße, not level"},
    {"site": "Bergen", "serial": "b 3", "what": "Said \"stop\" at 5 o'clock"},
)  # fmt: skip

#: What is typed, and which of these records answer.
ANSWERED: tuple[tuple[str, str], ...] = (
    # A quality manager
    ("site=Bergen", "14"),
    ("SITE = bergen", "14"),
    ("status=open", "4"),
    ("status=Open and site=Bergen", "4"),
    ("not status=open", "123"),
    ("site in (Oslo, Bodø)", "23"),
    ("site!=Bergen", "23"),
    ("not (site=Bergen or site=Oslo)", "3"),
    ("due<2026-12-31", "2"),
    ("due=2028-02-29", "1"),
    ("not cause~''", "123"),
    ("cause=worn", "4"),
    # An auditor
    ("captured>=2026-01-01 and captured<=2026-12-31", "1234"),
    ("captured~2026-01", "1234"),
    ("happened<2026-01-05", "3"),
    ("form=frm-003", "123"),
    ("class=logs", "123"),
    ("by=ben", "1234"),
    ("number=ncr-2026-1", "4"),
    ("closed>=2026-01-01", "123"),
    ("revision=1", "1234"),
    # An engineer
    ("serial=a-17", "1"),
    ("serial in (A-17, A-9)", "12"),
    ("weight>2", "1"),
    ("weight<=-10", "2"),
    ("weight>=2.50", "1"),
    ("parts=seal", "1"),
    ("what~leak and what~seal", "1"),
    ('what~"at the"', "1"),
    ("what~STRASSE", "3"),
    (unicodedata.normalize("NFD", "site=Bodø and site~ø"), "3"),
    ('what~"5 o\'clock"', "4"),
    ("what~'said \"stop'", "4"),
    ("serial=b 3", "4"),
    ("anything~seal", "1"),
    ("anything~worn or anything=A-9", "24"),
    ("anything~nordmann", ""),
    ("not anything~seal", "234"),
    ("what~🙂", ""),
)

#: What is typed, and what must stand in the message or its hint.
REFUSED: tuple[tuple[str, str], ...] = (
    ("sit=Bergen", "did you mean 'site'"),
    ("state=open", "did you mean 'status'"),
    ("id=NC-1", "did you mean 'number'"),
    ("created>=2026-01-01", "did you mean 'captured'"),
    ("person=ben", "did you mean 'by'"),
    ("held=H-1", "docctl hold list"),
    ("overdue=yes", "docctl due"),
    ("auditor=Nordmann", "data of persons"),
    ("site=Bregen", "did you mean 'Bergen'"),
    ("site=Paris", "there are: Bergen, Bodø, Oslo"),
    ("status=opened", "did you mean 'open'"),
    ("form=FRM-999", "no record has 'FRM-999' as its form"),
    ("class=lgos", "did you mean 'logs'"),
    ("by=Ola", "no record has 'Ola' as its by"),
    ("due<2026-02-30", "that month has 28 days: due<2026-02-28"),
    ("due=2027-02-29", "due=2027-02-28"),
    ("due=2026-13-01", "write year, month and day"),
    ("captured=last month", "captured>=2025-12-01 and captured<=2025-12-31"),
    ("captured=this month", "captured>=2026-01-01 and captured<=2026-01-31"),
    ("captured=last week", "captured>=2025-12-29 and captured<=2026-01-04"),
    ("captured=this year", "captured>=2026-01-01 and captured<=2026-12-31"),
    ("captured>=yesterday", "captured>=2026-01-"),
    ("due<today", "due<2026-01-"),
    ("happened=2026-02", "happened>=2026-02-01 and happened<=2026-02-28"),
    ("happened=2026-00", "write year, month and day"),
    ("happened=2024", "happened>=2024-01-01 and happened<=2024-12-31"),
    ("happened=0000", "write year, month and day"),
    ("captured>31.12.2025", "captured>2025-12-31"),
    ("captured>31/2/2025", "write year, month and day"),
    ("captured>soon", "write year, month and day"),
    ("weight>2,5", "fractions have a point"),
    ("weight>'2,5'", "weight>2.5"),
    ("weight>2.5 kg", "write it without its unit, with a point: weight>2.5"),
    ("weight>heavy", "weight is a number"),
    ("serial=A*", "serial~A"),
    ("serial=*", "serial~word"),
    ("cause=''", "not cause~''"),
    ("site=“Bergen”", 'site="Bergen"'),
    ("captured between 2026-01-01 and 2026-03-31", "captured>=A and captured<=B"),
    ("what contains leak", "what~word"),
    ("cause is empty", "not cause~''"),
    ("site==Bergen", "two operators follow each other: =="),
    ("site<>Bergen", "two operators follow each other: <>"),
    ("site=Bergen status=open", "'and' or 'or' is missing before status ="),
    ("site=Bergen && status=open", "'and' or 'or' is missing before"),
    ("site=Bergen, status=open", "a comma stands only in a list"),
    ("serial=(A-17, A-9)", "write: serial in (…, …)"),
    ("serial in A-17, A-9", "an opening parenthesis was expected"),
    ("serial in [A-17, A-9]", "an opening parenthesis was expected"),
    ("(site=Bergen", "a closing parenthesis was expected"),
    ("site=Bergen)", "a parenthesis is closed that was never opened"),
    ('site="Bergen', "a quotation mark is not closed"),
    ("what~5 o'clock", "a quotation mark is not closed"),
    ("NC-2026-4", "number=NC-2026-4"),
    ("leak", "anything~leak"),
    ("serial number=A-17", "was expected at 'number'"),
    ("site!Bergen", "this cannot be read"),
    ("=", "a field was expected"),
    ("and", "a field was expected"),
    ("site=", "a value was expected"),
)  # fmt: skip


@pytest.fixture(scope="module")
def asked(equipped: Keeping, tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = equipped.copied(tmp_path_factory.mktemp("asked") / "acme")
    form = made.form("logs", FIELDS, identifiers=["site", "serial"], personal=["auditor"])
    staged = made.form(
        "quality-records", FIELDS, steps=STEPS, pattern="NCR-{year}-{n}", personal=["auditor"]
    )
    ben = made.by("ben")
    for row in ROWS[:2]:
        ben.record_capture(form, row)
    before = Circumstances(on=date(2026, 1, 4), late_reason="Found")
    ben.record_capture(form, ROWS[2], circumstances=before, reason="The form was not there yet")
    number = ben.record_capture(staged, ROWS[3]).entry.record
    ben.record_add(number, "analysed", {"cause": "Worn"})
    with closing(made.firm):
        yield made


@pytest.mark.parametrize(("where", "meant"), ANSWERED)
def test_a_question_has_the_right_answer(asked: Keeping, where: str, meant: str) -> None:
    ben = asked.by("ben")
    order = {one.record: str(at) for at, one in enumerate(ben.record_list(), start=1)}
    assert "".join(order[one.record] for one in ben.record_list(where=where)) == meant
    assert ben.record_count(where=where) == len(meant)


@pytest.mark.parametrize(("where", "said"), REFUSED)
def test_a_question_nothing_answers_says_what_to_type(
    asked: Keeping, where: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        asked.by("ben").record_list(where=where)
    assert said in f"{caught.value} {caught.value.hint}"


def test_a_hold_is_told_the_same(asked: Keeping) -> None:
    for where, said in (("captured=last month", "2025-12-01"), ("anything~seal", "cannot ask for")):
        with pytest.raises(InputError) as caught:
            asked.by("kim").hold_place(matter="Claim", reason="A letter", where=where)
        assert said in f"{caught.value} {caught.value.hint}"


def test_both_ways_of_writing_an_accent_are_the_same() -> None:
    asked = question(unicodedata.normalize("NFD", "name=Åsne"))
    assert asked.fits({"name": [unicodedata.normalize("NFC", "åsne")]})
    assert question("name=Åsne").fits({"name": [unicodedata.normalize("NFD", "ÅSNE")]})


# --- tables -------------------------------------------------------------------------------------


def test_a_table_holds_what_records_say(asked: Keeping, tmp_path: Path) -> None:
    ben = asked.by("ben")
    to = ben.record_table(
        tmp_path / "a.csv", form="FRM-003", columns=("record", "Site", "weight", "parts", "serial")
    )
    assert to.read_text(encoding="utf-8").splitlines() == [
        "record,site,weight,parts,serial",
        'FRM-003-0001,Bergen,2.5,"[""=SUM(A1)"", ""seal""]",A-17',
        "FRM-003-0002,Oslo,-10,,A-9",
        "FRM-003-0003,Bodø,,,-42",
    ]
    every = json.loads(ben.record_table(tmp_path / "a.json", columns=("all",)).read_text("utf-8"))
    assert every[0]["weight"] == 2.5
    assert every[3]["cause"] == "Worn"
    assert every[1]["parts"] is None
    assert "auditor" not in every[0]
    plain = json.loads(ben.record_table(tmp_path / "b.json").read_text("utf-8"))
    assert (plain[0]["serial"], plain[3]["status"]) == ("A-17", "open")
    assert ben.record_table(tmp_path / "c.xlsx", columns=("all",)).stat().st_size > 1000
    with pytest.raises(InputError, match="no table ends so"):
        ben.record_table(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("name", "said"),
    [("auditor", "data of persons"), ("sit", "did you mean 'site'"), ("zzzz", "columns: site")],
)
def test_a_column_that_cannot_be_shown_is_told(asked: Keeping, name: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        asked.by("ben").record_values(name, form="FRM-003")
    assert said in f"{caught.value} {caught.value.hint}"


def test_columns_are_printed_too(asked: Keeping) -> None:
    where = ("-C", str(asked.firm.root), "record", "list", "--where", "site=Oslo")
    shown = CliRunner().invoke(docctl, [*where, "--columns", "record, weight"])
    assert shown.output.splitlines() == ["record        weight", "FRM-003-0002  -10"]
    told = CliRunner().invoke(docctl, [*where, "--columns", "weight", "--json"])
    assert json.loads(told.output) == [{"weight": -10}]
    none = CliRunner().invoke(
        docctl, [*where[:-1], "site=Oslo and status=open", "--columns", "all"]
    )
    assert "no record fits" in none.output
    both = CliRunner().invoke(docctl, [*where, "--limit", "2", "--to", "a.csv"])
    assert (both.exit_code, "leave out --limit" in both.output) == (2, True)
