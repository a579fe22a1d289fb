"""A copy of what is in force rests on the signatures that its release lists, or there is none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from firm import TEXT, Firm
from thief import put_in, smuggle

from docctl import Manual, State
from docctl.errors import DamagedStoreError
from docctl.model.document import Chapter
from docctl.model.lifecycle import FrozenRoute
from docctl.store.layout import events_folder


def without_vote(firm: Firm, number: str) -> None:
    """Take the only approval of a document that is in force out of the store."""
    base = f"{events_folder(number, '1')}/0002.approved.eva"
    smuggle(firm, {f"{base}.json": None, f"{base}.sig": None})


def released_alone(firm: Firm, number: str) -> None:
    """Put a release in that its author signed, before anybody has approved."""
    put_in(firm, "released", number, {"effective_on": firm.today, "votes": ()})


def approved_and_released_alone(firm: Firm, number: str) -> None:
    """Put an approval by the author in, and then a release that lists it."""
    vote = put_in(firm, "approved", number, {}, role="approver")
    put_in(firm, "released", number, {"effective_on": firm.today, "votes": (vote,)})


def submitted_for_another(firm: Firm, number: str) -> None:
    """Submit as if somebody else had written it, so that the author may approve."""
    step = {"meaning": "approved", "role": "approver", "count": 1, "order": 1, "persons": ("ben",)}
    route = FrozenRoute(steps=(step,))
    given = {"route": route, "change": "content", "authors": ("cat",), "votes": ()}
    put_in(firm, "submitted", number, given)
    approved_and_released_alone(firm, number)


#: What is done to a document past every rule, the state it begins in, and what is missing.
UNGROUNDED: dict[Callable[[Firm, str], None], tuple[State, str]] = {
    without_vote: (State.EFFECTIVE, "still waits for: approval by"),
    released_alone: (State.IN_REVIEW, "still waits for: approval by"),
    approved_and_released_alone: (State.IN_REVIEW, "still waits for: approval by"),
    submitted_for_another: (State.DRAFT, "its authors are ben"),
}


@pytest.mark.parametrize("attack", UNGROUNDED)
def test_no_copy_of_a_release_that_its_signatures_do_not_carry(
    firm: Firm, place: Path, attack: Callable[[Firm, str], None]
) -> None:
    """CTL-01: what is handed out as effective was approved by those whom its route names."""
    state, missing = UNGROUNDED[attack]
    number = firm.reach(state)
    attack(firm, number)

    for asked in (
        lambda: firm.ada.export(number, place / "copy.docx"),
        lambda: firm.ada.show(number),
    ):
        with firm.refuses(DamagedStoreError, missing) as caught:
            asked()
        assert caught.value.exit_code == 5
    assert firm.ada.verify().problems


def test_no_manual_holds_a_document_whose_approval_is_gone(firm: Firm, place: Path) -> None:
    chapter = Chapter(title="Procedures", type="procedure")
    manual = firm.by("ben").new(Manual(title="The manual", chapters=(chapter,)), TEXT).number
    number = firm.reach(State.EFFECTIVE)
    for step in (firm.submit, firm.sign, firm.release):
        step(manual)
    without_vote(firm, number)
    with firm.refuses(DamagedStoreError, number):
        firm.ada.manual(manual, place / "manual.md")


def test_nothing_that_a_copy_says_is_unsigned(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.suspend(number, reason="A leak", instruction="Stop.")
    base = f"{events_folder(number, '1')}/0004.suspended"
    smuggle(firm, {f"{base}.sig": None})
    with firm.refuses(DamagedStoreError, f"{base}.sig"):
        firm.ada.export(number, place / "copy.docx")
