"""What makes a table: its rows, what stands between its cells, and parts in another order."""

from collections.abc import Iterator

from lxml import etree

from docctl.intake.foreign import Strange
from docctl.intake.html.active import said, strange

__all__ = ["between", "rows_of"]

_FRAMES = frozenset({"thead", "tbody", "tfoot", "tr", "colgroup"})
_CELLS = frozenset({"td", "th", "caption", "col"})
#: What holds rows.
_PARTS = ("thead", "tbody", "tr", "tfoot")


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, but not those of tables in its cells."""
    for child in table.iterchildren(etree.Element):
        if child.tag == "tr":
            yield child
        elif child.tag not in _CELLS and child.tag != "table":
            yield from rows_of(child)


def between(table: etree._Element) -> Iterator[Strange]:
    """Yield what is odd about that which makes a table.

    A browser shows what stands between cells before the table, and a head before all other rows,
    wherever it stands.
    """
    heads = {row.getparent() for row in rows_of(table)} - {table}
    first = next(table.iterchildren(*_PARTS), table)
    yield from (
        Strange("rows in another order", said(one))
        for one in heads
        if one is not None and one.tag == "thead" and one is not first
    )
    yield from _inside(table)


def _inside(node: etree._Element) -> Iterator[Strange]:
    words = [node.text, *(child.tail for child in node)]
    for child in node.iterchildren(etree.Element):
        yield from strange(child)
        if str(child.tag) in _FRAMES:
            yield from _inside(child)
        elif str(child.tag) not in _CELLS:
            words.append(f"<{child.tag}>")
    if found := " ".join(" ".join(filter(None, words)).split()):
        yield Strange("words between cells", found)
