"""What words come to: by that two ways to show the same are told from two different things."""

from collections.abc import Iterator

from docctl.content.tree import Inlines
from docctl.content.walk import plain

__all__ = ["gist"]


def gist(found: Inlines) -> tuple[list[str], list[str]]:
    """Return the words, and where links lead and pictures come from."""
    return plain(found).split(), [*_leads(found)]


def _leads(found: Inlines) -> Iterator[str]:
    for one in found:
        yield from filter(None, (getattr(one, "target", ""), getattr(one, "source", "")))
        yield from _leads(getattr(one, "inlines", ()))
