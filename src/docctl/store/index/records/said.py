"""What records say beside their identifiers: taken up when somebody asks for a field of theirs.

It is gone from the file, its free pages included, as soon as the index knows that a record went.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice
from sqlite3 import Connection

from docctl.model.records.record import RecordId
from docctl.rules.query import ANYTHING, comparable
from docctl.store.index.schema import SAID, whole

#: How many records are listened to at a time.
_BATCH = 500

Hear = Callable[[RecordId], Mapping[str, Sequence[str]] | None]
"""What the fields of a record answer; nothing where that cannot be had."""

# Records whose form has the field, and of which it does not stand in the history.
_UNHEARD = """
    SELECT record.key, record.number, record.sealed
    FROM record JOIN asked ON asked.form = record.form
        AND asked.revision = record.revision AND asked.content = record.content
    WHERE record.status NOT IN ('disposed', 'transferred') AND record.sealed <> ''
        AND NOT EXISTS (SELECT 1 FROM identifier
            WHERE identifier.key = record.key AND identifier.name = :name)
        AND NOT EXISTS (SELECT 1 FROM heard
            WHERE heard.key = record.key AND heard.sealed = record.sealed)"""

_GONE = """
    SELECT key FROM heard
    WHERE (:key IS NULL OR key = :key) AND NOT EXISTS (SELECT 1 FROM record
        WHERE record.key = heard.key AND record.status NOT IN ('disposed', 'transferred')
            AND (record.status <> 'anonymised' OR record.sealed = heard.sealed))"""

FormRevision = tuple[str, str, str]
"""A form, its revision and the digest of its content."""


FieldsOf = Collection[str] | None
"""The fields of a form that may be searched by; nothing where there may be any."""


def forms(connection: Connection) -> list[FormRevision]:
    """Return every revision of a form on which there are records."""
    asked = "SELECT DISTINCT form, revision, content FROM record"
    return connection.execute(asked).fetchall()


def may_say(fields: FieldsOf, name: str) -> bool:
    """Tell whether a form with these fields may have something to say under a name."""
    return fields is None or name in fields or (name == ANYTHING and bool(fields))


def follow(connection: Connection, name: str, where: Collection[FormRevision], hear: Hear) -> bool:
    """Take up what is said in every record that may have this field; *where* it may be.

    Return whether every one of them could be heard.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS asked (form, revision, content)")
    connection.execute("DELETE FROM asked")
    connection.executemany("INSERT INTO asked VALUES (?, ?, ?)", where)
    rest = iter(connection.execute(_UNHEARD, {"name": name}).fetchall())
    whole = True
    while batch := tuple(islice(rest, _BATCH)):
        for key, number, sealed in batch:
            found = hear(number)
            whole = whole and found is not None
            if found is not None:
                _write(connection, key, sealed, found)
    return whole


def _write(
    connection: Connection, key: str, sealed: str, found: Mapping[str, Sequence[str]]
) -> None:
    connection.execute("DELETE FROM said WHERE key = ?", (key,))
    rows = {(key, name, *comparable(value)) for name, values in found.items() for value in values}
    connection.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", rows)
    connection.execute("INSERT OR REPLACE INTO heard VALUES (?, ?)", (key, sealed))


def may_hold(connection: Connection) -> bool:
    """Tell whether a file may hold what records said: only a finished one can say that it does not.

    Raises:
        DatabaseError: it is no index at all.
    """
    asked = "SELECT 1 FROM heard LIMIT 1"
    return not whole(connection) or connection.execute(asked).fetchone() is not None


def forget(connection: Connection, keys: Collection[str] | None = None) -> None:
    """Let go of what records said that are gone: of those with these keys, or of any.

    Rows that are deleted are overwritten, but SQLite may have moved them before: so all others
    move to a new table, and every page of the old one is overwritten.
    """
    gone = [
        key
        for one in ([None] if keys is None else keys)
        for (key,) in connection.execute(_GONE, {"key": one})
    ]
    if gone:
        for table in ("said", "heard"):
            delete = f"DELETE FROM {table} WHERE key = ?"  # noqa: S608 - our own names
            connection.executemany(delete, ((key,) for key in gone))
        connection.execute("DROP INDEX said_name")
        connection.execute("ALTER TABLE said RENAME TO worn")
        for statement in SAID:
            connection.execute(statement)
        connection.execute("INSERT INTO said SELECT * FROM worn ORDER BY key, name, folded")
        connection.execute("DROP TABLE worn")
