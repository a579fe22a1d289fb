"""The events that say from which day an approved revision is effective."""

from datetime import date
from typing import Literal

from docctl.model.base import Model, Number
from docctl.model.event import Event
from docctl.model.lifecycle.voting import Closing


class ReleasedData(Closing):
    """The day from which to work by it."""

    effective_on: date
    together_with: tuple[Number, ...] = ()
    """Documents released in the same change."""


class Released(Event):
    """The approved revision becomes effective on a day."""

    type: Literal["released"] = "released"
    data: ReleasedData


class PostponedData(Model):
    """The later day."""

    effective_on: date


class Postponed(Event):
    """A scheduled revision becomes effective later."""

    type: Literal["postponed"] = "postponed"
    data: PostponedData
