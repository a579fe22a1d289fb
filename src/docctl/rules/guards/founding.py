"""The guards of ACCESS and of the first control settings."""

from collections.abc import Collection

from docctl.errors import EventError, IllegalMoveError, NotAuthorisedError
from docctl.model import lifecycle as life
from docctl.model.base import Word
from docctl.model.control import CONTROL
from docctl.model.event import Signed
from docctl.rules import access
from docctl.rules.authority import FOUNDER_ROLES, Authority
from docctl.rules.guards.form import check_chain, check_envelope, check_form
from docctl.rules.guards.signer import check_key


def check_established(authority: Authority, signed: Signed) -> None:
    """Refuse a first event of CONTROL that is not exactly the one that was founded.

    *authority* is ACCESS right after the founding event, in the same change: at no other
    position can control settings be established without a route.

    Raises:
        RefusedError: one of its kinds.
    """
    event, founded = signed.event, authority.founded
    if not isinstance(event, life.Established) or event.item != CONTROL:
        raise EventError(event.item, "only CONTROL is established, with the library")
    if founded is None or authority.seq != 1:
        raise IllegalMoveError(CONTROL, "establish", "past its founding", ("revise",))
    check_form(signed, authority.library, answers=None, before=None)
    check_key(authority, signed)
    if event.signer != founded.signer or event.role not in FOUNDER_ROLES:
        raise NotAuthorisedError(event.signer, "did not found this library")
    if event.revision != "1" or event.content != founded.data.control:
        raise EventError(CONTROL, "these are not the settings that the library was founded with")


def check_access(authority: Authority, signed: Signed, *, roles: Collection[Word]) -> None:
    """Refuse an event of ACCESS that must not happen at this position, in form or in substance.

    *roles* are the roles that CONTROL knows.

    Raises:
        RefusedError: one of its kinds.
    """
    check_chain(signed.event, authority.seq, authority.last or None)
    check_envelope(signed, authority.library)
    access.check(authority, signed, roles=roles)
