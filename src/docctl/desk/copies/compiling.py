"""The manual of a day: the approved frame, the documents it selects, the lists that bind them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from docctl.desk.copies import finishing
from docctl.desk.copies.facts.copying import (
    controlled_copy,
    name_of,
    owner_text,
    review_due,
    type_title,
)
from docctl.desk.copies.writers import Issued, writer
from docctl.desk.day import Day
from docctl.errors import DamagedStoreError, InputError, NotFoundError
from docctl.model.base import Number
from docctl.model.document import Document, Manual
from docctl.model.lifecycle import IN_FORCE
from docctl.model.numbering import number_place
from docctl.model.problem import Problem
from docctl.render import docx
from docctl.render.manual import (
    FunctionRow,
    Input,
    ManualPart,
    ManualSources,
    MasterRow,
    assemble,
    inputs,
    issue_mark,
    selection,
)
from docctl.render.qr import PROPERTY as CODE
from docctl.render.wording import PROPERTY, VERSION
from docctl.rules import asof
from docctl.rules.dossier import Dossier

#: What the names of the properties begin with that pin inputs.
_INPUT = "Input "


def compiled(
    day: Day,
    number: Number,
    *,
    wanted: str,
    finish: docx.Finish = docx.AS_USUAL,
    version: int = VERSION,
) -> Issued:
    """Return the manual of a day in a format; *finish* is what was chosen for one in DOCX.

    *version* is that of the words around the text.

    Every input is pinned by number, revision and digest; the same inputs give the same bytes.

    Raises:
        NotFoundError: there is no such document.
        DamagedStoreError: the store does not hold what was signed.
        InputError: it is not a manual, or there is no such format.
        PagingError: its pages cannot be counted.
    """
    write = writer(wanted, finish)
    compilation = assemble(sources(day, number))
    pinned = {"Issue": compilation.issue, **_pinned(compilation.inputs)}
    properties = {PROPERTY: str(version), **pinned}
    return write(compilation.tree, compilation.copy, compilation.images, properties)


def _pinned(found: Iterable[Input]) -> dict[str, str]:
    """Return how inputs are pinned in a file's properties: by revision and digest."""
    return {
        f"{_INPUT}{one.name}": f"revision {one.revision}, {one.content}"
        if one.revision
        else one.content
        for one in found
    }


def outdated(day: Day, number: Number, pinned: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each input of a compiled manual that is another one on the day.

    *pinned* are the properties of the file. Other documents are errors, other lists advice.

    Raises:
        NotFoundError: there is no such document.
        InputError: it is not a manual, or the file is of another one.
    """
    if pinned.get("DocNumber") != number or "Issue" not in pinned:
        raise InputError(f"the file is no compiled manual {number}", hint="see its first page")
    now = _pinned(inputs(sources(day, number)))
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


def altered(day: Day, number: Number, pinned: Mapping[str, str], data: bytes) -> Iterator[Problem]:
    """Yield a problem if a compiled manual is not the file that docctl writes for its issue.

    *day* is that of the issue. Where the library answers otherwise about it by now, nothing is
    said: `outdated` names what has changed. Nor is anything said of a file on another template
    than the library's, or of one that shows pages as they were counted elsewhere.
    """
    wanted = "docx" if data.startswith(b"PK") else "markdown"
    finish = finishing.finish(day, wanted, qr=CODE in pinned)
    template = finish.template.digest if finish.template else ""
    if pinned.get("TemplateSHA256", "") != template or docx.PAGED_BY in pinned:
        return
    if (
        pinned["Issue"] == issue_of(day, number)
        and compiled(day, number, wanted=wanted, finish=finish).file != data
    ):
        yield Problem(
            code="altered-copy",
            place=number,
            sentence=f"the file is not what docctl writes for issue {pinned['Issue']}: it was"
            " changed, saved by another program, or written by another version of docctl",
            hint=f"compile it anew: docctl manual {number} --as-of {day.on} --to FILE",
        )


def issue_day(pinned: Mapping[str, str]) -> date | None:
    """Return the day of a compiled manual's issue; nothing where the file names none."""
    try:
        return date.fromisoformat(pinned.get("Issue", "").partition(" ")[0])
    except ValueError:
        return None


def issue_of(day: Day, number: Number) -> str:
    """Return the mark that a manual compiled on the day bears; none where that cannot be done."""
    try:
        return issue_mark(sources(day, number))
    except (DamagedStoreError, NotFoundError):
        return ""


def sources(day: Day, number: Number) -> ManualSources:
    """Return everything that the manual of a day is made of, from the events alone."""
    frame = _part(day, number)
    rules = frame.copy.document
    if not isinstance(rules, Manual):
        raise InputError(
            f"{number} is not a manual but a {rules.type}",
            hint="see: docctl register --type manual",
        )
    shown = {one.number: one for one in day.dossiers() if asof.span(one, day.on).state in IN_FORCE}
    documents = {name: _metadata(day, shown[name]) for name in sorted(shown, key=number_place)}
    others = [one for name, one in documents.items() if name != number]
    chosen = selection(rules, others)
    wanted = dict.fromkeys(
        one for chapter in chosen for one in chapter if one in documents and one != number
    )
    return ManualSources(
        frame=frame,
        parts=tuple(_part(day, one) for one in wanted),
        functions=tuple(functions(day)),
        master=tuple(_row(day, shown[name], one) for name, one in documents.items()),
        cut_off=day.on,
    )


def _part(day: Day, number: Number) -> ManualPart:
    copy = controlled_copy(day, number, None)
    dossier = day.get(number)
    text = day.text(dossier, asof.span(dossier, day.on).shown)
    kept = day.trees.kept(text.body)
    return ManualPart(copy, kept.tree, text.attachments, kept.made)


def _metadata(day: Day, dossier: Dossier) -> Document:
    return day.document(dossier, asof.span(dossier, day.on).shown)


def _row(day: Day, dossier: Dossier, document: Document) -> MasterRow:
    span = asof.span(dossier, day.on)
    return MasterRow(
        number=dossier.number,
        title=document.title,
        type_title=type_title(day.control, dossier.document_type),
        revision=span.shown.label,
        state=span.state,
        effective_on=span.shown.effective_on,
        review_due_on=review_due(day, dossier, document),
        owner=owner_text(day.authority, dossier.owner),
        clauses=document.clauses,
    )


def functions(day: Day) -> Iterable[FunctionRow]:
    """Yield the organisation's functions with those who hold them on a day."""
    authority, listed = day.authority, day.control.functions
    holders: dict[str, list[str]] = {one.title: [] for one in listed}
    for person in sorted(authority.persons):
        for title in authority.functions(person, day.on):
            holders.setdefault(title, []).append(name_of(authority, person))
    known = {one.title: one for one in listed}
    for title, names in holders.items():
        facts = known.get(title)
        yield FunctionRow(
            title,
            tuple(names),
            facts.responsibility if facts else "",
            facts.authority if facts else "",
        )
