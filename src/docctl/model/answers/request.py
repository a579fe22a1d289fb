"""Answers about requests: what was found of somebody, what is decided, and what is done."""

from datetime import date
from typing import Literal

from docctl.model.base import Line, Model, Words
from docctl.model.records.record import RecordId
from docctl.model.records.request import Asked, Basis, ItemId, Verdict


class DecisionShown(Model):
    """An item of a request, with what was decided and done."""

    kind: Literal["record", "person", "document"]
    item: ItemId
    verdict: Verdict | None = None
    basis: Basis | None = None
    why: Words = ""
    decided_on: date | None = None
    decided_by: Words = ""
    """The name of who decided, as copies print it."""

    waits_for: Words = ""
    """What is still to be done; empty once it is carried out."""

    next_step: Words = ""
    """What stands in the way of that, or who does what next."""

    became: Words = ""
    """What became of it, once it is carried out."""


class RequestShown(Model):
    """A request as it stands."""

    request: RecordId
    state: Literal["open", "decided", "answered"]
    asks: Asked
    reason: Words
    received_on: date
    due_on: date | None = None
    opened_on: date
    opened_by: Words
    """The name of who opened it, as copies print it."""

    answered_on: date | None = None
    answered_by: Words = ""
    organization: Words = ""
    as_of: date
    items: tuple[DecisionShown, ...]
    not_reached: tuple[Line, ...] = ()
    """Copies of the vault that were away when it was carried out just now; else nothing."""


class Found(Model):
    """Something in which a text was found, and where in it."""

    kind: Literal["record", "person", "document"]
    item: ItemId
    where: tuple[str, ...]
    files: tuple[str, ...] = ()
    """The files beside a record: what they say is never looked through."""


class SubjectFound(Model):
    """Where a text was found, and which records could not be looked through."""

    found: tuple[Found, ...]
    unread: tuple[ItemId, ...] = ()
    """Records whose payload cannot be read here."""
