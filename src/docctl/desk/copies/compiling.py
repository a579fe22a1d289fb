"""The manual of a day: the approved frame, the documents it selects, the lists that bind them."""

from collections.abc import Iterable, Iterator, Mapping

from docctl.content.parse import parse
from docctl.desk.copies.copying import controlled_copy, name_of, type_title
from docctl.desk.copies.issuing import Issued, writer
from docctl.desk.day import Day
from docctl.errors import DamagedStoreError, InputError
from docctl.model.base import Number
from docctl.model.document import Document, Manual
from docctl.model.problem import Problem
from docctl.model.register import RegisterEntry
from docctl.render.manual import (
    FunctionHeld,
    Input,
    ManualSources,
    MasterRow,
    Part,
    assemble,
    inputs,
    issue_mark,
    selection,
)
from docctl.rules import asof

#: What the names of the properties begin with that pin inputs.
_INPUT = "Input "


def compiled(day: Day, number: Number, entries: list[RegisterEntry], *, wanted: str) -> Issued:
    """Return the manual of a day in a format. *entries* is the master list of that day.

    Every input is pinned by number, revision and digest; the same inputs give the same bytes.

    Raises:
        NotFoundError: there is no such document.
        DamagedStoreError: the store does not hold what was signed.
        InputError: it is not a manual, or there is no such format.
    """
    write = writer(wanted)
    compilation = assemble(sources(day, number, entries))
    properties = {"Issue": compilation.issue, **_pinned(compilation.inputs)}
    return write(compilation.tree, compilation.copy, compilation.images, properties)


def _pinned(found: Iterable[Input]) -> dict[str, str]:
    """Return how inputs are pinned in a file's properties: by revision and digest."""
    return {
        f"{_INPUT}{one.name}": f"revision {one.revision}, {one.content}"
        if one.revision
        else one.content
        for one in found
    }


def outdated(
    day: Day, number: Number, entries: list[RegisterEntry], pinned: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a problem for each input of a compiled manual that is another one on the day.

    *pinned* are the properties of the file. Other documents are errors, other lists advice.

    Raises:
        NotFoundError: there is no such document.
        InputError: it is not a manual, or the file is of another one.
    """
    if pinned.get("DocNumber") != number or "Issue" not in pinned:
        raise InputError(f"the file is no compiled manual {number}", hint="see its first page")
    now = _pinned(inputs(sources(day, number, entries)))
    for name in dict.fromkeys((*now, *pinned)):
        before, after = pinned.get(name), now.get(name)
        if name.startswith(_INPUT) and before != after:
            yield _changed(name.removeprefix(_INPUT), before, after, number)


def _changed(name: str, before: str | None, after: str | None, number: Number) -> Problem:
    held, current = (pin.partition(",")[0] if pin else "" for pin in (before, after))
    listed = not (held or current).startswith("revision")
    if listed:
        sentence = "the list has changed"
    elif not after:
        sentence = f"the file holds {held}; the manual has this document no more"
    elif not before:
        sentence = f"the manual has {current}; the file does not hold this document"
    else:
        sentence = f"the file holds {held}; in force is {current}"
    return Problem(
        code="outdated-input",
        place=name,
        sentence=sentence,
        hint=f"compile it anew: docctl manual {number} --to FILE",
        severity="advice" if listed else "error",
    )


def issue_of(day: Day, number: Number, entries: list[RegisterEntry]) -> str:
    """Return the mark that a manual compiled on the day bears; none where an input is damaged."""
    try:
        return issue_mark(sources(day, number, entries))
    except DamagedStoreError:
        return ""


def sources(day: Day, number: Number, entries: Iterable[RegisterEntry]) -> ManualSources:
    """Return everything that the manual of a day is made of."""
    frame = _part(day, number)
    rules = frame.copy.document
    if not isinstance(rules, Manual):
        raise InputError(
            f"{number} is not a manual but a {rules.type}",
            hint="see: docctl register --type manual",
        )
    rows = {entry.number: entry for entry in entries if entry.state in SHOWN}
    documents = {one: _metadata(day, one) for one in rows if one != number}
    chosen = selection(rules, list(documents.values()))
    wanted = dict.fromkeys(one for chapter in chosen for one in chapter if one in documents)
    return ManualSources(
        frame=frame,
        parts=tuple(_part(day, one) for one in wanted),
        functions=tuple(functions(day)),
        master=tuple(_row(day, rows[one], documents.get(one, rules)) for one in sorted(rows)),
        cut_off=day.on,
    )


#: States of a document that the manual shows: in force, or suspended with what to do meanwhile.
SHOWN = frozenset({"effective", "suspended"})


def _part(day: Day, number: Number) -> Part:
    copy = controlled_copy(day, number, None)
    dossier = day.get(number)
    text = day.text(dossier, asof.span(dossier, day.on).shown)
    tree, _ = parse(text.body)
    return Part(copy, tree, text.attachments)


def _metadata(day: Day, number: Number) -> Document:
    dossier = day.get(number)
    return day.document(dossier, asof.span(dossier, day.on).shown)


def _row(day: Day, entry: RegisterEntry, document: Document) -> MasterRow:
    return MasterRow(
        number=entry.number,
        title=entry.title,
        type_title=type_title(day.control, entry.type),
        revision=entry.revision,
        state=entry.state,
        effective_on=entry.effective_on,
        review_due_on=entry.review_due_on,
        owner=entry.owner,
        clauses=document.clauses,
    )


def functions(day: Day) -> Iterable[FunctionHeld]:
    """Yield the organisation's functions with those who hold them on a day."""
    authority, listed = day.authority, day.control.functions
    holders: dict[str, list[str]] = {one.title: [] for one in listed}
    for person in sorted(authority.persons):
        for title in authority.functions(person, day.on):
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
