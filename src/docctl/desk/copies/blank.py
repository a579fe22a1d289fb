"""Forms to be filled in by hand or in a word processor, and read back when they were."""

from dataclasses import replace

from docctl.content.structure.outline import without_title
from docctl.content.tree import Document as Tree
from docctl.desk.copies.facts.copying import controlled_copy
from docctl.desk.copies.issuing import tree_of
from docctl.desk.copies.writers import Issued
from docctl.desk.day import Day
from docctl.errors import InputError, NotFoundError
from docctl.model.answers.record import BlankShown
from docctl.model.base import Label
from docctl.model.document import Form
from docctl.model.records.definition import RecordDefinition
from docctl.render import docx
from docctl.render.cover import cover
from docctl.render.entries import marks, sheets
from docctl.render.particulars import Fact

#: What a form to be filled in says of itself; all the rest stands in its controlled copy.
_SHOWN = frozenset({"Number", "Revision", "Status", "Effective from", "Owner", "Content digest"})


def blank(
    day: Day,
    number: str,
    label: Label | None,
    *,
    numbered: BlankShown | None = None,
    finish: docx.Finish = docx.AS_USUAL,
) -> Issued:
    """Return a form to be filled in, as DOCX: its text, and a place for each of its fields.

    A *numbered* one says its number, and to whom it was issued. *finish* is what was chosen.

    Raises:
        NotFoundError: there was no such form or revision, or it defines no records.
        DamagedStoreError: the store does not hold what was signed.
        InputError: a field cannot be filled in on paper.
    """
    copy = controlled_copy(day, number, label)
    definition = _definition(number, copy.revision, copy.document)
    dossier = day.get(number)
    text = day.text(dossier, dossier.revision(copy.revision) or dossier.newest)
    tree = tree_of(text.body, copy.document, day)
    parts = sheets(definition)
    facts = {"FormNumber": number, "FormRevision": copy.revision, "FormSHA256": copy.content}
    facts |= {mark: place for place, mark in marks(parts).items()}
    issued: tuple[Fact, ...] = ()
    if numbered:
        facts["BlankNumber"] = numbered.blank
        said = f"{numbered.blank}, issued to {numbered.issued_to} on {numbered.issued_on}"
        issued = (Fact("Blank", said),)
    whole = cover(copy, Tree(without_title(tree, copy.document.title).blocks), properties=facts)
    running = whole.running
    if numbered:
        running = replace(running, revision=f"{running.revision}, blank {numbered.blank}")
    short = replace(
        whole,
        running=running,
        facts=(*issued, *(fact for fact in whole.facts if fact.label in _SHOWN)),
        tables=(),
        closing=(),
        contents=False,
    )
    return Issued(docx.form(tree, short, text.attachments, parts, finish=finish), {})


def _definition(number: str, label: Label, form: object) -> RecordDefinition:
    if not isinstance(form, Form):
        raise InputError(f"{number} is no form", hint="name a form: docctl register --type form")
    if form.record is None:
        raise NotFoundError(
            f"definition of records in {number} revision {label}",
            hint="without one, export it as any document: docctl export " + number,
        )
    return form.record
