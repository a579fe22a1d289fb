"""From two trees to the marked one: block by block, item by item, row by row, word by word."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from docctl.content.differing.aligning import gaps, matched
from docctl.content.differing.pairing import Nodes, paired
from docctl.content.differing.sides import emptied
from docctl.content.differing.wording import alike, reworded, words
from docctl.content.marks import MARKS, Changed, Deleted, Inserted
from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
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
from docctl.content.walk import blocks, lines, plain

__all__ = ["marked"]

#: How much two nodes must share to be versions of each other; what holds others, less.
_ALIKE, _HOLDING = 0.4, 0.2
#: How many words say what a node is about.
_TOPIC = 5
#: How many letters of a long node are looked at.
_LONG = 4000


def marked(old: Document, new: Document) -> Document:
    """Return one tree with marks: what only *old* has is deleted, what only *new* has inserted.

    Blocks, items, rows and footnotes are compared one by one, and what says nearly the same word by
    word. Another shape (a level, an alignment, a kind) is a mark too; nothing is lost:
    `accepted` gives *new* again and `rejected` *old*. The numbering is that of *new*.
    """
    return replace(
        new,
        blocks=_row(old.blocks, new.blocks, _BLOCKS),
        footnotes=_row(old.footnotes, new.footnotes, _NOTES),
    )


def _row(old: Sequence[Any], new: Sequence[Any], kind: Nodes) -> tuple[Any, ...]:
    if old == new:
        return tuple(new)
    pairs = matched(list(map(kind.key, old)), list(map(kind.key, new)))
    found = list(pairs)
    for a, b, c, d in gaps(pairs, (0, len(old), 0, len(new))):
        found += [(a + i, c + j) for i, j in paired(old[a:b], new[c:d], kind)]
    return tuple(_marks(old, new, sorted(found), kind))


def _marks(
    old: Sequence[Any], new: Sequence[Any], pairs: list[tuple[int, int]], kind: Nodes
) -> Iterator[Any]:
    around = (0, len(old), 0, len(new))
    for pair, (a, b, c, d) in zip([*pairs, None], gaps(pairs, around), strict=True):
        yield from (Deleted((one,)) for one in old[a:b])
        yield from (Inserted((one,)) for one in new[c:d])
        if pair:
            was, now = old[pair[0]], new[pair[1]]
            both = now if was == now else kind.merged(was, now)
            yield from (Deleted((was,)), Inserted((now,))) if both is None else (both,)


# --- blocks --------------------------------------------------------------------------------


def _key(block: Block) -> Hashable:
    """Return what readers see of a block: not the number that was counted, nor the anchor."""
    if isinstance(block, Heading):
        return (Heading, block.level, block.inlines)
    if isinstance(block, Table | Figure):
        return replace(block, anchor="")
    return block


def _merged(old: Block, new: Block) -> Any:
    merge = _MERGES.get(type(new))
    made = merge(old, new) if merge else _same_but_for_anchors(old, new)
    if made is None:
        return None
    shape, before = emptied(new), emptied(old)
    return made if shape == before else Changed(made, before)


def _same_but_for_anchors(old: Block, new: Block) -> Any:
    return new if _key(old) == _key(new) else None


def _line(old: Any, new: Any) -> Any:
    return replace(new, inlines=reworded(old.inlines, new.inlines))


def _holder(old: Any, new: Any) -> Any:
    return replace(new, blocks=_row(old.blocks, new.blocks, _BLOCKS))


def _list(old: Any, new: Any) -> Any:
    return replace(new, items=_row(old.items, new.items, _ITEMS))


def _definitions(old: DefinitionList, new: DefinitionList) -> Any:
    return replace(new, items=_row(old.items, new.items, _TERMS))


def _table(old: Table, new: Table) -> Any:
    if len(old.head) != len(new.head):
        return None
    return replace(
        new,
        head=_cells(old.head, new.head),
        rows=_row(old.rows, new.rows, _ROWS),
        caption=reworded(old.caption, new.caption),
    )


def _cells(old: Sequence[Inlines], new: Sequence[Inlines]) -> tuple[Inlines, ...]:
    return tuple(reworded(was, now) for was, now in zip(old, new, strict=True))


_MERGES: Mapping[type, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        Paragraph: _line,
        Heading: _line,
        BlockQuote: _holder,
        Admonition: _holder,
        BulletList: _list,
        OrderedList: _list,
        DefinitionList: _definitions,
        Table: _table,
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


def _likeness(old: Block, new: Block) -> float:
    family = _FAMILIES[type(old)]
    if family != _FAMILIES[type(new)] or type(new) not in _MERGES:
        return 0.0
    if isinstance(old, Table) and len(old.head) != len(getattr(new, "head", ())):
        return 0.0
    return _enough(_said(old), _said(new), _ALIKE if family == "line" else _HOLDING)


def _topic(block: Block) -> Hashable:
    return (_FAMILIES[type(block)], _beginning(_said(block)))


# --- what stands in blocks -----------------------------------------------------------------


def _item(old: ListItem, new: ListItem) -> ListItem | None:
    if old.checked != new.checked:
        return None
    inside = _row(old.blocks, new.blocks, _BLOCKS)
    # What an item begins with stands behind its bullet, and cannot come or go by itself.
    return None if inside and type(inside[0]) in MARKS else replace(new, blocks=inside)


def _term(old: Definition, new: Definition) -> Definition | None:
    if len(old.definitions) != len(new.definitions):
        return None
    pairs = zip(old.definitions, new.definitions, strict=True)
    inside = tuple(_row(was, now, _BLOCKS) for was, now in pairs)
    return replace(new, term=reworded(old.term, new.term), definitions=inside)


def _said(*content: Block) -> str:
    """Return the words of blocks: of long ones those they begin with."""
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


def _row_said(row: Sequence[Inlines]) -> str:
    return " ".join(map(plain, row))


def _item_said(item: ListItem) -> str:
    return _said(*item.blocks)


def _term_said(item: Definition) -> str:
    return f"{plain(item.term)} {_said(*(one for part in item.definitions for one in part))}"


def _enough(old: str, new: str, least: float) -> float:
    """Return how alike two texts are, nothing where that is less than *least*."""
    found = alike(words(old), words(new))
    return found if found >= least else 0.0


def _rows_alike(old: Sequence[Inlines], new: Sequence[Inlines]) -> float:
    same = sum(was == now != () for was, now in zip(old, new, strict=True)) / len(new)
    return max(same, _enough(_row_said(old), _row_said(new), _ALIKE))


def _beginning(text: str) -> Hashable:
    return tuple(words(text[:200])[:_TOPIC])


_BLOCKS = Nodes(_key, _topic, _likeness, _merged)
_ROWS = Nodes(tuple, lambda row: next(filter(None, row), ()), _rows_alike, _cells)
_ITEMS = Nodes(
    lambda item: item,
    lambda item: _beginning(_item_said(item)),
    lambda old, new: _enough(_item_said(old), _item_said(new), _HOLDING),
    _item,
)
_TERMS = Nodes(
    lambda item: item,
    lambda item: item.term,
    lambda old, new: _enough(_term_said(old), _term_said(new), _HOLDING),
    _term,
)


def _note(old: Footnote, new: Footnote) -> Footnote:
    return replace(new, blocks=_row(old.blocks, new.blocks, _BLOCKS))


_NOTES = Nodes(lambda note: note.id, lambda note: note.id, lambda _old, _new: 0.0, _note)
