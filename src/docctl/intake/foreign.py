"""What a foreign file says, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from docctl.content.tree import Block, Document

__all__ = ["Foreign", "Form", "Strange"]

#: The formats that are read.
Form: TypeAlias = Literal["docx", "html", "markdown", "pdf"]


class Strange(NamedTuple):
    """What no copy of docctl holds, or no reader sees: a comment, a change not yet accepted."""

    kind: str
    """What it is: `hidden text`."""

    words: str
    """What it says, as far as it says anything."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a file says to people and to programs.

    Of the tree only what people read counts: a heading may stand there as a paragraph. Lists are
    paragraphs; links, crossed-out, raised and lowered words are kept, other looks are not. The
    source of a picture is the SHA-256 digest of its bytes.
    """

    form: Form
    facts: Mapping[str, str]
    """Facts for programs, by their names; empty where somebody took them out."""

    tree: Document = field(default_factory=lambda: Document(()))
    running: tuple[Block, ...] = ()
    """What stands at the head and the foot of pages, each text once."""

    strange: tuple[Strange, ...] = ()
