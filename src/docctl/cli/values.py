"""What a record says, read from a file: JSON, or YAML as front matter has it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docctl.content.frontmatter import load
from docctl.desk.recording.filling.batch import WRONG, Batch
from docctl.desk.recording.filling.rows import numbered
from docctl.errors import InputError, UnreadableError
from docctl.library.outward import write_out
from docctl.model.records.definition import RecordDefinition
from docctl.store.files import read_file

#: The largest file that is read, in bytes.
LARGEST = 8 << 20


Definition = Callable[[], RecordDefinition]


def read_values(path: Path, definition: Definition | None = None) -> dict[str, Any]:
    """Return the fields of a file.

    YAML leaves open what is a number with a fraction and what a text: there *definition* tells.

    Raises:
        UnreadableError: it cannot be read, or is not UTF-8.
        InputError: it is neither JSON nor YAML, or no list of fields with values.
    """
    text = _text(path, LARGEST)
    if not text.strip():
        raise InputError(
            f"{path} is empty", hint='it holds fields, for example: {"site": "Bergen"}'
        )
    if path.suffix.lower() in {".yaml", ".yml"}:
        values = dict(load(text, path.name, first_line=1).values)
        return numbered(definition().fields["properties"], values) if definition else values
    try:
        values = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {error}", hint="give JSON, or YAML in a .yaml file") from error
    if isinstance(values, list) and len(values) > 1:
        raise InputError(
            f"{path} holds a list of {len(values)}, and a record is one group of fields",
            hint="give each a file of its own, or all of them as a table in a .csv file",
        )
    if not isinstance(values, dict):
        raise InputError(f"{path} holds no fields", hint='for example: {"site": "Bergen"}')
    return values


def _text(path: Path, limit: int) -> str:
    try:
        return read_file(path, limit=limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(str(path), "it is not UTF-8") from error


def write_rejects(path: Path, batch: Batch) -> None:
    """Write the rows that do not fit as CSV, each with what is wrong with it in a last column.

    The cells stay exactly as they were, so that the file can be mended and handed in again.
    """
    sheet = batch.sheet
    kept = [at for at, name in enumerate(sheet.head.cells) if name.strip().casefold() != WRONG]
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, delimiter=sheet.delimiter)
    writer.writerow([*(sheet.head.cells[at] for at in kept), WRONG])
    writer.writerows(
        [*(row.cells[at] for at in kept), "; ".join(row.faults)] for row in batch.wrong
    )
    write_out(path, paper.getvalue().encode("utf-8-sig"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"the field {twice[0]!r} stands there twice")
    return dict(pairs)
