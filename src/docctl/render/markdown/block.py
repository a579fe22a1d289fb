"""Blocks as Markdown: each kind of block is a function to lines, without line ends."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeAlias

from docctl.content.differing import shape
from docctl.content.markdown.attributes import NONE, trailing
from docctl.content.markdown.lettered import unlisted
from docctl.content.marks import Changed, Deleted, Inserted
from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    Blocks,
    BulletList,
    CodeBlock,
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
    Text,
    ThematicBreak,
)
from docctl.content.walk import blocks as all_blocks
from docctl.content.walk import is_running
from docctl.render.markdown.inline import CAPTION, CHANGES, LINE, LINES, PARAGRAPH, TERM, written
from docctl.render.markdown.marked import boxed, fenced, reworded_lines
from docctl.render.markdown.pieces import NOTHING
from docctl.render.markdown.table import rows
from docctl.render.markdown.targets import braces

__all__ = ["block_lines", "note_lines", "titled"]

Lines: TypeAlias = list[str]

#: What stands between blocks: an empty line, or nothing in a tight list.
_APART: tuple[str, ...] = ("",)
_TIGHT: tuple[str, ...] = ()

#: Two lists in a row are told apart by their marks.
_BULLETS = ("-", "*")
_DELIMITERS = (".", ")")

#: The deepest heading that can be underlined, and so go over several lines.
_UNDERLINES: Mapping[int, str] = MappingProxyType({1: "===", 2: "---"})

#: What stands behind a tick box, as it is read from the same lines.
_RUNNING = (Paragraph, Figure, PageBreak)

#: A term without words; the line is not empty, what is read is.
_BLANK = "\u00a0"

_RULE = re.compile(r"[-*](?: *[-*])+ *")
_LAST_NUMBER = 999_999_999


def block_lines(blocks: Blocks, between: Sequence[str] = _APART) -> Lines:
    """Return the lines of *blocks*, with *between* standing between any two."""
    out: Lines = []
    run, before = 0, None
    for block in blocks:
        run = run + 1 if type(block) is type(before) else 0
        lines = _lines(block, run % 2, between)
        if isinstance(before, DefinitionList) and _is_term(block, lines):
            out += ["", NOTHING, ""]
        elif before is not None:
            out += between or ([NOTHING] if _goes_on(before, block) else _TIGHT)
        out += lines
        before = block
    return out


def _is_term(block: Block, lines: Lines) -> bool:
    """Tell whether a block behind a list of terms would be read as a further term of it."""
    return isinstance(block, DefinitionList) or any(
        line.lstrip(" ")[:1] in {":", "~"} for line in lines[1:3]
    )


def _goes_on(before: Block, block: Block) -> bool:
    """Tell whether a list right below a paragraph would be read as its next line."""
    if not isinstance(before, Paragraph):
        return False
    if isinstance(block, OrderedList) and block.start != 1:
        return True
    return isinstance(block, BulletList | OrderedList) and not block.items[0].blocks


def note_lines(note: Footnote) -> Lines:
    """Return the lines of a footnote."""
    lines = block_lines(note.blocks) or [NOTHING]
    mark = f"[^{note.id}]:"
    if note.blocks and isinstance(note.blocks[0], Paragraph):
        return [f"{mark} {lines[0]}", *_indented(lines[1:], 4)]
    return [mark, *_indented(lines, 4)]


def titled(heading: Heading) -> Inlines:
    """Return the inlines of a heading with its number before them."""
    if not heading.number:
        return heading.inlines
    first, *rest = heading.inlines or (Text(""),)
    if isinstance(first, Text):
        return (Text(f"{heading.number} {first.text}".rstrip()), *rest)
    return (Text(f"{heading.number} "), first, *rest)


def _lines(block: Block, turn: int, between: Sequence[str]) -> Lines:
    if isinstance(block, BulletList):
        return _list(block.items, [_BULLETS[turn]] * len(block.items), tight=block.tight)
    if isinstance(block, OrderedList):
        numbers = range(block.start, block.start + len(block.items))
        marks = [f"{min(number, _LAST_NUMBER)}{_DELIMITERS[turn]}" for number in numbers]
        return _list(block.items, marks, tight=block.tight)
    if isinstance(block, Table):
        caption = _caption(block)
        return [*rows(block), *between, *caption] if caption else rows(block)
    return _WRITERS[type(block)](block)


def _indented(lines: Iterable[str], width: int) -> Lines:
    return [" " * width + line if line else "" for line in lines]


def _quoted(lines: Iterable[str]) -> Lines:
    return [f"> {line}" if line else ">" for line in lines]


# --- one function for each kind of block ---------------------------------------------------


def _heading(block: Heading) -> Lines:
    inlines = titled(block)
    attributes = braces(block.anchor, block.classes)
    if block.level in _UNDERLINES and "\n" in (text := written(inlines, LINES)):
        underline = _UNDERLINES[block.level]  # three dashes below a | would make a table
        return [*_attributed(text, attributes).split("\n"), underline[: 1 if "|" in text else 3]]
    text = written(inlines, LINE)
    if text.endswith("#"):
        text = text[:-1] + "\\#"
    return [f"{'#' * block.level} {_attributed(text, attributes)}".rstrip()]


def _attributed(text: str, attributes: str) -> str:
    """Return *text* with its attributes; braces of its own that look the same are escaped."""
    if trailing(text)[1] is not NONE:
        head, brace, tail = text.rpartition("{")
        text = f"{head}\\{brace}{tail}"
    return f"{text} {attributes}".strip() if attributes else text


def _paragraph(block: Paragraph) -> Lines:
    return unlisted(written(block.inlines, PARAGRAPH)).split("\n")


def _code(block: CodeBlock) -> Lines:
    return fenced(block.text, block.language)


def _quote(block: BlockQuote) -> Lines:
    return _quoted(block_lines(block.blocks) or [""])


def _list(items: Sequence[ListItem], marks: Sequence[str], *, tight: bool) -> Lines:
    between = _TIGHT if tight and any(map(is_running, items)) else _APART
    out: Lines = []
    for item, mark in zip(items, marks, strict=True):
        out += [*between[: len(out)], *_item(item, mark, between)]
    if not tight and len(items) == 1 and len(items[0].blocks) <= 1:
        out += ["", *_indented([NOTHING], len(marks[0]) + 1)]
    return out


def _item(item: ListItem, bullet: str, between: Sequence[str]) -> Lines:
    box = boxed(item)
    lines = block_lines(item.blocks, between)
    if not lines or (box and not isinstance(item.blocks[0], _RUNNING)):
        lines = ["", *(between if lines else ()), *lines]
    first = f"{bullet} {box}{lines[0]}".rstrip(" ")
    if _RULE.fullmatch(first):
        return [bullet, *_indented(lines, len(bullet) + 1)]
    return [first, *_indented(lines[1:], len(bullet) + 1)]


def _definitions(block: DefinitionList) -> Lines:
    out: Lines = []
    for item in block.items:
        out += [*_APART[: len(out)], written(item.term, TERM) or _BLANK]
        for at, definition in enumerate(item.definitions):
            lines = block_lines(definition) or [NOTHING]
            out += [*_APART[:at], f": {lines[0]}", *_indented(lines[1:], 2)]
    return out


def _caption(block: Table) -> Lines:
    attributes = braces(block.anchor, block.classes)
    if not block.caption:
        return [attributes] if attributes else []
    return f"Table: {_attributed(written(block.caption, CAPTION), attributes)}".split("\n")


def _figure(block: Figure) -> Lines:
    image = written((replace(block.image, width=""),), PARAGRAPH)
    return [image + braces(block.anchor, block.classes, block.image.width)]


def _call_out(block: Admonition) -> Lines:
    lines = block_lines(block.blocks)
    if not block.title:
        joined = block.blocks and isinstance(block.blocks[0], Paragraph)
        gap = () if joined or not lines else _APART
        return _quoted([f"[!{block.kind.upper()}]", *gap, *lines])
    if _needs_indent(block):
        return [f'!!! {block.kind} "{block.title}"', "", *_indented(lines, 4)]
    return [f"::: {block.kind} {block.title}", "", *lines, *_APART[: len(lines)], ":::"]


def _needs_indent(block: Admonition) -> bool:
    """Tell whether a line of the call-out, or its title, could be taken for its end."""
    inside = all_blocks(Document(block.blocks))
    return '"' not in block.title and (
        ":" in block.title or any(_hides_end(part, block.blocks) for part in inside)
    )


def _hides_end(part: Block, direct: Blocks) -> bool:
    nested = not any(part is block for block in direct)
    if isinstance(part, CodeBlock):
        return nested or "```" in part.text or "~~~" in part.text
    return nested and isinstance(part, Admonition)


def _rule(_block: ThematicBreak) -> Lines:
    return ["___"]


def _page_break(_block: PageBreak) -> Lines:
    return ["\\newpage"]


def _mark(mark: Inserted | Deleted) -> Lines:
    if mark.moved:
        way = "from" if isinstance(mark, Inserted) else "to"
        return [f"{{>>moved {way} {mark.moved}<<}}", "", *_mark(replace(mark, moved=""))]
    (block,) = mark.nodes
    if isinstance(block, Paragraph | Heading):
        row: tuple[Any, ...] = (type(mark)(block.inlines),)
        return block_lines((replace(block, inlines=row),))
    begin, end = CHANGES[type(mark)]
    return [begin, "", *block_lines(mark.nodes), "", end]


def _changed(change: Changed) -> Lines:
    was, now = shape(change)
    note = [f"{{>>changed from {was} to {now}<<}}", ""] if was else []
    if change.words:
        return [*note, *reworded_lines(change)]
    return [*note, *block_lines((change.now,))]


_WRITERS: Mapping[type, Callable[[Any], Lines]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        CodeBlock: _code,
        BlockQuote: _quote,
        DefinitionList: _definitions,
        Figure: _figure,
        Admonition: _call_out,
        ThematicBreak: _rule,
        PageBreak: _page_break,
        Inserted: _mark,
        Deleted: _mark,
        Changed: _changed,
    }
)
