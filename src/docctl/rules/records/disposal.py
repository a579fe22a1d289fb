"""A disposal, folded from its events: proposed, authorised by somebody else, carried out."""

from typing import NamedTuple

from docctl.model.event import Signed
from docctl.model.records.hold import (
    DisposalAuthorisedData,
    DisposalCertifiedData,
    DisposalItem,
    DisposalProposedData,
    TransferReceivedData,
)
from docctl.model.records.record import RecordId
from docctl.rules.records.chain import Chain, data_of


class Disposal(NamedTuple):
    """A disposal as it stands."""

    number: RecordId
    items: tuple[DisposalItem, ...]
    schedule: str
    proposed: Signed
    chain: Chain
    authorised: Signed | None = None
    receipts: tuple[Signed, ...] = ()
    """The statements that receivers have what was to be transferred."""

    refused: Signed | None = None
    certified: Signed | None = None

    @property
    def open(self) -> bool:
        """Tell whether something may still be done by it."""
        return self.refused is None and self.certified is None

    @property
    def authority(self) -> DisposalAuthorisedData | None:
        """Return what was authorised, if it was."""
        data = data_of(self.authorised) if self.authorised else None
        return data if isinstance(data, DisposalAuthorisedData) else None

    @property
    def received(self) -> frozenset[RecordId]:
        """Return the records that a receiver has."""
        return frozenset(one for each in self.receipts for one in data_of(each).records)

    def item(self, record: RecordId) -> DisposalItem | None:
        """Return what is proposed for a record, unless it was decided to keep it."""
        kept = self.authority.kept if self.authority else ()
        found = (one for one in self.items if one.record == record)
        return None if record in kept else next(found, None)

    def after(self, signed: Signed) -> "Disposal":
        """Return the disposal once this event has happened."""
        data, chain = data_of(signed), self.chain.after(signed)
        if isinstance(data, DisposalAuthorisedData):
            return self._replace(authorised=signed, chain=chain)
        if isinstance(data, DisposalCertifiedData):
            return self._replace(certified=signed, chain=chain)
        if isinstance(data, TransferReceivedData):
            return self._replace(receipts=(*self.receipts, signed), chain=chain)
        gives_up = signed.event.type == "disposal_refused"
        return self._replace(refused=signed if gives_up else self.refused, chain=chain)


def begin(signed: Signed) -> Disposal:
    """Return the disposal that a `disposal_proposed` event begins."""
    data = data_of(signed)
    if not isinstance(data, DisposalProposedData):
        raise TypeError(signed.event.type)
    event = signed.event
    return Disposal(event.item, data.items, data.schedule, signed, Chain.of(signed))
