"""Scenes: each brings a firm to where something can be done, and returns the number it is about."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from firm import Firm
from office import Key

from docctl import ExternalDocument, Library, Owner, Procedure, State, Text
from docctl.model.access import ACCESS
from docctl.model.control import CONTROL, Limits

Scene = Callable[[Firm], str]
Do = Callable[[Library, str], Any]

DAY = timedelta(days=1)
WHY = {"reason": "It changed"}
BLANK = {"reason": ""}
PAST = date(2001, 1, 1)
MINE = Text(Procedure(title="Control of documents"), "Mine.\n", {"a.txt": b"a"})
OWNER = Owner(kind="function", name="Quality Manager")
EVA = Key("eva").public_key.fingerprint


def at(state: State, **given: Any) -> Scene:
    return lambda firm: firm.reach(state, **given)


def nowhere(_: Firm) -> str:
    return "PRO-001"


def edited(firm: Firm) -> str:
    """A draft whose author has written into the working copy."""
    number = firm.new()
    path = firm.working(number)
    path.write_text(path.read_text() + "\nMine.\n")
    return number


def with_a_reviewer(firm: Firm) -> str:
    """A document under review, where a reviewer signs before the approver."""
    steps = (
        {"meaning": "reviewed", "role": "reviewer"},
        {"meaning": "approved", "role": "approver", "order": 2},
    )
    settings = firm.ada.control()
    types = [one.but(route={"steps": steps}) for one in settings.types]
    firm.change_control(settings.but(types=types))
    return firm.reach(State.IN_REVIEW)


def with_another_approver(firm: Firm) -> str:
    number = firm.reach(State.IN_REVIEW)
    firm.add("lou", "approver")
    return number


def commented(firm: Firm) -> str:
    number = firm.reach(State.IN_REVIEW)
    firm.by("eva").comment(number, "Which pump?", line=3)
    return number


def proposed(firm: Firm) -> str:
    number = firm.reach(State.EFFECTIVE)
    firm.withdraw(number)
    return number


def settings_drafted(firm: Firm) -> str:
    firm.ada.control_change(firm.ada.control().but(notice="A first try."), reason="It changed")
    return CONTROL


def newcomer(firm: Firm) -> str:
    firm.ada.person_add("lou", "Lou", key=Key("lou").public_key, roles=("approver",))
    return ACCESS


def welder(firm: Firm) -> str:
    firm.ada.person_function("eva", "Welder")
    return ACCESS


def excepted(firm: Firm) -> str:
    firm.ada.person_exception("ben", reason="We are two", until=firm.today + 30 * DAY)
    return ACCESS


def nobody_new(_: Firm) -> str:
    return ACCESS


def first_comment(library: Library, number: str) -> int:
    return library.status(number).comments[0].comment


def waiting(firm: Firm) -> str:
    return firm.reach(State.IN_REVIEW)


def in_force(firm: Firm) -> str:
    return firm.reach(State.EFFECTIVE)


def second_draft(firm: Firm) -> str:
    number = firm.reach(State.EFFECTIVE)
    firm.by("ben").revise(number, **WHY)
    return number


def saved_by_a_colleague(firm: Firm) -> str:
    """The working copy of `ben` holds a change, and `ada` has saved another one."""
    number = edited(firm)
    firm.ada.save_text(number, MINE)
    return number


def unsaved_second_draft(firm: Firm) -> str:
    number = second_draft(firm)
    path = firm.working(number)
    path.write_text(path.read_text() + "\nMine.\n")
    firm.by("ben").cancel(number, **WHY)
    return number


def refers_to_nothing(firm: Firm) -> str:
    return firm.new(body="## Purpose\n\nSee [[PRO-099]].\n")


def refers_to_withdrawn(firm: Firm) -> str:
    gone = firm.reach(State.WITHDRAWN)
    return firm.new(body=f"## Purpose\n\nSee [[{gone}]].\n")


def without_approvers(firm: Firm) -> str:
    number = firm.new()
    for person in ("eva", "kim"):
        firm.ada.person_role_end(person, "approver")
    return number


def author_who_approves(firm: Firm) -> str:
    firm.ada.person_role("ben", "approver")
    return firm.reach(State.IN_REVIEW)


def late_approver(firm: Firm) -> str:
    number = firm.reach(State.IN_REVIEW)
    firm.add("lou", "approver")
    return number


def key_not_accepted(firm: Firm) -> str:
    number = firm.reach(State.IN_REVIEW)
    firm.ada.person_key("eva", Key("eva's next").public_key)
    return number


def key_revoked(firm: Firm) -> str:
    number = firm.reach(State.IN_REVIEW)
    firm.ada.person_revoke("eva", EVA, reason="Lost")
    return number


def approver_left(firm: Firm) -> str:
    number = firm.reach(State.IN_REVIEW)
    firm.ada.person_leave("eva")
    return number


def two_approve(firm: Firm) -> str:
    """Two must approve, and `eva` has."""
    settings = firm.ada.control()
    route = {"steps": ({"meaning": "approved", "role": "approver", "persons": 2},)}
    firm.change_control(settings.but(types=[one.but(route=route) for one in settings.types]))
    number = firm.reach(State.IN_REVIEW)
    firm.by("eva").approve(number)
    return number


def another_author(firm: Firm) -> str:
    firm.add("dan", "author")
    return firm.reach(State.APPROVED)


def before_its_predecessor(firm: Firm) -> str:
    number = firm.reach(State.SCHEDULED)
    firm.revise(number)
    firm.submit(number)
    firm.sign(number)
    return number


def draft_beside(firm: Firm) -> str:
    number = firm.reach(State.EFFECTIVE)
    firm.by("ben").revise(number, **WHY)
    return number


def control_under_review(firm: Firm) -> str:
    settings_drafted(firm)
    firm.ada.submit(CONTROL)
    return CONTROL


def licensed(firm: Firm) -> str:
    document = ExternalDocument(title="Pumps", issuer="ISO", edition="2020", licence="Own use only",
                                exportable=False)  # fmt: skip
    return firm.by("ben").new(document, "## Use\n\nSee the shelf.\n").number


def small_limits(firm: Firm) -> str:
    limits = Limits(file_bytes=2000, revision_bytes=3000)
    firm.change_control(firm.ada.control().but(limits=limits))
    return firm.new()


def only_administrator(firm: Firm) -> str:
    firm.ada.person_leave("max")
    return "ACCESS"
