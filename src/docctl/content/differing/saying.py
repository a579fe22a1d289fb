"""Parts of a marked tree in words, with a little of Markdown to show how they look."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from docctl.content.marks import Changed, Deleted, Inserted
from docctl.content.tree import (
    Admonition,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Emphasis,
    Figure,
    Footnote,
    FootnoteRef,
    Heading,
    Image,
    Inlines,
    LineBreak,
    Link,
    ListItem,
    Mention,
    OrderedList,
    PageBreak,
    Paragraph,
    Reference,
    SoftBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
)

__all__ = ["Part", "parts_of", "said", "shape"]

#: Words, and what became of them.
Part: TypeAlias = tuple[Literal["kept", "deleted", "inserted"], str]


def parts_of(inlines: Inlines) -> Iterator[Part]:
    """Yield the words of a line by what became of them; neighbours of one kind are one part."""
    waiting: Part | None = None
    for kind, words in _pieces(inlines):
        if waiting and waiting[0] == kind:
            waiting = (kind, waiting[1] + words)
            continue
        if waiting:
            yield waiting
        waiting = (kind, words)
    if waiting:
        yield waiting


def _pieces(inlines: Iterable[Any]) -> Iterator[Part]:
    for inline in inlines:
        if isinstance(inline, Inserted):
            yield "inserted", _noted(inline.nodes)
        elif isinstance(inline, Deleted):
            yield "deleted", _noted(inline.nodes)
        elif type(inline) in _AROUND:
            before, behind = _AROUND[type(inline)](inline)
            yield "kept", before
            yield from _pieces(inline.inlines)
            yield "kept", behind
        else:
            yield "kept", _ALONE[type(inline)](inline)


def _noted(inlines: Iterable[Any]) -> str:
    return "".join(words for _, words in _pieces(inlines))


def _quoted(title: str) -> str:
    return f' "{title}"' if title else ""


def _picture(image: Image) -> str:
    width = f" {image.width}" if image.width else ""
    return f"![{image.alt}]({image.source}{_quoted(image.title)}){width}"


_AROUND: Mapping[type, Callable[[Any], tuple[str, str]]] = MappingProxyType(
    {
        Emphasis: lambda _: ("_", "_"),
        Strong: lambda _: ("**", "**"),
        Strike: lambda _: ("~~", "~~"),
        Superscript: lambda _: ("^", "^"),
        Subscript: lambda _: ("~", "~"),
        Link: lambda link: ("[", f"]({link.target}{_quoted(link.title)})"),
        Reference: lambda one: ("[", f"]({one.number}{'#' if one.section else ''}{one.section})"),
    }
)

_ALONE: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        Text: lambda node: node.text,
        Code: lambda node: f"`{node.text}`",
        SoftBreak: lambda _: " ",
        LineBreak: lambda _: " / ",
        Image: _picture,
        Mention: lambda node: node.name,
        FootnoteRef: lambda node: f"[^{node.id}]",
    }
)


# --- blocks in words -----------------------------------------------------------------------


def said(node: Any) -> str:
    """Return a block, an item, a row or a note in words, on one line."""
    if isinstance(node, tuple):
        return " | ".join(map(_noted, node))
    return _SAID[type(node)](node)


def _all(nodes: Iterable[Any]) -> str:
    return " ".join(filter(None, map(said, nodes)))


_CHECKED: Mapping[bool | None, str] = MappingProxyType({None: "", True: "[x] ", False: "[ ] "})

_SAID: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        Heading: lambda block: f"{block.number} {_noted(block.inlines)}".strip(),
        Paragraph: lambda block: _noted(block.inlines),
        CodeBlock: lambda block: f"`{block.text.strip()}`",
        BlockQuote: lambda block: f"> {_all(block.blocks)}",
        BulletList: lambda block: _all(block.items),
        OrderedList: lambda block: _all(block.items),
        ListItem: lambda item: f"{_CHECKED[item.checked]}{_all(item.blocks)}",
        DefinitionList: lambda block: _all(block.items),
        Definition: lambda item: f"{_noted(item.term)}: {_all(map(_all, item.definitions))}",
        Table: lambda block: "; ".join(filter(None, map(said, (block.head, *block.rows)))),
        Figure: lambda block: _picture(block.image),
        Admonition: lambda block: f"{_kind(block)} {_all(block.blocks)}",
        ThematicBreak: lambda _: "(a line across the page)",
        PageBreak: lambda _: "(a new page)",
        Footnote: lambda note: f"[^{note.id}]: {_all(note.blocks)}",
        str: lambda words: words,
    }
)


def _kind(block: Admonition) -> str:
    return f"{block.kind.upper()}: {block.title}".rstrip(": ") + ":"


#: What a shape is called that has no name.
_PLAIN = "plain"


def shape(change: Changed) -> tuple[str, str]:
    """Return in words which shape a block had, and which it has; twice nothing if none is seen."""
    was, now = _shape(change.was), _shape(change.now)
    if was == now:
        return "", ""
    other = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    before, after = (
        ", ".join(said for name, said in side.items() if name in other) for side in (was, now)
    )
    return (before or _PLAIN, after or _PLAIN) if other else ("", "")


#: Type of block → what is seen of its shape, by name.
_SHAPES: Mapping[type, Callable[[Any], Mapping[str, str]]] = MappingProxyType(
    {
        Heading: lambda block: {
            "level": f"heading of level {block.level}",
            **_classes(block),
        },
        Paragraph: lambda _: {"kind": "paragraph"},
        BulletList: lambda block: {"kind": "list with bullets", "tight": _spaced(block)},
        OrderedList: lambda block: {
            "kind": "numbered list",
            "start": f"numbered from {block.start}",
            "tight": _spaced(block),
        },
        Table: lambda block: {"alignments": _aligned(block), **_classes(block)},
        Admonition: lambda block: {"kind": _kind(block)},
    }
)


def _shape(block: Block) -> Mapping[str, str]:
    return _SHAPES[type(block)](block) if type(block) in _SHAPES else {}


def _spaced(block: BulletList | OrderedList) -> str:
    return "close together" if block.tight else "items apart"


def _classes(block: Heading | Table) -> Mapping[str, str]:
    return {"classes": " ".join(block.classes)} if block.classes else {}


def _aligned(block: Table) -> str:
    return f"columns aligned {', '.join(one or 'plain' for one in block.alignments)}"
