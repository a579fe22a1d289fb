"""Lint: everything that can be said of a document before its review, in one pass."""

from docctl.content.faults import Fault
from docctl.content.lint import links, sections
from docctl.content.lint.context import LintContext, Standing
from docctl.content.lint.personal import personal
from docctl.content.lint.seen import Seen
from docctl.content.lint.wording import TextRule, placeholders, ruled
from docctl.content.parse import parse
from docctl.content.tree import Document

__all__ = ["LintContext", "Standing", "TextRule", "check", "lint"]


def lint(document: Document, context: LintContext) -> tuple[Fault, ...]:
    """Return every fault of *document* as *context* sees it, sorted by line.

    Never stops at the first one. What parsing found is not repeated here; see `check`.
    """
    seen = Seen(document)
    found = {
        *sections.missing(seen, context.recommended),
        *sections.empty(document),
        *sections.jumps(seen),
        *sections.duplicates(seen),
        *links.cited(seen, context),
        *links.anchored(seen),
        *links.attached(seen, context),
        *links.pictured(seen, context),
        *links.mentioned(seen, context),
        *placeholders(seen),
        *ruled(seen, context.text_rules),
        *personal(seen),
    }
    return tuple(sorted(found))


def check(
    text: str, context: LintContext, *, first_line: int = 1
) -> tuple[Document, tuple[Fault, ...]]:
    """Parse *text* and lint it; return the tree and the faults of both, sorted by line."""
    document, faults = parse(text, first_line=first_line)
    return document, tuple(sorted({*faults, *lint(document, context)}))
