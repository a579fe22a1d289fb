"""From two trees to the marked one: block by block, item by item, row by row, word by word."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from docctl.content.differing.aligning import matched
from docctl.content.differing.beside import LINES, figures_alike, joined, refigured
from docctl.content.differing.moving import moves
from docctl.content.differing.pairing import Nodes, Said, enough, rows_marked
from docctl.content.differing.sides import alike_in_shape, emptied, seen
from docctl.content.differing.tables import merged
from docctl.content.differing.wording import reworded
from docctl.content.differing.words import words
from docctl.content.marks import MARKS, Changed
from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    Blocks,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Figure,
    Footnote,
    Heading,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Table,
    ThematicBreak,
)
from docctl.content.walk import blocks, lines, plain

__all__ = ["marked", "noted"]

#: How much two nodes must share to be versions of each other; what holds others, less.
_ALIKE, _HOLDING = 0.4, 0.2
#: How many words say what a node is about.
_TOPIC = 5
#: How many letters of a long node are looked at.
_LONG = 4000


def _as_it_is(blocks: Blocks) -> Blocks:
    return blocks


def marked(
    old: Document, new: Document, *, read: Callable[[Blocks], Blocks] = _as_it_is
) -> Document:
    """Return one tree with marks: what only *old* has is deleted, what only *new* has inserted.

    Blocks, items, rows and footnotes are compared one by one, and what says nearly the same word by
    word. Another shape (a level, an alignment, a kind) is a mark too; nothing is lost:
    `accepted` gives *new* again and `rejected` *old*. The numbering is that of *new*.

    *read* makes blocks what readers see of them, before those that differ are compared.
    """
    before, after = (_notes_read(one.footnotes, read) for one in (old, new))
    return replace(
        new,
        blocks=moves(tuple(_text(old.blocks, new.blocks, read)), seen),
        footnotes=rows_marked(before, after, _NOTES),
    )


def _notes_read(
    notes: tuple[Footnote, ...], read: Callable[[Blocks], Blocks]
) -> tuple[Footnote, ...]:
    return tuple(replace(note, blocks=read(note.blocks)) for note in notes)


def _text(old: Blocks, new: Blocks, read: Callable[[Blocks], Blocks]) -> Iterator[Any]:
    keys = list(map(seen, new))
    pairs = matched(list(map(seen, old)), keys)
    a = c = 0
    for i, j in (*pairs, (len(old), len(new))):
        if a < i or c < j:
            yield from rows_marked(read(old[a:i]), read(new[c:j]), _BLOCKS)
        if j < len(new):
            was, now = old[i], new[j]
            yield now if keys[j] is now or was == now else Changed(now, emptied(was))
        a, c = i + 1, j + 1


# --- blocks --------------------------------------------------------------------------------


def _merged(old: Block, new: Block) -> Any:
    """Return *new* with marks, None if only the whole can be replaced.

    What cannot hold any is the same in both but for its anchor.
    """
    merge = _MERGES.get(type(new))
    made = merge(old, new) if merge else new
    if made is None or isinstance(made, Changed):
        return made
    return made if alike_in_shape(old, new) else Changed(made, emptied(old))


def _line(old: Any, new: Any) -> Any:
    return (
        new
        if old.inlines == new.inlines
        else replace(new, inlines=reworded(old.inlines, new.inlines))
    )


def _holder(old: Any, new: Any) -> Any:
    return replace(new, blocks=rows_marked(old.blocks, new.blocks, _BLOCKS))


def _list(old: Any, new: Any) -> Any:
    return replace(new, items=rows_marked(old.items, new.items, _ITEMS))


def _definitions(old: DefinitionList, new: DefinitionList) -> Any:
    return replace(new, items=rows_marked(old.items, new.items, _TERMS))


def _code(old: CodeBlock, new: CodeBlock) -> Any:
    lines = rows_marked(old.text.split("\n"), new.text.split("\n"), LINES)
    return Changed(new, old, joined(lines))


_MERGES: Mapping[type, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        Paragraph: _line,
        Heading: _line,
        BlockQuote: _holder,
        Admonition: _holder,
        BulletList: _list,
        OrderedList: _list,
        DefinitionList: _definitions,
        Table: merged,
        CodeBlock: _code,
        Figure: refigured,
    }
)

#: Blocks of one family can take each other's shape.
_FAMILIES: Mapping[type, str] = MappingProxyType(
    {
        Paragraph: "line",
        Heading: "line",
        BlockQuote: "quotation",
        Admonition: "call-out",
        BulletList: "list",
        OrderedList: "list",
        DefinitionList: "definitions",
        Table: "table",
        CodeBlock: "code",
        Figure: "figure",
        ThematicBreak: "rule",
        PageBreak: "break",
    }
)


def _likeness(old: Said, new: Said) -> float:
    family = _FAMILIES[type(old.node)]
    if family != _FAMILIES[type(new.node)] or type(new.node) not in _MERGES:
        return 0.0
    if family == "figure":
        return figures_alike(old.node, new.node)
    return enough(old, new, _ALIKE if family == "line" else _HOLDING)


def _topic(block: Said) -> Hashable:
    return (_FAMILIES[type(block.node)], _beginning(block))


# --- what stands in blocks -----------------------------------------------------------------


def _item(old: ListItem, new: ListItem) -> Any:
    inside = rows_marked(old.blocks, new.blocks, _BLOCKS)
    # What an item begins with stands behind its bullet, and cannot come or go by itself.
    if inside and type(inside[0]) in MARKS:
        return None
    made = replace(new, blocks=inside)
    return made if old.checked == new.checked else Changed(made, emptied(old))


def _term(old: Definition, new: Definition) -> Definition | None:
    if len(old.definitions) != len(new.definitions):
        return None
    pairs = zip(old.definitions, new.definitions, strict=True)
    inside = tuple(rows_marked(was, now, _BLOCKS) for was, now in pairs)
    return replace(new, term=reworded(old.term, new.term), definitions=inside)


def _said(*content: Block) -> str:
    """Return the words of blocks: of long ones those they begin with."""
    if len(content) == 1 and isinstance(content[0], Paragraph):
        return plain(content[0].inlines)
    texts: list[str] = []
    room = _LONG
    for block in blocks(Document(content)):
        found = [plain(nodes) for _, nodes in lines(block)]
        if isinstance(block, CodeBlock):
            found.append(block.text)
        texts += found
        room -= sum(map(len, found))
        if room < 0:
            break
    return " ".join(texts)


def _term_words(item: Definition) -> list[str]:
    meanings = (one for part in item.definitions for one in part)
    return words(f"{plain(item.term)} {_said(*meanings)}")


def _inside_alike(old: Said, new: Said) -> float:
    return enough(old, new, _HOLDING)


def _beginning(one: Said) -> Hashable:
    return tuple(one.words[:_TOPIC])


_BLOCKS = Nodes(seen, _topic, lambda block: words(_said(block)), _likeness, _merged)
_ITEMS = Nodes(
    lambda item: item, _beginning, lambda item: words(_said(*item.blocks)), _inside_alike, _item
)
_TERMS = Nodes(lambda item: item, lambda item: item.node.term, _term_words, _inside_alike, _term)


def noted(old: Footnote, new: Footnote) -> Footnote:
    """Return a footnote with marks where it differs from what it was."""
    return replace(new, blocks=rows_marked(old.blocks, new.blocks, _BLOCKS))


_NOTES = Nodes(lambda note: note.id, _beginning, lambda _: [], lambda _old, _new: 0.0, noted)
