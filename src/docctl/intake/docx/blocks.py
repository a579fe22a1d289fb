"""Paragraphs and tables, wherever they stand: in the text, at the head of a page, in a note."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from docctl.content.tree import (
    Alignment,
    Block,
    Heading,
    Inlines,
    LineBreak,
    Paragraph,
    Table,
    Text,
)
from docctl.content.walk import plain
from docctl.intake.contents import contents_line
from docctl.intake.digits import whole
from docctl.intake.docx.inlines import Pen, inlines, labelled
from docctl.intake.docx.names import W, said, value

__all__ = ["blocks"]

_HEADING = "heading "
_ROW_PROPERTIES = frozenset({f"{W}trPr", f"{W}tblPrEx"})
_DEEPEST = 40
_UNSIDED: tuple[Alignment, ...] = ("",)


def blocks(pen: Pen, place: etree._Element, depth: int = 0) -> Iterator[Block]:
    """Yield what stands in a place, but empty paragraphs."""
    if depth > _DEEPEST:
        raise pen.package.refused("its elements lie too deep in each other")
    for child in place.iterchildren(etree.Element):
        reader = _READERS.get(str(child.tag), _within)
        yield from reader(pen, child, depth + 1)


def _within(pen: Pen, node: etree._Element, depth: int) -> Iterator[Block]:
    gallery = value(node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
    for block in blocks(pen, node, depth):
        listed = gallery == "Table of Contents" and isinstance(block, Paragraph)
        yield contents_line(block.inlines) if listed and isinstance(block, Paragraph) else block


def _paragraph(pen: Pen, node: etree._Element, _depth: int) -> Iterator[Block]:
    listed = pen.fields.in_contents
    mark = node.find(f"{W}pPr/{W}rPr")
    for kind, words in (("ins", "inserted"), ("del", "deleted")):
        if mark is not None and mark.find(f"{W}{kind}") is not None:
            pen.odd("tracked change", f"the end of a paragraph was {words}")
    found = inlines(pen, node)
    label = pen.labels.get(node, "")
    if all(not plain((one,)).strip() for one in found) and not _shows(found) and not label:
        return
    name = pen.looks.name(value(node.find(f"{W}pPr/{W}pStyle")))
    if listed or pen.fields.in_contents:
        yield contents_line(found)
    elif level := whole(name.removeprefix(_HEADING)):
        yield Heading(min(level, 6), found, "", label.strip())
    else:
        yield Paragraph((Text(label), *found) if label else found)


def _shows(found: Inlines) -> bool:
    return any(not plain((one,)) for one in found)


def _table(pen: Pen, node: etree._Element, _depth: int) -> Iterator[Block]:
    rows = [tuple(_cells(pen, row)) for row in _rows(node)]
    width = max(map(len, rows), default=0)
    if not width:
        return
    full = [(*row, *[()] * (width - len(row))) for row in rows]
    yield Table(full[0], tuple(full[1:]), _UNSIDED * width)


def _rows(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, those in wrappers too, but not those of tables in its cells."""
    for child in node.iterchildren(etree.Element):
        if child.tag == f"{W}tr":
            yield child
        elif child.tag not in {f"{W}tblPr", f"{W}tblGrid"}:
            yield from _rows(child)


def _cells(pen: Pen, row: etree._Element) -> Iterator[Inlines]:
    for kind, words in (("ins", "inserted"), ("del", "deleted")):
        if row.find(f"{W}trPr/{W}{kind}") is not None:
            pen.odd("tracked change", f"a row was {words}: {said(row)}")
    hidden = row.find(f"{W}trPr/{W}hidden")
    if hidden is not None:
        pen.odd("hidden text", said(row))
        return
    for child in row.iterchildren(etree.Element):
        if child.tag not in _ROW_PROPERTIES:
            yield from _cell(pen, child)


def _cell(pen: Pen, node: etree._Element) -> Iterator[Inlines]:
    if node.tag != f"{W}tc":
        for child in node.iterchildren(etree.Element):
            yield from _cell(pen, child)
        return
    lines = [
        labelled(pen, one) for one in node.iterchildren(etree.Element) if one.tag != f"{W}tcPr"
    ]
    filled = [one for one in lines if one]
    yield tuple(part for line in filled for part in (LineBreak(), *line))[1:]


def _nothing(_pen: Pen, _node: etree._Element, _depth: int) -> Iterator[Block]:
    return iter(())


def _chunk(pen: Pen, node: etree._Element, _depth: int) -> Iterator[Block]:
    pen.odd("embedded object", str(node.tag).rpartition("}")[2])
    return iter(())


_READERS: Mapping[str, Callable[[Pen, etree._Element, int], Iterator[Block]]] = MappingProxyType(
    {
        f"{W}p": _paragraph,
        f"{W}tbl": _table,
        f"{W}altChunk": _chunk,
        f"{W}subDoc": _chunk,
        f"{W}sectPr": _nothing,
        f"{W}sdtPr": _nothing,
        f"{W}sdtEndPr": _nothing,
        f"{W}pPr": _nothing,
    }
)
