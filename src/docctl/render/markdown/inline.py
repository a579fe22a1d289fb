"""Inlines as Markdown.

Each kind of inline is a function to pieces: markup, literal text, and the marks of emphasis.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from docctl.content.marks import Deleted, Inserted
from docctl.content.tree import (
    Code,
    Emphasis,
    FootnoteRef,
    Image,
    Inline,
    Inlines,
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
from docctl.render.markdown.pieces import (
    HARD_BREAK,
    NOTHING,
    Address,
    Mark,
    Piece,
    Raw,
    Words,
    joined,
)
from docctl.render.markdown.targets import (
    address,
    bare_address,
    braces,
    bracketed,
    code_span,
    reference,
)

__all__ = ["CAPTION", "CHANGES", "LINE", "LINES", "PARAGRAPH", "TERM", "Place", "written"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where inlines stand: how a line ends there, and what stands before the first of them.

    An empty `start` is the start of a line.
    """

    soft: str = " "
    hard: str = "<br>"
    start: str = " "


PARAGRAPH = Place(soft="\n", hard=HARD_BREAK, start="")
LINE = Place()
LINES = Place(soft="\n", start="")
TERM = Place(start="")
CAPTION = Place(soft="\n", hard=HARD_BREAK)

_OUTSIDE = Words("")
_IN_LINK = Words("", always="[]", linkable=False)


def written(inlines: Inlines, place: Place) -> str:
    r"""Return the inlines as Markdown; in a paragraph with `\n` between its lines."""
    return joined(tuple(_pieces(inlines, _OUTSIDE, place)), place.start)


def _pieces(inlines: Inlines, words: Words, place: Place) -> Iterator[Piece]:
    for inline in inlines:
        yield from _WRITERS[type(inline)](inline, words, place)


def _text(inline: Text, words: Words, _place: Place) -> Iterator[Piece]:
    if inline.text:
        yield Words(inline.text, words.always, words.linkable)


def _soft(_inline: SoftBreak, _words: Words, place: Place) -> Iterator[Piece]:
    yield Raw(place.soft)


def _hard(_inline: LineBreak, _words: Words, place: Place) -> Iterator[Piece]:
    yield Raw(place.hard)


def _code(inline: Code, _words: Words, _place: Place) -> Iterator[Piece]:
    if inline.text:
        yield Raw(code_span(inline.text))


def _marked(inline: Emphasis | Strong | Strike, words: Words, place: Place) -> Iterator[Piece]:
    choices = _MARKS[type(inline)]
    yield Mark(choices, opens=True)
    yield from _pieces(inline.inlines, words, place) if inline.inlines else (Raw(NOTHING),)
    yield Mark(choices, opens=False)


def _tagged(inline: Superscript | Subscript, words: Words, place: Place) -> Iterator[Piece]:
    tag = "sup" if isinstance(inline, Superscript) else "sub"
    yield Raw(f"<{tag}>")
    yield from _pieces(inline.inlines, words, place)
    yield Raw(f"</{tag}>")


def _link(inline: Link, _words: Words, place: Place) -> Iterator[Piece]:
    if short := address(inline):
        yield Raw(short)
    elif bare := bare_address(inline):
        yield Address(bare)
    else:
        yield Raw("[")
        yield from _pieces(inline.inlines, _IN_LINK, place)
        yield Raw("]" + bracketed(inline.target, inline.title))


def _reference(inline: Reference, _words: Words, place: Place) -> Iterator[Piece]:
    if short := reference(inline):
        yield Raw(short)
        return
    section = f"#{inline.section}" if inline.section else ""
    yield Raw("[")
    yield from _pieces(inline.inlines, _IN_LINK, place)
    yield Raw("]" + bracketed(inline.target or f"doc:{inline.number}{section}"))


def _image(inline: Image, _words: Words, _place: Place) -> Iterator[Piece]:
    yield Raw("![")
    if inline.alt:
        yield Words(inline.alt, always="[]")
    yield Raw("]" + bracketed(inline.source, inline.title) + braces(width=inline.width))


def _mention(inline: Mention, _words: Words, _place: Place) -> Iterator[Piece]:
    yield Raw(f"[[{inline.kind}:{inline.name}]]")


def _note(inline: FootnoteRef, _words: Words, _place: Place) -> Iterator[Piece]:
    yield Raw(f"[^{inline.id}]")


def _mark(inline: Inserted | Deleted, words: Words, place: Place) -> Iterator[Piece]:
    if inline.nodes:
        begin, end = CHANGES[type(inline)]
        yield Raw(begin)
        yield from _pieces(inline.nodes, words, place)
        yield Raw(end)


#: The brackets of what came and what went: CriticMarkup.
CHANGES: Mapping[type, tuple[str, str]] = MappingProxyType(
    {Inserted: ("{++", "++}"), Deleted: ("{--", "--}")}
)

#: The marks of an emphasis, the preferred ones first.
_MARKS: Mapping[type[Inline], tuple[str, ...]] = MappingProxyType(
    {Emphasis: ("_", "*"), Strong: ("**", "__"), Strike: ("~~",)}
)

_WRITERS: Mapping[type, Callable[[Any, Words, Place], Iterator[Piece]]] = MappingProxyType(
    {
        Text: _text,
        Code: _code,
        SoftBreak: _soft,
        LineBreak: _hard,
        Emphasis: _marked,
        Strong: _marked,
        Strike: _marked,
        Superscript: _tagged,
        Subscript: _tagged,
        Link: _link,
        Image: _image,
        Reference: _reference,
        Mention: _mention,
        FootnoteRef: _note,
        Inserted: _mark,
        Deleted: _mark,
    }
)
