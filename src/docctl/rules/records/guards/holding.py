"""The guards of holds."""

from docctl.errors import EventError, HoldError, IllegalMoveError, NotAuthorisedError
from docctl.model.access import PersonErased
from docctl.model.event import Event, Signed
from docctl.rules.records.archive import Archive
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.persons import KEEPER, require_person, require_role
from docctl.rules.records.guards.records import require_reason
from docctl.rules.records.hold import Hold
from docctl.rules.records.retention.asked import readable
from docctl.rules.records.retention.due import holding

#: Who may place and extend a hold.
PLACERS = ("management", KEEPER)


def placed(archive: Archive, signed: Signed) -> None:
    """Refuse a hold without a reason, on what does not exist, or by somebody who may not."""
    _check(archive, signed)
    event, where = signed.event, data_of(signed).where
    if where and not readable(where):
        raise EventError(event.item, "its question cannot be understood", hint="see: docctl hold")


def extended(archive: Archive, signed: Signed) -> None:
    """Refuse to extend a hold that was lifted."""
    _standing(archive, signed.event, "extend")
    _check(archive, signed)


def lifted(archive: Archive, signed: Signed) -> None:
    """Refuse to lift a hold that is lifted, or that another function has placed."""
    event = signed.event
    hold = _standing(archive, event, "lift")
    require_reason(event)
    require_person(archive, event)
    require_role(archive, event, PLACERS)
    placed = hold.placed.event
    if placed.function:
        allowed = placed.function in archive.world.authority.functions(event.signer, event.date)
        whose = placed.function
    else:
        allowed, whose = event.signer == placed.signer or event.role == placed.role, placed.role
    if not allowed:
        raise NotAuthorisedError(
            event.signer,
            f"cannot lift {event.item}: it was placed by {whose}",
            hint=f"whoever is {whose} now lifts it",
        )


def check_erasure(archive: Archive, event: Event) -> None:
    """Refuse to let the name of somebody go who had to do with a record under a hold.

    Raises:
        HoldError: it names the holds: whoever signed such a record may be asked as a witness.
    """
    if not isinstance(event, PersonErased) or all(one.lifted for one in archive.holds()):
        return
    person = event.data.person
    for record in archive.records():
        signed = {one.event.signer for one in record.chain.events}
        if person in {record.subject, *signed} and (held := holding(archive, record)):
            raise HoldError(person, held)


def _standing(archive: Archive, event: Event, verb: str) -> Hold:
    hold = archive.hold(event.item)
    if hold is None or hold.lifted is not None:
        raise IllegalMoveError(event.item, verb, "lifted", ())
    return hold


def _check(archive: Archive, signed: Signed) -> None:
    event, data = signed.event, data_of(signed)
    require_reason(event)
    require_person(archive, event)
    require_role(archive, event, PLACERS)
    for number in data.records:
        if archive.record(number) is None:
            raise EventError(event.item, f"there is no record {number}")
    for number in data.documents:
        if archive.dossier(number) is None:
            raise EventError(event.item, f"there is no document {number}")
