"""What reading commands return beside the register: a document's card, differences, exceptions."""

from datetime import date

from docctl.model.base import Digest, Label, Model, Number
from docctl.model.controlled import ControlledCopy
from docctl.model.lifecycle import State
from docctl.model.status import Status


class RevisionLine(Model):
    """One revision on a document's card."""

    revision: Label
    state: State
    effective_on: date | None = None
    content: Digest


class Card(Model):
    """A document as `show` prints it: the revision shown, and what is on its way."""

    controlled: ControlledCopy
    """The revision in force (or the newest), with signatures and history."""

    status: Status
    revisions: tuple[RevisionLine, ...] = ()
    refers_to: tuple[Number, ...] = ()
    attachments: tuple[str, ...] = ()
    newer_edition: str = ""


class Reference(Model):
    """A document that refers to another."""

    number: Number
    revision: Label
    title: str
    state: State


class Difference(Model):
    """What changed between two revisions, as lines of a unified text difference."""

    number: str
    before: Label
    after: Label
    lines: tuple[str, ...] = ()


class ExceptionLine(Model):
    """An exception, or a fact that every report shows."""

    kind: str
    subject: str
    sentence: str
    until: date | None = None
