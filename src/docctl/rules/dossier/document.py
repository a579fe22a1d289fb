"""The document: its revisions, its open proposal, and what each kind of event makes of them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from docctl.model import lifecycle as life
from docctl.model.assignment import Assigned, Assignments, Owner
from docctl.model.base import Digest, Label, Number, Word
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import VOTES
from docctl.rules.dossier.revision import Comment, Revision
from docctl.rules.dossier.round import Round

#: Some fields of a dossier with their new values: what an event makes of it.
Change = dict[str, Any]

#: Made without validation: building a validator while modules are imported would cost.
_UNASSIGNED = Assignments.model_construct()


class Dossier(NamedTuple):
    """A document with all its revisions, oldest first."""

    number: Number
    document_type: Word
    owner: Owner
    revisions: tuple[Revision, ...] = ()
    assigned: Assignments = _UNASSIGNED
    proposal: Round | None = None
    """The last periodic review or withdrawal that was neither signed, returned nor cancelled.

    It lapses when its revision is no longer in force: see `asof.open_proposal`.
    """

    reviews: tuple[Round, ...] = ()
    """Periodic reviews that the route has signed."""

    withdrawal: Round | None = None
    withdrawn_on: date | None = None
    seq: int = 0
    last: Digest = ""
    events: tuple[Signed, ...] = ()
    day: date = date.min
    """The latest business date of its events."""

    @property
    def newest(self) -> Revision:
        """The revision that was opened last."""
        return self.revisions[-1]

    @property
    def open(self) -> Revision | None:
        """The revision being prepared, reviewed or waiting for its release."""
        newest = self.newest
        return newest if newest.phase in {"draft", "in_review", "approved"} else None

    def revision(self, label: Label | None) -> Revision | None:
        """Return the revision with this label."""
        return next((one for one in self.revisions if one.label == label), None)

    def after(self, signed: Signed) -> "Dossier":
        """Return the dossier once this event has happened."""
        event = signed.event
        made = _FOLD.get(event.type)
        change = made(self, event, signed) if made else {}
        if event.type not in VOTES:
            change |= {"seq": self.seq + 1, "last": signed.digest}
        return self._replace(events=(*self.events, signed), day=max(self.day, event.date), **change)


def fold(events: Iterable[Signed]) -> Dossier | None:
    """Fold a document's events, in the order of the history; nothing for no events."""
    dossier: Dossier | None = None
    for signed in events:
        dossier = begin(signed) if dossier is None else dossier.after(signed)
    return dossier


def begin(signed: Signed) -> Dossier:
    """Return the dossier that a `created` or `established` event begins."""
    event = signed.event
    first = _drafted(event, signed)
    if isinstance(event, life.Created):
        owner, kind = event.data.owner, event.data.document_type
    else:
        owner, kind = Owner(kind="person", name=event.signer), "control"
        first = first._replace(
            phase="released", used=True, released=signed, effective_on=event.date
        )
    return Dossier(
        event.item,
        kind,
        owner,
        (first,),
        seq=1,
        last=signed.digest,
        events=(signed,),
        day=event.date,
    )


def _drafted(event: Event, signed: Signed, **more: Any) -> Revision:
    return Revision(
        label=event.revision or "",
        opened=signed,
        content=event.content or "",
        editors=(event.signer,),
        saved=signed,
        **more,
    )


def _newest(dossier: Dossier, **changes: Any) -> Change:
    return {"revisions": (*dossier.revisions[:-1], dossier.newest._replace(**changes))}


def _at(dossier: Dossier, label: Label | None, **changes: Any) -> Change:
    return {
        "revisions": tuple(
            one._replace(**changes) if one.label == label else one for one in dossier.revisions
        )
    }


def _revised(dossier: Dossier, event: life.Revised, signed: Signed) -> Change:
    kept = dossier.revisions if dossier.newest.used else dossier.revisions[:-1]
    return {"revisions": (*kept, _drafted(event, signed, change=event.data.change))}


def _saved(dossier: Dossier, event: life.Saved, signed: Signed) -> Change:
    editors = tuple(dict.fromkeys((*dossier.newest.editors, event.signer)))
    return _newest(dossier, content=event.content or "", editors=editors, saved=signed)


