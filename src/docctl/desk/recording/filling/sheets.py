"""A table in CSV, however a spreadsheet wrote it: its columns, and its rows with their lines."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from docctl.errors import InputError, UnreadableError

#: What may stand between cells, the likeliest first.
DELIMITERS = (",", ";", "\t")

#: How a file begins that says in which encoding it is.
_MARKS: Mapping[bytes, str] = MappingProxyType(
    {
        codecs.BOM_UTF8: "utf-8-sig",
        codecs.BOM_UTF16_LE: "utf-16",
        codecs.BOM_UTF16_BE: "utf-16",
    }
)

#: How files begin that are no text.
_OTHER: Mapping[bytes, str] = MappingProxyType(
    {b"PK\x03\x04": "a workbook or another archive", b"\xd0\xcf\x11\xe0": "an old workbook"}
)

#: An accented letter of western Europe in UTF-8; in Windows-1252 nobody writes these two.
_ACCENTED = re.compile(rb"\xc3[\x80-\xbf]")

_SAVE = "save it as 'CSV UTF-8' in the spreadsheet"


class SheetRow(NamedTuple):
    """A row that is not blank."""

    line: int
    """The line of the file on which it begins, counted from 1."""

    cells: tuple[str, ...]


class Sheet(NamedTuple):
    """A table as its file has it."""

    source: str
    delimiter: str
    head: SheetRow
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    """What somebody should know of how it was read."""


def sheet(data: bytes, source: str) -> Sheet:
    """Read a table: cells between commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252.

    UTF-16 is told by its byte order mark; Windows-1252 is what is neither it nor UTF-8, and is
    noted. Blank rows are left out, and so is a first line `sep=;`.

    Raises:
        UnreadableError: it is no text.
        InputError: it has no rows, or a quotation mark in it is not closed.
    """
    text, notes = _decoded(data, source)
    told, _, rest = text.partition("\n")
    declared = told.strip().casefold().removeprefix("sep=")
    if told.strip().casefold().startswith("sep=") and declared in DELIMITERS:
        rows, delimiter = list(_rows(rest, declared, source, first=2)), declared
    else:
        delimiter = max(DELIMITERS, key=lambda mark: _width(text, mark))
        rows = list(_rows(text, delimiter, source))
    if not rows:
        raise InputError(f"{source} is empty", hint="its first line names the fields")
    return Sheet(source, delimiter, rows[0], tuple(rows[1:]), notes)


def _decoded(data: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    for begins, what in _OTHER.items():
        if data.startswith(begins):
            raise UnreadableError(source, f"it is {what}, not CSV", hint=_SAVE)
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text, notes = data.decode(encoding), tuple[str, ...]()
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UnreadableError(source, "its bytes are damaged", hint=_SAVE) from error
        text = _windows(data, source)
        notes = (f"{source} is not UTF-8; it was read as Windows-1252: look at its letters",)
    if "\0" in text:
        raise UnreadableError(source, "it holds zero bytes: it is no text", hint=_SAVE)
    return text, notes


def _windows(data: bytes, source: str) -> str:
    if letter := _ACCENTED.search(data):
        line = data.count(b"\n", 0, letter.start()) + 1
        sentence = f"some lines are UTF-8, such as line {line}, and others are not"
        raise UnreadableError(source, sentence, hint=_SAVE)
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableError(source, "it is neither UTF-8 nor Windows-1252", hint=_SAVE) from error


def _width(text: str, delimiter: str) -> int:
    """Return how many cells the first row has with a delimiter."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return len(next((row for row in rows if any(row)), ()))
    except csv.Error:
        return 0


def _rows(text: str, delimiter: str, source: str, *, first: int = 1) -> Iterator[SheetRow]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = first
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield SheetRow(begins, tuple(row))
            begins = first + rows.line_num
    except csv.Error as error:
        raise InputError(
            f"{source}: the row that begins on line {begins} cannot be read: {error}",
            hint="a cell with quotation marks, a delimiter or a line break stands between "
            "quotation marks, its own ones doubled",
        ) from error
