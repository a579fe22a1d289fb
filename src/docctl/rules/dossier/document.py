"""The document: its revisions, its open proposal, and what each kind of event makes of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from docctl.model import lifecycle as life
from docctl.model.assignment import Assigned, Assignments, Owner
from docctl.model.base import Digest, Label, Number, Word
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import VOTES
from docctl.rules.dossier.revision import Comment, Revision
from docctl.rules.dossier.round import Round


@dataclass(frozen=True, slots=True)
class Dossier:
    """A document with all its revisions, oldest first."""

    number: Number
    document_type: Word
    owner: Owner
    revisions: tuple[Revision, ...] = ()
    assigned: Assignments = field(default_factory=Assignments)
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
        vote = event.type in VOTES
        dated = replace(
            self,
            seq=self.seq if vote else self.seq + 1,
            last=self.last if vote else signed.digest,
            events=(*self.events, signed),
            day=max(self.day, event.date),
        )
        made = _FOLD.get(event.type)
        return made(dated, event, signed) if made else dated


def fold(events: Iterable[Signed]) -> Dossier | None:
    """Fold a document's events, in the order of the history; nothing for no events."""
    dossier: Dossier | None = None
    for signed in events:
        dossier = begin(signed) if dossier is None else dossier.after(signed)
    return dossier


def begin(signed: Signed) -> Dossier:
    """Return the dossier that a `created` or `established` event begins."""
    event = signed.event
    owner, kind = Owner(kind="person", name=event.signer), "control"
    if isinstance(event, life.Created):
        owner, kind = event.data.owner, event.data.document_type
    first = _drafted(event, signed)
    if not isinstance(event, life.Created):
        first = replace(
            first, phase="released", used=True, released=signed, effective_on=event.date
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


def _newest(dossier: Dossier, **changes: Any) -> Dossier:
    return replace(dossier, revisions=(*dossier.revisions[:-1], replace(dossier.newest, **changes)))


def _at(dossier: Dossier, label: Label | None, **changes: Any) -> Dossier:
    return replace(
        dossier,
        revisions=tuple(
            replace(one, **changes) if one.label == label else one for one in dossier.revisions
        ),
    )


def _revised(dossier: Dossier, event: life.Revised, signed: Signed) -> Dossier:
    kept = dossier.revisions if dossier.newest.used else dossier.revisions[:-1]
    return replace(dossier, revisions=(*kept, _drafted(event, signed, change=event.data.change)))


def _saved(dossier: Dossier, event: life.Saved, signed: Signed) -> Dossier:
    editors = tuple(dict.fromkeys((*dossier.newest.editors, event.signer)))
    return _newest(dossier, content=event.content or "", editors=editors, saved=signed)


def _submitted(dossier: Dossier, event: life.Submitted, signed: Signed) -> Dossier:
    return _newest(
        dossier,
        phase="in_review",
        used=True,
        change=event.data.change,
        editors=event.data.authors,
        round=Round(signed, event.data.route),
    )


def _voted(dossier: Dossier, _: Event, vote: Signed) -> Dossier:
    proposal, current = dossier.proposal, dossier.newest.round
    if proposal and proposal.opened.digest == vote.event.prev:
        return _with_proposal(dossier, proposal.answered(vote))
    if current and current.opened.digest == vote.event.prev:
        return _with_round(dossier, current.answered(vote))
    return dossier


def _with_round(dossier: Dossier, now: Round) -> Dossier:
    phase = "draft" if now.returned else "approved" if now.standing() else "in_review"
    return _newest(dossier, round=now, phase=phase)


def _with_proposal(dossier: Dossier, now: Round) -> Dossier:
    if now.returned:
        return replace(dossier, proposal=None)
    if not now.standing():
        return replace(dossier, proposal=now)
    settled = replace(now, settled_on=dossier.day)
    if isinstance(now.opened.event, life.WithdrawalProposed):
        day = max(now.opened.event.data.from_on, dossier.day)
        return replace(dossier, proposal=None, withdrawal=settled, withdrawn_on=day)
    return replace(dossier, proposal=None, reviews=(*dossier.reviews, settled))


def _about_proposal(dossier: Dossier, event: Event) -> Round | None:
    """Return the proposal where the event names its revision: the newest is always another."""
    proposal = dossier.proposal
    return proposal if proposal and proposal.label == event.revision else None


def _rerouted(dossier: Dossier, event: life.Rerouted, _: Signed) -> Dossier:
    if proposal := _about_proposal(dossier, event):
        return _with_proposal(dossier, replace(proposal, route=event.data.route))
    if dossier.newest.round:
        return _with_round(dossier, replace(dossier.newest.round, route=event.data.route))
    return dossier


def _reopened(dossier: Dossier, _: Event, __: Signed) -> Dossier:
    return _newest(dossier, phase="draft", released=None, effective_on=None)


def _cancelled(dossier: Dossier, event: life.Cancelled, _: Signed) -> Dossier:
    if _about_proposal(dossier, event):
        return replace(dossier, proposal=None)
    return _newest(dossier, phase="cancelled", released=None, effective_on=None)


def _released(dossier: Dossier, event: life.Released, signed: Signed) -> Dossier:
    return _newest(dossier, phase="released", released=signed, effective_on=event.data.effective_on)


def _postponed(dossier: Dossier, event: life.Postponed, _: Signed) -> Dossier:
    return _at(dossier, event.revision, effective_on=event.data.effective_on)


def _proposed(
    dossier: Dossier, event: life.ReviewProposed | life.WithdrawalProposed, signed: Signed
) -> Dossier:
    return replace(dossier, proposal=Round(signed, event.data.route))


def _suspended(dossier: Dossier, event: life.Suspended, signed: Signed) -> Dossier:
    return _at(dossier, event.revision, suspended=signed)


def _resumed(dossier: Dossier, event: life.Resumed, _: Signed) -> Dossier:
    return _at(dossier, event.revision, suspended=None)


def _commented(dossier: Dossier, event: life.Commented, signed: Signed) -> Dossier:
    revision = dossier.revision(event.revision) or dossier.newest
    return _at(dossier, revision.label, comments=(*revision.comments, Comment(signed)))


def _resolved(dossier: Dossier, event: life.Resolved, signed: Signed) -> Dossier:
    revision = dossier.revision(event.revision) or dossier.newest
    comments = tuple(
        replace(one, resolved=signed) if one.made.event.seq == event.data.comment else one
        for one in revision.comments
    )
    return _at(dossier, revision.label, comments=comments)


def _assigned(dossier: Dossier, event: Assigned, _: Signed) -> Dossier:
    given = {name: value for name, value in dict(event.data).items() if value is not None}
    assigned = dossier.assigned.but(**given)
    return replace(dossier, assigned=assigned, owner=event.data.owner or dossier.owner)


_FOLD: Mapping[Word, Callable[[Dossier, Any, Signed], Dossier]] = MappingProxyType(
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
