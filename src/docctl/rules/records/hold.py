"""A legal hold, folded from its events: while it stands, nothing in its scope may be destroyed."""

from datetime import date
from typing import NamedTuple

from docctl.model.base import Number
from docctl.model.event import Signed
from docctl.model.records.hold import HoldExtendedData, HoldPlacedData
from docctl.model.records.record import RecordId
from docctl.rules.records.chain import Chain, data_of


class Hold(NamedTuple):
    """A hold as it stands."""

    number: RecordId
    matter: str
    placed: Signed
    records: frozenset[RecordId]
    documents: frozenset[Number]
    where: str
    review_on: date | None
    chain: Chain
    lifted: Signed | None = None

    def after(self, signed: Signed) -> "Hold":
        """Return the hold once this event has happened."""
        data, chain = data_of(signed), self.chain.after(signed)
        if isinstance(data, HoldExtendedData):
            return self._replace(
                records=self.records | {*data.records},
                documents=self.documents | {*data.documents},
                review_on=data.review_on or self.review_on,
                chain=chain,
            )
        lifts = signed.event.type == "hold_lifted"
        return self._replace(lifted=signed if lifts else self.lifted, chain=chain)


def begin(signed: Signed) -> Hold:
    """Return the hold that a `hold_placed` event begins."""
    data = data_of(signed)
    if not isinstance(data, HoldPlacedData):
        raise TypeError(signed.event.type)
    return Hold(
        number=signed.event.item,
        matter=data.matter,
        placed=signed,
        records=frozenset(data.records),
        documents=frozenset(data.documents),
        where=data.where,
        review_on=data.review_on,
        chain=Chain.of(signed),
    )
