"""Every kind of event in a correct scene, ready to be landed."""

from collections.abc import Callable
from datetime import timedelta

from paper_forms import settings
from paper_office import Office

from docctl.model.event import Signed

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
