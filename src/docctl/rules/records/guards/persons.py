"""Who may do what to records: roles where a form or the schedule names them."""

from collections.abc import Collection

from docctl.errors import NotAuthorisedError
from docctl.model.base import Word
from docctl.model.control import RECORDS
from docctl.model.event import Event
from docctl.rules.records.archive import Archive

#: The role that keeps records.
KEEPER = RECORDS

#: The role of whoever acts on what is his or her own, or may by the form's leave.
HOLDER = "holder"


def require_role(archive: Archive, event: Event, roles: Collection[Word]) -> None:
    """Refuse a signer who does not act in one of these roles, or does not hold it."""
    held = archive.world.authority.has_role(event.signer, event.role)
    own = event.role == HOLDER
    if event.role not in roles or not held:
        raise NotAuthorisedError(
            event.signer,
            f"cannot do this to {event.item}" + ("" if own else f" as {event.role}"),
            hint=f"it takes the role {' or '.join(sorted(roles))}",
        )


def require_person(archive: Archive, event: Event) -> None:
    """Refuse a service: a person must sign this."""
    if archive.world.authority.persons[event.signer].kind == "service":
        raise NotAuthorisedError(event.signer, "is a service; a person must sign this")


def require_role_or_own(
    archive: Archive, event: Event, roles: Collection[Word], *, own: bool
) -> None:
    """Refuse a signer who holds none of these roles and does not act on his or her own record."""
    if not (own and event.role == HOLDER):
        require_role(archive, event, (*roles, HOLDER) if own else roles)
