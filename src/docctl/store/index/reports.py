"""What was found in texts, kept from one check of a whole library to the next.

It is not asked here what a report says, or what it is found by: both are text. Each is kept with
its own digest, so that a damaged one is as good as none.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from sqlite3 import Connection

_CREATE = """
    CREATE TABLE IF NOT EXISTS report (
        key TEXT PRIMARY KEY, said TEXT NOT NULL, sum TEXT NOT NULL) WITHOUT ROWID"""


def kept(connection: Connection) -> dict[str, str]:
    """Return all undamaged reports by their keys."""
    there = "SELECT 1 FROM sqlite_master WHERE name = 'report'"
    if connection.execute(there).fetchone() is None:
        return {}
    rows = connection.execute("SELECT key, said, sum FROM report")
    return {key: said for key, said, digest in rows if digest == _digest(key, said)}


def keep(connection: Connection, new: Mapping[str, str], outdated: Iterable[str]) -> None:
    """Keep new reports, and forget others."""
    connection.execute(_CREATE)
    connection.executemany("DELETE FROM report WHERE key = ?", [(key,) for key in outdated])
    connection.executemany(
        "INSERT OR REPLACE INTO report VALUES (?, ?, ?)",
        [(key, said, _digest(key, said)) for key, said in new.items()],
    )


def _digest(key: str, said: str) -> str:
    return sha256(f"{key}\n{said}".encode()).hexdigest()
