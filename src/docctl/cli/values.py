"""What a record says, read from a file: JSON, or YAML as front matter has it."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from docctl.content.frontmatter import load
from docctl.desk.recording.rows import numbered
from docctl.errors import InputError, UnreadableError
from docctl.library.outward import write_out
from docctl.model.records.definition import RecordDefinition
from docctl.store.files import read_file

#: The largest file that is read, in bytes, and the largest table.
LARGEST = 8 << 20
LARGEST_TABLE = 256 << 20


Definition = Callable[[], RecordDefinition]


def read_values(path: Path, definition: Definition | None = None) -> dict[str, Any]:
    """Return the fields of a file.

    YAML leaves open what is a number with a fraction and what a text: there *definition* tells.

    Raises:
        UnreadableError: it cannot be read, or is not UTF-8.
        InputError: it is neither JSON nor YAML, or no list of fields with values.
    """
    text = _text(path, LARGEST)
    if path.suffix.lower() in {".yaml", ".yml"}:
        values = dict(load(text, path.name, first_line=1).values)
        return numbered(definition().fields["properties"], values) if definition else values
    try:
        values = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {error}", hint="give JSON, or YAML in a .yaml file") from error
    if not isinstance(values, dict):
        raise InputError(f"{path} holds no fields", hint='for example: {"site": "Bergen"}')
    return values


def _text(path: Path, limit: int) -> str:
    try:
        return read_file(path, limit=limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(str(path), "it is not UTF-8") from error


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by the names in its first line.

    Raises:
        UnreadableError: it cannot be read, or is not UTF-8.
        InputError: a name stands there twice, or a line has another number of cells.
    """
    text = _text(path, LARGEST_TABLE)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: {error}", hint="give cells between commas, in UTF-8") from error
    head = [name.strip() for name in lines[0]] if lines else []
    if len({*head}) < len(head) or not all(head):
        raise InputError(f"{path}: the first line does not name every column once")
    rows = [(at, line) for at, line in enumerate(lines[1:], start=2) if any(line)]
    for at, line in rows:
        if len(line) != len(head):
            raise InputError(f"{path}: line {at} has {len(line)} cells, and {len(head)} names")
    return [dict(zip(head, line, strict=True)) for _, line in rows]


def write_rejects(path: Path, rows: Sequence[tuple[Mapping[str, str], Sequence[str]]]) -> None:
    """Write rows that do not fit as CSV, each with what is wrong with it in a last column."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper)
    writer.writerow([*rows[0][0], "what is wrong"])
    writer.writerows([*row.values(), "; ".join(faults)] for row, faults in rows)
    write_out(path, paper.getvalue().encode())


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"the field {twice[0]!r} stands there twice")
    return dict(pairs)
