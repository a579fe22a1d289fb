"""Parts of a marked tree in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from docctl.content.differing.telling.notations import MARKDOWN, Notation, called
from docctl.content.marks import Deleted, Inserted
from docctl.content.tree import (
    Admonition,
    BlockQuote,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    Inlines,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Table,
    ThematicBreak,
)

__all__ = ["MarkedWords", "parts_of", "said"]

#: Words, and what became of them.
MarkedWords: TypeAlias = tuple[Literal["kept", "deleted", "inserted"], str]


def parts_of(inlines: Inlines, notation: Notation = MARKDOWN) -> Iterator[MarkedWords]:
    """Yield the words of a line by what became of them; neighbours of one kind are one part."""
    waiting: MarkedWords | None = None
    for kind, words in _pieces(inlines, notation):
        if waiting and waiting[0] == kind:
            waiting = (kind, waiting[1] + words)
            continue
        if waiting and waiting[1]:
            yield waiting
        waiting = (kind, words)
    if waiting and waiting[1]:
        yield waiting


def _pieces(inlines: Iterable[Any], notation: Notation) -> Iterator[MarkedWords]:
    for inline in inlines:
        kind = type(inline)
        if kind is Inserted:
            yield "inserted", _noted(inline.nodes, notation)
        elif kind is Deleted:
            yield "deleted", _noted(inline.nodes, notation)
        elif kind in notation.around:
            before, behind = notation.around[kind](inline)
            yield "kept", before
            yield from _pieces(inline.inlines, notation)
            yield "kept", behind
        else:
            yield "kept", notation.alone[kind](inline)


def _noted(inlines: Iterable[Any], notation: Notation) -> str:
    return "".join(words for _, words in _pieces(inlines, notation))


def said(node: Any, notation: Notation = MARKDOWN) -> str:
    """Return a block, an item, a row or a note in words, on one line."""
    if isinstance(node, tuple):
        return " | ".join(_noted(cell, notation) for cell in node)
    return _SAID[type(node)](node, notation)


def _all(nodes: Iterable[Any], notation: Notation) -> str:
    return " ".join(filter(None, (said(node, notation) for node in nodes)))


def _items(block: Any, notation: Notation) -> str:
    return _all(block.items, notation)


def _line(block: Any, notation: Notation) -> str:
    return _noted(block.inlines, notation)


def _term(item: Definition, notation: Notation) -> str:
    meanings = " ".join(filter(None, (_all(one, notation) for one in item.definitions)))
    return f"{_noted(item.term, notation)}: {meanings}"


def _rows(block: Table, notation: Notation) -> str:
    rows = (said(row, notation) for row in (block.head, *block.rows))
    return "; ".join(filter(None, rows))


_SAID: Mapping[type, Callable[[Any, Notation], str]] = MappingProxyType(
    {
        Heading: lambda block, notation: f"{block.number} {_line(block, notation)}".strip(),
        Paragraph: _line,
        CodeBlock: lambda block, notation: f"{notation.code}{block.text.strip()}{notation.code}",
        BlockQuote: lambda block, notation: f"{notation.quoted}{_all(block.blocks, notation)}",
        BulletList: _items,
        OrderedList: _items,
        ListItem: lambda item, notation: (
            f"{notation.boxes[item.checked]}{_all(item.blocks, notation)}"
        ),
        DefinitionList: _items,
        Definition: _term,
        Table: _rows,
        Figure: lambda block, notation: notation.alone[type(block.image)](block.image),
        Admonition: lambda block, notation: f"{called(block)} {_all(block.blocks, notation)}",
        ThematicBreak: lambda *_: "(a line across the page)",
        PageBreak: lambda *_: "(a new page)",
        Footnote: lambda note, notation: f"{notation.note(note.id)}{_all(note.blocks, notation)}",
    }
)
