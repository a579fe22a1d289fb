"""Every kind of event in a correct scene, and everything that is wrong in exactly one point."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from deviations import DEVIATIONS, Deviation
from naive_verdicts import TABLE
from paper_forms import settings
from paper_office import Office

from docctl.model.event import Signed
from docctl.rules import guards

ITEM = "PRO-001"


def rotated(office: Office, *people: str) -> Office:
    """Give everybody a second key and end the first, so that old keys can be tried."""
    for person in people:
        key = {"person": person, "fingerprint": office.key(person, 2), "key": "new"}
        office.administer("key_added", key)
        office.accept(person, 2)
        office.administer("key_revoked", {"person": person, "fingerprint": office.key(person)})
    return office


def waiting_for_review(office: Office) -> None:
    office.naive.settings = {text: settings(strict=True) for text in office.naive.settings}
    office.naive.memory.clear()
    submitted(office)


def drafted(office: Office) -> None:
    office.do("created", "bob", ITEM)


def submitted(office: Office) -> None:
    drafted(office)
    office.do("submitted", "bob", ITEM)


def returned(office: Office) -> None:
    submitted(office)
    office.do("returned", "dot", ITEM)


def commented(office: Office) -> None:
    submitted(office)
    office.do("commented", "eve", ITEM)


def approved(office: Office) -> None:
    office.approved(ITEM)


def scheduled(office: Office) -> None:
    office.approved(ITEM)
    office.do("released", "ana", ITEM, effective_on=office.today + timedelta(days=9))


def effective(office: Office) -> None:
    office.effective(ITEM)


def suspended(office: Office) -> None:
    effective(office)
    office.do("suspended", "fay", ITEM)


def leaving(office: Office) -> None:
    effective(office)
    office.do("withdrawal_proposed", "bob", ITEM)


#: Event type → what comes before it, and who signs it.
SCENES = {
    "saved": (returned, "eve"),
    "submitted": (returned, "eve"),
    "reviewed": (waiting_for_review, "eve"),
    "approved": (submitted, "cy"),
    "returned": (submitted, "dot"),
    "rerouted": (submitted, "ana"),
    "commented": (submitted, "eve"),
    "resolved": (commented, "eve"),
    "cancelled": (returned, "bob"),
    "reopened": (approved, "bob"),
    "released": (approved, "bob"),
    "postponed": (scheduled, "ana"),
    "revised": (effective, "eve"),
    "assigned": (effective, "bob"),
    "review_proposed": (effective, "bob"),
    "withdrawal_proposed": (effective, "bob"),
    "suspended": (effective, "fay"),
    "resumed": (suspended, "ana"),
}
PROPOSED = {
    "approved": (leaving, "cy"),
    "returned": (leaving, "dot"),
    "rerouted": (leaving, "ana"),
    "cancelled": (leaving, "bob"),
}


def scene(type_: str, before: Callable[[Office], None], person: str) -> tuple[Office, Signed]:
    office = rotated(Office(), "bob", "cy", "dot", "eve", "fay")
    office.hire("robot", "author", kind="service")
    before(office)
    return office, office.prepare(type_, person, ITEM)


CASES = [
    (type_, before, person)
    for scenes in (SCENES, PROPOSED)
    for type_, (before, person) in scenes.items()
]
MADE = {(type_, before): scene(type_, before, person) for type_, before, person in CASES}


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
