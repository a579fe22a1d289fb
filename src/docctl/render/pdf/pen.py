"""What is counted and looked up while one file is written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from docctl.content.tree import Blocks, Document, Figure, Footnote, Heading, Table
from docctl.content.walk import blocks, plain
from docctl.render.pdf.columns import Sharing
from docctl.render.pdf.pictures import Pictures
from docctl.render.pdf.words import Line

__all__ = ["Pen"]

Head: TypeAlias = tuple[str, ...]
Rows: TypeAlias = list[Head]

#: No line is counted as shorter, in points.
_LEAST = 24.0


@dataclass(slots=True)
class Pen:
    """The state of writing one file; nothing of it outlives the call."""

    write: "Callable[[Pen, Blocks], str]"
    """Writes blocks: those of a note stand where its mark is."""

    pictures: Pictures
    notes: Mapping[str, Footnote]
    labels: Mapping[str, str]
    """The places that links can lead to, by their anchors."""

    shift: int = 0
    """How many levels headings move up, so that the highest has the first."""

    line: Line = field(default_factory=lambda: Line(0.0))
    """How wide the text is here, and how large."""

    whole: Line = field(default_factory=lambda: Line(0.0))
    """The line of the text itself, which notes have too."""

    across: float = 0.0
    """How wide the text is on a page that lies across, in points."""

    inside: int = 0
    """How many blocks are around: only the text itself can begin a page."""

    pending: set[str] = field(default_factory=set)
    placed: dict[str, str] = field(default_factory=dict)
    """The labels of the notes that were written, or are being written."""

    captions: dict[str, int] = field(default_factory=dict)
    rows: Mapping[Head, Rows] = field(default_factory=dict)
    """The texts of all tables with the same head: their columns are alike."""

    shared: dict[tuple[Head, float], Sharing] = field(default_factory=dict)

    @classmethod
    def new(
        cls,
        document: Document,
        pictures: Pictures,
        *,
        write: "Callable[[Pen, Blocks], str]",
        shift: int,
        line: Line,
        across: float = 0.0,
    ) -> "Pen":
        """Return the pen for a document whose text stands on such lines.

        *across* is how long they are on a page that lies across.
        """
        anchors = dict.fromkeys(
            block.anchor
            for block in blocks(Document(document.blocks))
            if isinstance(block, Heading | Table | Figure) and block.anchor
        )
        labels = {anchor: f"place-{number}" for number, anchor in enumerate(anchors, 1)}
        notes = {note.id: note for note in document.footnotes}
        return cls(
            write,
            pictures,
            notes,
            labels,
            shift,
            line,
            line,
            across,
            pending=set(labels),
            rows=_rows(document),
        )

    @contextmanager
    def on(self, line: Line) -> Iterator[None]:
        """Let what the block writes stand on another line."""
        before, self.line = self.line, line
        yield
        self.line = before

    @contextmanager
    def within(self, indent: float) -> Iterator[None]:
        """Let what the block writes stand inside another block, on a line so much shorter."""
        self.inside += 1
        with self.on(replace(self.line, room=max(self.line.room - indent, _LEAST))):
            yield
        self.inside -= 1

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Let a note be written: it has the line of the text, and no link leads into it."""
        places, self.pending = self.pending, set()
        with self.on(self.whole):
            yield
        self.pending = places

    def marked(self, anchor: str, content: str) -> str:
        """Return content as the place that an anchor names; each is set once."""
        if anchor not in self.pending:
            return content
        self.pending.remove(anchor)
        return f'[#{content}#label("{self.labels[anchor]}")]'

    def caption(self, kind: str) -> str:
        """Return the words before the next caption of this kind, such as `Table 3: `."""
        self.captions[kind] = self.captions.get(kind, 0) + 1
        return f"{kind} {self.captions[kind]}: "


def _rows(document: Document) -> dict[Head, Rows]:
    found: dict[Head, Rows] = {}
    for block in blocks(document):
        if isinstance(block, Table):
            head, *rows = (tuple(map(plain, row)) for row in (block.head, *block.rows))
            found.setdefault(head, []).extend(rows)
    return found
