"""From approved to followed, and out of use: release, postpone, suspend, withdraw, review."""

from datetime import date
from typing import Literal

from docctl.desk.signing.intent import Intent
from docctl.model import lifecycle as life
from docctl.model.assignment import Assigned, Assignments
from docctl.model.base import Number
from docctl.model.event import Event
from docctl.model.lifecycle import FrozenRoute
from docctl.rules.steps import Case, closing_votes, expected_route


def release(
    number: Number, *, effective_on: date | None, together_with: tuple[Number, ...] = ()
) -> Intent:
    """Let an approved revision take effect on a day, today where none is named."""

    def data(case: Case, known: Event) -> life.ReleasedData:
        return life.ReleasedData(
            effective_on=effective_on or known.date,
            together_with=together_with,
            votes=closing_votes(case),
        )

    return Intent(number, "release", life.Released, data)


def postpone(number: Number, *, effective_on: date, reason: str) -> Intent:
    """Let a scheduled revision take effect later."""
    data = life.PostponedData(effective_on=effective_on)
    return Intent(number, "postpone", life.Postponed, data, reason=reason)


def _route(case: Case, known: Event) -> FrozenRoute:
    return expected_route(case, known, (known.signer,))


def periodic_review(
    number: Number,
    *,
    outcome: Literal["keep", "revise", "withdraw"],
    reason: str,
    next_review_on: date | None,
) -> Intent:
    """State the outcome of a periodic review; the route signs it."""

    def data(case: Case, known: Event) -> life.ReviewProposedData:
        return life.ReviewProposedData(
            outcome=outcome, route=_route(case, known), next_review_on=next_review_on
        )

    return Intent(number, "periodic-review", life.ReviewProposed, data, reason=reason)


def withdraw(
    number: Number,
    *,
    reason: str,
    from_on: date | None,
    replaced_by: Number | None,
    referred_by: tuple[Number, ...],
) -> Intent:
    """Propose to withdraw a document; it stays in force until the route has signed."""

    def data(case: Case, known: Event) -> life.WithdrawalProposedData:
        return life.WithdrawalProposedData(
            from_on=from_on or known.date,
            route=_route(case, known),
            replaced_by=replaced_by,
            referred_by=referred_by,
        )

    return Intent(number, "withdraw", life.WithdrawalProposed, data, reason=reason)


def suspend(number: Number, *, reason: str, instruction: str) -> Intent:
    """Stop work by a document at once, and say what to do meanwhile."""
    data = life.SuspendedData(instruction=instruction)
    return Intent(number, "suspend", life.Suspended, data, reason=reason)


def resume(number: Number, *, reason: str) -> Intent:
    """Let a suspended document be followed again."""
    return Intent(number, "resume", life.Resumed, life.VoteData(), reason=reason)


def assign(number: Number, changes: Assignments, *, reason: str) -> Intent:
    """Change administrative facts; the text and its revision stay."""
    return Intent(number, "assign", Assigned, changes, reason=reason)
