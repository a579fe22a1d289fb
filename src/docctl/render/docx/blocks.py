"""Blocks as paragraphs and tables: one function for each type."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from docctl.content.marks import MARKS
from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    Blocks,
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
    Strong,
    Table,
    ThematicBreak,
)
from docctl.render.docx.parts.numbering import BULLETS, TASKS, UNCOUNTED
from docctl.render.docx.parts.styles import HEADING_TAB, LINE
from docctl.render.docx.pens.pen import Ink, Pen
from docctl.render.docx.place import DEEPEST, TEXT, Place, look_like_one
from docctl.render.docx.runs import BOLD, code, plain_run, runs
from docctl.render.docx.tables import GAP, figure, table
from docctl.render.docx.tracking.marking import marked_pieces

__all__ = ["first_paragraph", "pieces", "write"]

_KEEP = "<w:keepNext/>"
#: Up to this number a word processor counts.
_LAST_NUMBER = 32_767
_COLON = ":</w:t></w:r>"
_TAB = "<w:r><w:tab/></w:r>"
_UNCOUNTED = (
    f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{UNCOUNTED}"/></w:numPr>'
    '<w:ind w:left="0" w:firstLine="0"/>'
)
_SYMBOL = (
    '<w:r><w:rPr><w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol"'
    ' w:eastAsia="Segoe UI Symbol" w:cs="Segoe UI Symbol"/></w:rPr><w:t>{}</w:t></w:r>'
)
#: The line across the page that word processors draw themselves; others know it, too, where
#: nothing else is said of its paragraph.
_LINE = (
    '<w:p><w:r><w:pict><v:rect style="width:0;height:1pt" o:hralign="center" o:hrstd="t"'
    f' o:hrnoshade="t" o:hr="t" fillcolor="#{LINE}" stroked="f"/></w:pict></w:r></w:p>'
)
_BOXES = MappingProxyType({True: _SYMBOL.format("☒"), False: _SYMBOL.format("☐")})


def write(pen: Pen, blocks: Sequence[Block], place: Place) -> str:
    """Return *blocks* as the content of *place*."""
    return "".join(pieces(pen, blocks, place))


def pieces(pen: Pen, blocks: Sequence[Block], place: Place) -> list[str]:
    """Return the same as `write` in pieces, each of whole elements; a long text is joined once."""
    if not MARKS.isdisjoint(map(type, blocks)):
        return marked_pieces(pen, blocks, place, pieces)
    room, pen.room = pen.room, place.width
    parts, before = [], None
    for block in blocks:
        kind = type(block)
        if kind is before is PageBreak:
            continue
        if look_like_one(kind, before):
            parts.append(GAP)
        parts.append(_WRITERS[kind](pen, block, place))
        before = kind
    pen.room = room
    return parts


def _paragraph(pen: Pen, block: Paragraph, place: Place) -> str:
    content = runs(pen, block.inlines)
    lead = len(block.inlines) == 1 and isinstance(block.inlines[0], Strong)
    if lead or content.endswith(_COLON):  # what it announces follows on the same page
        return f"{place.opening.replace('/>', '/>' + _KEEP, 1)}{content}</w:p>"
    return f"{place.opening}{content}</w:p>"


def _heading(pen: Pen, block: Heading, place: Place) -> str:
    if place.style != TEXT:
        return f"{place.opening}{_divided(pen, block)}</w:p>"
    level, numbers = block.level - pen.look.shift, pen.look.numbers
    properties = number = ""
    if block.number and numbers.form == "text":
        tab = HEADING_TAB[level]
        properties = f'<w:ind w:left="{tab}" w:hanging="{tab}"/>'
        number = plain_run(block.number) + _TAB
    elif not block.number and numbers.level(level) is not None:
        properties = _UNCOUNTED
    words = pen.marked(block.anchor, number + runs(pen, block.inlines))
    style = f'<w:pStyle w:val="Heading{level}"/>'
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{words}</w:p>"


def _code(_pen: Pen, block: CodeBlock, place: Place) -> str:
    return f"{place.paragraph('SourceCode')}{code(block.text)}</w:p>"


def _quote(pen: Pen, block: BlockQuote, place: Place) -> str:
    return write(pen, block.blocks, place.quote())


def _admonition(pen: Pen, block: Admonition, place: Place) -> str:
    inner = place.admonition(block.kind)
    same = block.title.casefold() in {"", block.kind}
    title = block.kind.upper() if same else f"{block.kind.upper()}: {block.title}"
    opening = inner.paragraph(inner.style, keep=_KEEP)
    return f"{opening}{plain_run(title, BOLD)}</w:p>{write(pen, block.blocks, inner)}{GAP}"


def _definitions(pen: Pen, block: DefinitionList, place: Place) -> str:
    inner, parts = place.definition(), []
    opening = place.paragraph("DefinitionTerm")
    for item in block.items:
        parts.append(f"{opening}{runs(pen, item.term)}</w:p>")
        parts.extend(write(pen, definition, inner) for definition in item.definitions)
    return "".join(parts)


def _figure(pen: Pen, block: Figure, place: Place) -> str:
    title = block.image.title
    return figure(pen, block, place, (runs(pen, (block.image,)), plain_run(title) if title else ""))


def _rule(_pen: Pen, _block: ThematicBreak, place: Place) -> str:
    return f"{place.paragraph('HorizontalRule')}</w:p>" if place.left else _LINE


def _page_break(_pen: Pen, _block: PageBreak, place: Place) -> str:
    return f'{place.paragraph("Break")}<w:r><w:br w:type="page"/></w:r></w:p>'


# --- lists ---------------------------------------------------------------------------------


def _bullets(pen: Pen, block: BulletList, place: Place) -> str:
    inner = place.item(_LIST_STYLES[block.tight])
    opening = inner.item_opening(BULLETS)
    task = inner.item_opening(TASKS)
    heads = (
        opening if item.checked is None else f"{task}{_BOXES[item.checked]}{_TAB}"
        for item in block.items
    )
    return _items(pen, zip(heads, block.items, strict=True), inner)


def _ordered(pen: Pen, block: OrderedList, place: Place) -> str:
    inner = place.item(_LIST_STYLES[block.tight])
    if inner.depth > DEEPEST or block.start + len(block.items) > _LAST_NUMBER:
        opening = inner.item_opening(TASKS)
        heads = [
            f"{opening}{plain_run(f'{number}.')}{_TAB}"
            for number in range(block.start, block.start + len(block.items))
        ]
    else:
        heads = [inner.item_opening(pen.later(_begun_list, inner.depth - 1, block.start))] * len(
            block.items
        )
    marked = (
        head if item.checked is None else f"{head}{_BOXES[item.checked]}{plain_run(' ')}"
        for head, item in zip(heads, block.items, strict=True)
    )
    return _items(pen, zip(marked, block.items, strict=True), inner)


def _begun_list(ink: Ink, level: int, start: int) -> str:
    return str(ink.lists.new(level, start))


def _items(pen: Pen, items: Iterable[tuple[str, ListItem]], inner: Place) -> str:
    room, pen.room = pen.room, inner.width
    parts = []
    for head, item in items:
        beginning, rest = _begun(pen, item, head, inner)
        if rest and isinstance(rest[0], _SHOWN):  # what a step shows stands on the page of the step
            beginning = beginning.replace("/>", f"/>{_KEEP}", 1)
        parts.append(f"{beginning}</w:p>")
        if rest:
            parts.append(write(pen, rest, inner))
    pen.room = room
    return "".join(parts)


def _begun(pen: Pen, item: ListItem, head: str, inner: Place) -> tuple[str, Blocks]:
    """Return the paragraph that an item begins with, and the blocks after it."""
    block = item.blocks[0] if item.blocks else None
    if isinstance(block, Heading):
        return f"{head}{_divided(pen, block)}", item.blocks[1:]
    if isinstance(block, CodeBlock):
        lines = head.replace(f'"{inner.style}"', '"SourceCode"', 1)
        return f"{lines}{code(block.text)}", item.blocks[1:]
    first, rest = first_paragraph(item.blocks)
    return f"{head}{runs(pen, first)}", rest


def _divided(pen: Pen, heading: Heading) -> str:
    """Return a heading that does not divide the text: in a quotation, a list or a note."""
    return pen.marked(heading.anchor, runs(pen, heading.inlines, BOLD))


# --- all -----------------------------------------------------------------------------------


def first_paragraph(content: Blocks) -> tuple[Inlines, Blocks]:
    """Return the inlines of the paragraph that *content* begins with, and the blocks after it."""
    if content and isinstance(content[0], Paragraph):
        return content[0].inlines, content[1:]
    return (), content


_LIST_STYLES = MappingProxyType({True: "Compact", False: "ListParagraph"})
#: What stands below the words that lead to it.
_SHOWN = (Table, CodeBlock, Figure)

_WRITERS: Mapping[type, Callable[[Any, Any, Place], str]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        CodeBlock: _code,
        BlockQuote: _quote,
        BulletList: _bullets,
        OrderedList: _ordered,
        DefinitionList: _definitions,
        Table: table,
        Figure: _figure,
        Admonition: _admonition,
        ThematicBreak: _rule,
        PageBreak: _page_break,
    }
)
