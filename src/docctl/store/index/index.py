"""The index as others see it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from types import MappingProxyType
from typing import TypeVar

from docctl.model.answers.reading import Reference
from docctl.model.answers.register import ChangeEntry, RegisterEntry, SearchHit
from docctl.model.base import Number, Word
from docctl.model.lifecycle import State
from docctl.rules.asof import FOREVER
from docctl.store.index import documents, links, register, reports, texts
from docctl.store.index.cache import MEMORY, Cache, whole
from docctl.store.index.comparison import COMPARED, Rows, rows, rows_of
from docctl.store.index.schema import transaction
from docctl.store.ledger import Ledger
from docctl.store.lock import boot_id

T = TypeVar("T")

#: The part that everything else follows.
_DOCUMENTS = "documents"

#: The part that follows no commit: what was found in texts, wherever they stand.
_REPORTS = "reports"


def _follow_texts(connection: Connection, ledger: Ledger, _head: str) -> None:
    texts.follow(connection, ledger.reader)


def _follow_links(connection: Connection, ledger: Ledger, head: str) -> None:
    links.follow(connection, ledger.reader, ledger.world(head).control)


#: What is built from the register's own tables when somebody first needs it, by name.
_FOLLOWERS: Mapping[str, Callable[[Connection, Ledger, str], None]] = MappingProxyType(
    {"texts": _follow_texts, "links": _follow_links}
)


class Index:
    """Answers about all documents at once, each as of one commit.

    Every question names the *head*, the commit that it is about, and gets the answer of exactly
    that commit. Where the file cannot be used, because it is locked, read-only, on a full disk or
    in no place where a file can be, the index is made in memory: slower, and otherwise the same.
    An instance belongs to one thread and process. Every question raises `DamagedStoreError`
    where the store itself cannot be read.
    """

    def __init__(self, path: Path, ledger: Ledger, *, patience: float = 2.0) -> None:
        """Keep the index of the ledger's store in the file *path*; nothing is opened yet.

        *patience* is how many seconds another process that writes the file is waited for.
        """
        self._ledger = ledger
        self._path = path
        self._cache = Cache(path, boot=boot_id(), patience=patience)

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        self._cache.close()

    def mistaken(self) -> list[str]:
        """Return the tables of the file that say something else than the store; write nothing.

        They are compared with indexes made in memory, of the commits that the file has come to.
        """
        return [
            table
            for head, parts, found in rows_of(self._path, self._cache.boot)
            for table, true in self._anew(head, parts).items()
            if found[table] != true
        ]

    def _anew(self, head: str, parts: Sequence[str]) -> Rows:
        with closing(Index(MEMORY, self._ledger)) as index:
            wanted = [part for part in parts if part in COMPARED and part != _DOCUMENTS]
            question = partial(rows, parts=parts)
            return index._ask(head, question, follower=next(iter(wanted), ""))  # noqa: SLF001

    def up_to_date(self, head: str) -> None:
        """Bring the register and the events to a commit; cheap where they are there already."""
        self._ask(head, lambda _: None)

    def register(
        self,
        on: date,
        *,
        head: str,
        type: Word | None = None,  # noqa: A002
        state: State | None = None,
    ) -> list[RegisterEntry]:
        """Return the master list of the end of a day, by number.

        *state* matches the revision shown or the one on its way. CONTROL is listed only as the
        type `control`. Review intervals are those that CONTROL had on that day. Title, parent and
        classification of a draft are those of its latest text: see `rewritten`.
        """
        return self._ask(head, partial(register.register, on=_within(on), kind=type, state=state))

    def rewritten(self, on: date, *, head: str) -> list[Number]:
        """Return the documents whose entry of a day shows a draft that has another text by now."""
        return self._ask(head, partial(register.rewritten, on=_within(on)))

    def owners(self, on: date, *, head: str) -> dict[Number, tuple[str, str]]:
        """Return each document's owner on a day: `function` and title, or `person` and id."""
        return self._ask(head, partial(register.owners, on=_within(on)))

    def changes(self, since: date, until: date, *, head: str) -> list[ChangeEntry]:
        """Return every event of these business days, the last included, oldest first."""
        return self._ask(head, partial(register.changes, since=since, until=until))

    def search(self, text: str, *, on: date, head: str, limit: int = 50) -> list[SearchHit]:
        """Return the documents whose text, as shown on a day, holds these words, best first.

        Any text may be given. Words find what begins with them, `"words in quotation marks"` are
        found as they stand. Texts are known as they are shown since the document's last event.
        """
        ask = partial(texts.search, reader=self._ledger.reader, text=text, on=on, limit=limit)
        return self._ask(head, ask, follower="texts")

    def where(self, number: Number, *, on: date, head: str) -> list[Reference]:
        """Return the documents whose text or metadata, as shown on a day, refer to this one.

        They are known as they are shown since the document's last event.
        """
        return self._ask(head, partial(links.where, number=number, on=on), follower="links")

    def reports(self) -> Mapping[str, str]:
        """Return what was kept by `keep_reports`, by its keys; damaged ones are left out."""

        def question(connection: Connection) -> Mapping[str, str]:
            with transaction(connection, "DEFERRED"):
                if not whole(connection):
                    return {}
                self._parts_at(connection, "")
                return reports.kept(connection)

        return self._cache.ask(question)

    def keep_reports(self, new: Mapping[str, str], outdated: Collection[str]) -> None:
        """Keep reports of texts by their keys as long as the file lives, and forget others."""

        def question(connection: Connection) -> None:
            with self._cache.writing(connection):
                self._parts_at(connection, "")
                reports.keep(connection, new, outdated)
                row = (_REPORTS, "", self._cache.boot)
                connection.execute("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", row)

        self._cache.ask(question)

    def _ask(self, head: str, question: Callable[[Connection], T], *, follower: str = "") -> T:
        return self._cache.ask(partial(self._answer, head, question, follower))

    def _answer(
        self, head: str, question: Callable[[Connection], T], follower: str, connection: Connection
    ) -> T:
        wanted = {_DOCUMENTS, follower or _DOCUMENTS}
        with transaction(connection, "DEFERRED"):
            if whole(connection) and wanted <= self._parts_at(connection, head):
                return question(connection)
        with self._cache.writing(connection):
            # Another process may have been faster than our lock.
            self._catch_up(connection, head, wanted - self._parts_at(connection, head))
            return question(connection)

    def _parts_at(self, connection: Connection, head: str) -> set[str]:
        """Return the names of the parts that have come to a commit."""
        parts = connection.execute("SELECT name, head, boot FROM part").fetchall()
        self._cache.trust({boot for _, _, boot in parts})
        return {name for name, at, _ in parts if at == head}

    def _catch_up(self, connection: Connection, head: str, behind: set[str]) -> None:
        if _DOCUMENTS in behind:
            last = connection.execute("SELECT head FROM part WHERE name = ?", (_DOCUMENTS,))
            old, *_ = last.fetchone() or (None,)
            documents.update(connection, self._ledger, old=old, new=head)
        for name in behind - {_DOCUMENTS}:
            _FOLLOWERS[name](connection, self._ledger, head)
        connection.executemany(
            "INSERT OR REPLACE INTO part VALUES (?, ?, ?)",
            [(name, head, self._cache.boot) for name in behind],
        )


def _within(on: date) -> date:
    """Return a day that rows can be found by: those of today end with the calendar."""
    return min(on, FOREVER - timedelta(days=1))
