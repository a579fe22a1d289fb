"""Guards of drafts: begin, revise, save, submit, answer comments, and administrative facts."""

from pydantic import TypeAdapter, ValidationError

from docctl.errors import DateError, EventError, IllegalMoveError, StaleDraftError
from docctl.model import lifecycle as life
from docctl.model.assignment import Assigned
from docctl.model.base import Number, PersonId
from docctl.model.control import CONTROL
from docctl.model.event import Event
from docctl.rules.asof import open_proposal, predecessor
from docctl.rules.numbering import next_label
from docctl.rules.steps.case import Case, require_route, require_votes
from docctl.rules.world import World

_NUMBER: TypeAdapter[str] = TypeAdapter(Number)


def check_created(world: World, event: life.Created) -> None:
    """Check the first event of a document: its number, its type, and its label."""
    try:
        _NUMBER.validate_python(event.item)
    except ValidationError:
        raise EventError(
            event.item, "is not a document number", hint="a number looks like PRO-001"
        ) from None
    kind = event.data.document_type
    if world.control.type_of(kind) is None:
        known = ", ".join(one.name for one in world.control.types)
        raise EventError(event.item, f"there is no document type {kind!r}", hint=f"types: {known}")
    first = next_label(world.labels(kind), (), "content")
    if event.revision != first:
        raise EventError(event.item, f"the first revision is labelled {first}")


def revised(case: Case, event: life.Revised) -> None:
    """Check the next revision: its label, what it begins from, and that the document stays."""
    dossier = case.dossier
    stays(case, "revise")
    waiting = open_proposal(dossier, event.date)
    if waiting and isinstance(waiting.opened.event, life.WithdrawalProposed):
        raise IllegalMoveError(
            dossier.number, "revise", "waiting for its withdrawal", ("approve", "return", "cancel")
        )
    scheme = case.world.labels(dossier.document_type)
    used = [one.label for one in dossier.revisions if one.used]
    label = next_label(scheme, used, event.data.change)
    if event.revision != label:
        raise EventError(dossier.number, f"the next revision is labelled {label}")
    if event.data.based_on != case.revision.label:
        raise EventError(dossier.number, f"a new revision begins from {case.revision.label}")


def stays(case: Case, verb: str) -> None:
    """Refuse what makes no sense once the withdrawal of the document is decided."""
    if day := case.dossier.withdrawn_on:
        raise IllegalMoveError(
            case.dossier.number, verb, f"to be withdrawn on {day.isoformat()}", ()
        )


def refuse_while_proposed(case: Case, event: Event, verb: str) -> None:
    """Refuse what must wait until the route has answered a proposal, or it is given up."""
    if proposal := open_proposal(case.dossier, event.date):
        withdrawal = isinstance(proposal.opened.event, life.WithdrawalProposed)
        about = "withdrawal" if withdrawal else "periodic review"
        state = f"waiting for signatures on its {about}"
        raise IllegalMoveError(case.name, verb, state, ("approve", "return", "cancel"))


def saved(case: Case, event: life.Saved) -> None:
    """Check that a draft replaces the text that it began from."""
    if event.data.base != case.revision.content:
        last = case.revision.saved or case.revision.opened
        raise StaleDraftError(case.name, last.event.signer)
    require_votes(case, event)


def submitted(case: Case, event: life.Submitted) -> None:
    """Check what a submission names: authors, class, route, and the votes that count no more."""
    refuse_while_proposed(case, event, "submit")
    require_votes(case, event)
    authors = names_authors(case, event)
    _fits_class(case, event)
    schedule = event.data.schedule is True
    if schedule and case.dossier.number != CONTROL:
        raise EventError(case.name, "only CONTROL has a retention schedule")
    require_route(case, event, authors, change=event.data.change, schedule=schedule)
    planned = event.data.planned_on
    if planned and planned < event.date:
        raise DateError(case.name, planned, "lies in the past", hint="plan a day from today on")


def names_authors(case: Case, event: life.Submitted) -> tuple[PersonId, ...]:
    """Return who wrote what is submitted; refuse a submission that names others."""
    authors = tuple(dict.fromkeys((*case.revision.editors, event.signer)))
    if event.data.authors != authors:
        raise EventError(case.name, f"its authors are {', '.join(authors)}")
    return authors


def _fits_class(case: Case, event: life.Submitted) -> None:
    change = event.data.change
    if change == "editorial" and predecessor(case.dossier, case.revision) is None:
        raise EventError(
            case.name,
            "the first revision cannot be an editorial change",
            hint="leave out 'class' under 'change', or write content",
        )
    if change == case.revision.change:
        return
    others = [one.label for one in case.dossier.revisions if one.used and one != case.revision]
    scheme = case.world.labels(case.dossier.document_type)
    if next_label(scheme, others, change) != case.revision.label:
        raise EventError(
            case.name,
            f"its label says that this is not a change of class '{change}'",
            hint=f"cancel it and begin again: docctl revise {case.dossier.number} --class {change}",
        )


def resolved(case: Case, event: life.Resolved) -> None:
    """Check that an answer answers an open comment."""
    if event.data.comment not in {one.made.event.seq for one in case.revision.open_comments()}:
        raise EventError(
            case.name,
            f"there is no open comment {event.data.comment}",
            hint=f"see the comments and their numbers: docctl show {case.dossier.number}",
        )


def assigned(case: Case, event: Assigned) -> None:
    """Check that something is assigned."""
    if all(value is None for value in dict(event.data).values()):
        raise EventError(case.dossier.number, "nothing is assigned")
