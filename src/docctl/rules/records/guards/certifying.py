"""The guard of certificates: they say of each record what the history says, and no more."""

from collections.abc import Mapping
from types import MappingProxyType

from docctl.errors import EventError, IllegalMoveError, RetentionError
from docctl.model.event import Signed
from docctl.model.records.hold import Result
from docctl.model.records.retention import Action, RetentionClass
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.disposal import Disposal
from docctl.rules.records.guards.disposing import is_gone, opened
from docctl.rules.records.guards.persons import KEEPER, require_person, require_role
from docctl.rules.records.record import Record

#: What a certificate says of a record that has gone, by what was authorised.
WENT: Mapping[Action, Result] = MappingProxyType(
    {"destroy": "destroyed", "transfer": "transferred", "anonymise": "anonymised"}
)


def certified(archive: Archive, signed: Signed) -> None:
    """Refuse a certificate that does not say of each record what the history says."""
    event, data = signed.event, data_of(signed)
    disposal = opened(archive, event, "certify")
    require_person(archive, event)
    require_role(archive, event, (KEEPER,))
    if disposal.authority is None:
        raise IllegalMoveError(event.item, "certify", "not authorised", ("authorise",))
    said = {one.record: one.result for one in data.outcomes}
    if [one.record for one in data.outcomes] != [item.record for item in disposal.items]:
        raise EventError(event.item, "the certificate does not list what was proposed")
    for item in disposal.items:
        gone = is_gone(archive, item, disposal)
        if gone != (said[item.record] in {"not_reached", WENT.get(item.action)}):
            raise EventError(item.record, f"the certificate says {said[item.record]}: it is not so")
        if gone and item.action != "transfer":
            require_gone_elsewhere(archive.record(item.record))
    for number, names in data.residual.items():
        kind = _class_of(archive, disposal, number)
        if kind is None or not {*names} <= {*kind.residual}:
            raise EventError(number, "the certificate names more than CONTROL allows")
        record = archive.record(number)
        if record is None or not names.items() <= record.identifiers.items():
            raise EventError(number, "the certificate names what its history does not say")


def require_gone_elsewhere(record: Record | None) -> None:
    """Refuse to certify a record whose original elsewhere nobody has stated to be destroyed."""
    where = record.elsewhere if record and record.original_gone is None else None
    if record and where:
        raise RetentionError(
            record.number,
            f"its original is kept elsewhere ({where.medium}, {where.location}, {where.custodian})"
            ", and nobody has stated that it was destroyed",
            hint=f"docctl record destroyed {record.number} --on DAY --method TEXT --by WHO",
        )


def _class_of(archive: Archive, disposal: Disposal, record: str) -> RetentionClass | None:
    item = disposal.item(record)
    return archive.world.control.retention_of(item.retention) if item else None
