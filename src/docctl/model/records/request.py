"""Requests about personal data: what somebody is in, what is decided of each item, and why.

The history never says whose request it is: it names the items that were found, and whoever must
know keeps the letter as a record of its own.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from docctl.model.base import Line, Model
from docctl.model.event import Event
from docctl.model.records.record import Plain

Asked = Literal["access", "erasure", "rectification", "restriction", "objection"]
"""What is asked for."""

Verdict = Literal["erase", "keep", "rectify", "copy"]
"""What is decided of an item: let it go, keep it, correct it, or hand out a copy."""

Basis = Literal["legal_duty", "legal_claim", "hold", "public_interest", "other"]
"""Why something is kept although its erasure was asked for."""

ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")]
"""The number of a record or a document, or the id of a person."""


class SubjectItem(Model):
    """Something that is about the subject of a request."""

    kind: Literal["record", "person", "document"]
    item: ItemId


class RequestOpenedData(Model):
    """What a request is about."""

    asks: Asked
    received_on: date
    due_on: date | None = None
    """The day by which it is to be answered."""

    items: tuple[SubjectItem, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "RequestOpenedData":
        if not self.items or len({*self.items}) != len(self.items):
            raise ValueError("a request names at least one item, and each of them once")
        return self


class RequestOpened(Event):
    """Somebody has asked for what is known of him or her, or for its erasure."""

    type: Literal["request_opened"] = "request_opened"
    data: RequestOpenedData


class Decision(Model):
    """What is decided of one item, and why."""

    subject: SubjectItem
    verdict: Verdict
    why: Line
    basis: Basis | None = None
    """What keeps it; only where it is kept."""

    @model_validator(mode="after")
    def _kept_for_something(self) -> "Decision":
        if (self.verdict == "keep") != (self.basis is not None):
            raise ValueError("what is kept has a basis, and only that")
        return self


class RequestDecidedData(Model):
    """Decisions of some items; a later one stands over an earlier one."""

    decisions: tuple[Decision, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "RequestDecidedData":
        subjects = {one.subject for one in self.decisions}
        if not subjects or len(subjects) != len(self.decisions):
            raise ValueError("at least one item is decided, and each of them once")
        return self


class RequestDecided(Event):
    """It is decided what becomes of items of a request."""

    type: Literal["request_decided"] = "request_decided"
    data: RequestDecidedData


class RequestAnswered(Event):
    """Everything that was decided is carried out, and the subject was answered."""

    type: Literal["request_answered"] = "request_answered"
    data: Plain
