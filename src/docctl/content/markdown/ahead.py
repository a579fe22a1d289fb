"""What the tokens of blocks say before they are read; what is no text is taken off them."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from docctl.content.markdown.attributes import NONE, Attributes, leading
from docctl.content.markdown.kinds import KINDS
from docctl.content.tree import AdmonitionKind

__all__ = ["is_tight", "renumbered", "take_alert", "take_attributes", "take_box"]

_ALERT = re.compile(r"\[!([A-Za-z]+)\][ \t]*(\n?)")
_TASK = re.compile(r"\[([ xX])\](?:[ \t]+|(?=\n)|\Z)")


def take_alert(tokens: Sequence[Token], at: int) -> AdmonitionKind | None:
    """Take `[!WARNING]` off the paragraph that comes next, and return its kind, or nothing."""
    if tokens[at].type != "paragraph_open":
        return None
    inline = tokens[at + 1]
    match = _ALERT.match(inline.content)
    kind = KINDS.get(match[1].lower()) if match else None
    if match and kind:
        inline.content = inline.content[match.end() :]
        if match[2]:
            _begins_later(tokens[at])
    return kind


def take_box(tokens: Sequence[Token], at: int) -> bool | None:
    """Take the box off the task that comes next: whether it is ticked, nothing without a box."""
    if tokens[at].type != "paragraph_open":
        return None
    inline = tokens[at + 1]
    match = _TASK.match(inline.content)
    if match is None:
        return None
    inline.content = inline.content[match.end() :]
    return match[1] != " "


def is_tight(tokens: Sequence[Token], at: int, level: int) -> bool:
    """Tell whether a list has no space between its items; markdown-it hides their paragraphs."""
    inner = level + 2
    while (part := tokens[at]).level >= inner - 1:
        if part.level == inner and part.type == "paragraph_open":
            return part.hidden
        at += 1
    return True


def take_attributes(tokens: Sequence[Token], at: int, heading: Token) -> Attributes:
    """Take the attributes off a paragraph that stands right below a heading, and return them."""
    below, inline = tokens[at : at + 2]
    if inline.content[:1] != "{":
        return NONE
    if not (below.map and heading.map) or below.map[0] != heading.map[1]:
        return NONE
    first, _, rest = inline.content.partition("\n")
    found, behind = leading(first)
    if found is NONE or behind.strip():
        return NONE
    inline.content = rest.lstrip(" \t")
    _begins_later(below)
    return found


def renumbered(items: Sequence[Token]) -> tuple[Token, int] | None:
    """Return the first item that is shown with another number than it was typed with, and that.

    Where all items were typed with one number, counting was left to whoever shows them.
    """
    typed = [int(item.info) for item in items]
    if len(set(typed)) == 1:
        return None
    shown = range(typed[0], typed[0] + len(typed))
    pairs = zip(items, typed, shown, strict=True)
    return next(((item, number) for item, was, number in pairs if was != number), None)


def _begins_later(paragraph: Token) -> None:
    first, last = paragraph.map or (0, 0)
    paragraph.map = [first + 1, last]
