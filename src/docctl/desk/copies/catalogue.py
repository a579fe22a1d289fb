"""What the lists of a site show: the documents of a day, and what has happened to them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from docctl.desk.copies.facts.copying import type_title
from docctl.desk.copies.sheets import Sheets
from docctl.desk.day import Day
from docctl.model.answers.published import SiteDocument
from docctl.model.answers.register import RegisterEntry
from docctl.model.base import Number
from docctl.model.document import Manual, Process
from docctl.model.lifecycle import State
from docctl.render.site import Coming, Gone, Listed, Site
from docctl.store.layout import folder
from docctl.store.reading.contents import hold_documents

T = TypeVar("T")

#: So many documents are read at a time.
_AT_ONCE = 64

#: The order of types in which people read: what the management intends comes first.
_ORDER = ("policy", "manual", "procedure", "work_instruction", "form", "external")


def all_known(
    sheets: Sheets,
    day: Day,
    entries: Sequence[RegisterEntry],
    before: Mapping[Number, SiteDocument],
) -> Iterator[tuple[Number, SiteDocument]]:
    """Yield what lists say of documents; only where something has happened texts are read."""
    marks = {one.number: mark_of(day, one.number) for one in entries}
    new = [
        one
        for one in entries
        if (old := before.get(one.number)) is None
        or (old.mark, old.revision) != (marks[one.number], one.revision)
    ]
    made: dict[Number, SiteDocument] = {}
    for some in in_turn(new):
        hold_documents(day.ledger.reader, day.head, (one.number for one in some))
        made |= {one.number: sheets.known(one, marks[one.number]) for one in some}
    for one in entries:
        yield one.number, made.get(one.number) or before[one.number]


def mark_of(day: Day, item: str) -> str:
    """Return what is another one as soon as anything has happened to an item."""
    found = day.ledger.reader.entry(day.head, folder(item))
    return found.oid if found else ""


def in_turn(found: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield parts of a sequence, each small enough to be read at a time."""
    return (found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE))


# --- what lists show -------------------------------------------------------------------------


def catalogue(
    day: Day, entries: Collection[RegisterEntry], documents: Mapping[Number, SiteDocument]
) -> Site:
    """Return what the lists of a site show of the register of a day."""
    listed = tuple(
        Listed(
            entry=entry,
            type_title=type_title(day.control, entry.type),
            processes=known.processes,
            summary=known.summary,
            keywords=known.keywords,
            licence=known.licence,
            refers=known.refers,
        )
        for entry in entries
        if (known := documents.get(entry.number))
    )
    types = dict.fromkeys((*_ORDER, *(one.name for one in day.control.types)))
    return Site(
        organization=day.control.organization,
        as_of=day.on,
        listed=listed,
        types=tuple(dict.fromkeys(type_title(day.control, name) for name in types)),
        coming=tuple(_coming(day, entries)),
        gone=tuple(
            Gone(one.number, one.title, one.withdrawn_on, one.replaced_by)
            for one in entries
            if one.state is State.WITHDRAWN
        ),
        processes=tuple(_processes(day, listed)),
        shards=tuple(
            sorted({shard_of(one) for one in documents if documents[one].licence is None})
        ),
        paper=day.control.paper,
    )


def _coming(day: Day, entries: Collection[RegisterEntry]) -> Iterator[Coming]:
    for entry in entries:
        if State.SCHEDULED in (entry.state, entry.pending_state):
            newest = day.get(entry.number).newest
            title = day.document(day.get(entry.number), newest).title
            if newest.effective_on:
                yield Coming(entry.number, title, newest.label, newest.effective_on)


def _processes(day: Day, listed: Collection[Listed]) -> Iterator[Process]:
    """Yield the processes that the manuals in force tell of, each once."""
    seen: set[str] = set()
    for one in listed:
        if one.entry.type != "manual":
            continue
        dossier = day.get(one.entry.number)
        revision = dossier.revision(one.entry.revision) or dossier.newest
        document = day.document(dossier, revision)
        for process in document.processes_map if isinstance(document, Manual) else ():
            if process.name not in seen:
                seen.add(process.name)
                yield process


def shard_of(number: Number) -> str:
    """Return the name of the file in which a document is searched: by prefix and hundred."""
    _, prefix, block, *_ = folder(number).split("/")
    return f"{prefix}-{block}"
