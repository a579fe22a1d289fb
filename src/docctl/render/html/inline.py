"""Inlines as phrases of HTML: one function for each type."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from docctl.content.marks import Deleted, Inserted
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
from docctl.render.html.escape import attribute, text
from docctl.render.html.pen import OWN, Pen

__all__ = ["MARKED", "phrase", "picture"]

#: The numbers of documents, records, machines: short enough for any line.
_NUMBER = re.compile(r"(?<![\w/.&-])[A-Z][A-Z0-9]{0,9}(?:-[A-Z0-9]{1,8}){0,2}-[0-9]{1,8}(?![\w/-])")
_WHOLE = r'<span class="whole">\g<0></span>'
#: The elements of what came and what went.
MARKED: Mapping[type, str] = MappingProxyType({Inserted: "ins", Deleted: "del"})


def phrase(pen: Pen, inlines: Inlines) -> str:
    """Return inlines as HTML."""
    return "".join([_WRITERS[type(one)](pen, one) for one in inlines])


def picture(pen: Pen, image: Image) -> str:
    """Return an image, or its words where there is no picture to show."""
    shown = pen.pictures.find(image)
    if shown is None:
        words = image.alt or attached_path(image.source) or image.source
        return f'<span class="lost">[{text(words)}]</span>'
    share = f' class="share-{shown.share}"' if shown.share else ""
    size = f' width="{shown.width}" height="{shown.height}"'
    title = f' title="{attribute(image.title)}"' if image.title else ""
    return f'<img src="{shown.address}" alt="{attribute(image.alt)}"{title}{size}{share}>'


def _words(words: str) -> str:
    """Return words; numbers such as PRO-001 do not break at their hyphens."""
    written = text(words)
    return _NUMBER.sub(_WHOLE, written) if "-" in written else written


def _wrapped(tag: str) -> Callable[[Pen, Any], str]:
    return lambda pen, node: f"<{tag}>{phrase(pen, node.inlines)}</{tag}>"


def _link(pen: Pen, link: Link) -> str:
    title = f' title="{attribute(link.title)}"' if link.title else ""
    far = "" if link.target.startswith("#") else ' rel="noopener noreferrer"'
    return _led(pen, link.target, link.inlines, link.target, title + far)


def _reference(pen: Pen, node: Reference) -> str:
    return _led(pen, node.target, node.inlines, node.number)


def _led(pen: Pen, target: str, inlines: Inlines, otherwise: str, more: str = "") -> str:
    """Return words that lead to a target, if there is one and no link is around them."""
    if pen.linked or not target:
        return phrase(pen, inlines) or text(otherwise)
    pen.linked = True
    words = phrase(pen, inlines) or text(otherwise)
    pen.linked = False
    return f'<a href="{attribute(target)}"{more}>{words}</a>'


def _note_mark(pen: Pen, mark: FootnoteRef) -> str:
    if mark.id not in pen.notes:
        return f"<sup>[{text(mark.id)}]</sup>"
    number, time = pen.mark(mark.id)
    own = f'id="{OWN}mark-{number}' + (f'-{time}"' if time > 1 else '"')
    if pen.linked:
        return f'<sup class="note" {own}>{number}</sup>'
    lead = f'<a href="#{OWN}note-{number}" {own} role="doc-noteref">{number}</a>'
    return f'<sup class="note">{lead}</sup>'


def _mark(pen: Pen, mark: Inserted | Deleted) -> str:
    words = phrase(pen, mark.nodes)
    return f"<{MARKED[type(mark)]}>{words}</{MARKED[type(mark)]}>" if words else ""


_WRITERS: Mapping[type, Callable[[Pen, Any], str]] = MappingProxyType(
    {
        Text: lambda _, node: _words(node.text),
        Code: lambda _, node: f"<code>{text(node.text)}</code>",
        SoftBreak: lambda _, __: "\n",
        LineBreak: lambda _, __: "<br>\n",
        Emphasis: _wrapped("em"),
        Strong: _wrapped("strong"),
        Strike: _wrapped("s"),
        Superscript: _wrapped("sup"),
        Subscript: _wrapped("sub"),
        Link: _link,
        Image: picture,
        Reference: _reference,
        Mention: lambda _, node: text(plain((node,))),
        FootnoteRef: _note_mark,
        Inserted: _mark,
        Deleted: _mark,
    }
)
