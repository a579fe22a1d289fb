"""Rows of a table as records: every cell is text, and the form says what it means."""

from collections.abc import Mapping
from typing import Any

_YES = frozenset({"yes", "true", "1", "x"})
_NO = frozenset({"no", "false", "0"})


def typed(known: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """Return a row's values as the schemas of its fields have them: empty cells are left out.

    What cannot be read as the kind that the form asks for stays text: the form then refuses it by
    name, with all other faults.
    """
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


def numbered(known: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values in which texts that must be numbers are numbers, in tables too."""
    return {name: _numbered(known.get(name), one) for name, one in values.items()}


def _numbered(schema: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _value(schema, value)
    if not isinstance(schema, Mapping):
        return value
    if isinstance(value, list):
        return [_numbered(schema.get("items"), one) for one in value]
    if isinstance(value, dict):
        return numbered(schema.get("properties", {}), value)
    return value
