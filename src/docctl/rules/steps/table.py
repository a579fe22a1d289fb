"""The guard of each event type."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from docctl.model.base import Word
from docctl.rules.steps import drafting, proposing, releasing, voting
from docctl.rules.steps.case import Case, require_votes

#: The guard of each event type; types without one need no more than form, role and state.
STEPS: Mapping[Word, Callable[[Case, Any], None]] = MappingProxyType(
    {
        "revised": drafting.revised,
        "saved": drafting.saved,
        "submitted": drafting.submitted,
        "reviewed": voting.vote,
        "approved": voting.vote,
        "returned": voting.vote,
        "rerouted": voting.rerouted,
        "reopened": require_votes,
        "cancelled": require_votes,
        "released": releasing.released,
        "postponed": releasing.postponed,
        "review_proposed": proposing.review_proposed,
        "withdrawal_proposed": proposing.withdrawal_proposed,
        "suspended": proposing.suspended,
        "resumed": proposing.resumed,
        "resolved": drafting.resolved,
        "assigned": drafting.assigned,
    }
)
