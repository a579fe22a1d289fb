"""Whether the file of the index says what the store says: compared with one made anew."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from types import MappingProxyType

from docctl.store.index.schema import whole

#: What follows from a commit alone, whatever was in the file before, by the part that brings it.
COMPARED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "documents": ("person", "interval", "span", "event", "shown"),
        "records": ("record", "identifier", "stamp", "statement"),
        "links": ("reference",),
    }
)


Rows = Mapping[str, tuple[int, int]]
"""By table, how many rows there are, and the sum of their digests: their order does not matter."""


def rows(connection: Connection, parts: Iterable[str]) -> Rows:
    """Return what tells the rows that an index holds in these parts of it from any others."""
    questions = {
        table: f"SELECT * FROM {table}"  # noqa: S608 - our own names
        for part in parts
        for table in COMPARED[part]
    }
    return {table: _summed(connection.execute(question)) for table, question in questions.items()}


def _summed(found: Iterable[tuple[object, ...]]) -> tuple[int, int]:
    count = total = 0
    for row in found:
        count += 1
        total += int.from_bytes(sha256(repr(row).encode()).digest())
    return count, total


def rows_of(path: Path, boot: str) -> Iterator[tuple[str, list[str], Rows]]:
    """Yield the commits that parts of an index file have come to, with these parts and their rows.

    There are none where it is no file that would be used: not whole, or not of this *boot*.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as connection:
        found = connection.execute("SELECT head, name, boot FROM part").fetchall()
        if whole(connection) and {one for _, _, one in found} == {boot}:
            for head in sorted({head for head, _, _ in found}):
                parts = [name for at, name, _ in found if at == head and name in COMPARED]
                if parts:
                    yield head, parts, rows(connection, parts)
