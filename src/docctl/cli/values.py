"""What a record says, read from a file: JSON, or YAML as front matter has it."""

import json
from pathlib import Path
from typing import Any

from docctl.content.frontmatter import load
from docctl.errors import InputError, UnreadableError
from docctl.store.files import read_file

#: The largest file that is read, in bytes.
LARGEST = 8 << 20


def read_values(path: Path) -> dict[str, Any]:
    """Return the fields of a file.

    Raises:
        UnreadableError: it cannot be read, or is not UTF-8.
        InputError: it is neither JSON nor YAML, or no list of fields with values.
    """
    data = read_file(path, limit=LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(str(path), "it is not UTF-8") from error
    if path.suffix.lower() in {".yaml", ".yml"}:
        return dict(load(text, path.name, first_line=1).values)
    try:
        values = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {error}", hint="give JSON, or YAML in a .yaml file") from error
    if not isinstance(values, dict):
        raise InputError(f"{path} holds no fields", hint='for example: {"site": "Bergen"}')
    return values


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"the field {twice[0]!r} stands there twice")
    return dict(pairs)
