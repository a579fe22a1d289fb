"""What is counted and looked up while one page is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from unicodedata import bidirectional

from docctl.content.tree import Document, Footnote
from docctl.render.html.escape import attribute
from docctl.render.html.pictures import Pictures

__all__ = ["OWN", "Pen"]

#: How the ids begin that are ours: no anchor of a text does, for it holds no tilde.
OWN = "~"

#: Tags and references in HTML, or a letter.
_TAG_OR_LETTER = re.compile(r"<[^>]*>|&[^;]*;|(\w)")
_DIRECTIONS: Mapping[str, str] = MappingProxyType({"L": "ltr", "R": "rtl", "AL": "rtl"})


@dataclass(slots=True)
class Pen:
    """The state of writing one page; nothing of it outlives the call."""

    pictures: Pictures
    notes: Mapping[str, Footnote]
    shift: int = 0
    """How many levels headings move down, so that only the title has the first."""

    direction: str = ""
    """The attribute that lets a browser look for the direction of a block itself.

    It does not look into what has this attribute too: what holds such blocks is `laid`.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    """The numbers of the notes whose mark was written, by their names."""

    marks: dict[str, int] = field(default_factory=dict)
    """How many marks each note has."""

    linked: bool = False
    """Whether what is being written stands in a link: then it holds no other one."""

    captions: dict[str, int] = field(default_factory=dict)
    anchors: set[str] = field(default_factory=set)

    @classmethod
    def new(cls, document: Document, pictures: Pictures, *, shift: int, direction: str) -> "Pen":
        """Return the pen for a document."""
        notes = {note.id: note for note in document.footnotes}
        return cls(pictures, notes, shift, direction)

    def anchor(self, anchor: str) -> str:
        """Return the attribute that makes a place one to lead to; each anchor is set once."""
        if not anchor or anchor in self.anchors:
            return ""
        self.anchors.add(anchor)
        return f' id="{attribute(anchor)}"'

    def laid(self, content: str) -> str:
        """Return the attribute that gives what holds *content*, as HTML, its first letter's way.

        Where it reads from right to left, numbers and the first column stand on the right.
        """
        if not self.direction:
            return ""
        letters = (match[1] for match in _TAG_OR_LETTER.finditer(content) if match[1])
        ways = filter(None, (_DIRECTIONS.get(bidirectional(letter)) for letter in letters))
        way = next(ways, "")
        return f' dir="{way}"' if way else ""

    def caption(self, kind: str) -> str:
        """Return the words before the next caption of this kind, such as `Table 3: `."""
        self.captions[kind] = self.captions.get(kind, 0) + 1
        return f"{kind} {self.captions[kind]}: "

    def mark(self, name: str) -> tuple[int, int]:
        """Return the number of a note, and which of its marks this is."""
        number = self.numbers.setdefault(name, len(self.numbers) + 1)
        self.marks[name] = self.marks.get(name, 0) + 1
        return number, self.marks[name]
