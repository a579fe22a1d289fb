"""Link definitions: which of them a text uses, and which it writes for nothing."""

from collections.abc import Iterator
from typing import Any

from docctl.content.faults import Fault

__all__ = ["Definitions"]

_HINT = "use it as [words][label], or begin the line differently if it is text"


class Definitions(dict[str, Any]):
    """The definitions by label as markdown-it keeps them; it notes those that a link asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._used: set[str] = set()

    def get(self, label: str, instead: Any = None) -> Any:
        """Return the definition, and note that it is used."""
        self._used.add(label)
        return super().get(label, instead)

    def faults(self, first_line: int) -> Iterator[Fault]:
        """Yield a fault for each definition that no link uses."""
        for label in self.keys() - self._used:
            sentence = f"no link uses [{label[:80].lower()}]: what stands on this line is not shown"
            yield Fault(self[label]["map"][0] + first_line, "unused-link", sentence, _HINT)