def _submitted(dossier: Dossier, event: life.Submitted, signed: Signed) -> Change:
    return _newest(
        dossier,
        phase="in_review",
        used=True,
        change=event.data.change,
        editors=event.data.authors,
        round=Round(signed, event.data.route),
    )


def _voted(dossier: Dossier, _: Event, vote: Signed) -> Change:
    proposal, current = dossier.proposal, dossier.newest.round
    if proposal and proposal.opened.digest == vote.event.prev:
        return _with_proposal(dossier, proposal.answered(vote), vote.event)
    if current and current.opened.digest == vote.event.prev:
        return _with_round(dossier, current.answered(vote))
    return {}


def _with_round(dossier: Dossier, now: Round) -> Change:
    phase = "draft" if now.returned else "approved" if now.standing() else "in_review"
    return _newest(dossier, round=now, phase=phase)


def _with_proposal(dossier: Dossier, now: Round, event: Event) -> Change:
    if now.returned:
        return {"proposal": None}
    if not now.standing():
        return {"proposal": now}
    today = max(dossier.day, event.date)
    settled = now._replace(settled_on=today)
    if isinstance(now.opened.event, life.WithdrawalProposed):
        day = max(now.opened.event.data.from_on, today)
        return {"proposal": None, "withdrawal": settled, "withdrawn_on": day}
    return {"proposal": None, "reviews": (*dossier.reviews, settled)}


def _about_proposal(dossier: Dossier, event: Event) -> Round | None:
    """Return the proposal where the event names its revision: the newest is always another."""
    proposal = dossier.proposal
    return proposal if proposal and proposal.label == event.revision else None


def _rerouted(dossier: Dossier, event: life.Rerouted, _: Signed) -> Change:
    if proposal := _about_proposal(dossier, event):
        return _with_proposal(dossier, proposal._replace(route=event.data.route), event)
    if dossier.newest.round:
        return _with_round(dossier, dossier.newest.round._replace(route=event.data.route))
    return {}


def _reopened(dossier: Dossier, _: Event, __: Signed) -> Change:
    return _newest(dossier, phase="draft", released=None, effective_on=None)


def _cancelled(dossier: Dossier, event: life.Cancelled, _: Signed) -> Change:
    if _about_proposal(dossier, event):
        return {"proposal": None}
    return _newest(dossier, phase="cancelled", released=None, effective_on=None)


def _released(dossier: Dossier, event: life.Released, signed: Signed) -> Change:
    return _newest(dossier, phase="released", released=signed, effective_on=event.data.effective_on)


def _postponed(dossier: Dossier, event: life.Postponed, _: Signed) -> Change:
    return _at(dossier, event.revision, effective_on=event.data.effective_on)


def _proposed(
    _: Dossier, event: life.ReviewProposed | life.WithdrawalProposed, signed: Signed
) -> Change:
    return {"proposal": Round(signed, event.data.route)}


def _suspended(dossier: Dossier, event: life.Suspended, signed: Signed) -> Change:
    return _at(dossier, event.revision, suspended=signed)


def _resumed(dossier: Dossier, event: life.Resumed, _: Signed) -> Change:
    return _at(dossier, event.revision, suspended=None)


def _commented(dossier: Dossier, event: life.Commented, signed: Signed) -> Change:
    revision = dossier.revision(event.revision) or dossier.newest
    return _at(dossier, revision.label, comments=(*revision.comments, Comment(signed)))


def _resolved(dossier: Dossier, event: life.Resolved, signed: Signed) -> Change:
    revision = dossier.revision(event.revision) or dossier.newest
    comments = tuple(
        one._replace(resolved=signed) if one.made.event.seq == event.data.comment else one
        for one in revision.comments
    )
    return _at(dossier, revision.label, comments=comments)


def _assigned(dossier: Dossier, event: Assigned, _: Signed) -> Change:
    given = {name: value for name, value in event.data if value is not None}
    owner = event.data.owner or dossier.owner
    # Values of the same model, and therefore valid already.
    return {"owner": owner, "assigned": dossier.assigned.model_copy(update=given)}


_FOLD: Mapping[Word, Callable[[Dossier, Any, Signed], Change]] = MappingProxyType(
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
        "suspended": _suspended,
        "resumed": _resumed,
        "commented": _commented,
        "resolved": _resolved,
        "assigned": _assigned,
    }
)
