"""What a record says, as people read it: labels, units, tables, yes and no."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from docctl.content.nodes import grid, lines, words
from docctl.content.tree import Inlines, Table
from docctl.model.records.schema import columns, in_order, label

__all__ = ["columns", "is_table", "label", "shown", "table", "text", "unit", "value"]

_SAID = MappingProxyType({None: "none", True: "yes", False: "no"})


def unit(schema: Any) -> str:
    """Return the unit of a field, if it has one."""
    given = schema.get("x-unit") if isinstance(schema, Mapping) else None
    return given if isinstance(given, str) else ""


def is_table(schema: Any, said: Any) -> bool:
    """Tell whether a value is shown as a table of its own."""
    return bool(columns(schema)) and isinstance(said, list) and _is_rows(said)


def table(schema: Any, rows: list[dict[str, Any]], *, caption: str = "") -> Table:
    """Return a value that is a table; columns that the form does not know stand last."""
    known = columns(schema)
    names = dict.fromkeys((*known, *(name for row in rows for name in row)))
    head = [label(name, known.get(name)) for name in names]
    cells = [
        [value(known.get(name), row[name]) if name in row else () for name in names] for row in rows
    ]
    return grid(head, cells, caption=caption)


def value(schema: Any, said: Any) -> Inlines:
    """Return a value that is no table as it stands in a cell, line by line."""
    return lines(text(schema, said).split("\n")) if said not in ("", [], {}) else ()


def text(schema: Any, said: Any) -> str:
    """Return any value as text; what has parts takes a line for each of them."""
    if isinstance(said, bool) or said is None:
        return _SAID[said]
    if isinstance(said, Mapping):
        known = in_order(schema) if isinstance(schema, Mapping) else ()
        own = schema["properties"] if known else {}
        names = dict.fromkeys((*(name for name in known if name in said), *said))
        parts = ((label(name, own.get(name)), text(own.get(name), said[name])) for name in names)
        return "; ".join(f"{name}: {one}" for name, one in parts)
    if isinstance(said, list):
        items = schema.get("items") if isinstance(schema, Mapping) else None
        return "\n".join(text(items, one) for one in said)
    plain = str(said).replace("\r\n", "\n").replace("\r", "\n")
    return f"{plain} {unit(schema)}".rstrip() if not isinstance(said, str) else plain


def _is_rows(said: list[Any]) -> bool:
    return bool(said) and all(isinstance(row, dict) for row in said)


def shown(said: str) -> Inlines:
    """Return words that may have several lines."""
    return lines(said.split("\n")) if "\n" in said else words(said)
