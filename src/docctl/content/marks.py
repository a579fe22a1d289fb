"""Marks of a change in a tree: what came, what went, and what took another shape.

A *marked tree* holds two trees at once: it is a `Document` in which marks may stand wherever
several nodes do: among inlines, blocks, items, rows, definitions and footnotes. No parser makes
one; `content.differing` does, and takes it apart again.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["MARKS", "Changed", "Deleted", "Inserted", "Mark", "bare"]


@dataclass(frozen=True, slots=True)
class Inserted:
    """Nodes that only the newer tree has. Inlines share a mark, all others have one each."""

    nodes: tuple[Any, ...]
    whole: bool = False
    """Whether the paragraph or cell around these inlines came with them."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Nodes that only the older tree has. Inlines share a mark, all others have one each."""

    nodes: tuple[Any, ...]
    whole: bool = False
    """Whether the paragraph or cell around these inlines went with them."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A block in another shape: of another level or kind, aligned or numbered otherwise."""

    now: Any
    """The block of the newer tree; marks may stand in it."""

    was: Any
    """The block of the older tree without what it held: that stands in `now`."""


Mark: TypeAlias = Inserted | Deleted

#: The types of all marks.
MARKS: frozenset[type] = frozenset({Inserted, Deleted, Changed})


def bare(node: Any) -> Any:
    """Return what a mark is about, as it is now or was last; a node without a mark is itself."""
    if isinstance(node, Inserted | Deleted):
        return node.nodes[0]
    return node.now if isinstance(node, Changed) else node
