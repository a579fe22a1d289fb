"""Whether the file of the index says what the store says: compared with one made anew."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from types import MappingProxyType
from typing import NamedTuple

from docctl.store.index.cache import whole

#: What follows from a commit alone, whatever was in the file before, by the part that brings it.
_TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"documents": ("person", "interval", "span", "event", "shown"), "links": ("reference",)}
)


class Contents(NamedTuple):
    """What an index holds: how far each part has come, and every row that follows from that."""

    parts: Mapping[str, str]
    """The commit of each part."""

    rows: Mapping[str, list[tuple[object, ...]]]
    """By table, in an order that only the rows decide."""

    def differing(self, other: "Contents") -> Iterator[str]:
        """Yield the tables that another index of the same commit holds with other rows."""
        return (name for name, rows in self.rows.items() if rows != other.rows.get(name, rows))


def contents(connection: Connection) -> Contents:
    """Return what an index holds."""
    parts = dict(connection.execute("SELECT name, head FROM part"))
    questions = {
        table: f"SELECT * FROM {table}"  # noqa: S608 - our own names
        for part in parts
        for table in _TABLES.get(part, ())
    }
    rows = {
        table: sorted(connection.execute(question), key=repr)
        for table, question in questions.items()
    }
    return Contents(parts, rows)


def contents_of(path: Path) -> Contents | None:
    """Return what an index file holds; nothing where it is none that would be used."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return contents(connection) if whole(connection) else None
    except sqlite3.Error:  # whoever reads next makes it anew
        return None
