"""Marks of a change in a tree: what came, what went, and what took another shape.

A *marked tree* holds two trees at once: it is a `Document` in which marks may stand wherever
several nodes do: among inlines, blocks, items, rows, definitions and footnotes. No parser makes
one; `content.differing` does, and takes it apart again.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["MARKS", "Changed", "Deleted", "Inserted", "Mark", "bare", "came_or_went", "went_with"]


@dataclass(frozen=True, slots=True)
class Inserted:
    """Nodes that only the newer tree has. Inlines share a mark, all others have one each."""

    nodes: tuple[Any, ...]
    whole: bool = False
    """Whether the paragraph or cell around these inlines came with them."""

    moved: str = ""
    """Where a passage that begins here was moved from."""

    along: bool = False
    """Whether it was moved together with what stands before it."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Nodes that only the older tree has. Inlines share a mark, all others have one each."""

    nodes: tuple[Any, ...]
    whole: bool = False
    """Whether the paragraph or cell around these inlines went with them."""

    moved: str = ""
    """Where a passage that begins here was moved to."""

    along: bool = False
    """Whether it was moved together with what stands before it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A block or item in another shape: of another level or kind, aligned, numbered or ticked.

    Code and figures hold no nodes, so the marks of theirs stand beside them, in `words`.
    """

    now: Any
    """The block of the newer tree; marks may stand in it."""

    was: Any
    """The block of the older tree without what it held: that stands in `now`."""

    words: tuple[Any, ...] = ()
    """Of code the text with marks, of a figure its caption; else the marks stand in `now`."""


Mark: TypeAlias = Inserted | Deleted

#: The types of all marks.
MARKS: frozenset[type] = frozenset({Inserted, Deleted, Changed})


def went_with(blocks: tuple[Any, ...]) -> type[Mark] | None:
    """Return the kind of the mark that all of an item is in, by the blocks of a staged one."""
    return came_or_went(getattr(blocks[0], "inlines", ())) if blocks else None


def came_or_went(cell: tuple[Any, ...]) -> type[Mark] | None:
    """Return the kind of the mark that all of a staged cell is in."""
    first = cell[0] if cell else None
    return type(first) if isinstance(first, Inserted | Deleted) and first.whole else None


def bare(node: Any) -> Any:
    """Return what a mark is about, as it is now or was last; a node without a mark is itself."""
    if isinstance(node, Inserted | Deleted):
        return node.nodes[0]
    return node.now if isinstance(node, Changed) else node
