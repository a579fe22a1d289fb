"""References and footnotes of many documents, made those of one."""

from collections.abc import Iterable
from dataclasses import replace

from docctl.content.structure.outline import anchors
from docctl.content.structure.references import Target, resolved
from docctl.content.tree import Document, Footnote, FootnoteRef, Link, Reference
from docctl.content.walk import Changes, changed, inlines
from docctl.render.references import TOLD

__all__ = ["bound"]


def bound(document: Document, targets: Iterable[Target]) -> Document:
    """Return the document with its references resolved among *targets* and its notes numbered.

    A reference to a printed document becomes a link; any other plain text, number and title. A
    section that the printed document does not have leads to its beginning. The footnotes are named
    1, 2, 3, … and sorted by their first marks.
    """
    known = {target.number: target for target in targets}
    places = anchors(document)
    names = _names(document)

    def led(node: Reference) -> Reference | Link:
        if not node.target:
            return node
        home = f"#{known[node.number].anchor}"
        return Link(node.target if node.target[1:] in places else home, node.inlines)

    def named(node: Footnote | FootnoteRef) -> Footnote | FootnoteRef:
        return replace(node, id=names.get(node.id, node.id))

    changes: Changes = {**TOLD, Reference: led, Footnote: named, FootnoteRef: named}
    made = changed(resolved(document, known.get), changes)
    ordered = sorted(made.footnotes, key=lambda note: int(note.id))
    return replace(made, footnotes=tuple(ordered))


def _names(document: Document) -> dict[str, str]:
    """Return the new name of each footnote, those without a mark last."""
    marks = dict.fromkeys(n.id for _, n in inlines(document) if isinstance(n, FootnoteRef))
    notes = dict.fromkeys(note.id for note in document.footnotes)
    order = [key for key in {**marks, **notes} if key in notes]
    return {key: str(number) for number, key in enumerate(order, 1)}
