"""Text as the kinds that a form asks for: cells of a table, places of a filled form, answers."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"no", "n", "false", "0"})

_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_FRACTION = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)

#: A point or a comma that stands where one between thousands stands: what it means is open.
_OPEN = re.compile(r"([+-]?[1-9]\d{0,2})([.,])(\d{3})", re.ASCII)

#: Thousands apart, and then perhaps a fraction behind the other mark.
_SPACED = re.compile(r"[+-]?\d{1,3}([ \u00a0\u202f]\d{3})+([.,]\d+)?", re.ASCII)
_POINTS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}", re.ASCII)
_COMMAS = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


#: Between points the day comes first, wherever people write so.
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


def typed(known: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """Return a row's values as the schemas of its fields have them: empty cells are left out.

    What cannot be read as the kind that the form asks for stays text: the form then refuses it by
    name, with all other faults.
    """
    return {
        name: value(known.get(name, {}), cell.strip())
        for name, cell in row.items()
        if cell is not None and cell.strip()
    }


def value(schema: Any, cell: str) -> Any:
    """Return a text as the kind that a schema asks for; as it is where that cannot be told."""
    kinds = _kinds(schema)
    if "string" in kinds:
        dated = isinstance(schema, Mapping) and schema.get("format") == "date"
        return day(cell) if dated else cell
    if "boolean" in kinds and cell.casefold() in _YES | _NO:
        return cell.casefold() in _YES
    if kinds & {"integer", "number"}:
        number = _plain(cell)
        if "integer" in kinds and _WHOLE.fullmatch(number):
            return int(number)
        if "number" in kinds and _FRACTION.fullmatch(number):
            return float(number)
    return cell


def day(cell: str) -> str:
    """Return a day with points, as spreadsheets write it, as 2026-01-31; others as they are.

    So is one that no calendar has: it is refused as it was written.
    """
    found = _DOTTED.fullmatch(cell)
    try:
        return date(*map(int, found.groups()[::-1])).isoformat() if found else cell
    except ValueError:
        return cell


def ambiguous(schema: Any, cell: str, *, semicolons: bool) -> str:
    """Return the two numbers that a cell may mean, `2.5 or 2500`; nothing where it means one.

    A comma before three digits stands between thousands, or before a fraction. So does a point
    where cells stand between *semicolons*: then commas stand before fractions, as a rule.
    """
    kinds = _kinds(schema)
    found = _OPEN.fullmatch(cell)
    if found is None or "string" in kinds or not kinds & {"integer", "number"}:
        return ""
    whole, mark, rest = found.groups()
    open_ = mark == "," or semicolons
    return f"{whole}.{rest} or {whole}{rest}" if open_ else ""


def _kinds(schema: Any) -> set[str]:
    kinds = schema.get("type", "string") if isinstance(schema, Mapping) else "string"
    return {kinds} if isinstance(kinds, str) else {*kinds}


def _plain(cell: str) -> str:
    """Return a number with a point before its fraction, and nothing between its thousands."""
    if _OPEN.fullmatch(cell):
        return cell
    if _SPACED.fullmatch(cell):
        return re.sub("[ \u00a0\u202f]", "", cell).replace(",", ".")
    if _POINTS.fullmatch(cell):
        return cell.replace(".", "").replace(",", ".")
    if _COMMAS.fullmatch(cell):
        return cell.replace(",", "")
    return cell.replace(",", ".") if _COMMA.fullmatch(cell) else cell


def numbered(known: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values in which texts that must be numbers are numbers, in tables too."""
    return {name: _numbered(known.get(name), one) for name, one in values.items()}


def _numbered(schema: Any, given: Any) -> Any:
    if isinstance(given, str):
        return value(schema, given)
    if not isinstance(schema, Mapping):
        return given
    if isinstance(given, list):
        return [_numbered(schema.get("items"), one) for one in given]
    if isinstance(given, dict):
        return numbered(schema.get("properties", {}), given)
    return given
