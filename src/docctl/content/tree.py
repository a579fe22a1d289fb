"""The only document tree of docctl: what every parser makes and every writer takes.

Shapes:

- All nodes are frozen, hashable values; sequences are tuples; texts are plain Unicode, never
  escaped for any format. What is absent is `""`, `()` or, for a tick box, `None`.
- A *block* is one of `Block`, an *inline* one of `Inline`; both unions are closed, so a writer is
  a table from type to function. `Blocks` and `Inlines` are tuples of them.
- `line` is the first source line of a block, from 1 (0 when it was not read from text). It does
  not take part in equality: equal trees may come from different lines. A row of a table stands
  on `table.line + 2 + index`; a break inside a paragraph is a new source line.
- A heading's `anchor` is never empty and unique in its document once parsed; its `number` is
  text to show before the title, and `""` until `outline.numbered` has run.
- Nesting is bounded: at most `MAX_DEPTH` blocks inside each other, and as many inlines, so that
  recursion over a tree is safe.
- There is no raw HTML: what was not understood stands as literal `Text`.
"""

from dataclasses import dataclass, field
from operator import is_
from typing import Any, Literal, TypeAlias

from docctl.content.inlines import (
    Code,
    Emphasis,
    FootnoteRef,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Mention,
    MentionKind,
    Reference,
    SoftBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
)

__all__ = [
    "MAX_DEPTH",
    "Admonition",
    "AdmonitionKind",
    "Alignment",
    "Block",
    "BlockQuote",
    "Blocks",
    "BulletList",
    "Code",
    "CodeBlock",
    "Definition",
    "DefinitionList",
    "Document",
    "Emphasis",
    "Figure",
    "Footnote",
    "FootnoteRef",
    "Heading",
    "Image",
    "Inline",
    "Inlines",
    "LineBreak",
    "Link",
    "ListItem",
    "Mention",
    "MentionKind",
    "Numbering",
    "OrderedList",
    "PageBreak",
    "Paragraph",
    "Passage",
    "Reference",
    "SoftBreak",
    "Strike",
    "Strong",
    "Subscript",
    "Superscript",
    "Table",
    "Text",
    "ThematicBreak",
]

#: How deep blocks, and how deep inlines, may lie inside each other.
MAX_DEPTH = 40

Numbering: TypeAlias = Literal["auto", "source", "none"]
Alignment: TypeAlias = Literal["left", "center", "right", ""]
AdmonitionKind: TypeAlias = Literal["note", "tip", "important", "warning", "caution", "danger"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6. Known classes: `unnumbered`."""

    level: int
    inlines: Inlines
    anchor: str
    number: str = ""
    classes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; never empty."""

    inlines: Inlines
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text, each line ended by a line feed; `language` is a bare word or empty."""

    text: str
    language: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """A quotation."""

    blocks: "Blocks"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list. `checked` is None unless the item is a task."""

    blocks: "Blocks"
    checked: bool | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list with bullets. `tight`: no space between items."""

    items: tuple[ListItem, ...]
    tight: bool = True
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A list numbered from `start`. `tight`: no space between items."""

    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means; each definition is a tuple of blocks."""

    term: Inlines
    definitions: tuple["Blocks", ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms with their definitions."""

    items: tuple[Definition, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one head row and rows of cells, each cell a tuple of inlines.

    `head`, `alignments` and every row have the same length, at least 1. The caption is the
    paragraph `Table: …` that follows the table. Known classes: `landscape`.
    """

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    alignments: tuple[Alignment, ...]
    caption: Inlines = ()
    anchor: str = ""
    classes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """An image that is a paragraph of its own; its caption is the image's title."""

    image: Image
    anchor: str = ""
    classes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Admonition:
    """A call-out. Without a title the kind itself is shown ("Warning")."""

    kind: AdmonitionKind
    title: str
    blocks: "Blocks"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A horizontal rule."""

    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PageBreak:
    r"""A new page is wanted here: a paragraph that is only `\newpage`."""

    line: int = field(default=0, compare=False)


Block: TypeAlias = (
    Heading
    | Paragraph
    | CodeBlock
    | BlockQuote
    | BulletList
    | OrderedList
    | DefinitionList
    | Table
    | Figure
    | Admonition
    | ThematicBreak
    | PageBreak
)
Blocks: TypeAlias = tuple[Block, ...]

# --- the whole ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note; several marks may point to it. Notes are numbered by their place in the document."""

    id: str
    blocks: Blocks
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks in a row of a text that is put together from others, and what was made of them."""

    blocks: Blocks
    made: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What follows from these very blocks and from its key here; see `content.kept.latest`."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: its blocks, and its footnotes in the order of their first marks.

    `numbering` says where the numbers of the headings come from: `auto` counted here, `source`
    typed by the author, `none` not numbered.
    """

    blocks: Blocks
    footnotes: tuple[Footnote, ...] = ()
    numbering: Numbering = "none"
    parts: tuple[Passage, ...] = field(default=(), compare=False, repr=False)
    """What the text was put together from, if it was; `passages` knows whether it still is."""

    @classmethod
    def joined(
        cls, parts: tuple[Passage, ...], footnotes: tuple[Footnote, ...], numbering: Numbering
    ) -> "Document":
        """Return the document whose text is that of *parts*, one after the other."""
        blocks = tuple(block for part in parts for block in part.blocks)
        return cls(blocks, footnotes, numbering, parts)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The text in passages: what it was put together from, or one if it was changed since."""
        blocks = [block for part in self.parts for block in part.blocks]
        same = len(blocks) == len(self.blocks) and all(map(is_, blocks, self.blocks))
        return self.parts if same else (Passage(self.blocks),)
