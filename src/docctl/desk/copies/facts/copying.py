"""From a document's history to what a controlled copy says about itself."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from docctl.desk.copies.facts.grounds import check_grounds
from docctl.desk.day import Day
from docctl.desk.signatures import Signatures
from docctl.errors import NotFoundError
from docctl.model.answers.controlled import ControlledCopy, HistoryLine, LastReview, Manifestation
from docctl.model.assignment import Owner
from docctl.model.base import Label, Number, PersonId, Word
from docctl.model.control import ControlSettings
from docctl.model.document import REVIEW_MONTHS, Document
from docctl.model.event import Signed
from docctl.model.lifecycle import IN_FORCE, ReviewProposed, State, Submitted, WithdrawalProposed
from docctl.rules import asof
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, Revision, Round
from docctl.rules.questioned import to_sign_again

_MEANINGS: Mapping[str, Literal["prepared", "reviewed", "approved", "released"]] = MappingProxyType(
    {
        "submitted": "prepared",
        "reviewed": "reviewed",
        "approved": "approved",
        "released": "released",
        "established": "released",
    }
)


def name_of(authority: Authority, person: PersonId) -> str:
    """Return a person's printed name; the id where ACCESS does not know it."""
    known = authority.persons.get(person)
    return known.name if known else person


def owner_text(authority: Authority, owner: Owner) -> str:
    """Return an owner as printed: the job title, or the person's name."""
    return owner.name if owner.kind == "function" else name_of(authority, owner.name)


def controlled_copy(day: Day, number: str, label: Label | None) -> ControlledCopy:
    """Return everything that a copy of a revision carries beside its text, as of a day.

    What was approved is compared with what was signed, every signature is verified, and every
    release rests on the signatures that it lists.

    Raises:
        NotFoundError: there was no such document or revision on that day.
        DamagedStoreError: the store does not hold what was signed.
    """
    on, told = day.on, Signatures(day)
    dossier = told.placed(day.get(number))
    shown = asof.span(dossier, on).shown if label is None else dossier.revision(label)
    if shown is None:
        known = ", ".join(one.label for one in dossier.revisions)
        raise NotFoundError(f"revision {label} of {number} on {on}", hint=f"revisions: {known}")
    check_grounds(told, dossier)
    document = day.document(dossier, shown)
    state = asof.state_of(dossier, shown, on)
    in_force = state in IN_FORCE
    leaving = in_force or state is State.WITHDRAWN
    due = review_due(day, dossier, document) if in_force else None
    before, after = asof.predecessor(dossier, shown), asof.successor(dossier, shown, on)
    suspended = shown.suspended.event if shown.suspended and in_force else None
    doubted = to_sign_again(told.authority, dossier, on)
    return ControlledCopy(
        organization=day.control.organization,
        number=number,
        type_title=type_title(day.control, dossier.document_type),
        document=document,
        revision=shown.label,
        state=state,
        as_of=on,
        replaces=before.label if before else None,
        effective_on=shown.effective_on,
        superseded_on=after.effective_on if after else None,
        superseded_by=after.label if after else None,
        withdrawn_on=dossier.withdrawn_on if leaving else None,
        replaced_by=asof.replaced_by(dossier) if leaving else None,
        last_review=_last_review(told, dossier, shown),
        review_due_on=due,
        review_overdue=due is not None and due < on,
        suspended_on=suspended.date if suspended else None,
        suspended_instruction=getattr(getattr(suspended, "data", None), "instruction", ""),
        owner=owner_text(day.authority, dossier.owner),
        distribution=dossier.assigned.distribution or (),
        location=dossier.assigned.location or "",
        content=shown.content,
        paper=day.control.paper,
        signatures=tuple(manifestations(told, dossier, shown, doubted)),
        history=tuple(_history(told, dossier)),
        notes=(
            *filter(None, [day.control.notice, _leaving(dossier) if in_force else ""]),
            *_exceptions(told, dossier, shown),
            *_doubts(day.authority, shown, doubted),
        ),
    )


def _last_review(told: Signatures, dossier: Dossier, shown: Revision) -> LastReview | None:
    """Return the last review of a revision that its route has signed, each signature verified."""
    for review in reversed(dossier.reviews):
        event = review.opened.event
        if isinstance(event, ReviewProposed) and review.label == shown.label and review.settled_on:
            signed = told.verified(dossier.events, (review.opened, *review.votes))
            names = dict.fromkeys(name_of(told.day.authority, one.event.signer) for one in signed)
            return LastReview(on=review.settled_on, outcome=event.data.outcome, by=tuple(names))
    return None


