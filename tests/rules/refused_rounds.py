"""What is refused while a round is open."""

from dataclasses import replace
from datetime import timedelta

from paper_forms import EVENTS, settings, step
from paper_office import Office
from paper_scenes import drafted, submitted, waiting_office
from refusal_row import Attempt, Row, but, judged

from docctl.errors import (
    DateError,
    EventError,
    IllegalMoveError,
    IncompleteError,
    MissingApprovalError,
    NotAuthorisedError,
    RouteError,
    SeparationOfDutiesError,
    StaleApprovalError,
)
from docctl.model.control import Route
from docctl.rules import guards
from docctl.rules.meaning import meaning
from docctl.rules.steps import Case, releasing, voting

ITEM = "PRO-001"


def approval_of_another_text() -> Attempt:
    office = submitted()
    late = office.prepare("approved", "cy", ITEM)
    office.do("returned", "dot", ITEM)
    office.do("saved", "bob", ITEM)
    office.do("submitted", "bob", ITEM)
    return judged(office, late)


def release_of_a_round() -> Attempt:
    office = submitted()
    return judged(office, office.prepare("released", "ana", ITEM))


def released_unsigned() -> Attempt:
    """The step itself, where the table would have let it through."""
    office = submitted()
    dossier = office.dossiers[ITEM]
    case, event = Case(office.world, dossier, dossier.newest), EVENTS["released"]
    return lambda: releasing.released(case, event.model_construct(item=ITEM))


def voted_on_nothing() -> Attempt:
    office = drafted()
    dossier = office.dossiers[ITEM]
    case, event = Case(office.world, dossier, dossier.newest), EVENTS["approved"]
    return lambda: voting.vote(case, event.model_construct(item=ITEM, type="approved"))


def with_two_approvers() -> Office:
    two = Route(steps=(step("approved", "approver", persons=2),))
    first = settings()
    office = Office(first.but(types=[one.but(route=two) for one in first.types]))
    office.do("created", "eve", ITEM)
    office.do("submitted", "eve", ITEM)
    return office


def signed_again_while_another_must() -> Attempt:
    office = with_two_approvers()
    office.do("approved", "cy", ITEM)
    return judged(office, office.prepare("approved", "cy", ITEM, role="approver"))


def by_an_exception_that_has_ended() -> Attempt:
    """The author stands in the frozen route: the exception held when it was made."""
    office = drafted()
    data = {"person": "bob", "until": office.today + timedelta(days=1)}
    office.administer("exception_granted", data, reason="we are two")
    office.do("submitted", "bob", ITEM)
    office.pass_days(2)
    return judged(office, office.prepare("approved", "bob", ITEM, role="approver"))


def in_a_role_that_does_not_do_it() -> Attempt:
    office = drafted()
    return judged(office, office.prepare("submitted", "bob", ITEM, role="approver"))


def in_the_history_of_another() -> Attempt:
    office = drafted()
    saved = office.prepare("saved", "bob", ITEM)
    said = meaning("saved", item="PRO-009", revision="1")
    other = but(saved, item="PRO-009", meaning=said)
    return lambda: guards.check(office.world, office.dossiers[ITEM], other)


def postponed_to_an_earlier_day() -> Attempt:
    office = Office()
    office.approved(ITEM)
    office.do("released", "ana", ITEM, effective_on=office.today + timedelta(days=9))
    sooner = office.today + timedelta(days=8)
    return judged(office, office.prepare("postponed", "ana", ITEM, effective_on=sooner))


def signed_twice() -> Attempt:
    office = waiting_office()
    office.do("reviewed", "eve", ITEM)
    office.do("approved", "cy", ITEM)
    return judged(office, office.prepare("approved", "cy", ITEM))


def outside_the_route() -> Attempt:
    office = submitted()
    office.hire("zoe", "approver")
    return judged(office, office.prepare("approved", "zoe", ITEM, role="approver"))


def returned_from_outside() -> Attempt:
    office = submitted()
    office.hire("zoe", "approver")
    return judged(office, office.prepare("returned", "zoe", ITEM, role="approver"))


def no_open_place() -> Attempt:
    office = waiting_office()
    office.do("reviewed", "eve", ITEM)
    return judged(office, office.prepare("reviewed", "cy", ITEM, role="reviewer"))


def comments_are_open() -> Attempt:
    office = submitted()
    late = office.prepare("approved", "cy", ITEM)
    office.do("commented", "eve", ITEM)
    return judged(office, late)


def of_a_role_not_held() -> Attempt:
    office = drafted()
    return judged(office, office.prepare("submitted", "cy", ITEM, role="author"))


def unknown_type() -> Attempt:
    office = drafted()
    correct = office.prepare("submitted", "bob", ITEM)
    types = [one for one in office.naive.control().types if one.name != "procedure"]
    world = replace(office.world, control=office.naive.control().but(types=types))
    return lambda: guards.check(world, office.dossiers[ITEM], correct)


def unfilled() -> Attempt:
    two = Route(steps=(step("approved", "management", persons=3),))
    first = settings()
    office = Office(first.but(types=[one.but(route=two) for one in first.types]))
    office.do("created", "bob", ITEM)
    return judged(office, office.prepare("submitted", "bob", ITEM))


def a_schedule_of_its_own() -> Attempt:
    office = Office()
    office.do("created", "bob", ITEM)
    return judged(office, office.prepare("submitted", "bob", ITEM, schedule=True))


ROWS = (
    Row("a schedule of its own", EventError, a_schedule_of_its_own),
    Row("an approval of another text", StaleApprovalError, approval_of_another_text),
    Row("a release of what waits", MissingApprovalError, release_of_a_round),
    Row("a release that nobody signed", MissingApprovalError, released_unsigned),
    Row("a vote on nothing", IllegalMoveError, voted_on_nothing),
    Row("signed again while another must", IllegalMoveError, signed_again_while_another_must),
    Row("by an exception that has ended", SeparationOfDutiesError,
        by_an_exception_that_has_ended),
    Row("in a role that does not do it", NotAuthorisedError, in_a_role_that_does_not_do_it),
    Row("in the history of another", EventError, in_the_history_of_another),
    Row("postponed to an earlier day", DateError, postponed_to_an_earlier_day),
    Row("signed twice", IllegalMoveError, signed_twice),
    Row("approved from outside", NotAuthorisedError, outside_the_route),
    Row("returned from outside", NotAuthorisedError, returned_from_outside),
    Row("no open place", NotAuthorisedError, no_open_place),
    Row("open comments", IncompleteError, comments_are_open),
    Row("a role that is not held", NotAuthorisedError, of_a_role_not_held),
    Row("a type that is gone", EventError, unknown_type),
    Row("a route that nobody fills", RouteError, unfilled),
)  # fmt: skip
