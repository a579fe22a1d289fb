"""Blocks of which some are marked: each side is written as if it stood alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

from docctl.content.differing import reshaped, shape
from docctl.content.marks import MARKS, Changed, Deleted, Inserted, bare
from docctl.content.tree import Block, BulletList, CodeBlock, Figure, OrderedList, PageBreak, Text
from docctl.render.docx.pens.brackets import KINDS, Kind, around_blocks, around_runs, compared
from docctl.render.docx.pens.pen import Ink, Pen
from docctl.render.docx.place import MERGING, Place, look_like_one
from docctl.render.docx.runs import code, runs
from docctl.render.docx.tables import GAP, figure

__all__ = ["marked_pieces"]

#: What writes blocks that are not marked, in pieces.
Write = Callable[[Any, Sequence[Block], Place], list[str]]

_SIDES: tuple[Kind, ...] = ("ins", "del")
#: Type of mark → the sides that what it marks stands on.
_SIDES_OF: Mapping[type, tuple[Kind, ...]] = MappingProxyType(
    {Inserted: ("ins",), Deleted: ("del",), Changed: _SIDES, type(None): _SIDES}
)


def marked_pieces(pen: Any, blocks: Sequence[Any], place: Place, write: Write) -> list[str]:
    """Return blocks of which some are marked, in pieces; *write* writes those that are not.

    What stands in a row on one side only is kept apart on that side only.
    """
    room, pen.room = pen.room, place.width
    parts: list[str] = []
    before: dict[Kind, type | None] = dict.fromkeys(_SIDES)
    for group in _groups([_unless_unseen(pen, block) for block in blocks]):
        some: Sequence[Any] = group
        mark = some[0] if type(some[0]) in MARKS else None
        sides = _SIDES_OF[type(mark)]
        first, last = (type(bare(one)) for one in (some[0], some[-1]))
        if first is PageBreak and all(before[side] is PageBreak for side in sides):
            some = some[1:]
        elif first in MERGING:
            parts += _apart(first, before, sides)
        if mark and some:
            parts.append(_WRITERS[type(mark)](pen, mark, place, write))
        else:
            parts += write(pen, some, place)
        before.update(dict.fromkeys(sides, last))
    pen.room = room
    return parts


def _unless_unseen(pen: Ink, block: Any) -> Any:
    """Return a block without a mark where nothing can be seen of it, nor be led to."""
    if type(block) is not Changed or block.words or _is_seen(pen, block):
        return block
    anchored = getattr(block.was, "anchor", "") != getattr(block.now, "anchor", "")
    return block if anchored else block.now


def _groups(blocks: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield each mark by itself, and blocks without one that follow each other together."""
    for marked, group in groupby(blocks, lambda block: type(block) in MARKS):
        some = tuple(group)
        yield from ((one,) for one in some) if marked else (some,)


def _apart(kind: type, before: Mapping[Kind, type | None], sides: Sequence[Kind]) -> list[str]:
    """Return what keeps a block apart from what stands before it on some sides."""
    apart = [side for side in sides if look_like_one(kind, before[side])]
    return [GAP] if len(apart) == len(_SIDES) else [around_blocks(side, GAP) for side in apart]


def _came(pen: Ink, mark: Inserted, place: Place, write: Write) -> str:
    with pen.on("ins"):
        return around_blocks("ins", "".join(write(pen, mark.nodes, place)))


def _went(pen: Ink, mark: Deleted, place: Place, write: Write) -> str:
    captions = dict(pen.captions)  # what went is not counted
    with pen.on("del"):
        xml = around_blocks("del", "".join(write(pen, mark.nodes, place)))
    pen.captions = captions
    return xml


def _changed(pen: Ink, change: Changed, place: Place, write: Write) -> str:
    if change.words:
        now = _REWORDED[type(change.now)](pen, change, place)
    elif _is_seen(pen, change):
        was = write(pen.twin(), (_boxed(reshaped(change), "was"),), place)
        boxed = write(pen, (_boxed(change.now, "now"),), place)
        now = compared("".join(boxed), "".join(was))
    else:
        now = "".join(write(pen, (change.now,), place))
    return now + pen.marked(getattr(change.was, "anchor", ""), "")


def _is_seen(pen: Ink, change: Changed) -> bool:
    """Tell whether the older shape looks otherwise, or one of its items was ticked otherwise."""
    now_has, had = (getattr(one, "number", "") for one in (change.now, change.was))
    other = now_has != had if pen.look.numbers.form == "text" else bool(now_has) != bool(had)
    return other or shape(change) != ("", "") or _boxed(change.now, "now") is not change.now


def _boxed(block: Any, side: str) -> Any:
    """Return a list with the boxes of one side."""
    if not isinstance(block, BulletList | OrderedList):
        return block
    items = [
        replace(item, checked=getattr(item.checked, side))
        if isinstance(item.checked, Changed)
        else item
        for item in block.items
    ]
    same = all(one is other for one, other in zip(items, block.items, strict=True))
    return block if same else replace(block, items=tuple(items))


# --- what has its marks beside it ----------------------------------------------------------


def _recoded(_pen: Pen, change: Changed, place: Place) -> str:
    """Return code: the line end that closes it is not written, those of its parts are."""
    last = len(change.words) - 1
    written = [_coded(one, "" if at == last else "\n") for at, one in enumerate(change.words)]
    return f"{place.paragraph('SourceCode')}{''.join(written)}</w:p>"


def _coded(one: Any, end: str) -> str:
    if isinstance(one, Text):
        return code(one.text + end)
    return around_runs(KINDS[type(one)], code(one.nodes[0].text + end), whole=False)


def _refigured(pen: Ink, change: Changed, place: Place) -> str:
    """Return a figure with marks in its caption, and with both pictures if it has another one."""
    title = change.now.image.title
    was, now = (replace(one.image, title=title) for one in (change.was, change.now))
    shown: Any = (now,) if was == now else (Deleted((was,)), Inserted((now,)))
    return figure(pen, change.now, place, (runs(pen, shown), runs(pen, change.words)))


_REWORDED: Mapping[type, Callable[[Ink, Changed, Place], str]] = MappingProxyType(
    {CodeBlock: _recoded, Figure: _refigured}
)

_WRITERS: Mapping[type, Callable[[Ink, Any, Place, Write], str]] = MappingProxyType(
    {Inserted: _came, Deleted: _went, Changed: _changed}
)
