"""Tables for spreadsheets: nothing becomes a formula, and no number is lost."""

import csv
import io
import zipfile

import pytest

from docctl.errors import InputError
from docctl.render import spreadsheet
from docctl.render.spreadsheet import csv_table, xlsx_table


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "+47 55 12 34", "-"],
)
def test_what_would_become_a_formula_is_marked(cell: str) -> None:
    (head, row) = csv.reader(io.StringIO(csv_table([cell], [[cell]]).decode(), newline=""))
    assert head == row == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-2.5", "+3", "-1e-6", -2.5, "a=b", "", "'"])
def test_what_is_no_formula_stays_as_it_is(cell: str | float) -> None:
    assert csv_table(["a"], [[cell, "z"]]).decode() == f"a\r\n{cell},z\r\n"


def test_a_workbook_has_numbers_and_texts() -> None:
    made = xlsx_table(["a", "b", "c"], [[-2.5, "=1+1", 12345678901234567890]])
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        sheet = found.read("xl/worksheets/sheet1.xml").decode()
        texts = found.read("xl/sharedStrings.xml").decode()
    assert "<v>-2.5</v>" in sheet
    assert "<f>" not in sheet
    assert "12345678901234567890" in texts


def test_what_a_workbook_does_not_hold_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="row 2 has a cell of more than 32,767"):
        xlsx_table(["a"], [["short"], ["x" * 40_000]])
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)
    with pytest.raises(InputError, match="rows"):
        xlsx_table(["a"], [["x"]] * 4)
