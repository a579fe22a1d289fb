"""References and footnotes of many documents, made those of one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from docctl.content.outline import anchors
from docctl.content.references import Target, resolved
from docctl.content.tree import (
    Definition,
    Document,
    Emphasis,
    Footnote,
    FootnoteRef,
    Heading,
    Inlines,
    Link,
    Paragraph,
    Reference,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from docctl.content.walk import changed, inlines

__all__ = ["linked", "renumbered"]

#: Nodes whose `inlines` may hold a reference.
_HOLDERS = (Paragraph, Heading, Emphasis, Strong, Strike, Superscript, Subscript, Link)


def linked(document: Document, targets: Iterable[Target]) -> Document:
    """Return the document with its references resolved among *targets*.

    Those to a printed document become links; the others plain text, number and title. A section
    that the printed document does not have leads to its beginning.
    """
    known = {target.number: target for target in targets}
    places = anchors(document)

    def led(node: Reference) -> Reference | Link:
        if not node.target:
            return node
        home = f"#{known[node.number].anchor}"
        return Link(node.target if node.target[1:] in places else home, node.inlines)

    named = changed(resolved(document, known.get), {Reference: led})
    return changed(
        named,
        {**dict.fromkeys(_HOLDERS, _spliced), Table: _spliced_cells, Definition: _spliced_term},
    )


def renumbered(document: Document) -> Document:
    """Return the document with its footnotes named 1, 2, 3, … and sorted by their first marks."""
    marks = dict.fromkeys(n.id for _, n in inlines(document) if isinstance(n, FootnoteRef))
    notes = {note.id: note for note in document.footnotes}
    order = [
        *(mark for mark in marks if mark in notes),
        *(key for key in notes if key not in marks),
    ]
    names = {key: str(number) for number, key in enumerate(order, 1)}

    def named(node: Footnote | FootnoteRef) -> Footnote | FootnoteRef:
        return replace(node, id=names.get(node.id, node.id))

    ordered = replace(document, footnotes=tuple(notes[key] for key in order))
    return changed(ordered, {Footnote: named, FootnoteRef: named})


def _spliced(node: Any) -> Any:
    """Put the words of a reference that leads nowhere into the text around it."""
    row = _row(node.inlines)
    return node if row == node.inlines else replace(node, inlines=row)


def _spliced_cells(table: Table) -> Table:
    return replace(
        table,
        head=tuple(map(_row, table.head)),
        rows=tuple(tuple(map(_row, row)) for row in table.rows),
        caption=_row(table.caption),
    )


def _spliced_term(item: Definition) -> Definition:
    return replace(item, term=_row(item.term))


def _row(nodes: Inlines) -> Inlines:
    if not any(isinstance(node, Reference) for node in nodes):
        return nodes
    row: list[Any] = []
    for node in nodes:
        for part in (node.inlines or (node,)) if isinstance(node, Reference) else (node,):
            if isinstance(part, Text) and row and isinstance(row[-1], Text):
                row[-1] = Text(row[-1].text + part.text)
            else:
                row.append(part)
    return tuple(row)
