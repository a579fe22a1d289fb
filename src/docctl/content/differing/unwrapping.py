"""Lines as readers see them: where only the source went on in a new line stands a space."""

from docctl.content.tree import Document, Inline, Inlines, SoftBreak, Text
from docctl.content.walk import Changes, changed, rows_changed

__all__ = ["in_one_line", "unwrapped"]


def unwrapped(document: Document) -> Document:
    """Return the document with a space where only its source went on in a new line.

    Two texts that differ in their line ends alone are the same then.
    """
    return changed(document, _UNWRAPPED)


def in_one_line(nodes: Inlines) -> Inlines:
    """Return inlines with a space where only the source went on in a new line."""
    if SoftBreak not in map(type, nodes):
        return nodes
    row: list[Inline] = []
    for node in nodes:
        part = Text(" ") if isinstance(node, SoftBreak) else node
        if isinstance(part, Text) and row and isinstance(row[-1], Text):
            row[-1] = Text(row[-1].text + part.text)
        else:
            row.append(part)
    return tuple(row)


_UNWRAPPED: Changes = rows_changed(in_one_line)
