"""The parts of the index, and what brings each of them to a commit."""

from collections.abc import Callable, Mapping
from sqlite3 import Connection
from types import MappingProxyType
from typing import NamedTuple

from docctl.store.index import documents, links, texts
from docctl.store.index.records import filling
from docctl.store.reading.ledger import Ledger

#: The part of the index that knows documents, and the one that knows records.
DOCUMENTS, RECORDS = "documents", "records"

Update = Callable[[Connection, Ledger, str | None, str], bool]
"""Brings a part from one commit, or nothing, to another; tells whether it is whole then."""

#: The part that follows no commit: what was found in texts, wherever they stand.
REPORTS = "reports"


def _documents(connection: Connection, ledger: Ledger, old: str | None, new: str) -> bool:
    documents.update(connection, ledger, old=old, new=new)
    return True


def _records(connection: Connection, ledger: Ledger, old: str | None, new: str) -> bool:
    filling.update(connection, ledger, old=old, new=new)
    return True


def _texts(connection: Connection, ledger: Ledger, _: str | None, __: str) -> bool:
    texts.follow(connection, ledger.reader)
    return True


def _links(connection: Connection, ledger: Ledger, _: str | None, new: str) -> bool:
    links.follow(connection, ledger.reader, ledger.world(new).control)
    return True


#: What brings each part to a commit, and which other part it is made from.
PARTS: Mapping[str, tuple[Update, str]] = MappingProxyType(
    {
        DOCUMENTS: (_documents, ""),
        RECORDS: (_records, ""),
        "texts": (_texts, DOCUMENTS),
        "links": (_links, DOCUMENTS),
    }
)


class IndexPart(NamedTuple):
    """What must have come to a commit before a question is asked, in this order."""

    steps: tuple[tuple[str, Update], ...]

    @classmethod
    def of(cls, name: str, update: Update | None) -> "IndexPart":
        """Return a part of the table, or one that says itself how records are followed."""
        made, base = PARTS[name] if update is None else (update, RECORDS)
        return cls((*((one, PARTS[one][0]) for one in [base] if one), (name, made)))

    @property
    def names(self) -> set[str]:
        """Return the names of the parts that must have come there."""
        return {name for name, _ in self.steps}
