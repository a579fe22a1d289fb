"""The tables of the index, and how far each part of it has come."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection, DatabaseError
from typing import Any, Literal

#: Stands in every finished index: the upper half says that it is ours, the lower half its version.
SCHEMA = 0x0DC7_000A

#: The table of what records say. It is made anew when a record goes: see `records.said`.
SAID = (
    """CREATE TABLE said (
        key TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, number REAL,
        PRIMARY KEY (key, name, folded)) WITHOUT ROWID""",
    "CREATE INDEX said_name ON said (name)",
)

_TABLES = (
    # How far a part of the index has come: the commit it was made from, and the run of the
    # machine in which it was last written.
    "CREATE TABLE part (name TEXT PRIMARY KEY, head TEXT NOT NULL, boot TEXT NOT NULL)",
    "CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
    # The months between reviews of a type, from a day on.
    """CREATE TABLE interval (
        type TEXT NOT NULL, since TEXT NOT NULL, months INTEGER NOT NULL,
        PRIMARY KEY (type, since)) WITHOUT ROWID""",
    # What the register shows of a document from a day until the day before another. The rows
    # that hold now lie together, in the order in which they are printed. Of what was `rewritten`
    # since then, title, parent and classification are those of the later draft.
    """CREATE TABLE span (
        number TEXT NOT NULL, place TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
        type TEXT NOT NULL, title TEXT NOT NULL, revision TEXT NOT NULL, state TEXT NOT NULL,
        effective_on TEXT, review_due_on TEXT, owner_kind TEXT NOT NULL, owner TEXT NOT NULL,
        pending_revision TEXT, pending_state TEXT, parent TEXT, classification TEXT NOT NULL,
        withdrawn_on TEXT, replaced_by TEXT, proposal TEXT, rewritten INTEGER NOT NULL,
        PRIMARY KEY (until, place, number)) WITHOUT ROWID""",
    """CREATE TABLE event (
        item TEXT NOT NULL, place INTEGER NOT NULL, revision TEXT, type TEXT NOT NULL,
        signer TEXT NOT NULL, time TEXT NOT NULL, date TEXT NOT NULL, reason TEXT NOT NULL)""",
    # The revisions that are shown from their document's last event on, with their blobs.
    """CREATE TABLE shown (
        number TEXT NOT NULL, revision TEXT NOT NULL, meta TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (number, revision)) WITHOUT ROWID""",
    # Texts and references follow `shown`, when somebody asks for them. An id of `text` is never
    # used again: what stays in `words` under an old one is found no more.
    """CREATE TABLE text (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        number TEXT NOT NULL, revision TEXT NOT NULL, meta TEXT NOT NULL, body TEXT NOT NULL,
        UNIQUE (number, revision))""",
    """CREATE TABLE link (
        number TEXT NOT NULL, revision TEXT NOT NULL, meta TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (number, revision)) WITHOUT ROWID""",
    """CREATE TABLE reference (
        target TEXT NOT NULL, number TEXT NOT NULL, revision TEXT NOT NULL,
        PRIMARY KEY (target, number, revision)) WITHOUT ROWID""",
    # How types described the fields of their own when references were last looked for.
    "CREATE TABLE described (fields TEXT NOT NULL)",
    "CREATE INDEX reference_of ON reference (number, revision)",
    # The records as they stand; `key` is the order in which they are listed. `facts`, `holds`,
    # `identifiers`, `review` and `former` are JSON, empty where there are none. `sealed` changes
    # whenever something is said in it.
    """CREATE TABLE record (
        key TEXT PRIMARY KEY, number TEXT NOT NULL, form TEXT NOT NULL, revision TEXT NOT NULL,
        content TEXT NOT NULL, class TEXT NOT NULL, status TEXT NOT NULL, happened TEXT NOT NULL,
        captured TEXT NOT NULL, closed TEXT, closed_entered TEXT, signer TEXT NOT NULL,
        entered_for TEXT, subject TEXT, facts TEXT NOT NULL, holds TEXT NOT NULL,
        identifiers TEXT NOT NULL, sealed TEXT NOT NULL, review TEXT NOT NULL,
        former TEXT NOT NULL) WITHOUT ROWID""",
    # What a record is found by: its identifiers, and where one that is kept elsewhere is.
    """CREATE TABLE identifier (
        key TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, number REAL,
        PRIMARY KEY (key, name)) WITHOUT ROWID""",
    # What was stated about records, in the order of each; `happened` is the day that it tells of.
    """CREATE TABLE statement (
        number TEXT NOT NULL, place INTEGER NOT NULL, type TEXT NOT NULL, signer TEXT NOT NULL,
        time TEXT NOT NULL, date TEXT NOT NULL, reason TEXT NOT NULL, happened TEXT,
        entered_for TEXT, PRIMARY KEY (number, place)) WITHOUT ROWID""",
    # The holds whose question a record fitted when it was entered.
    """CREATE TABLE stamp (
        hold TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (hold, number)) WITHOUT ROWID""",
    # What records say beside their identifiers, as far as somebody has asked for it.
    *SAID,
    "CREATE TABLE heard (key TEXT PRIMARY KEY, sealed TEXT NOT NULL) WITHOUT ROWID",
)

#: Further orders of large tables.
ORDERS = (
    "CREATE INDEX span_of ON span (number)",
    "CREATE UNIQUE INDEX event_of ON event (item, place)",
    "CREATE INDEX event_on ON event (date)",
)

#: Further orders of the tables of records.
RECORD_ORDERS = (
    "CREATE UNIQUE INDEX record_of ON record (number)",
    "CREATE INDEX record_form ON record (form)",
    "CREATE INDEX record_class ON record (class)",
    "CREATE INDEX record_status ON record (status)",
    "CREATE INDEX record_happened ON record (happened)",
    "CREATE INDEX record_signer ON record (signer)",
    "CREATE INDEX identifier_text ON identifier (name, folded)",
    "CREATE INDEX identifier_number ON identifier (name, number) WHERE number IS NOT NULL",
    "CREATE INDEX statement_on ON statement (date)",
    "CREATE INDEX statement_after ON statement (date) WHERE happened < date AND type <> 'amended'",
    "CREATE INDEX statement_for ON statement (signer) WHERE entered_for IS NOT NULL",
)


@contextmanager
def transaction(connection: Connection, kind: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
    """Let the block work on one state of the file. Where it fails, close the connection."""
    connection.execute(f"BEGIN {kind}")
    yield
    connection.execute("COMMIT")


def create(connection: Connection) -> None:
    """Make the tables in an empty file."""
    for statement in (*_TABLES, *ORDERS, *RECORD_ORDERS):
        connection.execute(statement)


def whole(connection: Connection) -> bool:
    """Tell whether the tables are there and finished."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version == SCHEMA


class Values(dict[str | None, Any]):
    """Values by their written form: few are different, and reading one costs.

    Looking one up raises `DatabaseError` where the index would never have written such a thing.
    """

    def __init__(self, read: Callable[[str], object]) -> None:
        super().__init__({None: None})
        self._read = read

    def __missing__(self, text: str) -> object:
        try:
            value = self[text] = self._read(text)
        except ValueError as error:
            raise DatabaseError(f"{text!r} stands in the index") from error
        return value
