"""References and footnotes of many documents, made those of one."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from docctl.content.structure.labels import is_wordless, labelled
from docctl.content.structure.references import Target, telling
from docctl.content.tree import Block, Document, Footnote, FootnoteRef, Link, Mention, Reference
from docctl.content.walk import Changes, inlines_of
from docctl.render.references import TOLD

__all__ = ["binding", "is_loose", "named"]


def is_loose(block: Block) -> bool:
    """Tell whether anything in a block is to be bound."""
    found = inlines_of(Document((block,)), Reference, Mention, FootnoteRef, Link)
    return any(type(node) is not Link or not node.target or is_wordless(node) for node in found)


def binding(document: Document, targets: Iterable[Target], places: Collection[str]) -> Changes:
    """Return the changes that resolve references among *targets* and number the notes.

    A reference to a printed document becomes a link; any other plain text, number and title. A
    section that the printed document does not have leads to its beginning: *places* are the
    anchors that there are. Footnotes are named 1, 2, 3, … by their first marks in *document*.
    """
    known = {target.number: target for target in targets}
    names = _names(document)
    tell = telling(known.get)

    def led(reference: Reference) -> Reference | Link:
        node = tell(reference)
        if not node.target:
            return node
        home = f"#{known[node.number].anchor}"
        return Link(node.target if node.target[1:] in places else home, node.inlines)

    def named(node: Footnote | FootnoteRef) -> Footnote | FootnoteRef:
        return replace(node, id=names.get(node.id, node.id))

    return {**TOLD, Reference: led, Footnote: named, FootnoteRef: named}


def named(whole: Document, loose: Document) -> Document:
    """Return the *whole* manual with words for links that have none; *loose* holds all of these."""
    return labelled(whole) if any(map(is_wordless, inlines_of(loose, Link))) else whole


def _names(document: Document) -> dict[str, str]:
    """Return the new name of each footnote, those without a mark last."""
    marks = dict.fromkeys(mark.id for mark in inlines_of(document, FootnoteRef))
    notes = dict.fromkeys(note.id for note in document.footnotes)
    order = [key for key in {**marks, **notes} if key in notes]
    return {key: str(number) for number, key in enumerate(order, 1)}
