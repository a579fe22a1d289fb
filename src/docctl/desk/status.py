"""How a document stands: the revision that is acted on, who is waited for, and what comes next."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from docctl.desk.bench import Bench
from docctl.desk.copies.facts.copying import referred_by
from docctl.desk.day import Day
from docctl.model.answers.status import OpenComment, Status
from docctl.model.base import Number, PersonId
from docctl.model.lifecycle import State
from docctl.rules import asof
from docctl.rules.dossier import Dossier, Revision
from docctl.rules.lifecycle import MOVES
from docctl.rules.standing import Standing
from docctl.store.drafts import Drafts

#: What usually comes next where nobody need sign.
_NEXT: Mapping[State, str] = MappingProxyType({State.DRAFT: "submit", State.APPROVED: "release"})


def status_of(bench: Bench, day: Day, dossier: Dossier, label: str | None = None) -> Status:
    """Return how a document stands at the end of a day.

    Without a *label* it is the revision that is acted on next, or the one in force.
    """
    revision = dossier.revision(label) if label else None
    revision = revision or _acted_on(dossier, day.on)
    proposal = asof.open_proposal(dossier, day.on)
    state = asof.state_of(dossier, revision, day.on)
    waiting = proposal or (revision.round if revision.phase == "in_review" else None)
    standing = waiting.standing() if waiting else None
    return Status(
        number=dossier.number,
        title=day.document(dossier, revision).title,
        revision=revision.label,
        state=state,
        content=revision.content,
        effective_on=revision.effective_on,
        waiting_for=standing.waiting_for() if standing is not None else (),
        next_verb=_next_verb(state, standing),
        comments=_comments(revision) if (state, "resolve") in MOVES else (),
        proposal=proposal.opened.event.type if proposal else "",
        referred_by=referred_by(proposal),
        working_copy=_working_copy(bench.drafts, dossier.number),
    )


def _working_copy(drafts: Drafts, number: Number) -> str:
    return str(drafts.folder(number) / "document.md") if drafts.exists(number) else ""


def _next_verb(state: State, standing: Standing | None) -> str:
    signing = standing.next_verb() if standing is not None else ""
    return signing or _NEXT.get(state, "")


def _acted_on(dossier: Dossier, on: date) -> Revision:
    if asof.open_proposal(dossier, on):
        return asof.in_force(dossier, on) or dossier.newest
    if dossier.open or asof.state_of(dossier, dossier.newest, on) is State.SCHEDULED:
        return dossier.newest
    return asof.span(dossier, on).shown


def _comments(revision: Revision) -> tuple[OpenComment, ...]:
    def shown(data: Any, number: int | None, by: PersonId) -> OpenComment:
        return OpenComment(comment=number or 0, by=by, text=data.text, line=data.line)

    return tuple(
        shown(getattr(one.made.event, "data", None), one.made.event.seq, one.made.event.signer)
        for one in revision.open_comments()
    )
