"""The document types that every library begins with, one row each: all else follows from it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from docctl.model.base import Word
from docctl.model.document import (
    REVIEW_MONTHS,
    Document,
    ExternalDocument,
    Form,
    Manual,
    Policy,
    Procedure,
    WorkInstruction,
)


class BuiltIn(NamedTuple):
    """A document type of docctl's own, and what CONTROL says of it in a new library."""

    view: type[Document]
    """The class of its metadata; the default of its field `type` is the type's name."""

    title: str
    prefix: str
    sections: tuple[str, ...]
    """Those that are recommended."""

    required: tuple[Word, ...] = ()
    """Metadata that must not be empty, where the profile is `regulated`."""

    review_months: int = REVIEW_MONTHS
    approver: Word = "approver"
    """The role that approves it."""


#: The built-in types, in the order in which they are shown.
BUILT_IN = (
    BuiltIn(
        Policy,
        "Policy",
        "POL",
        sections=("Purpose", "Commitments", "Responsibilities"),
        approver="management",
    ),
    BuiltIn(
        Manual,
        "Manual",
        "MAN",
        sections=("Scope", "Context", "Processes", "Functions"),
        required=("scope",),
    ),
    BuiltIn(
        Procedure,
        "Procedure",
        "PRO",
        sections=(
            "Purpose",
            "Scope",
            "Responsibilities",
            "Procedure|Activities|Process",
            "Records",
            "References",
        ),
        required=("purpose", "scope", "responsibilities"),
    ),
    BuiltIn(
        WorkInstruction,
        "Work instruction",
        "WI",
        sections=("Purpose", "Safety", "Tools", "Steps", "Acceptance criteria"),
        required=("parent",),
        review_months=24,
    ),
    BuiltIn(
        Form,
        "Form",
        "FRM",
        sections=("Instructions", "Form"),
        required=("parent",),
        review_months=24,
    ),
    BuiltIn(
        ExternalDocument,
        "External document",
        "EXT",
        sections=("Use", "Location"),
        required=("issuer", "edition"),
    ),
)


def type_name(view: type[Document]) -> Word:
    """Return the name of the type that a class is the view of."""
    return str(view.model_fields["type"].default)


#: The classes of the built-in types by name.
DOCUMENT_CLASSES: Mapping[Word, type[Document]] = MappingProxyType(
    {type_name(one.view): one.view for one in BUILT_IN}
)
