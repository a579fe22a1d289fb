"""Rows of a table as records: every cell is text, and the form says what it means."""

from collections.abc import Mapping
from typing import Any

_YES = frozenset({"yes", "true", "1", "x"})
_NO = frozenset({"no", "false", "0"})


def typed(schema: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """Return a row's values as the schema of its form has them: empty cells are left out.

    What cannot be read as the kind that the form asks for stays text: the form then refuses it by
    name, with all other faults.
    """
    known = schema["properties"]
    return {
        name: _value(known.get(name, {}), cell.strip())
        for name, cell in row.items()
        if cell is not None and cell.strip()
    }


def _value(schema: Any, cell: str) -> Any:
    kinds = schema.get("type", "string") if isinstance(schema, Mapping) else "string"
    kinds = {kinds} if isinstance(kinds, str) else {*kinds}
    if "string" in kinds:
        return cell
    if "boolean" in kinds and cell.casefold() in _YES | _NO:
        return cell.casefold() in _YES
    try:
        return int(cell) if "integer" in kinds else float(cell) if "number" in kinds else cell
    except ValueError:
        return cell
