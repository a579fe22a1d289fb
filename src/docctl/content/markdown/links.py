"""Links: where they may lead, and which definitions of them a text uses, for nothing or too far."""

import re
from collections.abc import Iterator
from typing import Any

from docctl.content.faults import Fault

__all__ = ["Definitions", "document", "is_safe"]

_HINT = "use it as [words][label], or begin the line differently if it is text"

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: What browsers leave out of an address before they read its scheme.
_UNSEEN = re.compile(r"(?:[\x00-\x20]|%(?:[01][0-9A-Fa-f]|20))+")
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
_DOC = re.compile(r"doc:([A-Z][A-Z0-9]{0,15}(?:-[A-Z0-9]{1,15}){0,4})(?:#(\S+))?\Z")

#: What all uses of definitions may add to a text, in characters, where the text is not longer.
_ROOM = 1_000_000


def is_safe(target: str) -> bool:
    """Tell whether a link may lead there: without a scheme, or with one that only shows."""
    scheme = _SCHEME.match(_UNSEEN.sub("", target))
    return scheme is None or scheme[1].lower() in _SCHEMES


def document(target: str) -> tuple[str, str] | None:
    """Return the number and the section that `doc:PRO-001#section` names, or None."""
    match = _DOC.match(target)
    return (match[1], match[2] or "") if match else None


class Definitions(dict[str, Any]):
    """The definitions by label as markdown-it keeps them; it notes those that a link asks for.

    A long target that is used often would make a text many times as long as it was written: once
    the uses have filled a room of their own, links stay as they are written.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._used: set[str] = set()
        self._room = max(len(text), _ROOM)

    def get(self, label: str, instead: Any = None) -> Any:
        """Return the definition as long as there is room, and note that it is used."""
        self._used.add(label)
        found = super().get(label)
        if found is None:
            return instead
        self._room -= len(found["href"]) + len(found["title"])
        return found if self._room >= 0 else instead

    def faults(self, first_line: int) -> Iterator[Fault]:
        """Yield a fault for each definition that no link uses, and one where they go too far."""
        if self._room < 0:
            sentence = "long link definitions are used too often: the last links stand as text"
            yield Fault(0, "overused-link", sentence, "name a shorter target, or use it less often")
        for label in self.keys() - self._used:
            sentence = f"no link uses [{label[:80].lower()}]: what stands on this line is not shown"
            yield Fault(self[label]["map"][0] + first_line, "unused-link", sentence, _HINT)
