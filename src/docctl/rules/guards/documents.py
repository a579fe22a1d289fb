"""The guard of every event of a document."""

from docctl.errors import EventError, StaleApprovalError, TakenError
from docctl.model import lifecycle as life
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import DRAFTS, VOTES
from docctl.rules.dossier import Dossier, Revision
from docctl.rules.guards.form import check_chain, check_form
from docctl.rules.guards.moves import target
from docctl.rules.guards.signer import actors, check_role, check_signer
from docctl.rules.lifecycle import VERBS
from docctl.rules.steps import STEPS, Case, check_created, four_eyes
from docctl.rules.world import World


def check(world: World, dossier: Dossier | None, signed: Signed) -> None:
    """Refuse an event of a document or of CONTROL that must not happen at this position.

    *dossier* is the document before the event; nothing where the event begins it. The keys in
    *signed* are those whose signatures over the stored bytes were verified.

    Raises:
        RefusedError: one of its kinds; the sentence says who or what is missing.
    """
    event = signed.event
    if dossier is None:
        _check_begin(world, signed)
        return
    if event.type == "created":
        raise TakenError(event.item, "exists already; numbers are never used twice")
    if event.item != dossier.number:
        raise EventError(event.item, f"the event stands in the history of {dossier.number}")
    verb = VERBS.get(event.type, event.type)
    move, revision, proposal = target(dossier, verb, event)
    check_form(signed, world.authority.library, answers=proposal or revision.round, before=dossier)
    check_signer(world, signed)
    _check_label(event, revision)
    case = Case(world, dossier, revision, proposal)
    if event.type in VOTES:
        four_eyes(case, event)
    check_role(world, signed, actors(world, revision, move, proposal), dossier=dossier)
    if move.reason and not event.reason:
        raise EventError(event.item, f"'{verb}' needs a reason", hint="give it with --reason")
    _check_content(event, revision)
    if step := STEPS.get(event.type):
        step(case, event)


def check_release(world: World, dossier: Dossier, signed: Signed) -> None:
    """Refuse a release by what its document tells: chain, state, text, votes, comments and days.

    A part of `check`, for whoever reads one document: who signed, and in which role, is not
    looked at, and of *world* nothing counts. *dossier* is the document before the release.

    Raises:
        RefusedError: one of its kinds; the sentence says who or what is missing.
    """
    event = signed.event
    _, revision, _ = target(dossier, VERBS[event.type], event)
    check_chain(event, dossier.seq, dossier.last)
    _check_label(event, revision)
    _check_content(event, revision)
    STEPS[event.type](Case(world, dossier, revision), event)


def _check_begin(world: World, signed: Signed) -> None:
    event = signed.event
    check_form(signed, world.authority.library, answers=None, before=None)
    check_signer(world, signed)
    if not isinstance(event, life.Created):
        raise EventError(event.item, f"'{event.type}' comes before the document was created")
    check_role(world, signed, ("author",), dossier=None)
    _check_content(event, None)
    check_created(world, event)


def _check_label(event: Event, revision: Revision) -> None:
    if event.revision != revision.label and event.type != "revised":
        raise EventError(event.item, f"the event names revision {event.revision}")


def _check_content(event: Event, revision: Revision | None) -> None:
    if event.type in DRAFTS:
        if event.content is None:
            raise EventError(event.item, f"'{event.type}' names no content")
    elif revision and event.content != revision.content:
        raise StaleApprovalError(event.item, event.content or "", revision.content)
