"""A controlled copy to test with: the facts of one effective procedure, and any of them changed."""

from typing import Any

from docctl.model.answers.controlled import ControlledCopy
from docctl.model.document import Procedure

SIGNATURES = (
    {
        "meaning": "prepared",
        "person": "qm",
        "name": "Ingrid Solberg",
        "function": "Quality Manager",
        "time": "2026-11-18T09:12:00Z",
        "event": "ab" * 32,
    },
    {
        "meaning": "approved",
        "person": "md",
        "name": "Kari Hansen",
        "role": "document_controller",
        "time": "2026-11-20T08:40:00Z",
        "event": "cd" * 32,
    },
)

HISTORY = (
    {"revision": "1", "state": "superseded", "effective_on": "2025-01-07"},
    {
        "revision": "2",
        "state": "effective",
        "effective_on": "2026-12-01",
        "change": "content",
        "reason": "Audit finding.",
        "summary": "Retention times added.",
        "prepared_by": ["Ingrid Solberg"],
        "approved_by": ["Kari Hansen", "Ola Nordmann"],
    },
)

DOCUMENT = Procedure(
    title="Control of documents",
    subtitle="Writing & approving",
    summary="How documents are controlled.",
    keywords=("documents", "approval"),
    clauses=("iso9001:2015#7.5",),
    scope="All documents.",
)


def copy(**changes: Any) -> ControlledCopy:
    """Return the copy with some facts changed."""
    facts: dict[str, Any] = {
        "organization": "Varnesund Pump Service AS",
        "number": "PRO-001",
        "type_title": "Procedure",
        "document": DOCUMENT,
        "revision": "2",
        "state": "effective",
        "as_of": "2026-12-02",
        "replaces": "1",
        "effective_on": "2026-12-01",
        "review_due_on": "2027-12-01",
        "owner": "Quality Manager",
        "distribution": ("Workshop", "Office"),
        "content": "3f" * 32,
        "signatures": SIGNATURES,
        "history": HISTORY,
    }
    return ControlledCopy.model_validate(facts | changes)
