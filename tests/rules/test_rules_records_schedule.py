"""A change of the retention schedule is approved by `records` too, whoever signs it later."""

from typing import Any

import pytest
from paper_office import Office

from docctl.errors import EventError
from docctl.model.control import CONTROL, RECORDS, scheduling
from docctl.model.event import Signed
from docctl.model.lifecycle import FrozenRoute
from docctl.rules.standing import freeze


def revised() -> Office:
    """CONTROL is a draft again; ria keeps records."""
    office = Office()
    office.hire("ria", RECORDS)
    office.do("revised", "bob", CONTROL)
    return office


def route_of(office: Office) -> FrozenRoute:
    route = scheduling(office.world.control.control_route)
    return freeze(CONTROL, route, office.authority, excluded=("bob",))


def submitted(office: Office, **want: Any) -> Signed:
    return office.prepare("submitted", "bob", CONTROL, **want)


def test_records_and_management_sign_a_change_of_the_schedule() -> None:
    office = revised()
    office.land(submitted(office, schedule=True, route=route_of(office)))
    office.do("approved", "dot", CONTROL, role="management")
    assert office.dossiers[CONTROL].newest.phase == "in_review"
    office.land(office.prepare("approved", "ria", CONTROL, role=RECORDS))

    assert office.dossiers[CONTROL].newest.phase == "approved"


def test_a_change_of_the_schedule_cannot_take_the_shorter_route() -> None:
    office = revised()

    with pytest.raises(EventError, match="people or settings changed"):
        office.judge(submitted(office, schedule=True))
    with pytest.raises(EventError, match="people or settings changed"):
        office.judge(submitted(office, route=route_of(office)))


def test_who_reroutes_it_cannot_leave_records_out() -> None:
    office = revised()
    office.land(submitted(office, schedule=True, route=route_of(office)))
    with pytest.raises(EventError, match="people or settings changed"):
        office.do("rerouted", "fay", CONTROL)
    office.do("rerouted", "fay", CONTROL, route=route_of(office))

    steps = office.dossiers[CONTROL].newest.round.route.steps
    assert {step.role for step in steps} == {"management", RECORDS}


def test_only_control_has_a_schedule() -> None:
    office = Office()
    office.do("created", "bob", "PRO-001")

    with pytest.raises(EventError, match="only CONTROL has a retention schedule"):
        office.do("submitted", "bob", "PRO-001", schedule=True)
