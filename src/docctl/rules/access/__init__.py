"""What may change in ACCESS, and whose signatures it takes."""

from collections.abc import Collection

from docctl.errors import DateError, EventError, NotAuthorisedError
from docctl.model import access
from docctl.model.access import ACCESS
from docctl.model.base import Word
from docctl.model.event import Signed
from docctl.rules.access import signers
from docctl.rules.access.changes import CHANGES
from docctl.rules.access.signers import HOLDER
from docctl.rules.authority import Authority

__all__ = ["CHANGES", "HOLDER", "check"]


def check(authority: Authority, signed: Signed, *, roles: Collection[Word]) -> None:
    """Refuse an ACCESS event that must not happen at this position.

    *roles* are the roles that CONTROL knows. Chain, library and meaning are checked elsewhere
    (`guards.check_access` does all of it); this is about who signs and what changes.

    Raises:
        RefusedError: one of its kinds; the sentence says who or what is missing.
    """
    event = signed.event
    guard = CHANGES.get(event.type)
    if guard is None or event.item != ACCESS:
        raise EventError(event.item, f"'{event.type}' is no change of ACCESS")
    if event.revision is not None or event.content is not None:
        raise EventError(ACCESS, "it has neither revisions nor content")
    signers.check(authority, signed)
    if event.function and event.function not in _functions(authority, signed):
        raise NotAuthorisedError(event.signer, f"does not hold the function {event.function}")
    before = authority.latest
    if before and (event.time < before.time or event.date < before.date):
        raise DateError(ACCESS, event.date, "lies before the event that it follows")
    guard(authority, event, roles)
    _check_suspicion(signed)


def _check_suspicion(signed: Signed) -> None:
    data = getattr(signed.event, "data", None)
    since = data.suspect_from if isinstance(data, access.KeyRevokedData) else None
    if since and signed.position and since > signed.position:
        raise EventError(
            ACCESS,
            f"change {since}, from which the key is suspect, is still to come",
            hint="changes are counted from the founding; 'docctl verify' says how many there are",
        )


def _functions(authority: Authority, signed: Signed) -> Collection[str]:
    event = signed.event
    if isinstance(event, access.Founded):
        return event.data.founder.functions
    return authority.functions(event.signer, event.date)
