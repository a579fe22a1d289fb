"""Going through a tree: its words, its blocks, its inlines with their lines, and changing nodes.

Of a marked tree the words and blocks are those of the newer one; nodes are changed on both sides.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import is_
from types import MappingProxyType
from typing import Any, TypeVar, cast

from docctl.content.marks import Changed, Deleted, Inserted
from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    BulletList,
    Code,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Footnote,
    FootnoteRef,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListItem,
    Mention,
    OrderedList,
    PageBreak,
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

#: What a node may be changed into: for each type, a function to a node that may stand in its place.
Changes = Mapping[type, Callable[[Any], Any]]
Node = TypeVar("Node")

_BREAKS = frozenset({SoftBreak, LineBreak})
_WRAPPERS = frozenset({Emphasis, Strong, Strike, Superscript, Subscript, Link, Reference})

_WORDS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        Text: lambda node: node.text,
        Code: lambda node: node.text,
        SoftBreak: lambda _: " ",
        LineBreak: lambda _: " ",
        Image: lambda node: node.alt,
        Mention: lambda node: node.name,
        FootnoteRef: lambda _: "",
        Reference: lambda node: plain(node.inlines) or node.number,
        Inserted: lambda mark: plain(mark.nodes),
        Deleted: lambda _: "",
        **dict.fromkeys(_WRAPPERS - {Reference}, lambda node: plain(node.inlines)),
    }
)

_INSIDE: Mapping[type, Callable[[Any], Iterable[Block]]] = MappingProxyType(
    {
        BlockQuote: lambda block: block.blocks,
        Admonition: lambda block: block.blocks,
        Inserted: lambda mark: mark.nodes,
        Changed: lambda change: (change.now,),
        BulletList: lambda block: (b for item in block.items for b in item.blocks),
        OrderedList: lambda block: (b for item in block.items for b in item.blocks),
        DefinitionList: lambda block: (
            b for item in block.items for definition in item.definitions for b in definition
        ),
    }
)


def _table_lines(table: Table) -> Iterator[tuple[int, Inlines]]:
    for cell in table.head:
        yield table.line, cell
    for line, row in enumerate(table.rows, table.line + 2):
        for cell in row:
            yield line, cell
    if table.caption:
        yield table.line + 3 + len(table.rows), table.caption


_LINES: Mapping[type, Callable[[Any], Iterable[tuple[int, Inlines]]]] = MappingProxyType(
    {
        Heading: lambda block: ((block.line, block.inlines),),
        Paragraph: lambda block: ((block.line, block.inlines),),
        Figure: lambda block: ((block.line, (block.image,)),),
        DefinitionList: lambda block: ((item.line, item.term) for item in block.items),
        Table: _table_lines,
    }
)


def is_running(item: ListItem) -> bool:
    """Tell whether an item has what alone can be tight; without it, empty lines mean nothing."""
    return item.checked is not None or any(
        isinstance(one, Paragraph | Figure | PageBreak)
        or (isinstance(one, Table) and bool(one.caption or one.anchor or one.classes))
        for one in item.blocks
    )


def plain(inlines: Inlines) -> str:
    """Return the words alone; a break is a space, an image its alternative text."""
    return "".join([_WORDS[type(node)](node) for node in inlines])


def blocks(document: Document) -> Iterator[Block]:
    """Yield every block, outer before inner, in the order of the text; footnotes come last."""
    yield from _spread_out(document.blocks)
    for note in document.footnotes:
        yield from _spread_out(note.blocks)


def _spread_out(content: Iterable[Block]) -> Iterator[Block]:
    for block in content:
        yield block
        inside = _INSIDE.get(type(block))
        if inside is not None:
            yield from _spread_out(inside(block))


def inlines(document: Document) -> Iterator[tuple[int, Inline]]:
    """Yield every inline with its source line, outer before inner, in the order of `blocks`."""
    for block in blocks(document):
        for line, nodes in lines(block):
            yield from _spread(nodes, line)


def inlines_of(document: Document, *kinds: type) -> Iterator[Any]:
    """Yield what `inlines` yields of some types, without the lines: faster for a few."""
    wanted = _WRAPPERS.union(kinds)
    for block in blocks(document):
        rows = _rows(block)
        if not wanted.isdisjoint(map(type, chain.from_iterable(rows))):
            for nodes in rows:
                if not wanted.isdisjoint(map(type, nodes)):
                    yield from _those(nodes, kinds, wanted)


def _rows(block: Block) -> Sequence[Inlines]:
    if type(block) is Paragraph or type(block) is Heading:
        return (block.inlines,)
    if type(block) is Table:
        return (*block.head, *chain.from_iterable(block.rows), block.caption)
    return [nodes for _, nodes in lines(block)]


def _those(nodes: Inlines, kinds: Collection[type], wanted: frozenset[type]) -> Iterator[Any]:
    """Yield the inlines of some types, outer before inner; *wanted* are these and wrappers."""
    for node in nodes:
        kind = type(node)
        if kind in kinds:
            yield node
        if kind in _WRAPPERS:
            inner = cast("Any", node).inlines
            if not wanted.isdisjoint(map(type, inner)):
                yield from _those(inner, kinds, wanted)


def inlines_by_type(document: Document) -> Mapping[type, Sequence[tuple[int, Any]]]:
    """Return what `inlines` yields, by type: one walk for those who look for many."""
    found: dict[type, list[tuple[int, Any]]] = defaultdict(list)
    for block in blocks(document):
        for line, nodes in lines(block):
            _sort_out(nodes, line, found)
    return found


def _sort_out(nodes: Inlines, line: int, found: Mapping[type, list[tuple[int, Any]]]) -> int:
    """Add inlines that begin on a line, and those inside them; return the line they end on."""
    for node in nodes:
        kind = type(node)
        found[kind].append((line, node))
        if kind in _BREAKS:
            line += 1
        elif kind in _WRAPPERS:
            line = _sort_out(cast("Any", node).inlines, line, found)
    return line


def lines(block: Block) -> Iterable[tuple[int, Inlines]]:
    """Return the inlines that stand in *block* itself, with the line they begin on."""
    find = _LINES.get(type(block))
    return find(block) if find else ()


def _spread(nodes: Inlines, line: int) -> Iterator[tuple[int, Inline]]:
    pending = list(reversed(nodes))
    while pending:
        node = pending.pop()
        yield line, node
        if type(node) in _WRAPPERS:
            pending.extend(reversed(getattr(node, "inlines", ())))
        elif isinstance(node, SoftBreak | LineBreak):
            line += 1


# --- changing ------------------------------------------------------------------------------

#: Type of node → its fields that hold nodes, or tuples of them.
FIELDS: Mapping[type, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(_WRAPPERS, ("inlines",)),
        Heading: ("inlines",),
        Paragraph: ("inlines",),
        Figure: ("image",),
        Table: ("head", "rows", "caption"),
        BlockQuote: ("blocks",),
        Admonition: ("blocks",),
        BulletList: ("items",),
        OrderedList: ("items",),
        ListItem: ("blocks",),
        DefinitionList: ("items",),
        Definition: ("term", "definitions"),
        Footnote: ("blocks",),
        Inserted: ("nodes",),
        Deleted: ("nodes",),
        Changed: ("now", "was"),
        Document: ("blocks", "footnotes"),
    }
)


def changed(tree: Node, changes: Changes) -> Node:
    """Return *tree* with every node of the types in *changes* replaced, inner before outer.

    *tree* is a document, any node, or a tuple of nodes. What did not change is the same object.
    """
    return cast("Node", _changed(tree, changes, frozenset({tuple, *FIELDS, *changes})))


def _changed(tree: Any, changes: Changes, touched: frozenset[type]) -> Any:
    """Return *tree* changed; of other types than *touched* nothing can be another one."""
    kind = type(tree)
    if kind is tuple:
        if touched.isdisjoint(map(type, tree)):
            return tree
        parts = tuple(
            [_changed(one, changes, touched) if type(one) in touched else one for one in tree]
        )
        return tree if all(map(is_, parts, tree)) else parts
    new = {}
    for name in FIELDS.get(kind, ()):
        old = getattr(tree, name)
        if type(old) is tuple and touched.isdisjoint(map(type, old)):
            continue
        part = _changed(old, changes, touched)
        if part is not old:
            new[name] = part
    if new:
        tree = replace(tree, **new)
    change = changes.get(kind)
    return change(tree) if change else tree


def rows_changed(change: Callable[[Inlines], Inlines]) -> Changes:
    """Return changes that change every row of inlines: of blocks, of cells, of emphases, of links.

    A row that *change* returns as it is leaves its node as it is.
    """

    def holder(node: Any) -> Any:
        row = change(node.inlines)
        return node if row is node.inlines else replace(node, inlines=row)

    def table(node: Table) -> Table:
        before = (node.head, *node.rows, (node.caption,))
        after = [tuple(map(change, row)) for row in before]
        if all(map(is_, chain.from_iterable(before), chain.from_iterable(after))):
            return node
        head, *rows, (caption,) = after
        return replace(node, head=head, rows=tuple(rows), caption=caption)

    def definition(item: Definition) -> Definition:
        term = change(item.term)
        return item if term is item.term else replace(item, term=term)

    holders = dict.fromkeys((Paragraph, Heading, *_WRAPPERS), holder)
    return MappingProxyType({**holders, Table: table, Definition: definition})
