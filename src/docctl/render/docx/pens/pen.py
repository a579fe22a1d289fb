"""What blocks are written with: what they look like, and what is counted in one package."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import count
from typing import NamedTuple, TypeVarTuple

from docctl.content.tree import Document, Footnote
from docctl.render.docx.parts.numbering import Lists
from docctl.render.docx.parts.package import Relationships
from docctl.render.docx.parts.styles import SHADE, HeadingNumbers
from docctl.render.docx.pictures import Pictures
from docctl.render.docx.plan import Plan, label_bookmark
from docctl.render.docx.xml import attribute

__all__ = ["Ink", "Look", "Notes", "Pen"]

Arguments = TypeVarTuple("Arguments")


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


class Look(NamedTuple):
    """What all blocks of a package look like."""

    shift: int
    """How far headings move up."""

    numbers: HeadingNumbers
    shade: str = SHADE
    """The background of labels, and of heads of tables."""

    plain_heads: bool = True
    """Whether heads of tables need that background; else their style has one."""

    breadth: int = 100
    """How wide letters in tables are, in percent of those of our own font and size."""


@dataclass(slots=True)
class Pen(ABC):
    """What blocks are written with."""

    look: Look
    bookmarks: Mapping[str, str]
    """The bookmarks that links can lead to, by anchor."""

    labels: Mapping[str, str]
    """What captions are called, by anchor."""

    room: int
    """How wide a picture may be here, in twips."""

    @abstractmethod
    def later(self, write: "Callable[[Ink, *Arguments], str]", *args: *Arguments) -> str:
        """Return what *write* returns once it is known what stands before it in the package.

        Whatever counts, or asks what was counted, is written by way of this.
        """

    def marked(self, anchor: str, content: str) -> str:
        """Return *content* inside the bookmark of *anchor*, which is set once."""
        if not anchor:
            return content
        return f"{self.later(Ink.begun, anchor)}{content}{self.later(Ink.ended)}"


@dataclass(slots=True)
class Ink(Pen):
    """What one package is written with; it counts, and nothing of it outlives the call."""

    plan: Plan
    pictures: Pictures
    notes: Notes
    links: Relationships = field(default_factory=Relationships)
    """Of the part that is being written."""

    lists: Lists = field(default_factory=Lists)
    pending: dict[str, str] = field(default_factory=dict)
    """Bookmarks still to be set, by anchor."""

    set_labels: set[str] = field(default_factory=set)
    """Bookmarks of captions that are set."""

    sides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Of a text with marks the bookmarks that what came or went can lead to."""

    captions: dict[str, int] = field(default_factory=dict)
    counter: "count[int]" = field(default_factory=lambda: count(1))
    in_note: bool = False
    end: str = ""
    """The end of the bookmark that was begun last."""

    @classmethod
    def new(
        cls, document: Document, plan: Plan, images: Mapping[str, bytes], room: int, look: Look
    ) -> "Ink":
        """Return the ink for a document."""
        return cls(
            look=look,
            bookmarks=plan.shared,
            sides=plan.sides,
            labels=plan.labels,
            room=room,
            plan=plan,
            pictures=Pictures(images),
            notes=Notes(document.footnotes),
            pending=dict(plan.bookmarks),
        )

    @contextmanager
    def on(self, side: str) -> Iterator[None]:
        """Let links lead to what stands on one side of a text with marks."""
        both, self.bookmarks = self.bookmarks, self.sides.get(side, self.bookmarks)
        yield
        self.bookmarks = both

    def twin(self) -> "Ink":
        """Return ink that writes what this would write next; lists and links are shared."""
        return replace(
            self,
            notes=self.notes.copied(),
            pending=dict(self.pending),
            captions=dict(self.captions),
            counter=copy(self.counter),
        )

    def later(self, write: "Callable[[Ink, *Arguments], str]", *args: *Arguments) -> str:
        """Return what *write* returns: all before it is written already."""
        return write(self, *args)

    def id(self) -> int:
        """Return a number that nothing else in the package has."""
        return next(self.counter)

    def begun(self, anchor: str) -> str:
        """Return the beginning of the bookmark of *anchor*; nothing if it was set before."""
        name = self.pending.pop(anchor, "")
        if not name:
            self.end = ""
            return ""
        key = self.id()
        self.end = f'<w:bookmarkEnd w:id="{key}"/>'
        return f'<w:bookmarkStart w:id="{key}" w:name="{attribute(name)}"/>'

    def ended(self) -> str:
        """Return the end of the bookmark that was begun last, if it was begun."""
        return self.end

    def named(self, anchor: str, label: str) -> str:
        """Return the *label* of a caption inside its bookmark, which is set once."""
        name = label_bookmark(anchor)
        if anchor not in self.labels or name in self.set_labels:
            return label
        self.set_labels.add(name)
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
