"""Inlines as runs: one run for neighbouring words of the same look."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from docctl.content.marks import Deleted, Inserted
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
from docctl.render.docx.parts.address import address
from docctl.render.docx.parts.styles import HYPERLINK, MONO
from docctl.render.docx.pens.brackets import KINDS, around_runs
from docctl.render.docx.pens.pen import Ink, Pen
from docctl.render.docx.pictures import drawing, size
from docctl.render.docx.plan import label_bookmark
from docctl.render.docx.xml import attribute, text

__all__ = ["BOLD", "PLAIN", "code", "field", "plain_run", "runs"]

#: The looks that add up: a look is the sum of some of these.
PLAIN, BOLD, ITALIC, STRUCK, RAISED, LOWERED, MONOSPACED, LINKED = 0, 1, 2, 4, 8, 16, 32, 64
_LINK_LOOK = 128

_MONO = f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>'
_PROPERTIES = (
    (BOLD, "<w:b/><w:bCs/>"),
    (ITALIC, "<w:i/><w:iCs/>"),
    (STRUCK, "<w:strike/>"),
    (_LINK_LOOK, HYPERLINK),
    (RAISED, '<w:vertAlign w:val="superscript"/>'),
    (LOWERED, '<w:vertAlign w:val="subscript"/>'),
)


def _properties(look: int) -> str:
    style = ""
    if look & MONOSPACED:  # a run has one style: a link in code only looks like one
        style = f'<w:rStyle w:val="VerbatimChar"/>{_MONO}'
    elif look & LINKED:
        style = '<w:rStyle w:val="Hyperlink"/>'
    if look & RAISED:
        look &= ~LOWERED
    if look & MONOSPACED:
        look |= _LINK_LOOK * bool(look & LINKED)
    return style + "".join(xml for bit, xml in _PROPERTIES if look & bit)


def _opening(properties: str) -> str:
    return "<w:r>" + (f"<w:rPr>{properties}</w:rPr>" if properties else "") + _WORDS


_WORDS = '<w:t xml:space="preserve">'
_CLOSE = "</w:t></w:r>"
_BREAK = f"</w:t><w:br/>{_WORDS}"
_PROPERTIES_OF = tuple(map(_properties, range(2 * LINKED)))
_OPEN = tuple(map(_opening, _PROPERTIES_OF))


def runs(pen: Pen, inlines: Inlines, look: int = PLAIN) -> str:
    """Return the runs of *inlines*; *look* is what surrounds them."""
    opening = _OPEN[look]
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return f"{opening}{text(inlines[0].text)}{_CLOSE}"
    parts: list[str] = []
    words = ""
    for inline in inlines:
        if isinstance(inline, Text):
            words += text(inline.text)
        elif isinstance(inline, SoftBreak):
            words += " "
        elif isinstance(inline, LineBreak):
            words += _BREAK
        else:
            if words:
                parts.append(f"{opening}{words}{_CLOSE}")
                words = ""
            parts.append(_WRITERS[type(inline)](pen, inline, look))
    if words:
        parts.append(f"{opening}{words}{_CLOSE}")
    return "".join(parts)


def plain_run(words: str, look: int = PLAIN) -> str:
    """Return one run with *words*."""
    return f"{_OPEN[look]}{text(words)}{_CLOSE}"


def code(words: str) -> str:
    """Return one run with lines of code."""
    lines = text(words.expandtabs(4).removesuffix("\n")).replace("\n", _BREAK)
    return f"{_OPEN[PLAIN]}{lines}{_CLOSE}"


def field(instruction: str, cached: str, properties: str = "") -> str:
    """Return a field with the text that it shows until it is worked out again."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{look}<w:t>{cached}</w:t></w:r>"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def _wrapped(bit: int) -> Callable[[Pen, Any, int], str]:
    return lambda pen, inline, look: runs(pen, inline.inlines, look | bit)


