"""Which row of the lifecycle's table an event follows, and which revision it is about."""

from datetime import date

from docctl.errors import IllegalMoveError, MissingApprovalError
from docctl.model.event import Event
from docctl.model.lifecycle import State
from docctl.rules.asof import in_force, open_proposal, state_of
from docctl.rules.dossier import Dossier, Revision, Round
from docctl.rules.lifecycle import ALWAYS, MOVES, PROPOSAL_MOVES, Move, allowed

_ABOUT_CURRENT = frozenset({"periodic-review", "withdraw", "suspend", "resume"})


def target(dossier: Dossier, verb: str, event: Event) -> tuple[Move, Revision, Round | None]:
    """Return the row of the table that an event follows, its revision, and the open proposal.

    Raises:
        IllegalMoveError: the table has no such move from the present state.
        MissingApprovalError: a release while signatures are missing.
    """
    if verb in ALWAYS:
        return ALWAYS[verb], dossier.newest, None
    day = max(dossier.day, event.date)
    current, proposal = in_force(dossier, day), open_proposal(dossier, day)
    beside = verb == "cancel" and current and _is_beside(dossier, current, event)
    if proposal and current and verb in PROPOSAL_MOVES and not beside:
        return PROPOSAL_MOVES[verb], current, proposal
    revision = _meant(dossier, verb, event, day)
    state = state_of(dossier, revision, day)
    if move := MOVES.get((state, verb)):
        return move, revision, None
    name = f"{dossier.number} revision {revision.label}"
    if verb == "release" and state is State.IN_REVIEW and revision.round:
        standing = revision.round.standing()
        raise MissingApprovalError(name, standing.waiting_for(), next_verb=standing.next_verb())
    raise IllegalMoveError(name, verb, state.value, allowed(state))


def _is_beside(dossier: Dossier, current: Revision, event: Event) -> bool:
    """Tell whether an event names the revision beside the one in force, not the one in force."""
    return event.revision == dossier.newest.label != current.label


def _meant(dossier: Dossier, verb: str, event: Event, day: date) -> Revision:
    newest, current = dossier.newest, in_force(dossier, day)
    if verb in _ABOUT_CURRENT:
        return current or newest
    if verb == "postpone":
        waiting = [
            one for one in dossier.revisions if state_of(dossier, one, day) is State.SCHEDULED
        ]
        named = [one for one in waiting if one.label == event.revision]
        return next(iter(named or reversed(waiting)), newest)
    pending = dossier.open is not None or state_of(dossier, newest, day) is State.SCHEDULED
    return newest if pending or current is None else current
