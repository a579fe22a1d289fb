"""Inlines as expressions of Typst: one function for each type."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from docctl.content.structure.references import attached_path
from docctl.content.tree import (
    Code,
    Emphasis,
    FootnoteRef,
    Image,
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
from docctl.render.pdf.pen import Pen
from docctl.render.pdf.pictures import width
from docctl.render.pdf.source import call, string
from docctl.render.pdf.words import written

__all__ = ["phrase", "picture"]

#: What leads out of the file: nothing lies beside a PDF.
_OUTSIDE = re.compile(r"(?i:https?|mailto|tel|ftp):")


def phrase(pen: Pen, inlines: Inlines) -> str:
    """Return inlines as one expression."""
    if not inlines:
        return "[]"
    return f"{{{'; '.join([_WRITERS[type(one)](pen, one) for one in inlines])}}}"


def picture(pen: Pen, image: Image) -> str:
    """Return an image, or its words where there is no picture to show."""
    found = pen.pictures.find(image.source)
    if found is None:
        words = image.alt or attached_path(image.source) or image.source
        return call("emph", string(f"[{words}]"))
    name = pen.pictures.use(found)
    wide = f"{width(image, found, pen.line.room):.2f}pt"
    return call("image", f'"{name}"', width=wide, alt=string(image.alt or "Picture"))


def _wrapped(name: str) -> Callable[[Pen, Any], str]:
    return lambda pen, node: call(name, phrase(pen, node.inlines))


def _link(pen: Pen, link: Link) -> str:
    return _led(pen, link.target, phrase(pen, link.inlines or (Text(link.target),)))


def _reference(pen: Pen, node: Reference) -> str:
    return _led(pen, node.target, phrase(pen, node.inlines or (Text(node.number),)))


def _led(pen: Pen, target: str, words: str) -> str:
    """Return words that lead to a target; a place or a file that is not there leads nowhere."""
    if target.startswith("#"):
        label = pen.labels.get(target[1:])
        return call("link", f'label("{label}")', words) if label else words
    return call("link", string(target), words) if _OUTSIDE.match(target) else words


def _note_mark(pen: Pen, mark: FootnoteRef) -> str:
    if mark.id not in pen.notes:
        return call("super", string(f"[{mark.id}]"))
    if known := pen.placed.get(mark.id):
        return call("footnote", f'label("{known}")')
    label = pen.placed[mark.id] = f"note-{len(pen.placed) + 1}"
    with pen.beside():
        words = pen.write(pen, pen.notes[mark.id].blocks)
        note = call("footnote", f"{{{words}}}")
    return f'[#{note}#label("{label}")]'


_WRITERS: Mapping[type, Callable[[Pen, Any], str]] = MappingProxyType(
    {
        Text: lambda pen, node: written(node.text, pen.line),
        Code: lambda pen, node: written(node.text, pen.line, name="raw"),
        SoftBreak: lambda _, __: '" "',
        LineBreak: lambda _, __: "linebreak()",
        Emphasis: _wrapped("emph"),
        Strong: _wrapped("strong"),
        Strike: _wrapped("strike"),
        Superscript: _wrapped("super"),
        Subscript: _wrapped("sub"),
        Link: _link,
        Image: lambda pen, image: call("box", picture(pen, image)),
        Reference: _reference,
        Mention: lambda pen, node: written(plain((node,)), pen.line),
        FootnoteRef: _note_mark,
    }
)
