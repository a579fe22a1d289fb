"""Exports: a revision's text and everything said about it, as one file."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from docctl.content.structure.outline import numbered, title_of, without_title
from docctl.content.structure.references import Target, resolved
from docctl.content.tree import Document as Tree
from docctl.desk.bench import Bench
from docctl.desk.copies.facts.copying import controlled_copy
from docctl.desk.copies.facts.departures import departures
from docctl.desk.copies.facts.evidence import disposal_copy, record_copy
from docctl.desk.copies.plainwords import settings_tree
from docctl.desk.copies.writers import COVERED, Issued, covered, writer
from docctl.desk.day import Day
from docctl.errors import ExportForbiddenError, StoreError
from docctl.model.answers.alcoa import EvidenceReport
from docctl.model.answers.controlled import ControlledCopy
from docctl.model.answers.request import RequestShown
from docctl.model.base import Label, Number
from docctl.model.control import CONTROL
from docctl.model.document import Document, Manual, may_be_handed_out
from docctl.model.lifecycle import State
from docctl.render import docx, records
from docctl.render.manual import with_approved
from docctl.render.paging.counting import paged
from docctl.render.qr import coded
from docctl.render.wording import PROPERTY, VERSION, named
from docctl.rules import asof

#: States of a document of which no revision was ever released, where it is the one shown.
_UNRELEASED = frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED, State.CANCELLED})


def issue(
    day: Day,
    number: str,
    label: Label | None,
    *,
    wanted: str,
    finish: docx.Finish = docx.AS_USUAL,
    version: int = VERSION,
) -> Issued:
    """Return a copy of a revision as of a day in a format: the same inputs give the same bytes.

    *finish* is what was chosen for a copy in DOCX, *version* that of the words around the text.

    Raises:
        NotFoundError: there was no such document or revision on that day.
        ExportForbiddenError: its licence forbids to hand the text out.
        DamagedStoreError: the store does not hold what was signed.
        InputError: there is no such format, or it has nothing to choose.
        PagingError: its pages cannot be counted.
    """
    write = writer(wanted, finish)
    return write(*material(day, number, label), {PROPERTY: str(version)})


class Material(NamedTuple):
    """What a copy is written of; the files are those beside the text."""

    tree: Tree
    copy: ControlledCopy
    files: Mapping[str, bytes]


def material(day: Day, number: str, label: Label | None) -> Material:
    """Return what a copy of a revision is written of, as of a day.

    Raises:
        NotFoundError: there was no such document or revision on that day.
        ExportForbiddenError: its licence forbids to hand the text out.
        DamagedStoreError: the store does not hold what was signed.
    """
    copy = controlled_copy(day, number, label)
    dossier = day.get(number)
    revision = dossier.revision(copy.revision) or dossier.newest
    if number == CONTROL:
        settings = day.settings(revision)
        tree = settings_tree(settings, day.authority, day.on, bent=departures(day))
        return Material(numbered(tree), copy, {})
    document = copy.document
    if not may_be_handed_out(document):
        licence = getattr(document, "licence", "")
        raise ExportForbiddenError(number, str(licence or "its metadata forbid it"))
    text = day.text(dossier, revision)
    return Material(tree_of(text.body, document, day), copy, text.attachments)


def evidence(
    bench: Bench,
    number: str,
    *,
    wanted: str,
    finish: docx.Finish = docx.AS_USUAL,
    version: int = VERSION,
) -> Issued | None:
    """Return a copy of a record, or the certificate of a disposal, as it stands now.

    Nothing where there is neither with this number. *finish* and *version* are as in `issue`.

    Raises:
        StoreError: what a record says cannot be had, though it was not disposed of.
        DamagedStoreError: a signature does not hold.
        InputError: there is no such format.
    """
    writer(wanted, finish)
    archive = bench.archive()
    record, disposal = archive.record(number), archive.disposal(number)
    if record:
        tree, around = records.record(record_copy(bench, record))
    elif disposal:
        tree, around = records.certificate(disposal_copy(bench, disposal))
    else:
        return None
    around = replace(around, properties={**around.properties, **named(version)})
    if wanted != "docx":
        return Issued(COVERED[wanted](tree, coded(around, finish.coded_for)), {})
    return Issued(paged(lambda how: docx.covered(tree, around, finish=how), finish), {})


def report(ending: str) -> Callable[[EvidenceReport], bytes]:
    """Return what writes a report on records as evidence, by the ending of its file.

    Raises:
        InputError: the ending names no format.
    """
    write = covered(ending)
    return lambda found: write(*records.evidence_report(found))


def answered(ending: str, *, paper: str) -> Callable[[RequestShown], bytes]:
    """Return what writes a report on a request about personal data, by the ending of its file.

    *paper* is what CONTROL prints on.

    Raises:
        InputError: the ending names no format.
    """
    write = covered(ending)
    return lambda found: write(*records.request_report(found, paper=paper))


def tree_of(body: str, document: Document, day: Day) -> Tree:
    """Return a text as the tree that writers take: numbered, its references resolved."""
    return resolved(unresolved(body, document, day), lambda number: target(day, number))


def unresolved(body: str, document: Document, day: Day) -> Tree:
    """Return the same tree for those who resolve its references in their own way."""
    tree = without_title(day.trees.of(body), document.title)
    if isinstance(document, Manual):
        tree = with_approved(tree, document)
    return numbered(tree)


def target(day: Day, number: Number) -> Target | None:
    """Return what a reference to a document shows on a day; nothing for an unknown number.

    What a document is called of which no revision was released is for those who work on it.
    """
    dossier = day.find(number)
    if dossier is None:
        return None
    shown = asof.span(dossier, day.on).shown
    if asof.state_of(dossier, shown, day.on) in _UNRELEASED:
        return Target(number, "")
    document = day.document(dossier, shown)

    def heading(section: str) -> str:
        if number == CONTROL or not may_be_handed_out(document):
            return ""
        with suppress(StoreError):  # told where that document itself is asked for
            return title_of(day.trees.of(day.text(dossier, shown).body), section)
        return ""

    return Target(number, document.title, shown.label, heading=heading)
