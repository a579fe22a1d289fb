"""CONTROL has the normal lifecycle, takes effect at its release, and is never without force."""

from datetime import timedelta

import pytest
from paper_forms import settings
from paper_office import Office
from pydantic import ValidationError

from docctl.errors import DateError, EventError, IllegalMoveError
from docctl.model.control import CONTROL
from docctl.model.lifecycle import State
from docctl.rules import guards
from docctl.rules.asof import state_of


def test_control_takes_effect_at_its_release_and_never_later() -> None:
    """DESIGN 5: CONTROL has the normal lifecycle and is never scheduled."""
    office = Office()
    office.do("revised", "bob", CONTROL)
    office.do("submitted", "bob", CONTROL)
    office.do("approved", "dot", CONTROL)
    tried = office.prepare(
        "released", "ana", CONTROL, effective_on=office.today + timedelta(days=1)
    )
    with pytest.raises(DateError, match="takes effect at its release"):
        office.judge(tried)
    office.naive.settings[office.dossiers[CONTROL].newest.content] = settings(strict=True)
    office.do("released", "ana", CONTROL)

    assert [one.label for one in office.dossiers[CONTROL].revisions] == ["1", "2"]
    assert state_of(office.dossiers[CONTROL], office.dossiers[CONTROL].newest, office.today) is (
        State.EFFECTIVE
    )
    assert office.world.control.control_route == settings(strict=True).control_route


def test_control_is_neither_suspended_nor_withdrawn() -> None:
    office = Office()

    for type_, person in (("suspended", "fay"), ("withdrawal_proposed", "ana")):
        with pytest.raises(IllegalMoveError, match="what every library needs"):
            office.do(type_, person, CONTROL)


def test_no_document_is_of_the_type_of_the_settings() -> None:
    office = Office(settings())

    assert office.world.labels("control") == "integers"
    assert office.world.route("control", "content") == office.world.control.control_route
    assert office.world.labels("novel") == "integers"
    with pytest.raises(EventError, match="no document type 'control'"):
        guards.check(office.world, None, office._first("created", "bob", "CTL-001", {
            "document_type": "control"}))  # fmt: skip
    with pytest.raises(ValidationError, match="'control' is the type of the settings"):
        settings().but(types=(settings().types[1].but(name="control"),))
