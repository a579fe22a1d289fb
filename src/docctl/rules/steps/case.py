"""The case before a guard, and the questions that several guards ask of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from docctl.errors import EventError, IncompleteError, SeparationOfDutiesError
from docctl.model.base import Digest, PersonId
from docctl.model.control import scheduling
from docctl.model.document import ChangeClass
from docctl.model.event import Event
from docctl.model.lifecycle import FrozenRoute, Submitted
from docctl.rules.dossier import Dossier, Revision, Round
from docctl.rules.standing import Ballot, freeze
from docctl.rules.world import World

_PROPOSALS = frozenset({"review_proposed", "withdrawal_proposed"})


@dataclass(frozen=True, slots=True)
class Case:
    """What a guard looks at: the world, the document before the event, and the revision meant."""

    world: World
    dossier: Dossier
    revision: Revision
    proposal: Round | None = None

    @property
    def round(self) -> Round | None:
        """The round that votes answer now."""
        return self.proposal or self.revision.round

    @property
    def name(self) -> str:
        """The document and revision as messages name them."""
        return f"{self.dossier.number} revision {self.revision.label}"


def excluded(case: Case, on: Event) -> tuple[PersonId, ...]:
    """Return who must not sign in the present round: authors, or the proposer.

    A person with an exception that holds on the day on which the event lands is not excluded.
    """
    if case.proposal:
        own: tuple[PersonId, ...] = (case.proposal.opened.event.signer,)
    else:
        own = case.revision.editors
    return _not_excepted(case.world, own, max(case.dossier.day, on.date))


def without_excepted(
    world: World, persons: tuple[PersonId, ...], on: Event
) -> tuple[PersonId, ...]:
    """Leave out the persons who may sign their own work by a named exception."""
    return _not_excepted(world, persons, on.date)


def _not_excepted(world: World, persons: tuple[PersonId, ...], on: date) -> tuple[PersonId, ...]:
    return tuple(
        person for person in persons if not world.authority.excepted(person, "self_approval", on)
    )


def four_eyes(case: Case, event: Event) -> None:
    """Refuse a vote by somebody who wrote or proposed what is voted on."""
    if event.type != "returned" and event.signer in excluded(case, event):
        did = "proposed this for" if case.proposal else "wrote or edited"
        raise SeparationOfDutiesError(case.name, event.signer, did=did)


def expected_route(
    case: Case,
    event: Event,
    authors: tuple[PersonId, ...],
    *,
    change: ChangeClass | None = None,
    schedule: bool = False,
) -> FrozenRoute:
    """Return the route that an event opening or changing a round must carry.

    *change* is the class that a submission names; otherwise the revision's own counts. Reviews
    and withdrawals always take the full route. *schedule* says that it changes the retention
    schedule.

    Raises:
        RouteError: it cannot be filled with persons.
        EventError: CONTROL does not know the document's type any more.
    """
    full = event.type in _PROPOSALS or case.proposal is not None
    route = case.world.route(
        case.dossier.document_type, "content" if full else change or case.revision.change
    )
    if route is None:
        raise EventError(
            case.name,
            f"CONTROL knows no document type {case.dossier.document_type!r} any more",
            hint="let CONTROL define it again: docctl control change",
        )
    if schedule or (event.type == "rerouted" and changes_schedule(case)):
        route = scheduling(route)
    ballots: tuple[Ballot, ...] = ()
    if event.type == "rerouted" and case.round:
        ballots = case.round.standing().signed
    out = without_excepted(case.world, authors, event)
    return freeze(case.name, route, case.world.authority, excluded=out, signed=ballots)


def changes_schedule(case: Case) -> bool:
    """Tell whether what goes for approval says that it changes the retention schedule."""
    opened = case.round.opened.event if case.round else None
    return isinstance(opened, Submitted) and opened.data.schedule is True


def require_route(
    case: Case,
    event: Any,
    authors: tuple[PersonId, ...],
    *,
    change: ChangeClass | None = None,
    schedule: bool = False,
) -> None:
    """Refuse an event whose route is not the one that ACCESS and CONTROL give now."""
    if event.data.route != expected_route(case, event, authors, change=change, schedule=schedule):
        raise EventError(
            case.name, "the people or settings changed meanwhile", hint="prepare it again"
        )


def closing_votes(case: Case) -> tuple[Digest, ...]:
    """Return the digests of the last round's votes, which every event that leaves it lists."""
    votes = case.round.votes if case.round else ()
    return tuple(sorted(vote.digest for vote in votes))


def require_votes(case: Case, event: Any) -> None:
    """Refuse an event that leaves a round and does not list exactly the votes given in it."""
    if event.data.votes != closing_votes(case):
        raise EventError(
            case.name,
            "the event does not list the signatures of the round it ends",
            hint="somebody signed meanwhile; prepare it again",
        )


def require_answers(case: Case) -> None:
    """Refuse to go on while a comment on the revision is open."""
    waiting = [one.made.event.seq for one in case.revision.open_comments()]
    if waiting:
        raise IncompleteError(
            case.name,
            [f"comment {seq} has no answer" for seq in waiting],
            hint=f"answer it: docctl resolve {case.dossier.number} {waiting[0]} --answer TEXT",
        )
