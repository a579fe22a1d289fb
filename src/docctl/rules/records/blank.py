"""A numbered blank, folded from its events: issued, used once, or ended without a record."""

from typing import NamedTuple

from docctl.model.event import Signed
from docctl.model.records.blank import BlankEndedData, BlankIssuedData, BlankUsedData
from docctl.model.records.record import RecordId
from docctl.rules.records.chain import Chain, data_of


class Blank(NamedTuple):
    """A blank as it stands."""

    number: RecordId
    said: BlankIssuedData
    issued: Signed
    chain: Chain
    used: RecordId | None = None
    """The record that was captured from it."""

    ended: Signed | None = None
    """Who stated that it came back, or is void."""

    @property
    def out(self) -> bool:
        """Tell whether somebody has it still."""
        return self.used is None and self.ended is None

    def after(self, signed: Signed) -> "Blank":
        """Return the blank once this event has happened."""
        data, chain = data_of(signed), self.chain.after(signed)
        if isinstance(data, BlankUsedData):
            return self._replace(used=data.record, chain=chain)
        ended = signed if isinstance(data, BlankEndedData) else self.ended
        return self._replace(ended=ended, chain=chain)


def begin(signed: Signed) -> Blank:
    """Return the blank that a `blank_issued` event begins."""
    data = data_of(signed)
    if not isinstance(data, BlankIssuedData):
        raise TypeError(signed.event.type)
    return Blank(signed.event.item, data, signed, Chain.of(signed))
