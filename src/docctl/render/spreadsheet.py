"""Tables for spreadsheets: CSV and XLSX in which nothing that somebody wrote becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from docctl.errors import InputError

#: A cell that begins with one of these is taken for a formula by spreadsheets that open CSV.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV in UTF-8; a cell that would become a formula begins with `'`."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return paper.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def xlsx_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a workbook of one sheet; every cell is text.

    Raises:
        InputError: XlsxWriter is not installed.
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
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
        sheet.freeze_panes(1, 0)
    return paper.getvalue()
