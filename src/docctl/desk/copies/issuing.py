"""Exports: a revision's text and everything said about it, as one file."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from docctl.content.outline import numbered, without_title
from docctl.content.parse import parse
from docctl.content.references import Target, resolved
from docctl.content.tree import Document as Tree
from docctl.desk.bench import Bench
from docctl.desk.copies.copying import controlled_copy
from docctl.desk.copies.plainwords import settings_text
from docctl.errors import ExportForbiddenError, InputError
from docctl.model.base import Label, Number
from docctl.model.control import CONTROL
from docctl.model.controlled import ControlledCopy
from docctl.model.document import ExternalDocument
from docctl.render import docx, markdown
from docctl.rules import asof

#: The formats a copy can be written in, by the ending of the file.
ENDINGS: Mapping[str, str] = MappingProxyType(
    {".docx": "docx", ".md": "markdown", ".markdown": "markdown"}
)

Writer = Callable[[Tree, ControlledCopy, Mapping[str, bytes], Mapping[str, str]], bytes]


def _docx(
    tree: Tree, copy: ControlledCopy, images: Mapping[str, bytes], properties: Mapping[str, str]
) -> bytes:
    return docx.write(tree, copy, images, properties=properties)


def _markdown(
    tree: Tree, copy: ControlledCopy, _: Mapping[str, bytes], __: Mapping[str, str]
) -> bytes:
    return markdown.controlled(tree, copy)


#: The writers by format. Every one takes the same tree and the same facts.
WRITERS: Mapping[str, Writer] = MappingProxyType({"docx": _docx, "markdown": _markdown})


def writer(wanted: str) -> Writer:
    """Return the writer of a format.

    Raises:
        InputError: there is none.
    """
    if wanted not in WRITERS:
        raise InputError(
            f"there is no format {wanted!r}", hint=f"formats: {', '.join(sorted(WRITERS))}"
        )
    return WRITERS[wanted]


def issue(
    bench: Bench,
    number: str,
    label: Label | None,
    *,
    on: date,
    wanted: str,
) -> bytes:
    """Return a copy of a revision in a format: the same inputs give the same bytes.

    Raises:
        NotFoundError: there was no such document or revision on that day.
        ExportForbiddenError: its licence forbids to hand the text out.
        InputError: there is no such format.
    """
    write = writer(wanted)
    copy = controlled_copy(bench, number, label, on=on)
    if number == CONTROL:
        settings = bench.desk.ledger.settings(bench.head, copy.revision)
        body = settings_text(settings, bench.world.authority, on)
        return write(tree_of(body, copy, bench, on), copy, {}, {})
    document = copy.document
    if isinstance(document, ExternalDocument) and not document.exportable:
        raise ExportForbiddenError(number, document.licence or "its licence forbids it")
    text = bench.text(number, copy.revision)
    return write(tree_of(text.body, copy, bench, on), copy, text.attachments, {})


def tree_of(body: str, copy: ControlledCopy, bench: Bench, on: date) -> Tree:
    """Return a text as the tree that writers take: numbered, its references resolved."""
    tree, _ = parse(body)
    tree = numbered(without_title(tree, copy.document.title))
    return resolved(tree, lambda number: target(bench, number, on))


def target(bench: Bench, number: Number, on: date) -> Target | None:
    """Return what a reference to a document shows on a day; nothing for an unknown number."""
    dossier = bench.find(number)
    before = asof.at(dossier.events, on) if dossier else None
    if before is None:
        return None
    shown = asof.span(before, on).shown
    title = bench.text(number, shown.label).document.title
    return Target(number=number, title=title, revision=shown.label)
