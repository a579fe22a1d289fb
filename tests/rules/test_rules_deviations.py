"""Every kind of event in a correct scene, and everything that is wrong in exactly one point."""

from collections.abc import Callable

import pytest
from correct_scenes import CASES, ITEM, MADE, SCENES
from deviations import DEVIATIONS, Deviation
from naive_verdicts import TABLE
from paper_office import Office

from docctl.rules import guards


@pytest.mark.parametrize(("type_", "before", "person"), CASES)
def test_the_correct_event_is_accepted(
    type_: str, before: Callable[[Office], None], person: str
) -> None:
    office, signed = MADE[type_, before]

    assert office.naive.may(person, ITEM, type_, office.today)
    office.judge(signed)


@pytest.mark.parametrize("deviation", DEVIATIONS, ids=lambda one: one.name.replace(" ", "-"))
def test_one_deviation_is_enough_to_be_refused(deviation: Deviation) -> None:
    """Reliability 2.8: adversaries that begin from correct scenes find what random ones miss."""
    tried = 0
    for office, signed in MADE.values():
        deviant = deviation.make(office, signed)
        if deviant is not None:
            tried += 1
            with pytest.raises(deviation.error):
                guards.check(office.world, office.dossiers[ITEM], deviant)
    assert tried


def test_every_event_of_the_table_has_a_scene() -> None:
    assert {*SCENES} == {*TABLE}
