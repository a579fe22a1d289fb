"""What happens to a record that is kept elsewhere: it changes hands, and it is destroyed.

docctl cannot look at paper, or into another system. Here a person states what was done, and signs.
"""

from datetime import date
from typing import Literal

from docctl.model.base import Line, Model
from docctl.model.event import Event
from docctl.model.records.record import Elsewhere


class CustodyData(Model):
    """Where the record is kept now, and since when."""

    elsewhere: Elsewhere
    since: date


class CustodyChanged(Event):
    """A record that is kept elsewhere was moved, or somebody else keeps it."""

    type: Literal["custody_changed"] = "custody_changed"
    data: CustodyData


class OriginalDestroyedData(Model):
    """When, how and by whom."""

    on: date
    method: Line
    by: Line
    """Who destroyed it: a function or a firm, and the number of its certificate if it gave one."""


class OriginalDestroyed(Event):
    """The original of a record that the history has let go was destroyed where it was kept."""

    type: Literal["original_destroyed"] = "original_destroyed"
    data: OriginalDestroyedData
