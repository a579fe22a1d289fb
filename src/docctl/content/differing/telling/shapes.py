"""Another shape of a block, in words."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from docctl.content.differing.telling.notations import called
from docctl.content.marks import Changed
from docctl.content.tree import (
    Admonition,
    Block,
    BulletList,
    CodeBlock,
    Heading,
    OrderedList,
    Paragraph,
    Table,
)

__all__ = ["shape"]

#: What a shape is called that has no name.
_PLAIN = "plain"


def shape(change: Changed) -> tuple[str, str]:
    """Return in words which shape a block had, and which it has; twice nothing if none is seen."""
    seen = _SEEN.get(type(change.now))
    if seen and type(change.was) is type(change.now) and seen(change.was) == seen(change.now):
        return "", ""
    was, now = _shape(change.was), _shape(change.now)
    if was == now:
        return "", ""
    other = {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    before, after = (
        ", ".join(said for name, said in side.items() if name in other) for side in (was, now)
    )
    return (before or _PLAIN, after or _PLAIN) if other else ("", "")


#: Type of block → all of it that its shape is made of: most often that is the same.
_SEEN: Mapping[type, Callable[[Any], Any]] = MappingProxyType(
    {
        Heading: attrgetter("level", "classes"),
        Table: attrgetter("alignments", "classes"),
    }
)

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
        CodeBlock: lambda block: {"language": f"code in {block.language or 'no language'}"},
        Admonition: lambda block: {"kind": called(block)},
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
