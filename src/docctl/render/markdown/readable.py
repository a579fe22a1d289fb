"""A text made ready for any Markdown viewer: nothing left that only docctl understands."""

from dataclasses import replace
from types import MappingProxyType

from docctl.content.marks import bare
from docctl.content.structure.anchors import Anchors, slug
from docctl.content.structure.footnotes import unmarked_shown
from docctl.content.tree import (
    Admonition,
    Document,
    Figure,
    Heading,
    Image,
    Inlines,
    Link,
    PageBreak,
    Paragraph,
    Strong,
    Table,
    Text,
)
from docctl.content.walk import Changes, blocks, changed
from docctl.render.markdown.block import titled
from docctl.render.references import TOLD

__all__ = ["readable"]


def readable(document: Document) -> Document:
    """Return the document as readers need it.

    Headings have the anchors that viewers make of their titles, and links follow them; one to a
    table or figure leads to the heading above it. References are words, a call-out shows its title
    in bold, notes without a mark stand at the end, and what only concerns paper is left out.
    """
    document = unmarked_shown(document)
    anchors = _anchors(document)

    def named(heading: Heading) -> Heading:
        anchor = anchors.get(heading.anchor, heading.anchor)
        return Heading(heading.level, _title(heading), anchor, line=heading.line)

    def led(link: Link) -> Link:
        link = TOLD[Link](link)
        anchor = anchors.get(link.target[1:]) if link.target.startswith("#") else None
        return replace(link, target=f"#{anchor}") if anchor else link

    shown = tuple(block for block in document.blocks if not isinstance(bare(block), PageBreak))
    changes: Changes = {**TOLD, **_CHANGES, Heading: named, Link: led}
    return changed(replace(document, blocks=shown), changes)


def _anchors(document: Document) -> dict[str, str]:
    """Return the anchor in the copy for each anchor of the document."""
    made, found, last = Anchors(), {}, ""
    for block in blocks(document):
        if isinstance(block, Heading):
            found[block.anchor] = last = made.made(slug(_title(block)))
        elif isinstance(block, Table | Figure) and block.anchor and last:
            found[block.anchor] = last
    return found


def _title(heading: Heading) -> Inlines:
    return titled(TOLD[Heading](heading))


def _plain_table(table: Table) -> Table:
    shown: Table = TOLD[Table](table)
    return replace(shown, anchor="", classes=())


def _plain_figure(figure: Figure) -> Figure:
    return replace(figure, anchor="", classes=())


def _unsized(image: Image) -> Image:
    return replace(image, width="")


def _titled(call_out: Admonition) -> Admonition:
    """Show the title as text; of danger, which viewers do not know as such, the kind too."""
    danger = call_out.kind == "danger"
    words = [part for part in ("Danger" if danger else "", call_out.title) if part]
    if not words:
        return call_out
    title = Paragraph((Strong((Text(": ".join(dict.fromkeys(words))),)),))
    kind = "caution" if danger else call_out.kind
    return replace(call_out, kind=kind, title="", blocks=(title, *call_out.blocks))


_CHANGES: Changes = MappingProxyType(
    {Table: _plain_table, Figure: _plain_figure, Image: _unsized, Admonition: _titled}
)
