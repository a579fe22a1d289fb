"""What a file says, line by line: each with its place, in words that can be compared."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from docctl.content.characters import unquoted
from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    Blocks,
    BulletList,
    CodeBlock,
    DefinitionList,
    Figure,
    FootnoteRef,
    Heading,
    Image,
    Inlines,
    Link,
    OrderedList,
    Paragraph,
    Strike,
    Subscript,
    Superscript,
    Table,
)
from docctl.content.walk import plain
from docctl.intake.foreign import Foreign

__all__ = ["Line", "lines_of", "texts"]

#: What shows nothing; between two digits it parts one number into two where a line ends.
_UNSEEN = re.compile(r"(?<!\d)[\u00ad\u200b\u2060\ufeff]+|[\u00ad\u200b\u2060\ufeff]+(?!\d)")
_SHA = re.compile("[0-9a-f]{64}")
_HOST = re.compile(r"https?://[^/?#]+")
#: Letters that mean something else in an address when they are encoded, and ends of lines.
_MEANT = re.compile(r"%(2[1346-9A-CF]|3[ABDF]|40|5[BD]|25|0[0-9A-F]|1[0-9A-F]|7F)", re.IGNORECASE)
_HYPHEN = "\u2011"
_DIGEST = 12
_BEFORE = "control sheet"


class Line(NamedTuple):
    """One line: where it stands, and what it says, spaces and looks left out."""

    place: str
    words: str


def lines_of(foreign: Foreign) -> tuple[Line, ...]:
    """Return everything that a file says to people, in order, empty lines left out."""
    found = [Line("head or foot of the pages", words) for words in _said(foreign.running)]
    place, tables = _BEFORE, 0
    for block in foreign.tree.blocks:
        if isinstance(block, Heading):
            place = f"under \u201c{_shortened(_clean(plain(block.inlines)))}\u201d"
        if isinstance(block, Table):
            tables += 1
            rows = enumerate(_rows(block), 1)
            found += [Line(f"{place}, table {tables}, row {at}", words) for at, words in rows]
        else:
            found += [Line(place, words) for words in _said((block,))]
    for note in foreign.tree.footnotes:
        found += [Line(f"footnote {note.id}", words) for words in _said(note.blocks)]
    return tuple(line for line in found if line.words)


def texts(foreign: Foreign) -> Iterator[str]:
    """Yield every text by itself, each cell of a table too, in order."""
    for block in (*foreign.running, *foreign.tree.blocks):
        if isinstance(block, Table):
            yield from (_words(cell) for row in (block.head, *block.rows) for cell in row)
        else:
            yield from _said((block,))


def _said(content: Blocks) -> Iterator[str]:
    for block in content:
        say = _BLOCKS.get(type(block))
        if say:
            yield from say(block)


def _items(block: Any) -> Iterator[str]:
    for item in block.items:
        box = {True: "\u2612 ", False: "\u2610 "}.get(item.checked, "")
        said = list(_said(item.blocks))
        yield from ([box + said[0], *said[1:]] if said else [box.strip()])


def _counted(block: OrderedList) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        first, *rest = [*_items(BulletList((item,)))] or [""]
        yield f"{number}. {first}"
        yield from rest


def _definitions(block: DefinitionList) -> Iterator[str]:
    for item in block.items:
        yield _words(item.term)
        for one in item.definitions:
            yield from _said(one)


def _call_out(block: Admonition) -> Iterator[str]:
    yield f"{block.kind} {block.title}".strip()
    yield from _said(block.blocks)


def _rows(block: Table) -> Iterator[str]:
    if block.caption:
        yield _words(block.caption)
    for row in (block.head, *block.rows):
        cells = [_words(cell) for cell in row]
        yield " | ".join(cells) if any(cells) else ""


_BLOCKS: Mapping[type[Block], Callable[[Any], Iterator[str]]] = MappingProxyType(
    {
        Heading: lambda block: iter((f"{block.number} {_words(block.inlines)}".strip(),)),
        Paragraph: lambda block: iter((_words(block.inlines),)),
        CodeBlock: lambda block: map(_clean, block.text.splitlines()),
        BlockQuote: lambda block: _said(block.blocks),
        BulletList: _items,
        OrderedList: _counted,
        DefinitionList: _definitions,
        Table: _rows,
        Figure: lambda block: iter((f"{_words((block.image,))} {_clean(block.image.title)}",)),
        Admonition: _call_out,
    }
)


# --- inlines -------------------------------------------------------------------------------


def _words(inlines: Inlines) -> str:
    return _clean("".join(_phrase(inlines)))


def _phrase(inlines: Inlines) -> Iterator[str]:
    for one in inlines:
        mark = _MARKS.get(type(one))
        inner = getattr(one, "inlines", None)
        words = "".join(_phrase(inner)) if inner else plain((one,))
        yield mark(one, words) if mark else words


#: What is kept of inlines beside their words.
_MARKS: Mapping[type, Callable[[Any, str], str]] = MappingProxyType(
    {
        Link: lambda one, words: f"{words} <{_target(one)}>{one.title}" if one.target else words,
        Strike: lambda _, words: f"~~{words}~~",
        Superscript: lambda _, words: f"^{words}^",
        Subscript: lambda _, words: f"_{words}_",
        Image: lambda one, _: f" [picture {_source(one.source)} {one.alt}".rstrip() + "] ",
        FootnoteRef: lambda one, _: f"[^{one.id}]",
    }
)


def _source(source: str) -> str:
    """Return the beginning of a digest, or a whole path."""
    return source[:_DIGEST] if _SHA.fullmatch(source) else source


def _target(link: Link) -> str:
    """Return where a link leads: the host alone ends in a slash, and nothing in a lone `#`.

    Editors write some letters of an address out and others encoded. Both lead to the same place,
    unless the letter has a meaning in addresses.
    """
    target = unquoted(_MEANT.sub(r"%25\1", link.target.removesuffix("#")))
    return f"{target}/" if _HOST.fullmatch(target) else target


def _clean(words: str) -> str:
    seen = _UNSEEN.sub("", words).replace(_HYPHEN, "-")
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def _shortened(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}\u2026"