def review_due(day: Day, dossier: Dossier, document: Document) -> date | None:
    """Return when the revision in force must be reviewed next, by the interval of the day."""
    kind = day.control.type_of(dossier.document_type)
    months = document.review_months or (kind.review_months if kind else REVIEW_MONTHS)
    return asof.review_due(dossier, day.on, months)


def referred_by(proposal: Round | None) -> tuple[Number, ...]:
    """Return the documents that a proposed withdrawal names as referring to its document."""
    event = proposal and proposal.opened.event
    return event.data.referred_by if isinstance(event, WithdrawalProposed) else ()


def _leaving(dossier: Dossier) -> str:
    """Return that a document in force is about to be withdrawn, where it is."""
    if dossier.withdrawn_on is None:
        return ""
    instead = asof.replaced_by(dossier)
    then = f"; then {instead} replaces it" if instead else ""
    return f"{dossier.number} will be withdrawn on {dossier.withdrawn_on}{then}."


def type_title(control: ControlSettings, name: Word) -> str:
    """Return what people call a document type."""
    kind = control.type_of(name)
    return kind.title if kind else name.replace("_", " ").capitalize()


def _counting(revision: Revision) -> Iterator[Signed]:
    """Yield the signatures that count for a revision, in the order of their making."""
    if revision.phase not in {"in_review", "approved", "released"}:
        return
    given: list[Signed] = []
    if revision.round:
        given = [revision.round.opened, *revision.round.votes]
    if revision.released:
        given.append(revision.released)
    yield from (one for one in given if one.event.type in _MEANINGS)


def manifestations(
    told: Signatures, dossier: Dossier, revision: Revision, doubted: Collection[Signed] = ()
) -> Iterator[Manifestation]:
    """Yield the signatures that count for a revision, each verified, in the order of their making.

    Those in *doubted* bear a note.

    Raises:
        DamagedStoreError: one does not hold.
    """
    again = {one.digest for one in doubted}
    for signed in told.verified(dossier.events, _counting(revision)):
        event = signed.event
        yield Manifestation(
            meaning=_MEANINGS[event.type],
            person=event.signer,
            name=name_of(told.day.authority, event.signer),
            function=event.function or "",
            role=event.role,
            time=event.time,
            event=signed.digest,
            note=_DOUBT if signed.digest in again else _NOTES.get(event.type, ""),
        )


#: What stands beside a signature that a stolen key may have made.
_DOUBT = "With a key that is suspect; to be given again"

#: What a reader must know of a signature, by its event.
_NOTES = MappingProxyType(
    {"established": "Founded with the library, without approval by another person"}
)


def _history(told: Signatures, dossier: Dossier) -> Iterator[HistoryLine]:
    for index, revision in enumerate(dossier.revisions):
        if revision.phase == "cancelled":
            continue
        change = told.day.document(dossier, revision).change
        signed = list(manifestations(told, dossier, revision))
        yield HistoryLine(
            revision=revision.label,
            state=asof.state_of(dossier, revision, told.day.on),
            effective_on=revision.effective_on,
            change=revision.change if index else "",
            reason=change.reason if change else revision.opened.event.reason,
            summary=change.summary if change else ("First issue" if not index else ""),
            prepared_by=tuple(name_of(told.day.authority, one) for one in _authors(revision)),
            approved_by=tuple(dict.fromkeys(s.name for s in signed if s.meaning == "approved")),
        )


def _authors(revision: Revision) -> tuple[PersonId, ...]:
    """Return who wrote a revision, as it was submitted; nobody while it is a draft."""
    submitted = revision.round.opened.event if revision.round else None
    if not isinstance(submitted, Submitted) or revision.phase == "draft":
        return ()
    return submitted.data.authors


def _exceptions(told: Signatures, dossier: Dossier, revision: Revision) -> Iterator[str]:
    """Yield who signed his or her own work, by the exception that held where the vote landed."""
    for vote in revision.round.votes if revision.round else ():
        person = vote.event.signer
        if person in revision.editors and vote.event.type in {"reviewed", "approved"}:
            held = told.landed_under(dossier, vote).exceptions
            reason = next((one.reason for one in held if one.person == person), "")
            yield (
                f"{name_of(told.day.authority, person)} both wrote and {vote.event.type} this "
                f"revision, by a named exception: {reason or 'no reason on record'}"
            )


def _doubts(authority: Authority, revision: Revision, doubted: Iterable[Signed]) -> Iterator[str]:
    """Yield which signatures on a revision are questioned."""
    for signed in doubted:
        event = signed.event
        if event.revision == revision.label:
            yield (
                f"{name_of(authority, event.signer)} signed this revision ({event.type}, "
                f"{event.date}) with a key that was declared suspect. It must be signed again."
            )
