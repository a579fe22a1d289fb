"""Lines as readers see them: where only the source went on in a new line stands a space."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from docctl.content.tree import (
    Definition,
    Document,
    Emphasis,
    Heading,
    Inline,
    Inlines,
    Link,
    Paragraph,
    Reference,
    SoftBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from docctl.content.walk import Changes, changed

__all__ = ["UNWRAPPED", "unwrapped"]


def unwrapped(document: Document) -> Document:
    """Return the document with a space where only its source went on in a new line.

    Two texts that differ in their line ends alone are the same then.
    """
    return changed(document, UNWRAPPED)


def _holder(node: Any) -> Any:
    row = _row(node.inlines)
    return node if row is node.inlines else replace(node, inlines=row)


def _table(table: Table) -> Table:
    return replace(
        table,
        head=tuple(map(_row, table.head)),
        rows=tuple(tuple(map(_row, row)) for row in table.rows),
        caption=_row(table.caption),
    )


def _definition(item: Definition) -> Definition:
    return replace(item, term=_row(item.term))


def _row(nodes: Inlines) -> Inlines:
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


#: The changes of `unwrapped`, by type of node.
UNWRAPPED: Changes = MappingProxyType(
    {
        **dict.fromkeys((Paragraph, Heading, Emphasis, Strong, Strike), _holder),
        **dict.fromkeys((Superscript, Subscript, Link, Reference), _holder),
        Table: _table,
        Definition: _definition,
    }
)
