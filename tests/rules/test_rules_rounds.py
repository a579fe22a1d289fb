"""Review and approval: who may sign, what a signature is worth, and the ways back."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from deviations import but
from paper_forms import settings, step
from paper_office import Office
from paper_scenes import waiting_office

from docctl.errors import (
    EventError,
    IllegalMoveError,
    MissingApprovalError,
    NotAuthorisedError,
    RouteError,
    SeparationOfDutiesError,
)
from docctl.model.control import Route
from docctl.rules.steps import Case, excluded
from docctl.rules.steps.voting import vote

# --- four eyes --------------------------------------------------------------------------------


def test_nobody_approves_what_he_or_she_wrote_edited_or_submitted() -> None:
    """REV-03 and threat 8: editors count as authors, whichever key they sign with."""
    office = Office()
    office.do("created", "eve", "PRO-001")
    office.do("saved", "bob", "PRO-001")
    office.administer("role_granted", {"person": "eve", "role": "approver"})
    office.administer("key_added", {"person": "eve", "fingerprint": "SHA256:eve-2", "key": "k"})
    office.accept("eve", 2)
    office.do("submitted", "bob", "PRO-001")

    for person in ("bob", "eve"):
        for key in office.naive.keys(person):
            with pytest.raises(SeparationOfDutiesError, match="wrote or edited"):
                office.do("approved", person, "PRO-001", keys=(key,), role="approver")


def test_whoever_proposes_a_withdrawal_does_not_approve_it() -> None:
    office = Office()
    office.effective()
    office.do("withdrawal_proposed", "bob", "PRO-001")

    with pytest.raises(SeparationOfDutiesError, match="proposed"):
        office.do("approved", "bob", "PRO-001", role="approver")


def test_one_person_signs_once_whatever_the_key_or_meaning() -> None:
    """Threat 8 and 13: persons count, not keys."""
    office = waiting_office()
    office.do("reviewed", "cy", "PRO-001")

    for type_ in ("reviewed", "approved", "returned"):
        with pytest.raises(IllegalMoveError, match="signed by cy already"):
            office.do(type_, "cy", "PRO-001", role="approver")


def test_an_exception_lets_a_person_sign_own_work_until_its_last_day() -> None:
    """DESIGN 5: a one-person organisation works only through a named exception."""
    office = Office(hire=False)
    office.administer("role_granted", {"person": "ana", "role": "approver"})
    office.do("created", "ana", "PRO-001")
    with pytest.raises(RouteError):
        office.do("submitted", "ana", "PRO-001")
    data = {"person": "ana", "until": office.today}
    office.administer("exception_granted", data, reason="I am alone")
    office.do("submitted", "ana", "PRO-001")
    late = office.prepare("approved", "ana", "PRO-001")
    office.do("commented", "ana", "PRO-001")
    office.do("resolved", "ana", "PRO-001")

    case = Case(office.world, office.dossiers["PRO-001"], office.dossiers["PRO-001"].newest)
    tomorrow = office.today + timedelta(days=1)
    assert excluded(case, late.event) == ()
    assert excluded(case, late.event.but(date=tomorrow)) == ("ana",)
    assert excluded(replace(case, dossier=case.dossier._replace(day=tomorrow)), late.event) == (
        "ana",
    )
    office.land(late)
    assert office.dossiers["PRO-001"].newest.phase == "approved"


def test_services_draft_and_never_decide() -> None:
    """SIG-12: a service never reviews, approves, releases, or takes anything back."""
    office = Office()
    office.hire("robot", "author", kind="service")
    office.do("created", "robot", "PRO-001")
    office.do("saved", "robot", "PRO-001")
    with pytest.raises(NotAuthorisedError, match="is a service"):
        office.do("cancelled", "robot", "PRO-001", role="author")
    office.do("submitted", "robot", "PRO-001")
    with pytest.raises(SeparationOfDutiesError):
        office.do("approved", "robot", "PRO-001", role="approver")
    office.do("approved", "cy", "PRO-001")
    for type_ in ("released", "reopened"):
        with pytest.raises(NotAuthorisedError, match="is a service"):
            office.do(type_, "robot", "PRO-001", role="author")
    office.do("released", "ana", "PRO-001")
    with pytest.raises(NotAuthorisedError, match="is a service"):
        office.do("review_proposed", "robot", "PRO-001", role="owner")


# --- the route --------------------------------------------------------------------------------


def test_the_order_in_which_people_sign_a_step_never_decides() -> None:
    """Votes never collide: any order of landing gives the same round."""
    both = Route(steps=(step("approved", "management", 2), step("approved", "approver")))
    for order in permutations(["cy", "dot", "fay"]):
        office = Office(settings(control_route=both))
        office.administer("role_withdrawn", {"person": "dot", "role": "approver"})
        office.do("revised", "bob", "CONTROL")
        office.do("submitted", "bob", "CONTROL")
        for signed in [office.prepare("approved", person, "CONTROL") for person in order]:
            office.land(signed)
        assert office.dossiers["CONTROL"].newest.phase == "approved"


def test_signatures_made_at_the_same_time_both_land() -> None:
    office = waiting_office()
    office.do("reviewed", "eve", "PRO-001")
    first, second = (office.prepare("approved", person, "PRO-001") for person in ("cy", "dot"))
    assert (first.event.seq, first.event.prev) == (None, second.event.prev)

    second = but(second, role="management")
    for one in (second, first):
        office.land(one)

    assert office.dossiers["PRO-001"].newest.phase == "approved"


def test_a_signature_fills_only_a_step_of_the_role_it_states() -> None:
    """dot may sign as either; two approvers do not stand in for the management."""
    office = waiting_office()
    office.do("reviewed", "eve", "PRO-001")
    office.do("approved", "dot", "PRO-001", role="approver")

    with pytest.raises(NotAuthorisedError, match="others have signed"):
        office.do("approved", "cy", "PRO-001", role="approver")
    office.do("approved", "fay", "PRO-001", role="management")
    assert office.dossiers["PRO-001"].newest.phase == "approved"


def test_who_is_in_the_route_is_told_what_is_not_asked_of_them() -> None:
    office = waiting_office()
    with pytest.raises(NotAuthorisedError, match="but not to review it") as caught:
        office.do("reviewed", "dot", "PRO-001", role="approver")
    assert "waits for: review by" in caught.value.hint


def test_who_has_signed_is_told_who_can_still_return_it() -> None:
    office = waiting_office()
    office.do("reviewed", "eve", "PRO-001")
    with pytest.raises(IllegalMoveError, match="'return' is not possible now") as caught:
        office.do("returned", "eve", "PRO-001", role="reviewer")
    assert "an author or controller cancel it" in caught.value.hint


def test_a_later_step_waits_for_the_earlier_one() -> None:
    """REV-02: the order of the route holds."""
    office = waiting_office()

    with pytest.raises(MissingApprovalError, match="review by"):
        office.do("approved", "dot", "PRO-001", role="approver")


def test_nobody_outside_the_route_signs_or_returns() -> None:
    office = Office()
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    office.hire("gil", "approver")

    for type_ in ("approved", "returned"):
        with pytest.raises(NotAuthorisedError, match="not in the route"):
            office.do(type_, "gil", "PRO-001", role="approver")


def test_a_role_that_was_withdrawn_meanwhile_no_longer_signs() -> None:
    """Threat 12: a vote counts by what holds where it lands."""
    office = Office()
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    office.administer("role_withdrawn", {"person": "cy", "role": "approver"})

    with pytest.raises(NotAuthorisedError, match="does not hold the role"):
        office.do("approved", "cy", "PRO-001", role="approver")


def test_a_round_without_persons_cannot_begin() -> None:
    office = Office(hire=False)
    office.do("created", "ana", "PRO-001")

    with pytest.raises(RouteError, match="approver"):
        office.do("submitted", "ana", "PRO-001")


def test_a_type_that_control_dropped_cannot_be_submitted() -> None:
    office = Office()
    office.do("created", "bob", "FRM-001", document_type="form")
    submitted = office.prepare("submitted", "bob", "FRM-001")
    office.naive.settings = {
        text: one.but(types=tuple(kind for kind in one.types if kind.name != "form"))
        for text, one in office.naive.settings.items()
    }
    office.naive.memory.clear()

    with pytest.raises(EventError, match="knows no document type 'form'"):
        office.judge(submitted)


def test_a_vote_needs_a_round() -> None:
    office = Office()
    office.do("created", "bob", "PRO-001")
    dossier = office.dossiers["PRO-001"]

    with pytest.raises(IllegalMoveError, match="not under review"):
        vote(Case(office.world, dossier, dossier.newest), office.prepare(
            "approved", "cy", "PRO-001").event)  # fmt: skip
