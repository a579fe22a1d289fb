"""The footnotes of one document while it is being read."""

from collections.abc import Collection, Iterable, Iterator
from itertools import count

from docctl.content.faults import Fault
from docctl.content.tree import Blocks, Footnote

__all__ = ["Notes"]


class Notes:
    """The notes by name. *labels* are all that the text has, `marks` those found inside notes."""

    def __init__(self, labels: Collection[str]) -> None:
        self.labels = labels
        self.marks: dict[str, None] = {}
        self._notes: dict[str, Footnote] = {}
        self._doubled: dict[str, str] = {}

    def add(self, label: str, blocks: Blocks, line: int) -> None:
        """Keep a note; a second one of the same name gets another, so that nothing is lost."""
        name = label
        if label in self._notes:
            taken = {*self.labels, *self._notes}
            name = next(f"{label}-{n}" for n in count(2) if f"{label}-{n}" not in taken)
            self._doubled[name] = label
        self._notes[name] = Footnote(name, blocks, line)

    def ordered(self, marks: Iterable[str]) -> tuple[Footnote, ...]:
        """Return the notes in the order of their first marks, those without a mark last."""
        order = dict.fromkeys((*marks, *self.marks, *self._notes))
        return tuple(self._notes[name] for name in order)

    def faults(self, marks: Iterable[str]) -> Iterator[Fault]:
        """Yield a fault for each note that has no mark, and each whose name was taken."""
        for name in self._notes.keys() - {*marks, *self.marks}:
            line, label = self._notes[name].line, self._doubled.get(name)
            if label is None:
                sentence = f"nothing points to the footnote [^{name}]"
                yield Fault(line, "unused-footnote", sentence, "add its mark")
            else:
                sentence = f"there are two footnotes [^{label}]"
                yield Fault(line, "duplicate-footnote", sentence, "give one of them another name")
