"""Anchors: the names by which links find headings, tables and figures."""

import re
from collections.abc import Iterable

from docctl.content.inlines import Inlines
from docctl.content.walk import plain

_DROPPED = re.compile(r"[^\w\- ]")


def slug(inlines: Inlines) -> str:
    """Return the anchor GitHub would make of a heading: lower case, hyphens, no punctuation."""
    return _DROPPED.sub("", plain(inlines).strip().lower()).replace(" ", "-") or "section"


class Anchors:
    """Hands out anchors that are unique in one document; the reserved ones are for the author."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._reserved = frozenset(reserved)
        self._used: set[str] = set()
        self._counts: dict[str, int] = {}

    def chosen(self, anchor: str) -> tuple[str, bool]:
        """Return the author's anchor, made unique, and whether it was free."""
        if anchor in self._used:
            return self.made(anchor), False
        self._used.add(anchor)
        return anchor, True

    def made(self, base: str) -> str:
        """Return *base*, or `base-1`, `base-2`, … if it is used or reserved."""
        anchor, count = base, self._counts.get(base, 0)
        while anchor in self._used or anchor in self._reserved:
            count += 1
            anchor = f"{base}-{count}"
        self._counts[base] = count
        self._used.add(anchor)
        return anchor
