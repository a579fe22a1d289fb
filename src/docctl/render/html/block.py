"""Blocks as elements of HTML: one function for each type."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from docctl.content.differing import shape
from docctl.content.marks import Changed, Deleted, Inserted, went_with
from docctl.content.tree import (
    Admonition,
    Alignment,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    Inlines,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Table,
    ThematicBreak,
)
from docctl.content.walk import plain
from docctl.render.html.escape import attribute, text
from docctl.render.html.inline import MARKED, phrase, picture
from docctl.render.html.pen import Pen

__all__ = ["elements"]

_DEEPEST = 6
_BOXES: Mapping[bool, str] = MappingProxyType(
    {
        True: '<input type="checkbox" disabled checked aria-label="done"> ',
        False: '<input type="checkbox" disabled aria-label="to do"> ',
    }
)


def elements(pen: Pen, blocks: Iterable[Block]) -> str:
    """Return blocks as HTML, each on lines of its own."""
    return "".join([f"{_WRITERS[type(block)](pen, block)}\n" for block in blocks])


def _heading(pen: Pen, block: Heading) -> str:
    level = block.level + pen.shift
    tag = f"h{min(max(level, 1), _DEEPEST)}"
    deeper = f' aria-level="{level}"' if level > _DEEPEST else ""
    number = f'<span class="number">{text(block.number)}</span> ' if block.number else ""
    words = phrase(pen, block.inlines)
    return f"<{tag}{pen.anchor(block.anchor)}{deeper}{pen.direction}>{number}{words}</{tag}>"


def _paragraph(pen: Pen, block: Paragraph) -> str:
    return f"<p{pen.direction}>{phrase(pen, block.inlines)}</p>"


def _code(_pen: Pen, block: CodeBlock) -> str:
    return _preformatted(block, text(block.text))


def _preformatted(block: CodeBlock, words: str) -> str:
    language = f' class="language-{attribute(block.language)}"' if block.language else ""
    return f"<pre><code{language}>{words}</code></pre>"


def _quote(pen: Pen, block: BlockQuote) -> str:
    words = elements(pen, block.blocks)
    return f"<blockquote{pen.laid(words)}>\n{words}</blockquote>"


def _bullets(pen: Pen, block: BulletList) -> str:
    tasks = any(item.checked is not None for item in block.items)
    names = [name for name, so in (("tight", block.tight), ("tasks", tasks)) if so]
    classes = f' class="{" ".join(names)}"' if names else ""
    items = _items(pen, block.items, tight=block.tight)
    return f"<ul{classes}{pen.laid(items)}>\n{items}</ul>"


def _ordered(pen: Pen, block: OrderedList) -> str:
    start = f' start="{block.start}"' if block.start != 1 else ""
    tight = ' class="tight"' if block.tight else ""
    items = _items(pen, block.items, tight=block.tight)
    return f"<ol{start}{tight}{pen.laid(items)}>\n{items}</ol>"


def _items(pen: Pen, items: Iterable[ListItem], *, tight: bool) -> str:
    written = (_item(pen, item, tight=tight) for item in items)
    return "".join(f"<li{pen.laid(words)}>{words}</li>\n" for words in written)


def _item(pen: Pen, item: ListItem, *, tight: bool) -> str:
    """Return what stands in an item; the first paragraph of a tight one needs no element."""
    box, mark = _box(item.checked), went_with(item.blocks)
    if mark and box:
        box = f"<{MARKED[mark]}>{box}</{MARKED[mark]}>"
    first, *rest = item.blocks or (None,)
    if isinstance(first, Paragraph) and tight:
        words = box + phrase(pen, first.inlines)
        return f"{words}\n{elements(pen, rest)}" if rest else words
    return f"{box}\n{elements(pen, item.blocks)}"


def _box(checked: Any) -> str:
    """Return the box of an item; in a marked tree it may have been another one."""
    if not isinstance(checked, Changed):
        return "" if checked is None else _BOXES[checked]
    sides = ((Deleted, checked.was), (Inserted, checked.now))
    marks = ((MARKED[kind], _box(box).rstrip()) for kind, box in sides)
    return "".join(f"<{tag}>{box}</{tag}>" for tag, box in marks if box) + " "


def _definitions(pen: Pen, block: DefinitionList) -> str:
    parts: list[str] = []
    for item in block.items:
        parts.append(f"<dt{pen.direction}>{phrase(pen, item.term)}</dt>\n")
        parts += [f"<dd>\n{elements(pen, one)}</dd>\n" for one in item.definitions]
    words = "".join(parts)
    return f"<dl{pen.laid(words)}>\n{words}</dl>"


def _table(pen: Pen, block: Table) -> str:
    caption = ""
    if block.caption:
        words = text(pen.caption("Table")) + phrase(pen, block.caption)
        caption = f"<caption{pen.direction}>{words}</caption>\n"
    label = attribute(plain(block.caption) or "Table")
    head = _row(pen, block.head, block.alignments, ("th", ' scope="col"'))
    rows = "".join(_rows(pen, block))
    return (
        f'<div class="wide" role="region" aria-label="{label}" tabindex="0">'
        f"<table{pen.anchor(block.anchor)}{pen.laid(head + rows)}>\n{caption}"
        f"<thead>\n{head}</thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table></div>"
    )


def _rows(pen: Pen, block: Table) -> Iterator[str]:
    return (_row(pen, row, block.alignments, ("td", "")) for row in block.rows)


def _row(
    pen: Pen, cells: Iterable[Inlines], alignments: Iterable[Alignment], kind: tuple[str, str]
) -> str:
    tag, more = kind
    written = (
        f"<{tag}{more}{_classes(cell, side)}{pen.direction}>{phrase(pen, cell)}</{tag}>"
        for cell, side in zip(cells, alignments, strict=True)
    )
    return f"<tr>{''.join(written)}</tr>\n"


def _classes(cell: Inlines, side: Alignment) -> str:
    """Return how a cell is set: a day is not broken, a word that is too long for it anywhere."""
    names: list[str] = [side] if side in _SIDES else []
    words = plain(cell)
    if _WHEN.fullmatch(words):
        names.append("when")
    elif any(len(word) > _LONG for word in words.split()):
        names.append("torn")
    return f' class="{" ".join(names)}"' if names else ""


_SIDES = frozenset({"center", "right"})
_WHEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9:]{5}(?: UTC)?)?")
#: A word of more letters may be broken in a cell.
_LONG = 24


def _figure(pen: Pen, block: Figure) -> str:
    title = block.image.title
    caption = _captioned(pen, text(title)) if title else ""
    return f"<figure{pen.anchor(block.anchor)}>{picture(pen, block.image)}{caption}</figure>"


def _captioned(pen: Pen, title: str) -> str:
    return f"<figcaption{pen.direction}>{text(pen.caption('Figure'))}{title}</figcaption>"


def _admonition(pen: Pen, block: Admonition) -> str:
    kind = block.kind.capitalize()
    same = block.title.casefold() in {"", block.kind}
    title = text(kind if same else f"{kind}: {block.title}")
    words = elements(pen, block.blocks)
    return (
        f'<aside class="call-out {block.kind}" aria-label="{title}"{pen.laid(words)}>'
        f"<p><strong>{title}</strong></p>\n{words}</aside>"
    )


def _mark(pen: Pen, mark: Inserted | Deleted) -> str:
    captions = dict(pen.captions)
    tag, content = MARKED[type(mark)], elements(pen, mark.nodes)
    if isinstance(mark, Deleted):  # what went is not counted
        pen.captions = captions
    note = f'<p class="reshaped">{_WAY[type(mark)]} {text(mark.moved)}:</p>\n' if mark.moved else ""
    return f'{note}<{tag} class="block">\n{content}</{tag}>'


#: How a passage is announced that stands in another place on the other side.
_WAY: Mapping[type, str] = MappingProxyType({Inserted: "Moved from", Deleted: "Moved to"})


def _changed(pen: Pen, change: Changed) -> str:
    was, now = shape(change)
    note = f'<p class="reshaped">Changed from {text(was)} to {text(now)}:</p>\n' if was else ""
    if change.words:
        return note + _REWORDED[type(change.now)](pen, change)
    return f"{note}{elements(pen, (change.now,))}".removesuffix("\n")


def _recoded(pen: Pen, change: Changed) -> str:
    return _preformatted(change.now, phrase(pen, change.words))


def _refigured(pen: Pen, change: Changed) -> str:
    """Return a figure with marks in its caption, and with both pictures if it has another one."""
    title = change.now.image.title
    was, now = (picture(pen, replace(one.image, title=title)) for one in (change.was, change.now))
    pictures = now if was == now else f"<del>{was}</del> <ins>{now}</ins>"
    caption = _captioned(pen, phrase(pen, change.words))
    return f"<figure{pen.anchor(change.now.anchor)}>{pictures}{caption}</figure>"


#: What has its marks beside it.
_REWORDED: Mapping[type, Callable[[Pen, Changed], str]] = MappingProxyType(
    {CodeBlock: _recoded, Figure: _refigured}
)


_WRITERS: Mapping[type, Callable[[Pen, Any], str]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        CodeBlock: _code,
        BlockQuote: _quote,
        BulletList: _bullets,
        OrderedList: _ordered,
        DefinitionList: _definitions,
        Table: _table,
        Figure: _figure,
        Admonition: _admonition,
        ThematicBreak: lambda _, __: "<hr>",
        PageBreak: lambda _, __: '<div class="page-break"></div>',
        Inserted: _mark,
        Deleted: _mark,
        Changed: _changed,
    }
)
