"""The inlines of the document tree; import them from `docctl.content.tree`."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

MentionKind: TypeAlias = Literal["function", "role"]


@dataclass(frozen=True, slots=True)
class Text:
    """Literal characters, without line breaks. Two never stand next to each other."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code span; its text is literal."""

    text: str


@dataclass(frozen=True, slots=True)
class SoftBreak:
    """The source went on in a new line; shown as a space."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line is wanted here: two spaces, a backslash or `<br>` in the source."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Usually italic."""

    inlines: "Inlines"


@dataclass(frozen=True, slots=True)
class Strong:
    """Usually bold."""

    inlines: "Inlines"


@dataclass(frozen=True, slots=True)
class Strike:
    """Struck through."""

    inlines: "Inlines"


@dataclass(frozen=True, slots=True)
class Superscript:
    """From `<sup>`."""

    inlines: "Inlines"


@dataclass(frozen=True, slots=True)
class Subscript:
    """From `<sub>`."""

    inlines: "Inlines"


@dataclass(frozen=True, slots=True)
class Link:
    """A link: to an address, to an attachment by relative path, or to `#anchor` in this document.

    The target has no scheme but `http`, `https`, `mailto`, `tel` or `ftp`.
    """

    target: str
    inlines: "Inlines"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. `width` is text such as `50%`, `8cm` or `300px`, or empty."""

    source: str
    alt: str
    title: str = ""
    width: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a controlled document: `[[PRO-002#section]]`, `[text](doc:PRO-002#section)`.

    `inlines` are the author's own words, or empty: then `references.resolved` supplies them.
    `target` is where it leads to, an address or `#anchor`, and empty until resolved.
    """

    number: str
    section: str = ""
    inlines: "Inlines" = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A function or role by name: `[[function:Workshop Manager]]`, `[[role:approver]]`."""

    kind: MentionKind
    name: str


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """The mark of the footnote with this id; the note itself is in `Document.footnotes`."""

    id: str


Inline: TypeAlias = (
    Text
    | Code
    | SoftBreak
    | LineBreak
    | Emphasis
    | Strong
    | Strike
    | Superscript
    | Subscript
    | Link
    | Image
    | Reference
    | Mention
    | FootnoteRef
)
Inlines: TypeAlias = tuple[Inline, ...]
