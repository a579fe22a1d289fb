"""Parts of a marked tree in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from docctl.content.differing.telling.tongues import MARKDOWN, Tongue, called
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


def parts_of(inlines: Inlines, tongue: Tongue = MARKDOWN) -> Iterator[MarkedWords]:
    """Yield the words of a line by what became of them; neighbours of one kind are one part."""
    waiting: MarkedWords | None = None
    for kind, words in _pieces(inlines, tongue):
        if waiting and waiting[0] == kind:
            waiting = (kind, waiting[1] + words)
            continue
        if waiting and waiting[1]:
            yield waiting
        waiting = (kind, words)
    if waiting and waiting[1]:
        yield waiting


def _pieces(inlines: Iterable[Any], tongue: Tongue) -> Iterator[MarkedWords]:
    for inline in inlines:
        kind = type(inline)
        if kind is Inserted:
            yield "inserted", _noted(inline.nodes, tongue)
        elif kind is Deleted:
            yield "deleted", _noted(inline.nodes, tongue)
        elif kind in tongue.around:
            before, behind = tongue.around[kind](inline)
            yield "kept", before
            yield from _pieces(inline.inlines, tongue)
            yield "kept", behind
        else:
            yield "kept", tongue.alone[kind](inline)


def _noted(inlines: Iterable[Any], tongue: Tongue) -> str:
    return "".join(words for _, words in _pieces(inlines, tongue))


def said(node: Any, tongue: Tongue = MARKDOWN) -> str:
    """Return a block, an item, a row or a note in words, on one line."""
    if isinstance(node, tuple):
        return " | ".join(_noted(cell, tongue) for cell in node)
    return _SAID[type(node)](node, tongue)


def _all(nodes: Iterable[Any], tongue: Tongue) -> str:
    return " ".join(filter(None, (said(node, tongue) for node in nodes)))


def _items(block: Any, tongue: Tongue) -> str:
    return _all(block.items, tongue)


def _line(block: Any, tongue: Tongue) -> str:
    return _noted(block.inlines, tongue)


def _term(item: Definition, tongue: Tongue) -> str:
    meanings = " ".join(filter(None, (_all(one, tongue) for one in item.definitions)))
    return f"{_noted(item.term, tongue)}: {meanings}"


def _rows(block: Table, tongue: Tongue) -> str:
    rows = (said(row, tongue) for row in (block.head, *block.rows))
    return "; ".join(filter(None, rows))


_SAID: Mapping[type, Callable[[Any, Tongue], str]] = MappingProxyType(
    {
        Heading: lambda block, tongue: f"{block.number} {_line(block, tongue)}".strip(),
        Paragraph: _line,
        CodeBlock: lambda block, tongue: f"{tongue.code}{block.text.strip()}{tongue.code}",
        BlockQuote: lambda block, tongue: f"{tongue.quoted}{_all(block.blocks, tongue)}",
        BulletList: _items,
        OrderedList: _items,
        ListItem: lambda item, tongue: f"{tongue.boxes[item.checked]}{_all(item.blocks, tongue)}",
        DefinitionList: _items,
        Definition: _term,
        Table: _rows,
        Figure: lambda block, tongue: tongue.alone[type(block.image)](block.image),
        Admonition: lambda block, tongue: f"{called(block)} {_all(block.blocks, tongue)}",
        ThematicBreak: lambda *_: "(a line across the page)",
        PageBreak: lambda *_: "(a new page)",
        Footnote: lambda note, tongue: f"{tongue.note(note.id)}{_all(note.blocks, tongue)}",
    }
)
