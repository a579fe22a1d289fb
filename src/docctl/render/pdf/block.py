"""Blocks as statements of Typst: one function for each type."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from unicodedata import bidirectional

from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    Blocks,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Inlines,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Table,
    Text,
    ThematicBreak,
)
from docctl.content.walk import plain
from docctl.render.pdf.columns import Sharing, sharing
from docctl.render.pdf.inline import phrase, picture
from docctl.render.pdf.measure import BOLD
from docctl.render.pdf.pen import Pen
from docctl.render.pdf.source import array, call, string
from docctl.render.pdf.words import runs_over, written

__all__ = ["flowing", "inner", "statements"]

_DEEPEST = 6
#: Blocks inside more others than these are not moved in: the compiler nests no deeper.
_DEEPEST_QUOTED = 20
#: The size of the largest headings.
_LARGEST = 15.0
#: How much shorter the lines of a block inside another one are, at most, in points.
_INDENT = 20.0
#: The space at both ends of a line of code, in points.
_CODE_INSET = 14.0
#: What a sentence with a colon leads to.
_ANNOUNCED = (BulletList, CodeBlock, DefinitionList, Figure, OrderedList, Table)
#: A table of no more lines, and a call-out written with no more characters, stay on one page.
_TOGETHER_LINES, _TOGETHER_LETTERS = 12, 900
#: A row of more lines may be torn apart; a picture counts as so many.
_MOST_LINES, _PICTURE = 20, 60
_BOXES: Mapping[bool, str] = MappingProxyType({True: "\u2612", False: "\u2610"})
_LEFTWARD = frozenset({"R", "AL"})
_LETTERS = frozenset({"L", "R", "AL"})
#: Text of these kinds is set from right to left where its first letter is.
_FOREIGN = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def statements(pen: Pen, blocks: Iterable[Block]) -> str:
    """Return blocks as one expression.

    What a colon announces stays with its sentence, a table that lies across with its headings.
    """
    lines, headings = ["{"], 0
    before: Block | None = None
    for block in blocks:
        content = _WRITERS[type(block)](pen, block)
        if isinstance(block, Table) and _lies_across(pen, block):
            at = len(lines) - headings
            inside = "\n".join([*lines[at:], content])
            lines[at:] = [call("page", f"{{\n{inside}\n}}", flipped="true")]
        else:
            if _announces(before) and isinstance(block, _ANNOUNCED):
                lines[-1] = call("kept", lines[-1])
            lines.append(content)
        headings = headings + 1 if isinstance(block, Heading) else 0
        before = block
    return "\n".join([*lines, "}"])


def _announces(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and plain(block.inlines).endswith(":")


def inner(pen: Pen, blocks: Iterable[Block]) -> str:
    """Return blocks that stand inside another one."""
    with pen.within(_INDENT):
        return statements(pen, blocks)


def _directed(words: str, content: str, around: str = "ltr") -> str:
    """Return content set as its first letter wants it, where what stands *around* is not."""
    way = _way(words)
    return content if way == around else call("text", content, dir=way)


def _turned(words: str, content: str) -> str:
    """Return a whole block set from right to left where the first letter of *words* wants it."""
    return f"{{set text(dir: rtl); {content}}}" if _way(words) == "rtl" else content


def _way(words: str) -> str:
    if not _FOREIGN.search(words):
        return "ltr"
    first = next((k for k in map(bidirectional, words) if k in _LETTERS), "L")
    return "rtl" if first in _LEFTWARD else "ltr"


def _heading(pen: Pen, block: Heading) -> str:
    level = str(min(max(block.level - pen.shift, 1), _DEEPEST))
    number = f"{string(f'{block.number} ')}; h(0.4em); " if block.number else ""
    with pen.on(replace(pen.line, size=_LARGEST)):
        words = f"{{{number}{phrase(pen, block.inlines)}}}"
    marked = pen.marked(block.anchor, call("heading", words, level=level))
    return _turned(plain(block.inlines), marked)


def _paragraph(pen: Pen, block: Paragraph) -> str:
    content = call("par", phrase(pen, block.inlines))
    return _directed(plain(block.inlines), content)


def _code(pen: Pen, block: CodeBlock) -> str:
    lines = block.text.removesuffix("\n").split("\n")
    within = replace(pen.line, room=pen.line.room - _CODE_INSET)
    if any(runs_over(line, within) for line in lines):
        torn = (written(line, within, name="raw") for line in lines)
        return call("torn-code", f"{{{'; linebreak(); '.join(torn)}}}")
    strings = ", ".join(map(string, lines))
    return call("code", f'({strings},).join("\\n")')


def _quote(pen: Pen, block: BlockQuote) -> str:
    content = inner(pen, block.blocks)
    return call("quoted", content) if pen.inside < _DEEPEST_QUOTED else content


def _bullets(pen: Pen, block: BulletList) -> str:
    items = [_item(pen, item) for item in block.items]
    tasks = any(item.checked is not None for item in block.items)
    return call("list", *items, tight=_said(so=block.tight), marker="none" if tasks else "")


def _ordered(pen: Pen, block: OrderedList) -> str:
    items = [_item(pen, item) for item in block.items]
    return call("enum", *items, tight=_said(so=block.tight), start=str(block.start))


def _item(pen: Pen, item: ListItem) -> str:
    box = "" if item.checked is None else f"{string(_BOXES[item.checked])}; h(0.4em); "
    return f"{{{box}{flowing(pen, item.blocks)}}}"


def flowing(pen: Pen, blocks: Blocks) -> str:
    """Return the blocks of an item or a note: their first words stand behind its mark."""
    first, *rest = blocks or (Paragraph((Text(""),)),)
    if not isinstance(first, Paragraph):
        return inner(pen, blocks)
    words = _directed(plain(first.inlines), phrase(pen, first.inlines))
    return f"{words}; parbreak(); {inner(pen, rest)}" if rest else words


def _said(*, so: bool) -> str:
    return "true" if so else "false"


def _definitions(pen: Pen, block: DefinitionList) -> str:
    return "{\n" + "".join(_definition(pen, item) for item in block.items) + "}"


def _definition(pen: Pen, item: Definition) -> str:
    term = call("term", phrase(pen, item.term))
    meanings = [call("meaning", inner(pen, one)) for one in item.definitions]
    return "".join(f"{line}\n" for line in (term, *meanings))


def _table(pen: Pen, block: Table) -> str:
    caption = ""
    if block.caption:
        label = string(pen.caption("Table"))
        caption = f"{call('caption', f'{{{label}; {phrase(pen, block.caption)}}}')}\n"
    across = _lies_across(pen, block)
    shared = _sharing(pen, block, pen.across if across else pen.line.room)
    sides = array(side or "start" for side in block.alignments)
    headed = any(block.head) or not block.rows
    titles = " ".join(map(plain, block.head))
    way = _way(titles)
    head = [call("table.header", *_row(pen, block.head, shared, way, head=True))] * headed
    cells = (cell for row in block.rows for cell in _body_row(pen, row, shared, way))
    columns = array(f"{width:.1f}fr" for width in shared.columns)
    grid = call("table", *head, *cells, columns=columns, align=sides, inset=f"{shared.inset:g}pt")
    whole = sum(_height(row, shared) for row in block.rows[: _TOGETHER_LINES + 1])
    small = call(
        "sized",
        f"{shared.size:g}pt",
        _said(so=whole <= _TOGETHER_LINES),
        _turned(titles, pen.marked(block.anchor, grid)),
    )
    return f"{{\n{caption}{small}\n}}"


def _lies_across(pen: Pen, block: Table) -> bool:
    """Tell whether a table has a page across: by its author, or for words that need it."""
    if pen.inside or not pen.across:
        return False
    if "landscape" in block.classes:
        return True
    known = tuple(map(plain, block.head)) in pen.rows
    return (
        known
        and _sharing(pen, block, pen.line.room).torn
        and not _sharing(pen, block, pen.across).torn
    )


def _sharing(pen: Pen, block: Table, room: float) -> Sharing:
    """Return how a table is set: as all others with the same head."""
    heads = tuple(map(plain, block.head))
    rows = pen.rows.get(heads, ()) if any(heads) else ()
    if not rows:
        return sharing([heads, *([*map(plain, row)] for row in block.rows)], room)
    if (heads, room) not in pen.shared:
        pen.shared[heads, room] = sharing([heads, *rows], room)
    return pen.shared[heads, room]


def _height(row: Sequence[Inlines], shared: Sharing) -> int:
    """Return about how many lines a row takes; a picture may be as high as a page."""
    lines = shared.lines([*map(plain, row)])
    if all(type(node) is Text for cell in row for node in cell):
        return lines
    written = [str(cell) for cell in row]
    if any("Image(" in cell for cell in written):
        return _PICTURE
    breaks = max(cell.count("LineBreak(") for cell in written)
    return lines + breaks


def _body_row(pen: Pen, row: Sequence[Inlines], shared: Sharing, way: str) -> Iterator[str]:
    """Yield the cells of a row; a high one may be torn apart by the end of a page."""
    high = _height(row, shared) > _MOST_LINES
    for cell in _row(pen, row, shared, way):
        yield call("table.cell", cell, breakable="true") if high else cell


def _row(
    pen: Pen, cells: Iterable[Inlines], shared: Sharing, way: str, *, head: bool = False
) -> Iterator[str]:
    size = shared.size * BOLD if head else shared.size
    for column, cell in enumerate(cells):
        with pen.on(replace(pen.line, room=shared.inner(column), size=size)):
            words = _directed(plain(cell), phrase(pen, cell), way)
        yield call("strong", words) if head else words


def _figure(pen: Pen, block: Figure) -> str:
    shown = pen.marked(block.anchor, call("block", picture(pen, block.image)))
    title = block.image.title
    below = call("below", string(pen.caption("Figure") + title)) if title else "none"
    return call("shown", shown, below)


def _admonition(pen: Pen, block: Admonition) -> str:
    kind = block.kind.upper()
    same = block.title.casefold() in {"", block.kind}
    title = string(kind if same else f"{kind}: {block.title}")
    body = inner(pen, block.blocks)
    whole = _said(so=len(body) <= _TOGETHER_LETTERS)
    return call("call-out", f'"{block.kind}"', whole, title, body)


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
        ThematicBreak: lambda _, __: "rule()",
        PageBreak: lambda pen, _: "" if pen.inside else "pagebreak(weak: true)",
    }
)
