"""What a copy rests on: each release of a document, and the signatures that carry it.

Judged are the document's own events, by the rules that judged them when they landed. What people
and settings allowed at each position is left to `verify`, which reads the whole history.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from docctl.desk.signatures import Signatures
from docctl.errors import DamagedStoreError, RefusedError
from docctl.model.base import Word
from docctl.model.event import Signed
from docctl.model.lifecycle import VOTES, Submitted
from docctl.rules import guards
from docctl.rules.dossier import Dossier, Folding, begin
from docctl.rules.steps import Case, four_eyes, names_authors
from docctl.rules.world import World

#: Events that a copy speaks of without showing their signatures.
_STATED = frozenset({"assigned", "postponed", "rerouted", "resumed", "suspended"})


def check_grounds(told: Signatures, dossier: Dossier) -> None:
    """Refuse a document one of whose releases its own events do not carry.

    The chain is whole; every release lists the votes that there are, and they fill its route;
    nobody voted on what he or she wrote, but by a named exception.

    Raises:
        DamagedStoreError: it is not so, or what the copy speaks of was not signed.
    """
    first, *rest = dossier.events
    folding, before = Folding(begin(first)), first
    for signed in rest:
        try:
            if signed.event.type not in VOTES:
                guards.check_chain(signed.event, before.event.seq or 0, before.digest)
                before = signed
            if check := _CHECKS.get(signed.event.type):
                check(told, folding.dossier(), signed)
        except RefusedError as error:
            what = f"{signed.event.type} of {dossier.number} should not have landed: {error}"
            raise DamagedStoreError(what) from error
        folding.add(signed)
    for _ in told.verified(dossier.events, _stated(dossier)):
        pass


def _stated(dossier: Dossier) -> list[Signed]:
    found = [one for one in dossier.events if one.event.type in _STATED]
    leaving = dossier.withdrawal
    return [*found, leaving.opened, *leaving.votes] if leaving else found


def _submitted(told: Signatures, before: Dossier, signed: Signed) -> None:
    if isinstance(signed.event, Submitted):
        names_authors(Case(told.day.world, before, before.newest), signed.event)


def _released(told: Signatures, before: Dossier, signed: Signed) -> None:
    guards.check_release(told.day.world, before, signed)
    revision = before.newest
    for vote in revision.round.votes if revision.round else ():
        if vote.event.signer in revision.editors:
            there = World(told.landed_under(before, vote), told.day.control)
            four_eyes(Case(there, before, revision), vote.event)


_CHECKS: Mapping[Word, Callable[[Signatures, Dossier, Signed], None]] = MappingProxyType(
    {"submitted": _submitted, "released": _released}
)
