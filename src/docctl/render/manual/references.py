"""References and footnotes of many documents, made those of one."""

from collections.abc import Iterable
from dataclasses import replace

from docctl.content.outline import anchors
from docctl.content.references import Target, resolved
from docctl.content.tree import Document, Footnote, FootnoteRef, Link, Reference
from docctl.content.walk import changed, inlines
from docctl.render.references import told

__all__ = ["linked", "renumbered"]


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

    return told(changed(resolved(document, known.get), {Reference: led}))


def renumbered(document: Document) -> Document:
    """Return the document with its footnotes named 1, 2, 3, … and sorted by their first marks."""
    marks = dict.fromkeys(n.id for _, n in inlines(document) if isinstance(n, FootnoteRef))
    notes = {note.id: note for note in document.footnotes}
    order = [key for key in {**marks, **dict.fromkeys(notes)} if key in notes]
    names = {key: str(number) for number, key in enumerate(order, 1)}

    def named(node: Footnote | FootnoteRef) -> Footnote | FootnoteRef:
        return replace(node, id=names.get(node.id, node.id))

    ordered = replace(document, footnotes=tuple(notes[key] for key in order))
    return changed(ordered, {Footnote: named, FootnoteRef: named})
