"""The notations in which differences are told: as in Markdown, as readers see it, or in words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from docctl.content.tree import (
    Admonition,
    Code,
    Emphasis,
    FootnoteRef,
    Image,
    LineBreak,
    Link,
    Mention,
    Reference,
    SoftBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
)

__all__ = ["MARKDOWN", "NAMED", "PLAIN", "Notation", "called"]

Around = Callable[[Any], tuple[str, str]]


class Notation(NamedTuple):
    """How inlines and blocks are written where a difference is told: marks or words for a look."""

    around: Mapping[type, Around]
    """What stands before and behind the words of an inline."""

    alone: Mapping[type, Callable[[Any], str]]
    """What is said of an inline without others in it."""

    boxes: Mapping[bool | None, str]
    quoted: str
    """What a quotation begins with."""

    code: str
    """What code stands between."""

    note: Callable[[str], str]
    """What a footnote begins with, by its name."""


def called(block: Admonition) -> str:
    """Return what a call-out begins with."""
    return f"{block.kind.upper()}: {block.title}".rstrip(": ") + ":"


def _title(title: str) -> str:
    return f' "{title}"' if title else ""


def _picture(image: Image) -> str:
    width = f" {image.width}" if image.width else ""
    return f"![{image.alt}]({image.source}{_title(image.title)}){width}"


def _target(one: Reference) -> str:
    return f"{one.number}{'#' if one.section else ''}{one.section}"


_WORDS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        Text: lambda node: node.text,
        SoftBreak: lambda _: " ",
        LineBreak: lambda _: " / ",
        Mention: lambda node: node.name,
    }
)

#: As in Markdown: exact, for who knows it.
MARKDOWN = Notation(
    around=MappingProxyType(
        {
            Emphasis: lambda _: ("_", "_"),
            Strong: lambda _: ("**", "**"),
            Strike: lambda _: ("~~", "~~"),
            Superscript: lambda _: ("^", "^"),
            Subscript: lambda _: ("~", "~"),
            Link: lambda link: ("[", f"]({link.target}{_title(link.title)})"),
            Reference: lambda one: ("[", f"]({_target(one)})"),
        }
    ),
    alone=MappingProxyType(
        {
            **_WORDS,
            Code: lambda node: f"`{node.text}`",
            Image: _picture,
            FootnoteRef: lambda node: f"[^{node.id}]",
        }
    ),
    boxes=MappingProxyType({None: "", True: "[x] ", False: "[ ] "}),
    quoted="> ",
    code="`",
    note="[^{}]: ".format,
)


def _behind(words: str) -> Around:
    return lambda _: ("", f" ({words})")


def _nothing(_: Any) -> tuple[str, str]:
    return "", ""


def _shown(image: Image) -> str:
    return f"(picture: {image.title or image.alt or image.source})"


_BOXES: Mapping[bool | None, str] = MappingProxyType({None: "", True: "☒ ", False: "☐ "})

#: The words alone, as readers see them.
PLAIN = Notation(
    around=MappingProxyType(dict.fromkeys(MARKDOWN.around, _nothing)),
    alone=MappingProxyType(
        {
            **_WORDS,
            Code: lambda node: node.text,
            Image: _shown,
            FootnoteRef: lambda _: " (note)",
        }
    ),
    boxes=_BOXES,
    quoted="",
    code="",
    note=lambda _: "",
)

#: Words for what is seen of a look, or is not seen at all: where nothing else differs.
NAMED = PLAIN._replace(
    around=MappingProxyType(
        {
            Emphasis: _behind("italic"),
            Strong: _behind("bold"),
            Strike: _behind("struck through"),
            Superscript: _behind("raised"),
            Subscript: _behind("lowered"),
            Link: lambda link: ("", f" (link to {link.target}{_title(link.title)})"),
            Reference: lambda one: ("", f" (reference to {_target(one)})"),
        }
    ),
    alone=MappingProxyType(
        {
            **PLAIN.alone,
            Code: lambda node: f"{node.text} (code)",
            LineBreak: lambda _: " (new line) ",
            Image: lambda image: f"(picture {_picture(image)})",
            FootnoteRef: lambda node: f" (note {node.id})",
        }
    ),
)
