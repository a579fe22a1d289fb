"""A whole tree as Markdown, with explicit anchors only where the automatic ones differ."""

from dataclasses import replace

from docctl.content.markdown.attributes import reserved
from docctl.content.structure.anchors import Anchors, slug
from docctl.content.tree import Document, Figure, Heading, Table
from docctl.content.walk import blocks, changed
from docctl.render.markdown.block import block_lines, note_lines, titled

__all__ = ["body", "unanchored"]


def body(document: Document) -> str:
    r"""Return the tree as Markdown, lines ended by `\n`; reading it again gives an equal tree.

    Numbers of headings are written into their titles.
    """
    explicit: frozenset[str] = frozenset()
    taken: list[str] = []
    while True:
        while missed := _missed(document, explicit, taken):
            explicit |= missed
        text = _written(document, explicit)
        taken = reserved(text)
        if not _missed(document, explicit, taken):
            return text


def unanchored(document: Document) -> str:
    """Return the tree as Markdown without anchors, for viewers that make their own."""
    return _written(document, frozenset())


def _written(document: Document, explicit: frozenset[str]) -> str:
    def bare(heading: Heading) -> Heading:
        return heading if heading.anchor in explicit else replace(heading, anchor="")

    shown = changed(document, {Heading: bare})
    lines = block_lines(shown.blocks)
    for note in shown.footnotes:
        lines += ["", *note_lines(note)] if lines else note_lines(note)
    return "\n".join([*lines, ""]) if lines else ""


def _missed(document: Document, explicit: frozenset[str], taken: list[str]) -> frozenset[str]:
    """Return the other anchors of headings that a reader of the text would not make by itself."""
    anchors = Anchors((*taken, *explicit))
    missed = set()
    for block in blocks(document):
        if isinstance(block, Figure | Table) and block.anchor:
            anchors.chosen(block.anchor)
        elif isinstance(block, Heading) and _anchor(block, explicit, anchors) != block.anchor:
            missed.add(block.anchor)
    return frozenset(missed) - explicit


def _anchor(heading: Heading, explicit: frozenset[str], anchors: Anchors) -> str:
    if heading.anchor in explicit:
        return anchors.chosen(heading.anchor)[0]
    return anchors.made(slug(titled(heading)))
