"""From a document's history to what a controlled copy says about itself."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from docctl.desk.bench import Bench
from docctl.desk.metadata import stored
from docctl.errors import DamagedStoreError, NotFoundError
from docctl.model.assignment import Owner
from docctl.model.base import Label, PersonId
from docctl.model.control import CONTROL
from docctl.model.controlled import ControlledCopy, HistoryLine, Manifestation
from docctl.model.document import Document
from docctl.model.event import Signed
from docctl.model.lifecycle import State
from docctl.rules import asof
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, Revision
from docctl.store.layout import META

_MEANINGS: dict[str, Literal["prepared", "reviewed", "approved", "released"]] = {
    "submitted": "prepared",
    "reviewed": "reviewed",
    "approved": "approved",
    "released": "released",
}


def name_of(authority: Authority, person: PersonId) -> str:
    """Return a person's printed name; the id where ACCESS does not know it."""
    known = authority.persons.get(person)
    return known.name if known else person


def owner_text(authority: Authority, owner: Owner) -> str:
    """Return an owner as printed: the job title, or the person's name."""
    return owner.name if owner.kind == "function" else name_of(authority, owner.name)


def controlled_copy(bench: Bench, number: str, label: Label | None, *, on: date) -> ControlledCopy:
    """Return everything that a copy of a revision carries beside its text, as of a day.

    Raises:
        NotFoundError: there was no such document or revision on that day.
    """
    dossier = asof.at(bench.get(number).events, on)
    if dossier is None:
        raise NotFoundError(f"document {number} on {on}", hint="choose a later day")
    shown = asof.span(dossier, on).shown if label is None else dossier.revision(label)
    if shown is None:
        known = ", ".join(one.label for one in dossier.revisions)
        raise NotFoundError(f"revision {label} of {number} on {on}", hint=f"revisions: {known}")
    document = metadata(bench, dossier, shown)
    authority = bench.world.authority
    months = document.review_months or _interval(bench, dossier)
    state = asof.state_of(dossier, shown, on)
    in_force = state in {State.EFFECTIVE, State.SUSPENDED}
    due = asof.review_due(dossier, on, months) if in_force else None
    before, after = asof.predecessor(dossier, shown), asof.successor(dossier, shown, on)
    withdrawal = getattr(dossier.withdrawal and dossier.withdrawal.opened.event, "data", None)
    instruction = getattr(shown.suspended and shown.suspended.event, "data", None)
    return ControlledCopy(
        organization=bench.control.organization,
        number=number,
        type_title=_type_title(bench, dossier),
        document=document,
        revision=shown.label,
        state=state,
        as_of=on,
        replaces=before.label if before else None,
        effective_on=shown.effective_on,
        superseded_on=after.effective_on if after else None,
        superseded_by=after.label if after else None,
        withdrawn_on=dossier.withdrawn_on if state is State.WITHDRAWN else None,
        replaced_by=getattr(withdrawal, "replaced_by", None),
        review_due_on=due,
        review_overdue=due is not None and due < on,
        suspended_instruction=getattr(instruction, "instruction", ""),
        owner=owner_text(authority, dossier.owner),
        distribution=dossier.assigned.distribution or (),
        location=dossier.assigned.location or "",
        content=shown.content,
        paper=bench.control.paper,
        signatures=tuple(signatures(authority, shown)),
        history=tuple(_history(bench, dossier, on)),
        notes=(*_notice(bench), *_exceptions(authority, shown)),
    )


def metadata(bench: Bench, dossier: Dossier, revision: Revision) -> Document:
    """Return the metadata approved with a revision."""
    if dossier.number == CONTROL:
        return Document(type="control", title="Control settings")
    names = bench.desk.ledger.content_names(bench.head, dossier.number, revision.label)
    if META not in names:
        raise DamagedStoreError(f"{dossier.number} revision {revision.label} has no metadata")
    return stored(bench.desk.store.reader.read(names[META]), bench.types.classes)


def _type_title(bench: Bench, dossier: Dossier) -> str:
    kind = bench.control.type_of(dossier.document_type)
    return kind.title if kind else dossier.document_type.replace("_", " ").capitalize()


def _interval(bench: Bench, dossier: Dossier) -> int:
    kind = bench.control.type_of(dossier.document_type)
    return kind.review_months if kind else 12


def signatures(authority: Authority, revision: Revision) -> Iterator[Manifestation]:
    """Yield the signatures that count for a revision, in the order of their making."""
    if revision.phase not in {"in_review", "approved", "released"}:
        return
    given: list[Signed] = []
    if revision.round:
        given = [revision.round.opened, *revision.round.votes]
    if revision.released and revision.released.event.type in _MEANINGS:
        given.append(revision.released)
    for signed in given:
        event = signed.event
        if event.type in _MEANINGS:
            yield Manifestation(
                meaning=_MEANINGS[event.type],
                person=event.signer,
                name=name_of(authority, event.signer),
                function=event.function or "",
                role=event.role,
                time=event.time,
                event=signed.digest,
            )


def _history(bench: Bench, dossier: Dossier, on: date) -> Iterator[HistoryLine]:
    authority = bench.world.authority
    for index, revision in enumerate(dossier.revisions):
        if revision.phase == "cancelled":
            continue
        change = metadata(bench, dossier, revision).change
        signed = list(signatures(authority, revision))
        yield HistoryLine(
            revision=revision.label,
            state=asof.state_of(dossier, revision, on),
            effective_on=revision.effective_on,
            change=revision.change if index else "",
            reason=change.reason if change else "",
            summary=change.summary if change else ("First issue" if not index else ""),
            prepared_by=_names(signed, "prepared"),
            approved_by=_names(signed, "approved"),
        )


def _names(signed: list[Manifestation], meaning: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in signed if one.meaning == meaning))


def _notice(bench: Bench) -> tuple[str, ...]:
    return (bench.control.notice,) if bench.control.notice else ()


def _exceptions(authority: Authority, revision: Revision) -> Iterator[str]:
    votes = revision.round.votes if revision.round else ()
    for vote in votes:
        person = vote.event.signer
        if person in revision.editors and vote.event.type in {"reviewed", "approved"}:
            reason = next((g.reason for g in authority.exceptions if g.person == person), "")
            yield (
                f"{name_of(authority, person)} both wrote and {vote.event.type} this revision, "
                f"by a named exception: {reason or 'no reason on record'}"
            )
