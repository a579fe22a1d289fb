"""Signatures that a revoked key makes doubtful, and what still rests on them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from docctl.model.access import FunctionData
from docctl.model.base import PersonId, Word
from docctl.model.event import Signed
from docctl.model.lifecycle import ReviewProposed, State
from docctl.rules.asof import in_force, state_of
from docctl.rules.authority import Authority
from docctl.rules.dossier import Dossier, Round

#: States in which a doubtful signature still carries something.
_CARRYING = frozenset(
    {State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.EFFECTIVE, State.SUSPENDED}
)


def questioned(authority: Authority, signatures: Iterable[Signed]) -> tuple[Signed, ...]:
    """Return what was signed with a key while it was suspect, in the order given.

    A key that was revoked as suspect from a position is doubted from there to its end. These
    signatures must be given again; what was answered about the past does not change.
    """
    return tuple(signed for signed in signatures if doubted_signers(authority, signed))


def doubted_signers(authority: Authority, signed: Signed) -> tuple[PersonId, ...]:
    """Return the persons who signed an event with a key while it was suspect, the signer first."""
    keys = (key for key in signed.keys if _doubted(authority, key, signed.position))
    return tuple(dict.fromkeys(authority.keys[key] for key in keys))


def _doubted(authority: Authority, fingerprint: str, position: int) -> bool:
    held = authority.key(fingerprint)
    if held is None or held.suspect_from is None or held.ended_at is None:
        return False
    return held.suspect_from <= position < held.ended_at


def to_look_at(authority: Authority, changes: Iterable[Signed]) -> tuple[Signed, ...]:
    """Return the doubtful changes of ACCESS that gave somebody what he or she still has."""
    return tuple(
        one
        for one in questioned(authority, changes)
        if one.event.type in _HELD
        and _HELD[one.event.type](authority, getattr(one.event, "data", None))
    )


def _holds_function(authority: Authority, data: FunctionData) -> bool:
    held = authority.persons[data.person].functions
    return any(one.function == data.function and one.until is None for one in held)


#: Whether what an event of ACCESS gave is still held.
_HELD: Mapping[Word, Callable[[Authority, Any], bool]] = MappingProxyType(
    {
        "person_added": lambda authority, data: authority.active(data.id),
        "accepted": lambda authority, data: authority.counts(data.fingerprint),
        "key_added": lambda authority, data: authority.counts(data.fingerprint),
        "role_granted": lambda authority, data: authority.has_role(data.person, data.role),
        "function_given": _holds_function,
        "exception_granted": lambda authority, data: any(
            one.names(data) for one in authority.exceptions
        ),
        "threshold_set": lambda authority, data: authority.threshold == data.administrators,
    }
)


def to_sign_again(authority: Authority, dossier: Dossier, on: date) -> tuple[Signed, ...]:
    """Return the doubtful signatures on which something rests on a day and that must be replaced.

    Nothing rests on them any more once another revision is in force, or the round was begun
    anew. A later periodic review that the route signed with sound keys confirms the revision:
    it was given again.
    """
    doubted = questioned(authority, dict.fromkeys(_carrying(dossier, on)))
    return tuple(one for one in doubted if not _confirmed(authority, dossier, one))


def _carrying(dossier: Dossier, on: date) -> Iterator[Signed]:
    for revision in dossier.revisions:
        if state_of(dossier, revision, on) in _CARRYING:
            yield from revision.round.votes if revision.round else ()
            yield from (one for one in (revision.released, revision.suspended) if one)
    current = in_force(dossier, on)
    for settled in dossier.reviews:
        if current and settled.label == current.label:
            yield from settled.votes
    for ending in (dossier.proposal, dossier.withdrawal):
        yield from ending.votes if ending else ()


def _confirmed(authority: Authority, dossier: Dossier, doubted: Signed) -> bool:
    later = dossier.events[dossier.events.index(doubted) + 1 :]
    return any(
        review.opened in later
        and review.label == doubted.event.revision
        and _keeps(review)
        and not questioned(authority, review.votes)
        for review in dossier.reviews
    )


def _keeps(review: Round) -> bool:
    event = review.opened.event
    return isinstance(event, ReviewProposed) and event.data.outcome == "keep"
