"""Runs as inlines: what a reader reads of a paragraph, and what stands in it unseen."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType

from lxml import etree

from docctl.content.tree import (
    FootnoteRef,
    Image,
    Inline,
    Inlines,
    Link,
    Strike,
    Subscript,
    Superscript,
    Text,
)
from docctl.content.walk import plain
from docctl.intake.docx.fields import Fields
from docctl.intake.docx.gist import gist
from docctl.intake.docx.joining import joined
from docctl.intake.docx.looks import Looks
from docctl.intake.docx.names import MATH, MC, A, R, V, W, described, local
from docctl.intake.docx.package import Package, Related
from docctl.intake.foreign import Strange

__all__ = ["Pen", "inlines", "labelled"]

#: How deep elements may lie in each other inside a paragraph or a cell.
_DEEPEST = 60
#: What not every program shows is there for the others, too.
_WAYS = 2
#: A word where a page number belongs; that is of digits, or in Roman ones.
_SAID = re.compile(r"(?![ivxlcdm]+\b)[^\W\d_]+", re.IGNORECASE)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Stands for the number of a page.
_PAGE = "#"
#: Drawings of which everything stands where they do.
_GRAPHICS = ("/picture", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")
#: In which elements alone programs show words.
_AROUND: Mapping[str, Collection[str]] = MappingProxyType(
    {f"{W}t": (f"{W}r",), f"{MATH}t": (f"{MATH}r",), f"{A}t": (f"{A}r", f"{A}fld")}
)
_RAISED: Mapping[str, Callable[[Inlines], Inline]] = MappingProxyType(
    {"superscript": Superscript, "subscript": Subscript}
)


@dataclass(slots=True)
class Pen:
    """What reading one part remembers."""

    package: Package
    links: Mapping[str, Related]
    looks: Looks
    strange: list[Strange]
    notes: list[str]
    """The notes whose marks were met, in their order."""

    labels: Mapping[etree._Element, str] = field(default_factory=dict)
    """What a word processor sets before paragraphs: the numbers of lists."""

    fields: Fields = field(default_factory=Fields)
    depth: int = 0

    def odd(self, kind: str, words: str = "") -> None:
        """Take note of what is no text."""
        self.strange.append(Strange(kind, " ".join(words.split())))


def inlines(pen: Pen, paragraph: etree._Element) -> Inlines:
    """Return what stands in a paragraph: neighbouring words of the same look as one text."""
    return tuple(joined(_inside(pen, paragraph)))


def labelled(pen: Pen, paragraph: etree._Element) -> Inlines:
    """Return what stands in a paragraph behind its number in a list."""
    label = pen.labels.get(paragraph, "")
    return (*((Text(label),) if label else ()), *inlines(pen, paragraph))


def _inside(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    """Yield what stands in an element; one that nobody knows is looked into."""
    pen.depth += 1
    if pen.depth > _DEEPEST:
        raise pen.package.refused("its elements lie too deep in each other")
    for child in node.iterchildren(etree.Element):
        yield from _READERS.get(str(child.tag), _inside)(pen, child)
    pen.depth -= 1


def _nothing(_pen: Pen, _node: etree._Element) -> Iterator[Inline]:
    return iter(())


def _run(pen: Pen, run: etree._Element) -> Iterator[Inline]:
    found = tuple(_inside(pen, run))
    if not found:
        return
    paragraph = next(run.iterancestors(f"{W}p"), None)
    look = pen.looks.of(run, paragraph)
    if look.hidden:
        if words := plain(found).strip():
            pen.odd("hidden text", words)
        return
    if look.caps and any(map(str.islower, plain(found))):
        pen.odd("words in capitals", plain(found))
    if look.offline and not pen.fields.in_contents:
        pen.odd("words hidden on screens", plain(found))
    if look.signs and any(map(str.isalnum, plain(found))):
        pen.odd("letters in a font of signs", plain(found))
    if look.struck:
        found = (Strike(found),)
    if look.raised and not any(isinstance(one, FootnoteRef) for one in found):
        found = (_RAISED[look.raised](found),)
    target = pen.fields.target
    yield from (Link(target, found),) if target else found


def _words(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    if not node.text:
        return
    if next(node.iterancestors(), node).tag not in _AROUND[str(node.tag)]:
        pen.odd("words that programs leave out", node.text)
    words = node.text if node.get(_SPACE) == "preserve" else node.text.strip(" \t\r\n")
    fields = pen.fields
    if not fields.silent or (fields.in_contents and fields.shown and _SAID.search(words)):
        yield Text(words)


def _as(words: str) -> Callable[[Pen, etree._Element], Iterator[Inline]]:
    return lambda pen, _: iter(() if pen.fields.silent else (Text(words),))


def _symbol(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    try:
        letter = chr(int(node.get(f"{W}char") or "", 16))
        letter.encode()
    except (ValueError, OverflowError):  # no letter, or one half of a letter
        letter = "\ufffd"
    return _as(letter)(pen, node)


def _turn(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    """Take note of a field; one that shows the number of a page stands there as a sign."""
    kind, fields = node.get(f"{W}fldCharType") or "", pen.fields
    bare = kind == "end" and fields.paged and not fields.shown
    fields.turn(kind)
    if bare or (kind == "separate" and fields.paged):
        yield Text(_PAGE)


def _instruction(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    pen.fields.instruct(node.text or "")
    return iter(())


def _simple(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    pen.fields.simple(node.get(f"{W}instr") or "")
    if pen.fields.paged:
        yield Text(_PAGE)
    target = pen.fields.target
    found = tuple(_inside(pen, node))
    pen.fields.turn("end")
    yield from (Link(target, found),) if target and found else found


def _hyperlink(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    related = pen.links.get(node.get(f"{R}id") or "")
    anchor = node.get(f"{W}anchor") or ""
    target = (related.target if related else "") + (f"#{anchor}" if anchor else "")
    if found := tuple(joined(_inside(pen, node))):
        if pen.fields.in_contents and related:
            pen.odd("link in the contents", target)
        yield from found if pen.fields.in_contents else (Link(target, found),)


def _inserted(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    found = tuple(_inside(pen, node))
    pen.odd("tracked change", f"inserted{_by(node)}: {plain(found)}")
    return iter(found)


def _deleted(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    words = "".join(one.text or "" for one in node.iter(f"{W}delText", f"{W}t"))
    pen.odd("tracked change", f"deleted{_by(node)}: {words}")
    return iter(())


def _by(node: etree._Element) -> str:
    author = node.get(f"{W}author")
    return f" by {author}" if author else ""


def _note_mark(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    pen.notes.append(f"{local(node)} {node.get(f'{W}id')}")
    yield FootnoteRef(str(len(pen.notes)))


def _alternatives(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    """Read the first of several ways to show the same; another one only where it says more."""
    found = [tuple(_inside(pen, one)) for one in node.iterchildren(f"{MC}Choice", f"{MC}Fallback")]
    shown = [one for one in found if one]
    ways = {repr([*joined(one)]) for one in found}
    if shown and (len(found) < _WAYS or (len(ways) > 1 and any(gist(one)[0] for one in shown))):
        pen.odd("words shown in two ways", plain(shown[0]))
    for one in shown:
        if one is shown[0] or gist(one) != gist(shown[0]):
            yield from one


def _picture(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    key = node.get(f"{R}embed") or node.get(f"{R}id") or ""
    related = pen.links.get(key)
    if related and not related.outside and related.target in pen.package:
        digest = sha256(pen.package.content(related.target)).hexdigest()
        yield Image(digest, described(node))


def _box(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    yield from _inside(pen, node)
    yield Text(" ")


def _paragraph(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    """Read a paragraph within another: in a text box, or in a cell that is read as a line."""
    yield from labelled(pen, node)
    yield Text(" ")


def _object(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    pen.odd("embedded object", local(node))
    return _inside(pen, node)


def _graphic(pen: Pen, node: etree._Element) -> Iterator[Inline]:
    """Read a picture or a shape; of charts and diagrams the words lie in other parts."""
    if not (node.get("uri") or "").endswith(_GRAPHICS):
        pen.odd("drawing", node.get("uri") or "")
    return _inside(pen, node)


_READERS: Mapping[str, Callable[[Pen, etree._Element], Iterator[Inline]]] = MappingProxyType(
    {
        f"{W}r": _run,
        f"{W}t": _words,
        f"{MATH}t": _words,
        f"{A}t": _words,
        f"{W}tab": _as(" "),
        f"{W}ptab": _as(" "),
        f"{W}br": _as(" "),
        f"{W}cr": _as(" "),
        f"{W}noBreakHyphen": _as("-"),
        f"{W}softHyphen": _as("\u00ad"),
        f"{W}sym": _symbol,
        f"{W}fldChar": _turn,
        f"{W}instrText": _instruction,
        f"{W}fldSimple": _simple,
        f"{W}hyperlink": _hyperlink,
        f"{W}ins": _inserted,
        f"{W}moveTo": _inserted,
        f"{W}del": _deleted,
        f"{W}moveFrom": _deleted,
        f"{W}footnoteReference": _note_mark,
        f"{W}endnoteReference": _note_mark,
        f"{W}object": _object,
        f"{W}contentPart": _object,
        f"{W}altChunk": _object,
        f"{W}subDoc": _object,
        f"{W}control": _object,
        f"{W}p": _paragraph,
        f"{MC}AlternateContent": _alternatives,
        f"{A}blip": _picture,
        f"{A}graphicData": _graphic,
        f"{V}imagedata": _picture,
        f"{V}textpath": lambda _, node: iter((Text(f" {node.get('string') or ''} "),)),
        f"{W}txbxContent": _box,
        **dict.fromkeys(
            (
                f"{W}pPr",
                f"{W}rPr",
                f"{W}tblPr",
                f"{W}tblGrid",
                f"{W}trPr",
                f"{W}tcPr",
                f"{W}sectPr",
                f"{W}sdtPr",
                f"{W}sdtEndPr",
                f"{W}delText",
                f"{W}delInstrText",
                f"{V}shapetype",
            ),
            _nothing,
        ),
    }
)
