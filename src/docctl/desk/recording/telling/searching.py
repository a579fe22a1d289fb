"""What holds a text that is about somebody: people, records and what they say now, documents."""

from collections.abc import Iterator

from docctl.desk.bench import Bench
from docctl.desk.recording.telling.contents import current, files_of, written
from docctl.desk.recording.values import texts_of
from docctl.errors import InputError, StoreError
from docctl.model.answers.request import Found, SubjectFound
from docctl.model.records.record import RecordId
from docctl.rules.records import Record


def found(bench: Bench, text: str) -> SubjectFound:
    """Return what holds a text: people, records and what they say now, texts of documents.

    Where a person of the library bears it as name or id, what is about that id is found too.

    Raises:
        InputError: the text is empty.
    """
    wanted = " ".join(text.casefold().split())
    if not wanted:
        raise InputError("nothing is named to look for", hint="give a name, an address, an id")
    people = [
        one
        for one in bench.world.authority.persons.values()
        if wanted in one.name.casefold() or wanted == one.id
    ]
    ids = frozenset(one.id for one in people)
    hits = [Found(kind="person", item=one.id, where=("access",)) for one in people]
    unread: list[RecordId] = []
    for record in bench.archive().records():
        files: tuple[str, ...] = ()
        try:
            where = tuple(_where(bench, record, wanted, ids))
            files = files_of(written(bench, record)) if where else ()
        except StoreError:
            where = tuple(_on_the_stub(record, wanted, ids))
            unread.append(record.number)
        if where:
            hits.append(Found(kind="record", item=record.number, where=where, files=files))
    quoted = '"' + wanted.replace('"', " ") + '"'
    seen = bench.index.search(quoted, on=bench.today(), head=bench.head, limit=1000)
    hits += [Found(kind="document", item=one.number, where=("text",)) for one in seen]
    return SubjectFound(found=tuple(hits), unread=tuple(unread))


def _where(bench: Bench, record: Record, wanted: str, ids: frozenset[str]) -> Iterator[str]:
    """Yield in which parts of a record a text stands, as it reads now; of an anonymous one too."""
    yield from _on_the_stub(record, wanted, ids)
    said = written(bench, record)
    for name, value in current(said).items():
        if any(wanted in one.casefold() or one in ids for one in texts_of(value)):
            yield f"field {name}"
    if any(wanted in name.casefold() for name in files_of(said)):
        yield "name of a file"


def _on_the_stub(record: Record, wanted: str, ids: frozenset[str]) -> Iterator[str]:
    """Yield where the history of a record, without what it says, holds a text."""
    for name, value in record.identifiers.items():
        if any(wanted in one.casefold() or one in ids for one in texts_of(value)):
            yield f"identifier {name}"
    if record.subject and (record.subject in ids or wanted in record.subject.casefold()):
        yield "subject"
    if ids & record.givers:
        yield "entered for"
    if ids & {one.event.signer for one in record.chain.events}:
        yield "signed"
