"""A page read element by element: blocks, words, links, pictures."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import unquote_to_bytes

from lxml import etree

from docctl.content.tree import (
    Alignment,
    Block,
    Document,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Paragraph,
    Strike,
    Subscript,
    Superscript,
    Table,
    Text,
)
from docctl.content.walk import plain
from docctl.errors import UnreadableError
from docctl.intake.contents import contents_line, without_contents
from docctl.intake.digits import whole
from docctl.intake.foreign import Foreign, Strange
from docctl.intake.html.active import misplaced, strange
from docctl.intake.html.frames import between, rows_of

__all__ = ["read"]

LARGEST = 64 << 20
_DEEPEST = 100
_OWN = "docctl."
_UNSIDED: tuple[Alignment, ...] = ("",)

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
    }
)
_WRAPPED: Mapping[str, Callable[[Inlines], Inline]] = MappingProxyType(
    {"s": Strike, "del": Strike, "strike": Strike, "sup": Superscript, "sub": Subscript}
)


@dataclass(slots=True)
class _Page:
    """What reading a page has found so far."""

    blocks: list[Block] = field(default_factory=list)
    strange: list[Strange] = field(default_factory=list)
    words: list[Inline] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    """The elements around: of a block, the nearest one."""

    label: str = ""
    """The number of an item, for the first block in it."""

    counts: dict[etree._Element, int] = field(default_factory=dict)
    """How many items each list has had so far."""

    def end(self) -> None:
        """End the block that the words so far make."""
        words, self.words = tuple(self.words), []
        if not any(plain((one,)).strip() or _shows(one) for one in words):
            return
        if self.label:
            words, self.label = (Text(f"{self.label} "), *words), ""
        kind = self.kinds[-1] if self.kinds else ""
        if "nav" in self.kinds:
            self.blocks.append(contents_line(words))
        elif kind in _HEADINGS:
            self.blocks.append(Heading(int(kind[1]), words, ""))
        else:
            self.blocks.append(Paragraph(words))


def read(data: bytes, source: str) -> Foreign:
    """Return what an HTML page says.

    Raises:
        UnreadableError: it is no page, or asks for more than is reasonable.
    """
    if len(data) > LARGEST:
        raise UnreadableError(source, "it is too large for a page")
    parser = etree.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(source, f"it is no HTML page: {error}") from error
    if root is None or root.tag != "html":
        raise UnreadableError(source, "it is no HTML page")
    page = _Page(strange=[*misplaced(data), *strange(root)])
    _walk(page, root, 0, source)
    page.end()
    text = without_contents(tuple(page.blocks))
    return Foreign("html", _facts(root), Document(text), (), tuple(page.strange))


def _facts(root: etree._Element) -> dict[str, str]:
    """Return what the page says to programs; where it says two things, both."""
    found: dict[str, list[str]] = {}
    for node in root.iter("meta"):
        if (name := node.get("name") or "").startswith(_OWN) or name == "author":
            found.setdefault(name.removeprefix(_OWN), []).append(node.get("content") or "")
    return {name: " ".join(dict.fromkeys(said)) for name, said in found.items()}


def _walk(page: _Page, node: etree._Element, depth: int, source: str) -> None:
    """Read what stands in an element, and the words behind each element in it."""
    if depth > _DEEPEST:
        raise UnreadableError(source, "its elements lie too deep in each other")
    _say(page, node.text, node)
    for child in node:
        if isinstance(child.tag, str):
            _element(page, child, depth + 1, source)
        _say(page, child.tail, node)


def _say(page: _Page, words: str | None, around: etree._Element) -> None:
    if words and around.tag not in {"head", "html"}:
        page.words.append(Text(words))


def _element(page: _Page, node: etree._Element, depth: int, source: str) -> None:
    tag = str(node.tag)
    page.strange += strange(node)
    if tag == "table":
        page.end()
        _alone(page)
        page.blocks += _table(page, node, depth, source)
    elif tag in _BLOCKS:
        page.end()
        page.kinds.append(tag)
        _number(page, node)
        _walk(page, node, depth, source)
        page.end()
        if tag == "li":
            _alone(page)
        page.kinds.pop()
    elif tag in _SINGLE:
        page.words += _SINGLE[tag](page, node)
    else:
        outer, page.words = page.words, []
        _walk(page, node, depth, source)
        inner, page.words = tuple(page.words), outer
        page.words += _wrapped(page, node, inner)


def _number(page: _Page, node: etree._Element) -> None:
    """Remember the number of an item, as browsers count; an odd count is told by its attributes."""
    above = node.getparent()
    if node.tag != "li" or above is None or above.tag != "ol" or "nav" in page.kinds:
        return
    start = whole(above.get("start") or "1")
    before = page.counts.get(above, 0 if start is None else start - 1)
    _alone(page)
    page.counts[above] = before + 1
    page.label = f"{before + 1}."


def _alone(page: _Page) -> None:
    """End an item in which nothing stood yet: its number is read nevertheless."""
    if page.label:
        page.blocks.append(Paragraph((Text(page.label),)))
        page.label = ""


def _wrapped(page: _Page, node: etree._Element, inner: Inlines) -> Inlines:
    tag = str(node.tag)
    target = node.get("href") or ""
    if tag == "a" and target and inner and "nav" not in page.kinds:
        return (Link(target, inner),)
    if tag == "a" and target and not inner:
        page.strange.append(Strange("link without words", target))
    if tag == "a" and "nav" in page.kinds and not target.startswith("#"):
        page.strange.append(Strange("link in the contents", target))
    return (_WRAPPED[tag](inner),) if tag in _WRAPPED and inner else inner


def _table(page: _Page, node: etree._Element, depth: int, source: str) -> list[Block]:
    page.strange += between(node)
    caption = node.find("caption")
    before: list[Block] = []
    if caption is not None:
        before = [Paragraph(_cell(page, caption, depth, source))]
    rows = [
        tuple(_cell(page, cell, depth, source) for cell in row.iterchildren("td", "th"))
        for row in rows_of(node)
    ]
    width = max(map(len, rows), default=0)
    if not width:
        return before
    full = [(*row, *[()] * (width - len(row))) for row in rows]
    return [*before, Table(full[0], tuple(full[1:]), _UNSIDED * width)]


def _cell(page: _Page, node: etree._Element, depth: int, source: str) -> Inlines:
    """Return what stands in a cell as one line, blocks in it behind one another."""
    inner = _Page(strange=page.strange)
    _walk(inner, node, depth, source)
    inner.end()
    found: list[Inline] = []
    for block in inner.blocks:
        if isinstance(block, Paragraph | Heading):
            found += [LineBreak(), *block.inlines] if found else block.inlines
        elif isinstance(block, Table):
            found += [part for row in (block.head, *block.rows) for one in row for part in one]
    return tuple(found)


def _image(page: _Page, node: etree._Element) -> Inlines:
    source = node.get("src") or ""
    if not source.startswith("data:"):
        page.strange.append(Strange("picture from outside", source))
        return (Image(source, ""),)
    head, _, rest = source.partition(",")
    page.strange.append(Strange("kind of picture", head))
    try:
        content = (
            b64decode("".join(rest.split()), validate=True)
            if head.endswith(";base64")
            else unquote_to_bytes(rest)
        )
    except (Base64Error, ValueError):
        content = rest.encode()
    return (Image(sha256(content).hexdigest(), ""),)


def _title(page: _Page, node: etree._Element) -> Inlines:
    above = node.getparent()
    if above is None or above.tag != "head":
        page.strange.append(Strange("hidden text", node.text or ""))
        return ()
    return (Text(node.text or ""),)


def _box(_page: _Page, node: etree._Element) -> Inlines:
    if node.get("type") == "checkbox":
        return (Text("\u2612 " if node.get("checked") is not None else "\u2610 "),)
    return (Text(f"[{node.get('value') or node.get('type') or ''}]"),)


_SINGLE: Mapping[str, Callable[[_Page, etree._Element], Inlines]] = MappingProxyType(
    {
        "img": _image,
        "input": _box,
        "br": lambda _, __: (LineBreak(),),
        "style": lambda _, __: (),
        "script": lambda _, __: (),
        "title": _title,
    }
)


def _shows(one: Inline) -> bool:
    return isinstance(one, Image) or any(map(_shows, getattr(one, "inlines", ())))
