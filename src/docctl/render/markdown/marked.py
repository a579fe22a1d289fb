"""Boxes, code and figures as Markdown, with CriticMarkup where they changed."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from docctl.content.marks import Changed, Deleted, Inserted, went_with
from docctl.content.tree import CodeBlock, Figure, ListItem, Text
from docctl.render.markdown.inline import CHANGES, PARAGRAPH, written

__all__ = ["boxed", "fenced", "reworded_lines"]

_BOXES: Mapping[bool | None, str] = MappingProxyType({None: "", True: "[x] ", False: "[ ] "})
_TICKS = re.compile(r"^ *(`{3,})", re.MULTILINE)


def fenced(words: str, language: str) -> list[str]:
    """Return lines of code between fences that none of them can be taken for."""
    longest = max(map(len, _TICKS.findall(words)), default=2)
    fence = "`" * (longest + 1)
    inside = words.removesuffix("\n").split("\n") if words else []
    return [fence + language, *inside, fence]


def boxed(item: ListItem) -> str:
    """Return the box of an item, which may have come, gone, or been ticked."""
    box, mark = _box(item.checked), went_with(item.blocks)
    return f"{_bracketed(mark, box.rstrip())} " if mark and box else box


def _box(checked: Any) -> str:
    """Return the box of an item; in a marked tree it may have been another one."""
    if not isinstance(checked, Changed):
        return _BOXES[checked]
    sides = ((Deleted, checked.was), (Inserted, checked.now))
    return "".join(_bracketed(kind, _BOXES[box].rstrip()) for kind, box in sides) + " "


def _bracketed(kind: type, words: str) -> str:
    begin, end = CHANGES[kind]
    return f"{begin}{words}{end}" if words else ""


def reworded_lines(change: Changed) -> list[str]:
    """Return what has the marks of its words beside it."""
    return _REWORDED[type(change.now)](change)


def _recoded(change: Changed) -> list[str]:
    """Return code with its changes in brackets, as they are: nothing is escaped in code."""
    parts = (
        one.text if isinstance(one, Text) else _bracketed(type(one), one.nodes[0].text)
        for one in change.words
    )
    return fenced("".join(parts), change.now.language)


def _refigured(change: Changed) -> list[str]:
    """Return both figures: a caption stands inside the brackets of its picture."""
    image: tuple[Any, ...] = (Deleted((change.was.image,)), Inserted((change.now.image,)))
    return written(image, PARAGRAPH).split("\n")


_REWORDED: Mapping[type, Callable[[Changed], list[str]]] = MappingProxyType(
    {CodeBlock: _recoded, Figure: _refigured}
)
