"""The HTML tags that people write into Markdown: what they mean, and which say nothing at all."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

from markdown_it.token import Token

from docctl.content.characters import one_line
from docctl.content.inlines import (
    Code,
    Emphasis,
    Image,
    Inlines,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from docctl.content.markdown.frames import Wrap, once

__all__ = ["MARKS", "SILENT", "Tag", "alternative", "image", "tag"]

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(.*?)/?>", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"(?<![\w:-])([A-Za-z][\w:-]*+)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))", re.DOTALL
)
_PERCENT = re.compile(r"\d{1,3}%")


def _code(inner: Inlines) -> Inlines:
    """Return words as code; what else stands among them keeps its meaning instead."""
    words = "".join(one.text for one in inner if isinstance(one, Text))
    plain = all(isinstance(one, Text) for one in inner)
    return (Code(words),) if plain and words.strip() else inner


#: Tags that mean what Markdown has a mark for.
MARKS: Mapping[str, Wrap] = MappingProxyType(
    {
        "sup": lambda inner: (Superscript(inner),),
        "sub": lambda inner: (Subscript(inner),),
        **dict.fromkeys(("code", "tt"), _code),
        **dict.fromkeys(("b", "strong"), lambda inner: once(Strong, inner) if inner else ()),
        **dict.fromkeys(("i", "em"), lambda inner: once(Emphasis, inner) if inner else ()),
        **dict.fromkeys(("s", "del", "strike"), lambda inner: once(Strike, inner) if inner else ()),
    }
)

_LOOKS = """
a abbr article big center cite details div figcaption figure font footer h1 h2 h3 h4 h5 h6 header
ins kbd mark p picture q samp section small source span summary u var wbr
"""
#: Tags that only say how their words look or are grouped.
SILENT = frozenset(_LOOKS.split())


class Tag(NamedTuple):
    """A tag: its name in lower case, whether it closes, and its attributes."""

    name: str
    closes: bool
    values: Mapping[str, str]


def tag(text: str) -> Tag:
    """Return what a tag says; the name is empty where *text* is none."""
    match = _TAG.fullmatch(text)
    if match is None:
        return Tag("", False, {})
    values = {
        name.lower(): one_line(unescape(double or single or bare)).strip()
        for name, double, single, bare in _ATTRIBUTE.findall(match[3])
    }
    return Tag(match[2].lower(), bool(match[1]), values)


def image(found: Tag, encoded: Callable[[str], str]) -> Image:
    """Return the image that an `img` shows; *encoded* makes an address of its source."""
    width = found.values.get("width", "")
    return Image(
        encoded(found.values["src"]),
        found.values.get("alt", ""),
        found.values.get("title", ""),
        width if _PERCENT.fullmatch(width) else "",
    )


def alternative(tokens: Sequence[Token]) -> str:
    """Return the text of an image's description in Markdown, without its marks."""
    parts = (" " if token.type.endswith("break") else token.content for token in tokens)
    return one_line("".join(parts))
