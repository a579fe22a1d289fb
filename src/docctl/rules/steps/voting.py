"""Guards of a round: review, approve, return, reroute."""

from docctl.errors import IllegalMoveError, MissingApprovalError, NotAuthorisedError
from docctl.model import lifecycle as life
from docctl.model.event import Event
from docctl.rules.dossier import Round
from docctl.rules.steps.case import Case, require_answers, require_route


def vote(case: Case, event: Event) -> None:
    """Check a vote: the first of its signer in this round, for an open place of the route."""
    now = case.round
    if now is None:
        raise IllegalMoveError(case.name, event.type, "not under review", ())
    if event.signer in {vote.event.signer for vote in now.votes}:
        raise IllegalMoveError(
            case.name,
            "sign twice",
            f"signed by {event.signer} already",
            (),
            hint="each person counts once in a round; the signature given counts",
        )
    if event.type == "returned":
        _in_route(now, event)
        return
    if event.type == "approved":
        require_answers(case)
    _has_place(case, now, event)


def _in_route(now: Round, event: Event) -> None:
    if not any(event.signer in step.persons for step in now.route.steps):
        raise NotAuthorisedError(
            event.signer,
            f"is not in the route of {event.item}",
            hint="the document controller can change it: docctl reroute",
        )


def _has_place(case: Case, now: Round, event: Event) -> None:
    _in_route(now, event)
    standing = now.standing()
    mine = [
        step
        for step in standing.missing
        if step.meaning == event.type and event.signer in step.persons and step.role == event.role
    ]
    if not mine:
        raise NotAuthorisedError(
            event.signer,
            f"has no open step to sign as '{event.type}' ({event.role}) on {case.name}",
            hint=f"waiting for: {'; '.join(standing.waiting_for())}",
        )
    first = standing.next_order()
    if min(step.order for step in mine) > first:
        raise MissingApprovalError(
            case.name, standing.waiting_for(first), next_verb=standing.next_verb()
        )


def rerouted(case: Case, event: life.Rerouted) -> None:
    """Check that the new route is what ACCESS and CONTROL give now."""
    authors = case.revision.editors
    if case.proposal:
        authors = (case.proposal.opened.event.signer,)
    require_route(case, event, authors)
