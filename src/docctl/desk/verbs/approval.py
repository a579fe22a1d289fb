"""Review and approval, from the submission to the last signature, and the ways back."""

from datetime import date
from typing import Literal

from docctl.desk.signing.intent import Intent
from docctl.model import lifecycle as life
from docctl.model.base import Label, Number
from docctl.model.document import ChangeClass
from docctl.model.event import Event
from docctl.rules.steps import Case, closing_votes, expected_route


def submit(
    number: Number, *, change: ChangeClass, planned_on: date | None, schedule: bool = False
) -> Intent:
    """Hand the draft over; *schedule* says that it changes the retention schedule."""

    def data(case: Case, known: Event) -> life.SubmittedData:
        authors = tuple(dict.fromkeys((*case.revision.editors, known.signer)))
        return life.SubmittedData(
            route=expected_route(case, known, authors, change=change, schedule=schedule),
            change=change,
            authors=authors,
            planned_on=planned_on,
            schedule=True if schedule else None,
            votes=closing_votes(case),
        )

    return Intent(number, "submit", life.Submitted, data)


def review(number: Number, *, remark: str = "") -> Intent:
    """Sign that the content is suitable."""
    return Intent(number, "review", life.Reviewed, life.VoteData(remark=remark))


def approve(number: Number, *, remark: str = "") -> Intent:
    """Approve exactly this content, or the open proposal."""
    return Intent(number, "approve", life.Approved, life.VoteData(remark=remark))


def return_(number: Number, *, reason: str) -> Intent:
    """Send it back to its authors."""
    return Intent(number, "return", life.Returned, life.VoteData(), reason=reason)


def reroute(number: Number, *, reason: str) -> Intent:
    """Let others sign, because a person of the route left or is away."""

    def data(case: Case, known: Event) -> life.ReroutedData:
        authors = case.revision.editors
        if case.proposal:
            authors = (case.proposal.opened.event.signer,)
        return life.ReroutedData(route=expected_route(case, known, authors))

    return Intent(number, "reroute", life.Rerouted, data, reason=reason)


def _closing(case: Case, _: Event) -> life.Closing:
    return life.Closing(votes=closing_votes(case))


def reopen(number: Number, *, reason: str) -> Intent:
    """Take an approved or scheduled revision back to drafting."""
    return Intent(number, "reopen", life.Reopened, _closing, reason=reason)


def cancel(number: Number, *, reason: str, about: Label | None = None) -> Intent:
    """Give up the open revision or the open proposal; *about* names the revision it is about."""
    return Intent(number, "cancel", life.Cancelled, _closing, reason=reason, about=about)


def comment(number: Number, text: str, *, line: int | None = None) -> Intent:
    """Remark on the text under review; it must be answered before approval."""
    data = life.CommentedData(text=text, line=line)
    return Intent(number, "comment", life.Commented, data)


def resolve(
    number: Number,
    comment: int,
    disposition: Literal["accepted", "rejected", "deferred"],
    *,
    answer: str = "",
) -> Intent:
    """Answer a comment, named by the `seq` of its event."""
    data = life.ResolvedData(comment=comment, disposition=disposition, answer=answer)
    return Intent(number, "resolve", life.Resolved, data)
