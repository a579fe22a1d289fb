"""Guards of a round: review, approve, return, reroute."""

from docctl.errors import IllegalMoveError, MissingApprovalError, NotAuthorisedError
from docctl.model import lifecycle as life
from docctl.model.event import Event
from docctl.rules.dossier import Round
from docctl.rules.lifecycle import VERBS
from docctl.rules.steps.case import Case, require_answers, require_route


def vote(case: Case, event: Event) -> None:
    """Check a vote: the first of its signer in this round, for an open place of the route."""
    now = case.round
    if now is None:
        raise IllegalMoveError(case.name, event.type, "not under review", ())
    if event.signer in {vote.event.signer for vote in now.votes}:
        verb, hint = _TAKEN_BACK if event.type == "returned" else _TWICE
        raise IllegalMoveError(case.name, verb, f"signed by {event.signer} already", (), hint=hint)
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
            _no_place(case, now, event),
            hint=f"{case.name} waits for: {'; '.join(standing.waiting_for())}",
        )
    first = standing.next_order()
    if min(step.order for step in mine) > first:
        raise MissingApprovalError(
            case.name, standing.waiting_for(first), next_verb=standing.next_verb()
        )


def _no_place(case: Case, now: Round, event: Event) -> str:
    """Return why a signer of the route has no place for this meaning in it."""
    verb = VERBS[event.type]
    steps = (step for step in now.route.steps if step.meaning == event.type)
    if any(event.signer in step.persons for step in steps):
        return f"need not {verb} {case.name} any more: others have signed"
    return f"is in the route of {case.name}, but not to {verb} it"


#: What is said to who has signed already and wants to sign again, or to take it back.
_TWICE = ("sign twice", "each person counts once in a round; the signature given counts")
_TAKEN_BACK = (
    "return",
    "the signature counts; who has not signed may return it, an author or controller cancel it",
)


def rerouted(case: Case, event: life.Rerouted) -> None:
    """Check that the new route is what ACCESS and CONTROL give now."""
    authors = case.revision.editors
    if case.proposal:
        authors = (case.proposal.opened.event.signer,)
    require_route(case, event, authors)
