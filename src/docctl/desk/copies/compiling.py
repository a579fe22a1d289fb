"""The manual of a day: the approved frame, the documents it selects, the lists that bind them."""

from collections.abc import Iterable
from datetime import date

from docctl.content.parse import parse
from docctl.desk.bench import Bench
from docctl.desk.copies.copying import controlled_copy, metadata, name_of
from docctl.desk.copies.issuing import writer
from docctl.errors import InputError
from docctl.model.base import Number
from docctl.model.document import Document, Manual
from docctl.model.register import RegisterEntry
from docctl.render.manual import (
    FunctionHeld,
    Input,
    ManualSources,
    MasterRow,
    Part,
    assemble,
    selection,
)
from docctl.rules import asof


def compiled(
    bench: Bench,
    number: Number,
    entries: list[RegisterEntry],
    *,
    on: date,
    wanted: str,
) -> bytes:
    """Return the manual of a day in a format. *entries* is the master list of that day.

    Every input is pinned by number, revision and digest; the same inputs give the same bytes.

    Raises:
        NotFoundError: there is no such document.
        InputError: it is not a manual, or there is no such format.
    """
    write = writer(wanted)
    compilation = assemble(sources(bench, number, entries, on=on))
    properties = {f"Input {one.name}": pinned(one) for one in compilation.inputs}
    properties = {"Issue": compilation.issue, **properties}
    return write(compilation.tree, compilation.copy, compilation.images, properties)


def pinned(one: Input) -> str:
    """Return how an input is pinned in a file's properties: its revision and digest."""
    return f"revision {one.revision}, {one.content}" if one.revision else one.content


def sources(
    bench: Bench, number: Number, entries: Iterable[RegisterEntry], *, on: date
) -> ManualSources:
    """Return everything that the manual of a day is made of."""
    frame = _part(bench, number, on)
    rules = frame.copy.document
    if not isinstance(rules, Manual):
        raise InputError(
            f"{number} is not a manual but a {rules.type}",
            hint="see: docctl register --type manual",
        )
    rows = {entry.number: entry for entry in entries if entry.state in SHOWN}
    documents = {one: _metadata(bench, one, on) for one in rows if one != number}
    chosen = selection(rules, list(documents.values()))
    wanted = dict.fromkeys(one for chapter in chosen for one in chapter if one in documents)
    return ManualSources(
        frame=frame,
        parts=tuple(_part(bench, one, on) for one in wanted),
        functions=tuple(functions(bench, on)),
        master=tuple(_row(bench, rows[one], documents.get(one, rules)) for one in sorted(rows)),
        cut_off=on,
    )


#: States of a document that the manual shows: in force, or suspended with what to do meanwhile.
SHOWN = frozenset({"effective", "suspended"})


def _part(bench: Bench, number: Number, on: date) -> Part:
    copy = controlled_copy(bench, number, None, on=on)
    text = bench.text(number, copy.revision)
    tree, _ = parse(text.body)
    return Part(copy, tree, text.attachments)


def _metadata(bench: Bench, number: Number, on: date) -> Document:
    dossier = asof.at(bench.get(number).events, on) or bench.get(number)
    return metadata(bench, dossier, asof.span(dossier, on).shown)


def _row(bench: Bench, entry: RegisterEntry, document: Document) -> MasterRow:
    kind = bench.control.type_of(entry.type)
    return MasterRow(
        number=entry.number,
        title=entry.title,
        type_title=kind.title if kind else entry.type,
        revision=entry.revision,
        state=entry.state,
        effective_on=entry.effective_on,
        review_due_on=entry.review_due_on,
        owner=entry.owner,
        clauses=document.clauses,
    )


def functions(bench: Bench, on: date) -> Iterable[FunctionHeld]:
    """Yield the organisation's functions with those who hold them on a day."""
    authority, listed = bench.world.authority, bench.control.functions
    holders: dict[str, list[str]] = {one.title: [] for one in listed}
    for person in sorted(authority.persons):
        for title in authority.functions(person, on):
            holders.setdefault(title, []).append(name_of(authority, person))
    known = {one.title: one for one in listed}
    for title, names in holders.items():
        facts = known.get(title)
        yield FunctionHeld(
            title,
            tuple(names),
            facts.responsibility if facts else "",
            facts.authority if facts else "",
        )
