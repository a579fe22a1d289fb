"""Who must sign a change of ACCESS."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from docctl.errors import IllegalMoveError, NotAuthorisedError
from docctl.model import access
from docctl.model.access import ACCESS
from docctl.model.base import PersonId, Word
from docctl.model.event import Signed
from docctl.rules.authority import ADMINISTRATOR, FOUNDER_ROLES, Authority

#: The role of a person who acts on a key of his or her own.
HOLDER = "holder"


def check(authority: Authority, signed: Signed) -> None:
    """Refuse a change of ACCESS that the right persons have not signed, or in no right role."""
    _SIGNERS.get(signed.event.type, _administrators)(authority, signed)


def _persons(authority: Authority, signed: Signed) -> set[PersonId]:
    """Return the active persons whose keys signed; a person with two keys is one person."""
    persons = {authority.keys[key] for key in signed.keys if authority.counts(key)}
    return {person for person in persons if authority.active(person)}


def _act_as(signed: Signed, roles: Collection[Word]) -> None:
    if signed.event.role not in roles:
        raise NotAuthorisedError(
            signed.event.signer,
            f"cannot do this to ACCESS as {signed.event.role}",
            hint=f"it takes: {', '.join(roles)}",
        )


def _administrators(authority: Authority, signed: Signed) -> None:
    signing = _persons(authority, signed) & {*authority.holders(ADMINISTRATOR)}
    needed = authority.threshold
    if isinstance(signed.event, access.ThresholdSet):
        needed = max(needed, signed.event.data.administrators)
    if signed.event.signer not in signing:
        raise NotAuthorisedError(
            signed.event.signer,
            "is not an administrator whose key counts",
            hint="an administrator must sign; see: docctl authority",
        )
    _act_as(signed, (ADMINISTRATOR,))
    if len(signing) < needed:
        raise NotAuthorisedError(
            signed.event.signer,
            f"signed, but {needed} administrators must sign a change of ACCESS",
            hint="write the change with --prepare FILE, let each sign FILE, then docctl land",
        )


def _holder(authority: Authority, signed: Signed) -> None:
    event = signed.event
    data = getattr(event, "data", None)
    if not isinstance(data, access.KeyData) or signed.keys[:1] != (data.fingerprint,):
        raise NotAuthorisedError(event.signer, "must sign with the key that is being accepted")
    known = authority.persons.get(event.signer)
    _act_as(signed, (HOLDER, *(known.roles if known else ())))


def _revoker(authority: Authority, signed: Signed) -> None:
    signer = signed.event.signer
    data = getattr(signed.event, "data", None)
    own = isinstance(data, access.KeyRevokedData) and data.person == signer
    administrator = signer in authority.holders(ADMINISTRATOR)
    if signer not in _persons(authority, signed) or not (own or administrator):
        raise NotAuthorisedError(
            signer, "may not revoke this key", hint="its holder or any administrator can"
        )
    held = authority.persons[signer].roles
    _act_as(signed, (HOLDER, *held) if own else (ADMINISTRATOR,))


def _founder(authority: Authority, signed: Signed) -> None:
    if authority.library:
        raise IllegalMoveError(ACCESS, "init", "founded already", ())
    event = signed.event
    if not isinstance(event, access.Founded) or signed.keys != (event.data.founder.fingerprint,):
        raise NotAuthorisedError(event.signer, "must found the library with the founder's own key")
    _act_as(signed, FOUNDER_ROLES)


_SIGNERS: Mapping[Word, Callable[[Authority, Signed], None]] = MappingProxyType(
    {"founded": _founder, "accepted": _holder, "key_revoked": _revoker}
)
