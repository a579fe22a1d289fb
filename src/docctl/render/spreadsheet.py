"""Tables for spreadsheets: CSV and XLSX in which nothing that somebody wrote becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from docctl.errors import InputError

Cell = str | int | float
"""What stands in a cell: a text, or a number that stays one in a workbook."""

#: A cell that begins with one of these is taken for a formula by spreadsheets that open CSV.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

#: What begins so and is nothing but a number.
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)

#: What a workbook holds: characters in a cell, rows, and digits of a number.
LONGEST_CELL, MOST_ROWS, EXACT = 32_767, 1 << 20, 10**15


def csv_table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV in UTF-8; a cell that would become a formula begins with `'`."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, lineterminator="\r\n")
    writer.writerow(map(_harmless, head))
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return paper.getvalue().encode()


def _harmless(cell: Cell) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def xlsx_table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a workbook of one sheet; numbers are numbers, every other cell is text.

    Raises:
        InputError: XlsxWriter is not installed, or a workbook does not hold so much.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415
    except ImportError as error:
        raise InputError(
            "XLSX needs XlsxWriter", hint="install it: pip install 'docctl[xlsx]'; or write .csv"
        ) from error
    paper = io.BytesIO()
    with Workbook(paper, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, bold = book.add_worksheet("Records"), book.add_format({"bold": True})
        for column, name in enumerate(head):
            sheet.write_string(0, column, name, bold)
        for at, row in enumerate(rows, start=1):
            _require_room(at, row)
            for column, cell in enumerate(row):
                if isinstance(cell, str) or abs(cell) >= EXACT:
                    sheet.write_string(at, column, str(cell))
                else:
                    sheet.write_number(at, column, cell)
        sheet.freeze_panes(1, 0)
    return paper.getvalue()


def _require_room(at: int, row: Sequence[Cell]) -> None:
    if at >= MOST_ROWS:
        raise InputError("a workbook holds 1,048,575 rows", hint="ask for fewer, or write .csv")
    if any(len(cell) > LONGEST_CELL for cell in row if isinstance(cell, str)):
        raise InputError(
            f"row {at} has a cell of more than {LONGEST_CELL:,} characters",
            hint="a workbook holds no more in a cell: write .csv or .json",
        )
