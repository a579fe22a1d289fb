"""Numbered blanks: copies of a form to be filled in, issued to somebody, each used once.

A blank is issued; a record is captured from it, or it comes back unused, or it is declared void.
Until then it is out, and somebody can be asked for it.
"""

from typing import Literal

from docctl.model.base import Digest, Label, Line, Model, Number
from docctl.model.event import Event
from docctl.model.records.record import RecordId


class BlankIssuedData(Model):
    """Which text of a form was handed out, and to whom."""

    form: Number
    form_revision: Label
    form_content: Digest
    """The digest of the form's content."""

    issued_to: Line
    """The function, the place or the id of the person that has it."""


class BlankIssued(Event):
    """A numbered blank of a form was handed out."""

    type: Literal["blank_issued"] = "blank_issued"
    data: BlankIssuedData


class BlankUsedData(Model):
    """What was made of it."""

    record: RecordId


class BlankUsed(Event):
    """A record was captured from a blank; both are stated in one change."""

    type: Literal["blank_used"] = "blank_used"
    data: BlankUsedData


class BlankEndedData(Model):
    """How it ended without a record."""

    outcome: Literal["returned", "void"]


class BlankEnded(Event):
    """A blank came back unused, or is void: spoilt, or lost."""

    type: Literal["blank_ended"] = "blank_ended"
    data: BlankEndedData
