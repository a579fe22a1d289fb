"""Link definitions: which of them a text uses, which it writes for nothing, and how far they go."""

from collections.abc import Iterator
from typing import Any

from docctl.content.faults import Fault

__all__ = ["Definitions"]

_HINT = "use it as [words][label], or begin the line differently if it is text"

#: What all uses of definitions may add to a text, in characters, where the text is not longer.
_ROOM = 1_000_000


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
