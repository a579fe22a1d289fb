"""What the parts of a text are called where it speaks of them: `Table 3`, `4.2 Scope`."""

from collections import Counter
from collections.abc import Iterator, Mapping

from docctl.content.tree import Document, Figure, Heading, Link, Table, Text
from docctl.content.walk import Changes, blocks, changed, plain


def labels(document: Document) -> dict[str, str]:
    """Return what is called how, by anchor: tables and figures with a caption, and headings.

    Captions are counted as writers count them, in the order of the text; a heading goes by its
    number and its title.
    """
    return {anchor: label for anchor, label in _called(document) if anchor}


def labelled(document: Document) -> Document:
    """Return the document with words for links that have none and lead to a part of it.

    `[](#who)` becomes `[Table 3](#who)`. Such a link stands in a tree with its target as its text.
    """
    return changed(document, labelling(labels(document)))


def labelling(known: Mapping[str, str]) -> Changes:
    """Return the changes that `labelled` makes, for who knows what is called how."""

    def told(node: Link) -> Link:
        if not is_wordless(node) or node.target[1:] not in known:
            return node
        return Link(node.target, (Text(known[node.target[1:]]),), node.title)

    return {Link: told}


def caption_kind(block: Table | Figure) -> str:
    """Return the kind of the caption that a block has, `Table` or `Figure`, or nothing."""
    if isinstance(block, Table):
        return "Table" if block.caption else ""
    return "Figure" if block.image.title else ""


def is_wordless(link: Link) -> bool:
    """Tell whether a link shows its own anchor; in a manual the document's name stands before."""
    words = plain(link.inlines)
    return words.startswith("#") and (link.target == words or link.target.endswith(f"-{words[1:]}"))


def _called(document: Document) -> Iterator[tuple[str, str]]:
    counts: Counter[str] = Counter()
    for block in blocks(document):
        if isinstance(block, Table | Figure) and (kind := caption_kind(block)):
            counts[kind] += 1
            yield block.anchor, f"{kind} {counts[kind]}"
        elif isinstance(block, Heading):
            yield block.anchor, f"{block.number} {plain(block.inlines)}".strip()
