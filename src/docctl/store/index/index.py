"""The index as others see it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from docctl.model.answers.reading import Reference
from docctl.model.answers.register import ChangeEntry, RegisterEntry, SearchHit
from docctl.model.base import Number, Word
from docctl.model.lifecycle import State
from docctl.model.records.record import RecordId
from docctl.model.records.retention import ClassName
from docctl.rules.asof import FOREVER
from docctl.rules.query import Question
from docctl.rules.records import Age
from docctl.store.index import links, register, reports, texts
from docctl.store.index.cache import MEMORY
from docctl.store.index.comparison import Rows, rows, rows_of
from docctl.store.index.parts import RECORDS, REPORTS, Parts
from docctl.store.index.records import lists, said, statements, words
from docctl.store.index.records.asking import unknown
from docctl.store.index.records.lists import EVERYTHING, Page, RecordLine
from docctl.store.index.records.said import FieldsOf, FormRevision, Hear
from docctl.store.index.records.statements import Entered
from docctl.store.index.schema import transaction, whole
from docctl.store.reading.ledger import Ledger


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
        self._parts = Parts(path, ledger, patience=patience)

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        self._parts.close()

    def mistaken(self) -> list[str]:
        """Return the tables of the file that say something else than the store; write nothing.

        They are compared with indexes made in memory, of the commits that the file has come to.
        """
        return [
            table
            for head, parts, found in rows_of(self._path, self._parts.cache.boot)
            for table, true in self._anew(head, parts).items()
            if found[table] != true
        ]

    def _anew(self, head: str, parts: Sequence[str]) -> Rows:
        with closing(Parts(MEMORY, self._ledger, patience=0)) as anew:
            for part in parts:
                anew.ask(head, lambda _: None, part=part)
            return anew.ask(head, partial(rows, parts=parts), part=parts[0])

    def up_to_date(self, head: str) -> None:
        """Bring the register and the events to a commit; cheap where they are there already."""
        self._parts.ask(head, lambda _: None)

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
        asked = partial(register.register, on=_within(on), kind=type, state=state)
        return self._named(self._parts.ask(head, asked), head)

    def _named(self, entries: list[RegisterEntry], head: str) -> list[RegisterEntry]:
        """Return entries with the names of owners that the vault keeps, and this file does not."""
        if not any(one.owner.startswith("p-") for one in entries):
            return entries
        people = self._ledger.authority(head).persons
        return [
            one._replace(owner=people[one.owner].name) if one.owner in people else one
            for one in entries
        ]

    def rewritten(self, on: date, *, head: str) -> list[Number]:
        """Return the documents whose entry of a day shows a draft that has another text by now."""
        return self._parts.ask(head, partial(register.rewritten, on=_within(on)))

    def owners(self, on: date, *, head: str) -> dict[Number, tuple[str, str]]:
        """Return each document's owner on a day: `function` and title, or `person` and id."""
        return self._parts.ask(head, partial(register.owners, on=_within(on)))

    def changes(self, since: date, until: date, *, head: str) -> list[ChangeEntry]:
        """Return every event of these business days, the last included, oldest first."""
        return self._parts.ask(head, partial(register.changes, since=since, until=until))

    def record_changes(self, since: date, until: date, *, head: str) -> list[ChangeEntry]:
        """Return every statement about records of these business days, oldest first."""
        ask = partial(statements.changes, since=since, until=until)
        return self._parts.ask(head, ask, part=RECORDS)

    def entries_after(self, *, head: str) -> list[Entered]:
        """Return what was entered on a later day than it tells of, record by record."""
        return self._parts.ask(head, statements.after, part=RECORDS)

    def entries_for(self, *, head: str) -> list[Entered]:
        """Return what was entered for somebody else, record by record."""
        return self._parts.ask(head, statements.for_others, part=RECORDS)

    def open_records(self, on: date, *, head: str) -> list[RecordId]:
        """Return the records that are open now, or were closed after a day, in their order."""
        return self._parts.ask(head, partial(lists.open_after, on=on), part=RECORDS)

    def search(self, text: str, *, on: date, head: str, limit: int = 50) -> list[SearchHit]:
        """Return the documents whose text, as shown on a day, holds these words, best first.

        Any text may be given. Words find what begins with them, `"words in quotation marks"` are
        found as they stand. Texts are known as they are shown since the document's last event.
        """
        ask = partial(texts.search, reader=self._ledger.reader, text=text, on=on, limit=limit)
        return self._parts.ask(head, ask, part="texts")

    def search_records(self, text: str, *, head: str, limit: int = 50) -> list[RecordLine]:
        """Return the records whose number or identifiers hold these words, the newest first."""
        return self._parts.ask(head, partial(words.search, text=text, limit=limit), part=RECORDS)

    def where(self, number: Number, *, on: date, head: str) -> list[Reference]:
        """Return the documents whose text or metadata, as shown on a day, refer to this one.

        They are known as they are shown since the document's last event.
        """
        return self._parts.ask(head, partial(links.where, number=number, on=on), part="links")

    def records(
        self,
        *,
        head: str,
        hear: Hear,
        fields: Callable[[FormRevision], FieldsOf],
        question: Question | None = None,
        form: Number | None = None,
        page: Page = EVERYTHING,
    ) -> list[RecordLine]:
        """Return the records that answer a question, by day of capture and number.

        A field that does not stand in the history is looked for in what records say: *fields*
        tells which fields a revision of a form has, and *hear* what a record answers.
        """
        self._hear_all(head, question, hear, fields)
        ask = partial(lists.listed, question=question, form=form, page=page)
        return self._parts.ask(head, ask, part=RECORDS)

    def count_records(
        self,
        *,
        head: str,
        hear: Hear,
        fields: Callable[[FormRevision], FieldsOf],
        question: Question | None = None,
        form: Number | None = None,
    ) -> int:
        """Return how many records answer a question; see `records`."""
        self._hear_all(head, question, hear, fields)
        return self._parts.ask(
            head, partial(lists.counted, question=question, form=form), part=RECORDS
        )

    def _hear_all(
        self,
        head: str,
        question: Question | None,
        hear: Hear,
        fields: Callable[[FormRevision], FieldsOf],
    ) -> None:
        for name in sorted(unknown(question)) if question else ():
            self._hear(head, name, hear, fields)

    def _hear(
        self, head: str, name: str, hear: Hear, fields: Callable[[FormRevision], FieldsOf]
    ) -> None:
        """Take up what records say of a field, where that has not been done."""

        def follow(connection: Connection, _: Ledger, __: str | None, ___: str) -> bool:
            every = said.forms(connection)
            where = [one for one in every if said.may_say(fields(one), name)]
            return said.follow(connection, name, where, hear)

        self._parts.ask(head, lambda _: None, part=f"said {name}", update=follow)

    def record_classes(self, *, head: str) -> list[ClassName]:
        """Return the retention classes that records have."""
        return self._parts.ask(head, lists.classes, part=RECORDS)

    def ages(self, *, head: str) -> list[Age]:
        """Return what the schedule looks at of every record, by day of capture and number."""
        return self._parts.ask(head, lambda connection: [*lists.ages(connection)], part=RECORDS)

    def stamped(self, hold: RecordId, *, head: str) -> list[RecordId]:
        """Return the records that fitted the question of a hold when they were entered."""
        return self._parts.ask(head, partial(lists.stamped, hold=hold), part=RECORDS)

    def forget(self, *, head: str) -> None:
        """Let what disposed records said be gone from the file, if anything of it may be there.

        Every later question does the same. A file that another process has locked, or that cannot
        be written, keeps it until then.
        """
        if self._parts.cache.exists() and self._parts.cache.ask(said.may_hold):
            self._parts.ask(head, lambda _: None, part=RECORDS)

    def reports(self) -> Mapping[str, str]:
        """Return what was kept by `keep_reports`, by its keys; damaged ones are left out."""

        def question(connection: Connection) -> Mapping[str, str]:
            with transaction(connection, "DEFERRED"):
                if not whole(connection):
                    return {}
                self._parts.reached(connection, "")
                return reports.kept(connection)

        return self._parts.cache.ask(question)

    def keep_reports(self, new: Mapping[str, str], outdated: Collection[str]) -> None:
        """Keep reports of texts by their keys as long as the file lives, and forget others."""

        def question(connection: Connection) -> None:
            with self._parts.cache.writing(connection):
                self._parts.reached(connection, "")
                reports.keep(connection, new, outdated)
                row = (REPORTS, "", self._parts.cache.boot)
                connection.execute("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", row)

        self._parts.cache.ask(question)


def _within(on: date) -> date:
    """Return a day that rows can be found by: those of today end with the calendar."""
    return min(on, FOREVER - timedelta(days=1))
