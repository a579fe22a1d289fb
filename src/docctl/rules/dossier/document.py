"""The document: its revisions and its open proposal, folded from its events."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from docctl.model import lifecycle as life
from docctl.model.assignment import Assignments, Owner
from docctl.model.base import Digest, Label, Number, Word
from docctl.model.control import CONTROL_TYPE
from docctl.model.event import Signed
from docctl.rules.dossier.builder import UNASSIGNED, DossierBuilder
from docctl.rules.dossier.makes import drafted, fold_in, led
from docctl.rules.dossier.revision import Revision
from docctl.rules.dossier.round import Round

#: Before every event.
BEGINNING = datetime.min.replace(tzinfo=UTC)


class Dossier(NamedTuple):
    """A document with all its revisions, oldest first."""

    number: Number
    document_type: Word
    owner: Owner
    revisions: tuple[Revision, ...] = ()
    assigned: Assignments = UNASSIGNED
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
    """The latest business date of its events; votes, which may be signed elsewhere, aside."""

    time: datetime = BEGINNING
    """The latest time of its events; votes, which may be signed elsewhere, aside."""

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
        folding = Folding(self)
        folding.add(signed)
        return folding.dossier()


class Folding:
    """A document while its events are folded: cheaper than a dossier after each of them."""

    def __init__(self, dossier: Dossier) -> None:
        """Begin with a dossier, which stays as it is."""
        self._builder = DossierBuilder(zip(dossier._fields, dossier, strict=True))

    def add(self, signed: Signed) -> None:
        """Fold in the next event."""
        fold_in(self._builder, signed)

    def dossier(self) -> Dossier:
        """Return the dossier as it is now; what is added later does not change it."""
        return Dossier(**self._builder.fields())


def fold(events: Iterable[Signed]) -> Dossier | None:
    """Fold a document's events, in the order of the history; nothing for no events."""
    rest = iter(events)
    for first in rest:
        folding = Folding(begin(first))
        for signed in rest:
            folding.add(signed)
        return folding.dossier()
    return None


def begin(signed: Signed) -> Dossier:
    """Return the dossier that a `created` or `established` event begins."""
    event = signed.event
    if isinstance(event, life.Created):
        first = drafted(event, signed, phase=led(event))
        owner, kind = event.data.owner, event.data.document_type
    else:
        owner, kind = Owner(kind="person", name=event.signer), CONTROL_TYPE
        settled = {"used": True, "released": signed, "effective_on": event.date}
        first = drafted(event, signed, phase="released", **settled)
    return Dossier(
        event.item,
        kind,
        owner,
        (first,),
        seq=1,
        last=signed.digest,
        events=(signed,),
        day=event.date,
        time=event.time,
    )
