"""What is done about a revision in force: periodic review, suspension, withdrawal, assignment."""

from datetime import date, timedelta

import pytest
from paper_forms import settings
from paper_office import Office
from paper_scenes import waiting_office

from docctl.errors import (
    DateError,
    EventError,
    IllegalMoveError,
    NotAuthorisedError,
    SeparationOfDutiesError,
)
from docctl.model.assignment import Owner
from docctl.model.lifecycle import State
from docctl.rules.asof import add_months, at, in_force, open_proposal, review_due, state_of

DAY = date(2026, 3, 2)


def days(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.fixture
def office() -> Office:
    """PRO-001 revision 1 is in force; bob owns and wrote it, cy approved it."""
    made = Office(day=DAY)
    made.effective()
    return made


def sign_and_release(office: Office) -> None:
    office.do("reviewed", "eve", "PRO-001")
    office.do("approved", "cy", "PRO-001")
    office.do("approved", "fay", "PRO-001")
    office.do("released", "ana", "PRO-001")


def state(office: Office, on: date | None = None) -> str:
    dossier = office.dossiers["PRO-001"]
    return state_of(dossier, dossier.newest, on or office.today).value


# --- periodic review --------------------------------------------------------------------------


def test_only_a_review_that_keeps_the_document_moves_the_next_one(office: Office) -> None:
    """REV-06: the outcome is signed; the next review moves only by this."""
    due = [review_due(office.dossiers["PRO-001"], days(200), 12)]
    for outcome, moved in (("revise", {}), ("keep", {}), ("keep", {"next_review_on": days(99)})):
        office.pass_days(7)
        office.do("review_proposed", "bob", "PRO-001", outcome=outcome, **moved)
        due.append(review_due(office.dossiers["PRO-001"], days(200), 12))
        office.pass_days(1)
        office.do("approved", "cy", "PRO-001")
        due.append(review_due(office.dossiers["PRO-001"], days(200), 12))

    year, kept = add_months(DAY, 12), add_months(days(16), 12)
    assert due == [year, year, year, year, kept, kept, days(99)]


def test_a_review_of_an_older_revision_does_not_count_for_the_next(office: Office) -> None:
    office.do("review_proposed", "bob", "PRO-001", next_review_on=days(9))
    office.do("approved", "cy", "PRO-001")
    office.do("revised", "bob", "PRO-001")
    office.effective()

    dossier = office.dossiers["PRO-001"]
    assert review_due(dossier, office.today, 12) == add_months(DAY, 12)
    assert review_due(dossier, DAY - timedelta(days=1), 12) is None


def test_a_review_names_a_day_to_come(office: Office) -> None:
    with pytest.raises(DateError, match="not a later day"):
        office.do("review_proposed", "bob", "PRO-001", next_review_on=office.today)


def test_only_the_owner_proposes_in_person_or_by_function(office: Office) -> None:
    with pytest.raises(NotAuthorisedError):
        office.do("review_proposed", "eve", "PRO-001", role="owner")
    owner = Owner.parse("Works Manager")
    office.do("assigned", "ana", "PRO-001", owner=owner)
    assert office.dossiers["PRO-001"].owner == owner
    tried = office.prepare("review_proposed", "eve", "PRO-001", role="owner")
    with pytest.raises(NotAuthorisedError):
        office.judge(tried)
    data = {"person": "eve", "function": "Works Manager", "on": office.today}
    office.administer("function_given", data)
    office.do("review_proposed", "eve", "PRO-001", role="owner", function="Works Manager")


def give_up_draft(office: Office) -> None:
    """Cancel revision 2 while a proposal about revision 1 is open."""
    newest = office.dossiers["PRO-001"].newest
    sentence = "I give up PRO-001 revision 2 with this content."
    office.do("cancelled", "bob", "PRO-001", revision=newest.label, content=newest.content,
              role="author", meaning=sentence)  # fmt: skip


@pytest.mark.parametrize("type_", ["review_proposed", "withdrawal_proposed", "submitted"])
def test_while_a_proposal_is_open_nothing_else_goes_for_signature(
    office: Office, type_: str
) -> None:
    office.do("revised", "bob", "PRO-001")
    office.do("review_proposed", "bob", "PRO-001")
    if type_ == "withdrawal_proposed":
        give_up_draft(office)

    with pytest.raises(IllegalMoveError, match="waiting for signatures on its"):
        office.do(type_, "bob", "PRO-001")


def test_a_draft_beside_a_proposal_can_be_given_up_without_it(office: Office) -> None:
    office.do("revised", "bob", "PRO-001")
    office.do("review_proposed", "bob", "PRO-001")
    give_up_draft(office)

    dossier = office.dossiers["PRO-001"]
    assert dossier.newest.phase == "cancelled"
    assert open_proposal(dossier, office.today) is dossier.proposal is not None
    office.do("approved", "cy", "PRO-001")
    assert len(office.dossiers["PRO-001"].reviews) == 1


def test_while_a_revision_is_under_review_nothing_is_proposed(office: Office) -> None:
    office.do("revised", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")

    with pytest.raises(IllegalMoveError, match="under review"):
        office.do("review_proposed", "bob", "PRO-001")


def test_a_review_lapses_when_its_revision_is_superseded(office: Office) -> None:
    """Nobody approves the review of a text that is no longer followed."""
    office.do("revised", "bob", "PRO-001")
    office.approved()
    proposed = office.do("review_proposed", "bob", "PRO-001")
    late = office.prepare("approved", "cy", "PRO-001")
    office.do("released", "ana", "PRO-001")

    assert open_proposal(office.dossiers["PRO-001"], office.today) is None
    with pytest.raises(IllegalMoveError):
        office.judge(late)
    office.do("revised", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    office.do("returned", "dot", "PRO-001")
    office.do("cancelled", "bob", "PRO-001")
    office.do("review_proposed", "bob", "PRO-001")
    assert open_proposal(office.dossiers["PRO-001"], office.today).opened != proposed


@pytest.mark.parametrize("type_", ["returned", "cancelled"])
def test_a_proposal_can_be_returned_or_given_up(office: Office, type_: str) -> None:
    office.do("withdrawal_proposed", "bob", "PRO-001")
    office.do(type_, "cy" if type_ == "returned" else "ana", "PRO-001")

    assert office.dossiers["PRO-001"].proposal is None
    assert office.dossiers["PRO-001"].withdrawn_on is None
    office.do("withdrawal_proposed", "bob", "PRO-001")


def test_proposals_take_the_full_route_after_an_editorial_change() -> None:
    strict = waiting_office()
    sign_and_release(strict)
    strict.do("revised", "bob", "PRO-001", change="editorial")
    strict.do("submitted", "bob", "PRO-001")
    strict.do("approved", "cy", "PRO-001")
    strict.do("released", "ana", "PRO-001")
    proposed = strict.do("withdrawal_proposed", "bob", "PRO-001")

    assert len(proposed.event.data.route.steps) == 3


# --- suspension -------------------------------------------------------------------------------


def test_another_person_ends_a_suspension_than_began_it(office: Office) -> None:
    office.do("suspended", "fay", "PRO-001")
    assert state(office) == "suspended"
    assert in_force(office.dossiers["PRO-001"], office.today) is not None

    with pytest.raises(SeparationOfDutiesError, match="fay suspended"):
        office.do("resumed", "fay", "PRO-001", role="document_controller")
    office.do("resumed", "ana", "PRO-001")
    assert state(office) == "effective"
    office.do("suspended", "fay", "PRO-001")
    assert state(office) == "suspended"


def test_a_suspended_document_can_be_replaced_or_withdrawn(office: Office) -> None:
    office.do("suspended", "fay", "PRO-001")
    office.do("revised", "bob", "PRO-001")
    office.effective()

    dossier = office.dossiers["PRO-001"]
    states = [state_of(dossier, one, office.today).value for one in dossier.revisions]
    assert states == ["superseded", "effective"]


# --- withdrawal -------------------------------------------------------------------------------


def test_a_withdrawal_takes_two_people_and_its_day(office: Office) -> None:
    """LIF-08: it stays in force until the route has signed and the day has come."""
    office.do("withdrawal_proposed", "bob", "PRO-001", from_on=days(9), replaced_by="PRO-002")
    assert state(office, days(20)) == "effective"
    office.do("approved", "cy", "PRO-001")

    assert [state(office, days(n)) for n in (8, 9)] == ["effective", "withdrawn"]
    assert in_force(office.dossiers["PRO-001"], days(9)) is None


def test_a_withdrawal_never_reaches_back_before_its_last_signature(office: Office) -> None:
    office.do("withdrawal_proposed", "bob", "PRO-001", from_on=days(1))
    office.pass_days(5)
    office.do("approved", "cy", "PRO-001")

    assert office.dossiers["PRO-001"].withdrawn_on == days(5)


def test_a_new_route_that_completes_a_withdrawal_dates_it() -> None:
    """The route wanted two; later one is enough: the withdrawal holds from that day, not before."""
    office = waiting_office()
    sign_and_release(office)
    office.do("withdrawal_proposed", "bob", "PRO-001")
    office.do("reviewed", "eve", "PRO-001")
    office.do("approved", "cy", "PRO-001")
    office.pass_days(30)
    text = next(iter(office.naive.settings))
    office.naive.settings[text] = settings(strict=False)
    office.naive.memory.clear()
    office.do("rerouted", "ana", "PRO-001")

    assert office.dossiers["PRO-001"].withdrawn_on == days(30)
    assert in_force(at(office.dossiers["PRO-001"].events, days(29)), days(29)) is not None


@pytest.mark.parametrize("type_", ["revised", "review_proposed", "withdrawal_proposed"])
def test_once_a_withdrawal_is_decided_nothing_new_begins(office: Office, type_: str) -> None:
    office.do("withdrawal_proposed", "bob", "PRO-001", from_on=days(9))
    office.do("approved", "cy", "PRO-001")

    with pytest.raises(IllegalMoveError, match="to be withdrawn on 2026-03-11"):
        office.do(type_, "bob", "PRO-001")
    office.do("suspended", "fay", "PRO-001")
    assert state(office, days(10)) == "withdrawn"


def test_while_a_withdrawal_waits_no_revision_is_opened(office: Office) -> None:
    office.do("withdrawal_proposed", "bob", "PRO-001")

    with pytest.raises(IllegalMoveError, match="waiting for its withdrawal"):
        office.do("revised", "bob", "PRO-001")


def test_a_document_with_a_revision_under_way_is_not_withdrawn(office: Office) -> None:
    office.do("revised", "bob", "PRO-001")
    with pytest.raises(IllegalMoveError, match="open in revision 2"):
        office.do("withdrawal_proposed", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    office.do("cancelled", "bob", "PRO-001")
    office.do("withdrawal_proposed", "bob", "PRO-001")


@pytest.mark.parametrize(
    ("want", "error"),
    [({"from_on": days(-1)}, DateError), ({"replaced_by": "PRO-001"}, EventError)],
)
def test_a_withdrawal_looks_forward(
    office: Office, want: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        office.do("withdrawal_proposed", "bob", "PRO-001", **want)


def test_administrative_facts_change_one_by_one_and_stay(office: Office) -> None:
    office.do("assigned", "bob", "PRO-001", location="shelf 2", next_reviewer="eve")
    office.do("assigned", "fay", "PRO-001", location=None, distribution=("Workshop",))

    facts = office.dossiers["PRO-001"].assigned
    assert (facts.location, facts.next_reviewer, facts.distribution) == (
        "shelf 2", "eve", ("Workshop",),
    )  # fmt: skip
    with pytest.raises(EventError, match="nothing is assigned"):
        office.do("assigned", "bob", "PRO-001", location=None)
    with pytest.raises(NotAuthorisedError):
        office.do("assigned", "eve", "PRO-001")


def test_a_withdrawn_document_can_still_get_a_new_owner(office: Office) -> None:
    office.do("withdrawal_proposed", "bob", "PRO-001")
    office.do("approved", "cy", "PRO-001")
    office.pass_days(3)
    assert state(office) == State.WITHDRAWN

    office.do("assigned", "ana", "PRO-001", owner=Owner.parse("person:eve"))

    assert office.dossiers["PRO-001"].owner.name == "eve"
