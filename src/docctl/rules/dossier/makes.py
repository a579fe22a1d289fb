"""What each kind of event makes of a document."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from docctl.model import lifecycle as life
from docctl.model.assignment import Assigned
from docctl.model.base import Word
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import VOTES, State
from docctl.rules.dossier.builder import UNASSIGNED, DossierBuilder
from docctl.rules.dossier.revision import PHASES, Comment, Phase, Revision
from docctl.rules.dossier.round import Round
from docctl.rules.lifecycle import LEADS


def fold_in(now: DossierBuilder, signed: Signed) -> None:
    """Write down what the next event makes of the document."""
    event = signed.event
    if makes := _MAKES.get(event.type):
        makes(now, event, signed)
    if event.type not in VOTES:
        now.seq, now.last = now.seq + 1, signed.digest
        now.day, now.time = max(now.day, event.date), max(now.time, event.time)
    now.events.append(signed)


def led(event: Event) -> Phase:
    """Return what the table of the lifecycle makes of a revision by an event."""
    return PHASES[LEADS[event.type]]


def drafted(event: Event, signed: Signed, **more: Any) -> Revision:
    """Return a revision as it is when its draft is opened."""
    return Revision(
        label=event.revision or "",
        opened=signed,
        content=event.content or "",
        editors=(event.signer,),
        saved=signed,
        **more,
    )


def _revised(now: DossierBuilder, event: life.Revised, signed: Signed) -> None:
    if not now.newest.used:
        now.revisions.pop()
    now.revisions.append(drafted(event, signed, phase=led(event), change=event.data.change))


def _saved(now: DossierBuilder, event: life.Saved, signed: Signed) -> None:
    editors = tuple(dict.fromkeys((*now.newest.editors, event.signer)))
    now.renew(content=event.content or "", editors=editors, saved=signed)


def _submitted(now: DossierBuilder, event: life.Submitted, signed: Signed) -> None:
    now.renew(
        phase=led(event),
        used=True,
        change=event.data.change,
        editors=event.data.authors,
        round=Round(signed, event.data.route),
    )


def _voted(now: DossierBuilder, _: Event, vote: Signed) -> None:
    proposal, current = now.proposal, now.newest.round
    if proposal and proposal.opened.digest == vote.event.prev:
        _with_proposal(now, proposal.answered(vote), vote.event)
    elif current and current.opened.digest == vote.event.prev:
        _with_round(now, current.answered(vote), vote.event)


def _with_round(now: DossierBuilder, round_: Round, event: Event) -> None:
    if round_.returned:
        now.renew(round=round_, phase=PHASES[LEADS["returned"]])
    elif round_.standing():
        now.renew(round=round_, phase=led(event))
    else:
        now.renew(round=round_)


def _with_proposal(now: DossierBuilder, proposal: Round, event: Event) -> None:
    complete = not proposal.returned and bool(proposal.standing())
    now.proposal = None if complete or proposal.returned else proposal
    if not complete:
        return
    today = max(now.day, event.date)
    settled = proposal._replace(settled_on=today)
    if isinstance(proposal.opened.event, life.WithdrawalProposed):
        now.withdrawal = settled
        now.withdrawn_on = max(proposal.opened.event.data.from_on, today)
    else:
        now.reviews = (*now.reviews, settled)


def _about_proposal(now: DossierBuilder, event: Event) -> Round | None:
    """Return the proposal where the event names its revision: the newest is always another."""
    proposal = now.proposal
    return proposal if proposal and proposal.label == event.revision else None


def _rerouted(now: DossierBuilder, event: life.Rerouted, _: Signed) -> None:
    if proposal := _about_proposal(now, event):
        _with_proposal(now, proposal._replace(route=event.data.route), event)
    elif now.newest.round:
        _with_round(now, now.newest.round._replace(route=event.data.route), event)


def _reopened(now: DossierBuilder, event: life.Reopened, _: Signed) -> None:
    now.renew(phase=led(event), released=None, effective_on=None)


def _cancelled(now: DossierBuilder, event: life.Cancelled, _: Signed) -> None:
    if _about_proposal(now, event):
        now.proposal = None
    else:
        now.renew(phase=led(event), released=None, effective_on=None)


def _released(now: DossierBuilder, event: life.Released, signed: Signed) -> None:
    now.renew(phase=led(event), released=signed, effective_on=event.data.effective_on)


def _postponed(now: DossierBuilder, event: life.Postponed, _: Signed) -> None:
    now.renew_at(event.revision, effective_on=event.data.effective_on)


def _proposed(
    now: DossierBuilder, event: life.ReviewProposed | life.WithdrawalProposed, signed: Signed
) -> None:
    now.proposal = Round(signed, event.data.route)


def _interrupted(now: DossierBuilder, event: life.Suspended | life.Resumed, signed: Signed) -> None:
    stops = LEADS[event.type] is State.SUSPENDED
    now.renew_at(event.revision, suspended=signed if stops else None)


def _commented(now: DossierBuilder, event: life.Commented, signed: Signed) -> None:
    revision = now.labelled(event.revision)
    now.renew_at(revision.label, comments=(*revision.comments, Comment(signed)))


def _resolved(now: DossierBuilder, event: life.Resolved, signed: Signed) -> None:
    revision = now.labelled(event.revision)
    comments = tuple(
        one._replace(resolved=signed) if one.made.event.seq == event.data.comment else one
        for one in revision.comments
    )
    now.renew_at(revision.label, comments=comments)


def _assigned(now: DossierBuilder, event: Assigned, _: Signed) -> None:
    now.owner = event.data.owner or now.owner
    if now.assigned is UNASSIGNED:
        now.assigned = event.data
        return
    given = {name: value for name, value in event.data if value is not None}
    # Values of the same model, and therefore valid already.
    now.assigned = now.assigned.model_copy(update=given)


_MAKES: Mapping[Word, Callable[[DossierBuilder, Any, Signed], None]] = MappingProxyType(
    {
        "revised": _revised,
        "saved": _saved,
        "submitted": _submitted,
        "reviewed": _voted,
        "approved": _voted,
        "returned": _voted,
        "rerouted": _rerouted,
        "reopened": _reopened,
        "cancelled": _cancelled,
        "released": _released,
        "postponed": _postponed,
        "review_proposed": _proposed,
        "withdrawal_proposed": _proposed,
        "suspended": _interrupted,
        "resumed": _interrupted,
        "commented": _commented,
        "resolved": _resolved,
        "assigned": _assigned,
    }
)
