"""Offices on paper in which a document stands somewhere."""

from paper_forms import settings
from paper_office import Office

ITEM = "PRO-001"


def drafted() -> Office:
    office = Office()
    office.do("created", "bob", ITEM)
    return office


def submitted() -> Office:
    office = drafted()
    office.do("submitted", "bob", ITEM)
    return office


def effective() -> Office:
    office = Office()
    office.effective(ITEM)
    return office


def waiting_office() -> Office:
    """An office where three persons sign, and a procedure that waits for all of them."""
    office = Office(settings(strict=True))
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    return office
