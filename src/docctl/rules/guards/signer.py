"""Guards of who signs: the key, the person, the role."""

from docctl.errors import NotAuthorisedError
from docctl.model.base import PersonId, Word
from docctl.model.event import Event, Signed
from docctl.rules.authority import SERVICE_EVENTS, SERVICE_ROLES, Authority
from docctl.rules.dossier import Dossier, Revision, Round
from docctl.rules.lifecycle import OWNER, RELEASER, ROUTE, Move
from docctl.rules.world import World


def check_signer(world: World, signed: Signed) -> None:
    """Check that the signature was made by an accepted key of the person the event names."""
    check_key(world.authority, signed)


def check_key(authority: Authority, signed: Signed) -> None:
    """Check the signer's key, and the function he or she states, against ACCESS."""
    event = signed.event
    if not authority.active(event.signer):
        raise NotAuthorisedError(
            event.signer, "is not in ACCESS, or has left", hint="see: docctl person list"
        )
    mine = [key for key in signed.keys if authority.keys.get(key) == event.signer]
    if not mine:
        raise NotAuthorisedError(event.signer, "did not sign this: the key is not his or hers")
    if not any(authority.counts(key) for key in mine):
        raise NotAuthorisedError(
            event.signer,
            "signed with a key that does not count",
            hint="its holder must have accepted it, and nobody ended it: docctl person list",
        )
    if event.function and event.function not in authority.functions(event.signer, event.date):
        raise NotAuthorisedError(event.signer, f"does not hold the function {event.function}")


def actors(
    world: World, revision: Revision, move: Move, proposal: Round | None
) -> tuple[Word, ...]:
    """Return the roles that may make a move, with the special ones resolved for this item."""
    answered = proposal or revision.round
    special = {
        ROUTE: tuple(step.role for step in answered.route.steps) if answered else (),
        RELEASER: world.control.release_roles,
    }
    roles = (role for actor in move.actors for role in special.get(actor, (actor,)))
    return tuple(dict.fromkeys(roles))


def check_role(
    world: World, signed: Signed, roles: tuple[Word, ...], *, dossier: Dossier | None
) -> None:
    """Check that the signer acts in one of these roles and holds it here and now."""
    event, authority = signed.event, world.authority
    if event.role not in roles:
        raise NotAuthorisedError(
            event.signer,
            f"cannot do this to {event.item} as {event.role}",
            hint=f"it takes: {' or '.join(roles)}",
        )
    service = authority.persons[event.signer].kind == "service"
    if service and (event.role not in SERVICE_ROLES or event.type not in SERVICE_EVENTS):
        raise NotAuthorisedError(event.signer, "is a service; a person must sign this")
    if event.role == OWNER and dossier is not None:
        held = owns(world, dossier, event.signer, event)
    else:
        held = authority.has_role(event.signer, event.role)
    if not held:
        raise NotAuthorisedError(event.signer, *_lacking(event, roles, dossier))


def _lacking(event: Event, roles: tuple[Word, ...], dossier: Dossier | None) -> tuple[str, str]:
    owner = f"the owner ({dossier.owner.name})" if dossier else OWNER
    able = " or ".join(owner if role == OWNER else role for role in roles)
    owning = f"does not own {event.item}"
    lacks = owning if event.role == OWNER else f"does not hold the role {event.role}"
    return lacks, f"it takes: {able}"


def owns(world: World, dossier: Dossier, person: PersonId, event: Event) -> bool:
    """Tell whether a person owns a document on the day of an event, in person or by function."""
    owner = dossier.owner
    if owner.kind == "person":
        return owner.name == person
    return owner.name in world.authority.functions(person, event.date)
