"""What a guard looks at: the people and the settings at a position of the history."""

from dataclasses import dataclass

from docctl.model.base import Word
from docctl.model.control import CONTROL_TYPE, ControlSettings, Route
from docctl.model.document import ChangeClass
from docctl.model.numbering import LabelScheme
from docctl.rules.authority import Authority


@dataclass(frozen=True, slots=True)
class World:
    """ACCESS and CONTROL as they stand where an event lands."""

    authority: Authority
    control: ControlSettings

    def route(self, document_type: Word, change: ChangeClass) -> Route | None:
        """Return the route of a type, or nothing where CONTROL does not know it."""
        if document_type == CONTROL_TYPE:
            return self.control.control_route
        kind = self.control.type_of(document_type)
        return kind.route_for(change) if kind else None

    def labels(self, document_type: Word) -> LabelScheme:
        """Return how revisions of a type are labelled."""
        kind = None if document_type == CONTROL_TYPE else self.control.type_of(document_type)
        return kind.labels if kind else "integers"
