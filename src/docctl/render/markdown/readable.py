"""A text made ready for any Markdown viewer: nothing left that only docctl understands."""

from dataclasses import replace
from typing import TypeVar

from docctl.content.anchors import Anchors, slug
from docctl.content.tree import (
    Admonition,
    Document,
    Figure,
    Heading,
    Image,
    Link,
    PageBreak,
    Paragraph,
    Strong,
    Table,
    Text,
)
from docctl.content.walk import Changes, blocks, changed
from docctl.render.markdown.block import titled
from docctl.render.references import told

__all__ = ["readable"]

Floating = TypeVar("Floating", Table, Figure)


def readable(document: Document) -> Document:
    """Return the document as readers need it.

    Headings have the anchors that viewers make of their titles, and links follow them; one to a
    table or figure leads to the heading above it. References are words, a call-out shows its title
    in bold, and what only concerns paper is left out.
    """
    anchors = _anchors(document)

    def named(heading: Heading) -> Heading:
        anchor = anchors.get(heading.anchor, heading.anchor)
        return Heading(heading.level, titled(heading), anchor, line=heading.line)

    def led(link: Link) -> Link:
        anchor = anchors.get(link.target[1:]) if link.target.startswith("#") else None
        return replace(link, target=f"#{anchor}") if anchor else link

    printed = replace(
        document, blocks=tuple(b for b in document.blocks if not isinstance(b, PageBreak))
    )
    changes: Changes = {
        Heading: named,
        Link: led,
        Table: _plain,
        Figure: _plain,
        Image: _unsized,
        Admonition: _titled,
    }
    return changed(told(printed), changes)


def _anchors(document: Document) -> dict[str, str]:
    """Return the anchor in the copy for each anchor of the document."""
    made, found, last = Anchors(), {}, ""
    for block in blocks(document):
        if isinstance(block, Heading):
            found[block.anchor] = last = made.made(slug(titled(block)))
        elif isinstance(block, Table | Figure) and block.anchor and last:
            found[block.anchor] = last
    return found


def _plain(block: Floating) -> Floating:
    return replace(block, anchor="", classes=())


def _unsized(image: Image) -> Image:
    return replace(image, width="")


def _titled(call_out: Admonition) -> Admonition:
    if not call_out.title:
        return call_out
    title = Paragraph((Strong((Text(call_out.title),)),))
    return replace(call_out, title="", blocks=(title, *call_out.blocks))
