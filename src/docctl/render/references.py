"""References and mentions as words: for copies that are read where docctl is not at hand."""

from docctl.content.tree import Inline, Inlines, Link, Mention, Reference, Text
from docctl.content.walk import Changes, plain, rows_changed

__all__ = ["TOLD", "in_words"]

_LEADING = frozenset({Reference, Mention, Link})


def in_words(nodes: Inlines) -> Inlines:
    """Return inlines with mentions, and references and links which lead nowhere, as words.

    A reference keeps the author's words; if these do not name the document, its number follows.
    """
    if _LEADING.isdisjoint(map(type, nodes)):
        return nodes
    row: list[Inline] = []
    for part in (part for node in nodes for part in _words(node)):
        before = row[-1] if row else None
        if isinstance(part, Text) and isinstance(before, Text):
            row[-1] = Text(before.text + part.text)
        else:
            row.append(part)
    return tuple(row)


def _words(node: Inline) -> Inlines:
    if isinstance(node, Mention):
        return (Text(node.name),)
    if isinstance(node, Link) and not node.target:
        return node.inlines
    if not isinstance(node, Reference) or node.target:
        return (node,)
    if node.number in plain(node.inlines):
        return node.inlines
    if node.inlines:
        return (*node.inlines, Text(f" ({node.number})"))
    section = f", {node.section.replace('-', ' ')}" if node.section else ""
    return (Text(node.number + section),)


#: The changes of `in_words`, by type of node.
TOLD: Changes = rows_changed(in_words)