def _code(_pen: Pen, inline: Code, look: int) -> str:
    return plain_run(inline.text, look | MONOSPACED)


def _mention(_pen: Pen, inline: Mention, look: int) -> str:
    return plain_run(inline.name, look)


def _link(pen: Pen, inline: Link, look: int) -> str:
    anchor = inline.target[1:] if inline.target.startswith("#") else ""
    if anchor in pen.labels and plain(inline.inlines) == pen.labels[anchor]:
        instruction = f"REF {label_bookmark(anchor)} \\h"  # counted anew, the words follow
        return field(instruction, text(pen.labels[anchor]), _PROPERTIES_OF[look | LINKED])
    return _leading(pen, inline.target, inline.inlines, look, inline.title)


def _reference(pen: Pen, inline: Reference, look: int) -> str:
    words = inline.inlines or (Text(inline.number),)
    return _leading(pen, inline.target, words, look)


def _leading(pen: Pen, target: str, words: Inlines, look: int, title: str = "") -> str:
    """Return a hyperlink if *target* can be reached from a copy, and the words alone if not."""
    where = "" if look & LINKED else _where(pen, target)
    if not where:
        return runs(pen, words, look)
    tip = f' w:tooltip="{attribute(title)}"' if title else ""
    content = runs(pen, words, look | LINKED)
    return f'<w:hyperlink {where}{tip} w:history="1">{content}</w:hyperlink>'


def _where(pen: Pen, target: str) -> str:
    if target.startswith("#"):
        name = pen.bookmarks.get(target[1:], "")
        return f'w:anchor="{name}"' if name else ""
    outside = address(target)
    return f'r:id="{pen.later(_outside, outside)}"' if outside else ""


def _image(pen: Pen, inline: Image, look: int) -> str:
    return pen.later(_shown, inline, look, pen.room)


def _footnote(pen: Pen, inline: FootnoteRef, look: int) -> str:
    return pen.later(_noted, inline, look)


def _mark(pen: Ink, mark: Inserted | Deleted, look: int) -> str:
    kind = KINDS[type(mark)]
    with pen.on(kind):
        return around_runs(kind, runs(pen, mark.nodes, look), whole=mark.whole)


# --- what only the package knows -----------------------------------------------------------


def _outside(ink: Ink, address: str) -> str:
    return ink.links.outside(address)


def _shown(ink: Ink, image: Image, look: int, room: int) -> str:
    picture = ink.pictures.find(image.source)
    if picture is None:
        return plain_run(f"[Picture not shown: {image.alt or image.source}]", look | ITALIC)
    key = ink.pictures.link(picture, ink.links)
    return drawing(image, picture, key, size(image, picture, room), ink.id())


def _noted(ink: Ink, mark: FootnoteRef, look: int) -> str:
    if mark.id not in ink.notes:
        return plain_run(f"[{mark.id}]", look)
    number = ink.notes.number(mark.id)
    if ink.in_note:
        return plain_run(str(number or ink.notes.place(mark.id)), look | RAISED)
    style = '<w:rStyle w:val="FootnoteReference"/>'
    if number:
        return field(f"NOTEREF _Note{number} \\h", str(number), style)
    number = ink.notes.place(mark.id)
    run = f'<w:r><w:rPr>{style}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
    return ink.bookmarked(f"_Note{number}", run)


_WRITERS: Mapping[type, Callable[[Any, Any, int], str]] = MappingProxyType(
    {
        Code: _code,
        Emphasis: _wrapped(ITALIC),
        Strong: _wrapped(BOLD),
        Strike: _wrapped(STRUCK),
        Superscript: _wrapped(RAISED),
        Subscript: _wrapped(LOWERED),
        Link: _link,
        Reference: _reference,
        Mention: _mention,
        Image: _image,
        FootnoteRef: _footnote,
        Inserted: _mark,
        Deleted: _mark,
    }
)
