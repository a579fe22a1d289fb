"""What each kind of event demands beyond form, signer, role and state."""

from docctl.rules.steps.case import (
    Case,
    closing_votes,
    excluded,
    expected_route,
    four_eyes,
    without_excepted,
)
from docctl.rules.steps.drafting import check_created, names_authors
from docctl.rules.steps.table import STEPS

__all__ = [
    "STEPS",
    "Case",
    "check_created",
    "closing_votes",
    "excluded",
    "expected_route",
    "four_eyes",
    "names_authors",
    "without_excepted",
]
