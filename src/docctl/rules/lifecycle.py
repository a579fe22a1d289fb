"""The one table of the lifecycle: which verb moves a revision from which state, and who may.

A state changes only through `MOVES`: guards ask here which move an event may make, and `dossier`
where it leads (`LEADS`). Dates do the rest: a scheduled revision becomes effective, and its
predecessor superseded, because a day is reached (see `asof`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from docctl.model.base import Word
from docctl.model.lifecycle import State

#: Actors that follow from the item or from CONTROL: its owner, the roles of its route, and the
#: roles that may release.
OWNER, ROUTE, RELEASER = "owner", "route", "releaser"


@dataclass(frozen=True, slots=True)
class Move:
    """One row: the events that make the move, and the roles that may sign them."""

    event: Word
    actors: tuple[Word, ...]
    to: State | None = None
    """The state it leads to; nothing where the state stays.

    Signatures and a new route lead there once nobody of the route is missing.
    """

    reason: bool = False
    """Whether a reason must be given."""


_AUTHOR = ("author",)
_CONTROLLER = ("document_controller",)
_AUTHOR_OR_CONTROLLER = ("author", "document_controller")
_ANYONE = ("reviewer", "approver", "management", "document_controller", "author", ROUTE)

_D, _R, _A, _S = State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED
_E, _H = State.EFFECTIVE, State.SUSPENDED

_REVISE = Move("revised", _AUTHOR, _D, reason=True)
_REOPEN = Move("reopened", _AUTHOR_OR_CONTROLLER, _D, reason=True)
_CANCEL = Move("cancelled", _AUTHOR_OR_CONTROLLER, State.CANCELLED, reason=True)
_COMMENT = Move("commented", _ANYONE)
_RESOLVE = Move("resolved", _AUTHOR)
_PERIODIC = Move("review_proposed", (OWNER,), reason=True)
_WITHDRAW = Move("withdrawal_proposed", (OWNER, "document_controller"), reason=True)
_REVIEW = Move("reviewed", (ROUTE,), _A)
_APPROVE = Move("approved", (ROUTE,), _A)
_RETURN = Move("returned", (ROUTE,), _D, reason=True)
_REROUTE = Move("rerouted", _CONTROLLER, _A, reason=True)

#: Every legal move of a revision. What is not listed here cannot happen.
MOVES: Mapping[tuple[State, str], Move] = MappingProxyType(
    {
        (_D, "save"): Move("saved", _AUTHOR),
        (_D, "submit"): Move("submitted", _AUTHOR, _R),
        (_D, "comment"): _COMMENT,
        (_D, "resolve"): _RESOLVE,
        (_D, "cancel"): _CANCEL,
        (_R, "review"): _REVIEW,
        (_R, "approve"): _APPROVE,
        (_R, "return"): _RETURN,
        (_R, "reroute"): _REROUTE,
        (_R, "comment"): _COMMENT,
        (_R, "resolve"): _RESOLVE,
        (_R, "cancel"): _CANCEL,
        (_A, "release"): Move("released", (RELEASER,), _S),
        (_A, "resolve"): _RESOLVE,
        (_A, "reopen"): _REOPEN,
        (_A, "cancel"): _CANCEL,
        (_S, "reopen"): _REOPEN,
        (_S, "postpone"): Move("postponed", (RELEASER,), reason=True),
        (_S, "cancel"): _CANCEL,
        (_S, "revise"): _REVISE,
        (_E, "revise"): _REVISE,
        (_E, "periodic-review"): _PERIODIC,
        (_E, "withdraw"): _WITHDRAW,
        (_E, "suspend"): Move("suspended", (*_CONTROLLER, "management"), _H, reason=True),
        (_H, "revise"): _REVISE,
        (_H, "resume"): Move("resumed", (*_CONTROLLER, "management"), _E, reason=True),
        (_H, "withdraw"): _WITHDRAW,
    }
)

#: Moves while a proposal (periodic review, withdrawal) on the revision in force is open: its state
#: stays. A withdrawal that was signed ends it on its day.
PROPOSAL_MOVES: Mapping[str, Move] = MappingProxyType(
    {
        "review": replace(_REVIEW, to=None),
        "approve": replace(_APPROVE, to=None),
        "return": replace(_RETURN, to=None),
        "reroute": replace(_REROUTE, to=None),
        "cancel": Move("cancelled", (OWNER, "document_controller"), reason=True),
    }
)

#: Verbs that need no particular state.
ALWAYS: Mapping[str, Move] = MappingProxyType(
    {
        "new": Move("created", _AUTHOR, _D),
        "assign": Move("assigned", (OWNER, "document_controller"), reason=True),
    }
)

#: The state to which an event of a type leads a revision, from whichever state it may come.
LEADS: Mapping[Word, State] = MappingProxyType(
    {move.event: move.to for move in (*MOVES.values(), *ALWAYS.values()) if move.to}
)

#: The verb that makes an event of a type.
VERBS: Mapping[Word, str] = MappingProxyType(
    {move.event: verb for (_, verb), move in MOVES.items()}
    | {move.event: verb for verb, move in ALWAYS.items()}
)


def allowed(state: State) -> tuple[str, ...]:
    """Return the verbs that are possible in a state, in the order of the table."""
    return tuple(verb for origin, verb in MOVES if origin is state)
