"""Every rule of the lint, in one pass over one document."""

from docctl.content.faults import Fault
from docctl.content.lint import links, sections
from docctl.content.lint.context import LintContext
from docctl.content.lint.personal import personal
from docctl.content.lint.scripts import uncovered
from docctl.content.lint.seen import Seen
from docctl.content.lint.spellings import foreign
from docctl.content.lint.wording import placeholders, ruled
from docctl.content.tree import Document


def found(document: Document, context: LintContext) -> tuple[Fault, ...]:
    """Return every fault of *document* as *context* sees it, sorted by line."""
    seen = Seen(document)
    faults = {
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
        *foreign(seen),
        *ruled(seen, context.text_rules),
        *personal(seen),
        *uncovered(seen),
    }
    return tuple(sorted(faults))
