"""A dossier in the making: its fields, written over in place."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from docctl.model.assignment import Assignments, Owner
from docctl.model.base import Digest, Label
from docctl.model.event import Signed
from docctl.rules.dossier.revision import Revision
from docctl.rules.dossier.round import Round

#: Made without validation: building a validator while modules are imported would cost.
UNASSIGNED = Assignments.model_construct()


class DossierBuilder:
    """The fields of a dossier: many events are folded in before anybody looks."""

    owner: Owner
    revisions: list[Revision]
    assigned: Assignments
    proposal: Round | None
    reviews: tuple[Round, ...]
    withdrawal: Round | None
    withdrawn_on: date | None
    seq: int
    last: Digest
    events: list[Signed]
    day: date
    time: datetime

    def __init__(self, fields: Iterable[tuple[str, Any]]) -> None:
        """Begin with the fields of a dossier, which stays as it is."""
        self.__dict__.update(fields)
        self.revisions, self.events = [*self.revisions], [*self.events]

    def fields(self) -> Mapping[str, Any]:
        """Return the fields of the dossier that stands here now."""
        lists = {"revisions": (*self.revisions,), "events": (*self.events,)}
        return self.__dict__ | lists

    @property
    def newest(self) -> Revision:
        """The revision that was opened last."""
        return self.revisions[-1]

    def renew(self, **changes: Any) -> None:
        """Change the newest revision."""
        self.revisions[-1] = self.revisions[-1]._replace(**changes)

    def renew_at(self, label: Label | None, **changes: Any) -> None:
        """Change the revision with this label."""
        for index, one in enumerate(self.revisions):
            if one.label == label:
                self.revisions[index] = one._replace(**changes)

    def labelled(self, label: Label | None) -> Revision:
        """Return the revision with this label, or the newest where there is none."""
        return next((one for one in self.revisions if one.label == label), self.newest)
