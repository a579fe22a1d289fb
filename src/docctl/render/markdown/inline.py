"""Inlines as Markdown.

Inlines become a flat row of pieces. Then every pair of emphasis marks gets characters that cannot be
mistaken for another pair's, and a neighbour that would keep a mark from opening or closing is
written as an entity.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Any

from docctl.content.markdown.autolink import linked
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
from docctl.content.walk import plain
from docctl.render.markdown.pieces import HARD_BREAK, NOTHING, Mark, Piece, Raw, Words, joined
from docctl.render.markdown.targets import address, braces, bracketed, code_span, reference

__all__ = ["CAPTION", "LINE", "PARAGRAPH", "TERM", "Place", "written"]


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
TERM = Place(start="")
CAPTION = Place(soft="\n", hard=HARD_BREAK)

_OUTSIDE = Words("")
_IN_LINK = Words("", always="[]", linkable=False)


def written(inlines: Inlines, place: Place) -> str:
    r"""Return the inlines as Markdown; in a paragraph with `\n` between its lines."""
    return joined(tuple(_pieces(inlines, _OUTSIDE, place)), place.start)


def _pieces(inlines: Inlines, words: Words, place: Place) -> Iterator[Piece]:
    for bare, run in groupby(inlines, _may_stand_bare):
        nodes = tuple(run)
        text = (
            "".join(plain((node,)) for node in nodes)
            if bare and any(isinstance(node, Link) for node in nodes)
            else ""
        )
        if text and words.linkable and tuple(linked(text)) == nodes:
            yield Words(text, words.always, linkable=False)
        else:
            for inline in nodes:
                yield from _WRITERS[type(inline)](inline, words, place)


def _may_stand_bare(inline: Inline) -> bool:
    """Tell whether it is text, or a link whose address no other form keeps as it is."""
    if not isinstance(inline, Link) or address(inline):
        return isinstance(inline, Text)
    return tuple(linked(plain(inline.inlines))) == (inline,)


def _text(inline: Text, words: Words, _place: Place) -> Iterator[Piece]:
    yield Words(inline.text, words.always, words.linkable)


def _soft(_inline: SoftBreak, _words: Words, place: Place) -> Iterator[Piece]:
    yield Raw(place.soft)


def _hard(_inline: LineBreak, _words: Words, place: Place) -> Iterator[Piece]:
    yield Raw(place.hard)


def _code(inline: Code, _words: Words, _place: Place) -> Iterator[Piece]:
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
    if bare := address(inline):
        yield Raw(bare)
        return
    yield Raw("[")
    yield from _pieces(inline.inlines, _IN_LINK, place)
    yield Raw("]" + bracketed(inline.target, inline.title))


def _reference(inline: Reference, _words: Words, place: Place) -> Iterator[Piece]:
    if bare := reference(inline):
        yield Raw(bare)
        return
    section = f"#{inline.section}" if inline.section else ""
    yield Raw("[")
    yield from _pieces(inline.inlines, _IN_LINK, place)
    yield Raw("]" + bracketed(f"doc:{inline.number}{section}", ""))


def _image(inline: Image, _words: Words, _place: Place) -> Iterator[Piece]:
    yield Raw("![")
    if inline.alt:
        yield Words(inline.alt, always="[]", linkable=False)
    yield Raw("]" + bracketed(inline.source, inline.title) + braces(width=inline.width))


def _mention(inline: Mention, _words: Words, _place: Place) -> Iterator[Piece]:
    yield Raw(f"[[{inline.kind}:{inline.name}]]")


def _note(inline: FootnoteRef, _words: Words, _place: Place) -> Iterator[Piece]:
    yield Raw(f"[^{inline.id}]")


#: The marks of an emphasis, the preferred ones first.
_MARKS: Mapping[type[Inline], tuple[str, ...]] = MappingProxyType(
    {Emphasis: ("_", "*"), Strong: ("**", "__"), Strike: ("~~",)}
)

_WRITERS: Mapping[type[Inline], Callable[[Any, Words, Place], Iterator[Piece]]] = MappingProxyType(
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
    }
)
