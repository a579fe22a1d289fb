"""Lint: everything that can be said of a document before its review, in one pass."""

from typing import TYPE_CHECKING

from docctl.content.faults import Fault
from docctl.content.lint.context import LintContext, ReferenceStanding, TextRule
from docctl.content.parse import parse
from docctl.late import Late

if TYPE_CHECKING:
    from docctl.content.lint import everything
    from docctl.content.tree import Document
else:
    everything = Late("docctl.content.lint.everything")

__all__ = ["LintContext", "ReferenceStanding", "TextRule", "check", "lint"]


def lint(document: "Document", context: LintContext) -> tuple[Fault, ...]:
    """Return every fault of *document* as *context* sees it, sorted by line.

    Never stops at the first one. What parsing found is not repeated here; see `check`.
    """
    return everything.found(document, context)


def check(
    text: str, context: LintContext, *, first_line: int = 1
) -> tuple["Document", tuple[Fault, ...]]:
    """Parse *text* and lint it; return the tree and the faults of both, sorted by line."""
    document, faults = parse(text, first_line=first_line)
    return document, tuple(sorted({*faults, *lint(document, context)}))
