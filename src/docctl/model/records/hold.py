"""Holds and disposals: what must not be destroyed, and how the rest is."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from docctl.model.base import Digest, Line, Model, Number, Word, Words
from docctl.model.event import Event
from docctl.model.records.record import Plain, RecordId, Stub
from docctl.model.records.retention import Action, ClassName


class HoldPlacedData(Model):
    """What is held, and for which matter."""

    matter: Line
    records: tuple[RecordId, ...] = ()
    """The records that are held, those that fitted the query on that day among them."""

    documents: tuple[Number, ...] = ()
    where: Words = ""
    """Records that fit this are held too, whenever they are captured."""

    review_on: date | None = None
    """The day on which somebody asks whether the hold is still needed."""

    @model_validator(mode="after")
    def _holds_something(self) -> "HoldPlacedData":
        if not (self.records or self.documents or self.where):
            raise ValueError("a hold names records, documents or a query")
        return self


class HoldPlaced(Event):
    """Nothing in its scope may be destroyed until it is lifted."""

    type: Literal["hold_placed"] = "hold_placed"
    data: HoldPlacedData


class HoldExtendedData(Model):
    """What is held besides."""

    records: tuple[RecordId, ...] = ()
    documents: tuple[Number, ...] = ()
    review_on: date | None = None


class HoldExtended(Event):
    """A hold covers more, or is looked at later."""

    type: Literal["hold_extended"] = "hold_extended"
    data: HoldExtendedData


class HoldLifted(Event):
    """A hold ends; other holds on the same records stay."""

    type: Literal["hold_lifted"] = "hold_lifted"
    data: Plain


class DisposalItem(Model):
    """A record that is proposed for disposal, exactly as it stood."""

    record: RecordId
    last: Digest
    """The digest of its last event: whatever happens to it later takes it off the list."""

    retention: ClassName
    action: Action
    due_since: date
    """The first day on which it may be disposed of."""

    stubs: tuple[Stub, ...] = ()
    """Everything of it that lies in the vault."""


class DisposalProposedData(Model):
    """What is proposed; by which revision of CONTROL it was worked out."""

    items: tuple[DisposalItem, ...] = Field(min_length=1)
    schedule: Line
    """The revision of CONTROL whose schedule was followed."""


class DisposalProposed(Event):
    """These records are past their time of keeping and may go, if somebody else agrees."""

    type: Literal["disposal_proposed"] = "disposal_proposed"
    data: DisposalProposedData


class DisposalAuthorisedData(Model):
    """From when it may be carried out, and what is kept after all."""

    not_before: date
    """The first day on which it may be carried out: the longest window of its classes."""

    kept: tuple[RecordId, ...] = ()
    """Records of the proposal that stay."""


class DisposalAuthorised(Event):
    """A second person authorises the disposal."""

    type: Literal["disposal_authorised"] = "disposal_authorised"
    data: DisposalAuthorisedData


class DisposalRefused(Event):
    """A second person, or the proposer, gives the proposal up."""

    type: Literal["disposal_refused"] = "disposal_refused"
    data: Plain


class TransferReceivedData(Model):
    """What a receiver has, and says so."""

    receiver: Line
    """The organisation or function that has it now; never a person."""

    records: tuple[RecordId, ...] = Field(min_length=1)
    package: Digest
    """SHA-256 of the manifest of the package that was handed over."""

    receipt: Digest
    """SHA-256 of the receipt, byte for byte as it came."""


class TransferReceived(Event):
    """A receiver has records of a disposal: now, and not before, they may go from here."""

    type: Literal["transfer_received"] = "transfer_received"
    data: TransferReceivedData


Result = Literal[
    "destroyed", "transferred", "anonymised", "not_reached", "kept", "held", "changed", "refused"
]
"""`not_reached`: it was let go, and copies are known that could not be reached; `refused`: no
receiver has said that it has it, or it cannot be made anonymous."""


class Outcome(Model):
    """What became of one record of a disposal."""

    record: RecordId
    result: Result
    detail: Words = ""


class DisposalCertifiedData(Model):
    """The certificate: what became of each record, and what was found gone."""

    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    method: Line
    copies: tuple[Line, ...]
    """The vaults in which payloads, salts and keys were looked for and not found."""

    not_reached: tuple[Line, ...] = ()
    """Copies that are known and were not reached, and until when they last."""

    residual: dict[RecordId, dict[Word, Line]] = Field(default_factory=dict)
    """Identifiers that CONTROL allows to be named still."""


class DisposalCertified(Event):
    """The disposal was carried out, and what was to go is gone."""

    type: Literal["disposal_certified"] = "disposal_certified"
    data: DisposalCertifiedData
