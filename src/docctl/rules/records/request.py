"""A request about personal data, folded from its events."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from docctl.model.event import Signed
from docctl.model.records.record import RecordId
from docctl.model.records.request import (
    Decision,
    RequestDecidedData,
    RequestOpenedData,
    SubjectItem,
)
from docctl.rules.records.chain import Chain, data_of


class Request(NamedTuple):
    """A request as it stands."""

    number: RecordId
    received_on: date
    items: frozenset[SubjectItem]
    opened: Signed
    decisions: Mapping[SubjectItem, tuple[Decision, Signed]]
    """What was decided last of each item, and the statement that says it."""

    chain: Chain
    answered: Signed | None = None

    @property
    def undecided(self) -> frozenset[SubjectItem]:
        """The items of which nothing is decided yet."""
        return self.items - {*self.decisions}

    def after(self, signed: Signed) -> "Request":
        """Return the request once this event has happened."""
        data, chain = data_of(signed), self.chain.after(signed)
        if isinstance(data, RequestDecidedData):
            made = {one.subject: (one, signed) for one in data.decisions}
            return self._replace(decisions={**self.decisions, **made}, chain=chain)
        ends = signed.event.type == "request_answered"
        return self._replace(answered=signed if ends else self.answered, chain=chain)


def begin(signed: Signed) -> Request:
    """Return the request that a `request_opened` event begins."""
    data = data_of(signed)
    if not isinstance(data, RequestOpenedData):
        raise TypeError(signed.event.type)
    return Request(
        number=signed.event.item,
        received_on=data.received_on,
        items=frozenset(data.items),
        opened=signed,
        decisions={},
        chain=Chain.of(signed),
    )
