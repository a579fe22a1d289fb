"""What is counted and looked up while one package is written."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import count

from docctl.content.tree import Document, Footnote
from docctl.render.docx.parts.numbering import Lists
from docctl.render.docx.parts.package import Relationships
from docctl.render.docx.parts.styles import SHADE
from docctl.render.docx.pictures import Pictures
from docctl.render.docx.plan import Plan, label_bookmark
from docctl.render.docx.xml import attribute

__all__ = ["Notes", "Pen"]


class Notes:
    """The footnotes, numbered as word processors do: by the first mark of each."""

    def __init__(self, notes: tuple[Footnote, ...]) -> None:
        self._texts = {note.id: note for note in notes}
        self._numbers: dict[str, int] = {}
        #: The notes that have a number, in its order.
        self.placed: list[Footnote] = []

    def leave_out(self, notes: tuple[Footnote, ...]) -> None:
        """Forget notes that stand in the text itself."""
        for note in notes:
            self._texts.pop(note.id, None)

    def copied(self) -> "Notes":
        """Return the same notes, numbered as far."""
        other = Notes(tuple(self._texts.values()))
        other._numbers, other.placed = dict(self._numbers), list(self.placed)
        return other

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def number(self, key: str) -> int | None:
        """Return the number of a note whose mark was written already."""
        return self._numbers.get(key)

    def place(self, key: str) -> int:
        """Give the note the next number and return it."""
        self.placed.append(self._texts[key])
        self._numbers[key] = len(self.placed)
        return len(self.placed)


@dataclass(slots=True)
class Pen:
    """The state of writing one package; nothing of it outlives the call."""

    plan: Plan
    pictures: Pictures
    notes: Notes
    room: int
    """How wide a picture may be here, in twips."""

    links: Relationships = field(default_factory=Relationships)
    """Of the part that is being written."""

    lists: Lists = field(default_factory=Lists)
    pending: dict[str, str] = field(default_factory=dict)
    """Bookmarks still to be set, by anchor."""

    labels: set[str] = field(default_factory=set)
    """Bookmarks of captions that are set."""

    captions: dict[str, int] = field(default_factory=dict)
    counter: "count[int]" = field(default_factory=lambda: count(1))
    in_note: bool = False
    shade: str = SHADE
    """The background of labels, and of heads of tables."""

    plain_heads: bool = True
    """Whether heads of tables need that background; else their style has one."""

    breadth: int = 100
    """How wide letters in tables are, in percent of those of our own font and size."""

    @classmethod
    def new(cls, document: Document, plan: Plan, images: Mapping[str, bytes], room: int) -> "Pen":
        """Return the pen for a document."""
        return cls(
            plan=plan,
            pictures=Pictures(images),
            notes=Notes(document.footnotes),
            room=room,
            pending=dict(plan.bookmarks),
        )

    def twin(self) -> "Pen":
        """Return a pen that writes what this one would write next; lists and links are shared."""
        return replace(
            self,
            notes=self.notes.copied(),
            pending=dict(self.pending),
            captions=dict(self.captions),
            counter=copy(self.counter),
        )

    def id(self) -> int:
        """Return a number that nothing else in the package has."""
        return next(self.counter)

    def marked(self, anchor: str, content: str) -> str:
        """Return *content* inside the bookmark of *anchor*, which is set once."""
        name = self.pending.pop(anchor, "")
        return self.bookmarked(name, content) if name else content

    def named(self, anchor: str, label: str) -> str:
        """Return the *label* of a caption inside its bookmark, which is set once."""
        name = label_bookmark(anchor)
        if anchor not in self.plan.labels or name in self.labels:
            return label
        self.labels.add(name)
        return self.bookmarked(name, label)

    def bookmarked(self, name: str, content: str) -> str:
        """Return *content* inside a bookmark of this name."""
        key = self.id()
        return (
            f'<w:bookmarkStart w:id="{key}" w:name="{attribute(name)}"/>{content}'
            f'<w:bookmarkEnd w:id="{key}"/>'
        )

    def caption(self, kind: str) -> int:
        """Return the number of the next caption of this kind."""
        self.captions[kind] = self.captions.get(kind, 0) + 1
        return self.captions[kind]
