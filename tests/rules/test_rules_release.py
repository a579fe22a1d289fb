"""From approved to effective: release, scheduling, postponement, joint release, labels."""

from datetime import date, timedelta

import pytest
from deviations import but
from paper_forms import settings
from paper_office import Office

from docctl.errors import (
    DateError,
    EventError,
    IllegalMoveError,
    MissingApprovalError,
    NotAuthorisedError,
    StaleApprovalError,
)
from docctl.rules.asof import in_force, predecessor, state_of, successor
from docctl.rules.guards import check_joint
from docctl.rules.steps import STEPS, Case


def days(office: Office, number: int) -> date:
    return office.today + timedelta(days=number)


def two_scheduled() -> Office:
    """Revision 1 effective, 2 from the 10th, 3 from the 20th."""
    office = Office(day=date(2026, 3, 2))
    office.effective()
    for day in (10, 20):
        office.do("revised", "bob", "PRO-001")
        office.approved()
        office.do("released", "ana", "PRO-001", effective_on=date(2026, 3, day))
    return office


def test_a_release_waits_for_the_last_signature_and_says_whose() -> None:
    """REV-01: nothing becomes usable without the approvals of its route."""
    office = Office()
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")

    with pytest.raises(MissingApprovalError, match="approval by 1 of cy, dot"):
        office.do("released", "ana", "PRO-001")


def test_a_release_looks_at_the_signatures_itself() -> None:
    """Even a dossier that calls itself approved is not released without its votes."""
    office = Office()
    dossier = office.approved()
    event = office.prepare("released", "ana", "PRO-001").event
    whole = dossier.newest

    for broken in (
        whole._replace(round=None),
        whole._replace(round=whole.round._replace(votes=())),
    ):
        with pytest.raises(MissingApprovalError):
            STEPS["released"](Case(office.world, dossier, broken), event)


def test_a_release_binds_to_the_text_that_was_approved() -> None:
    """REV-04 and threat 6."""
    office = Office()
    office.approved()
    tried = office.prepare("released", "ana", "PRO-001")

    with pytest.raises(StaleApprovalError):
        office.judge(but(tried, content="0" * 64))
    with pytest.raises(StaleApprovalError):
        office.judge(but(tried, content=None))


@pytest.mark.parametrize("person", ["ana", "bob", "fay"])
def test_in_the_standard_profile_its_author_or_a_controller_releases(person: str) -> None:
    office = Office()
    office.approved()
    office.do("released", person, "PRO-001")


@pytest.mark.parametrize("type_", ["released", "postponed"])
def test_an_author_of_something_else_neither_releases_nor_postpones(type_: str) -> None:
    office = Office()
    office.approved()
    if type_ == "postponed":
        office.do("released", "ana", "PRO-001", effective_on=days(office, 5))

    with pytest.raises(NotAuthorisedError, match="not an author of"):
        office.do(type_, "eve", "PRO-001", role="author")
    office.do(type_, "bob", "PRO-001")


def test_where_only_controllers_release_an_author_does_not() -> None:
    office = Office(settings(release_roles=("document_controller",)))
    office.approved()

    with pytest.raises(NotAuthorisedError, match="as author"):
        office.do("released", "bob", "PRO-001", role="author")


def test_nothing_takes_effect_in_the_past() -> None:
    """LIF-02: never earlier than its approval."""
    office = Office()
    office.approved()

    with pytest.raises(DateError, match="lies in the past"):
        office.do("released", "ana", "PRO-001", effective_on=days(office, -1))


def test_a_day_makes_a_revision_effective_and_its_predecessor_superseded() -> None:
    """LIF-04 and LIF-09: no process runs; the date decides, for both in the same moment."""
    office = two_scheduled()
    dossier = office.dossiers["PRO-001"]
    states = {
        day: [state_of(dossier, one, date(2026, 3, day)).value for one in dossier.revisions]
        for day in (9, 10, 19, 20)
    }

    assert states == {
        9: ["effective", "scheduled", "scheduled"],
        10: ["superseded", "effective", "scheduled"],
        19: ["superseded", "effective", "scheduled"],
        20: ["superseded", "superseded", "effective"],
    }
    first, second, third = dossier.revisions
    assert predecessor(dossier, first) is None
    assert predecessor(dossier, third) is second
    assert successor(dossier, first, date(2026, 3, 30)) is second
    assert successor(dossier, third, date(2026, 3, 30)) is None


def test_revisions_take_effect_in_their_order() -> None:
    """An effective date equal to an earlier revision's is allowed, an earlier one is not."""
    office = Office()
    office.approved()
    office.do("released", "ana", "PRO-001", effective_on=days(office, 5))
    office.do("revised", "bob", "PRO-001")
    office.approved()

    with pytest.raises(DateError, match="out of order: revision 1 takes effect"):
        office.do("released", "ana", "PRO-001", effective_on=days(office, 4))
    office.do("released", "ana", "PRO-001", effective_on=days(office, 5))
    assert in_force(office.dossiers["PRO-001"], days(office, 5)).label == "2"


def test_a_postponement_is_to_a_later_day() -> None:
    office = Office()
    office.approved()
    office.do("released", "ana", "PRO-001", effective_on=days(office, 5))

    for number in (4, 5):
        with pytest.raises(DateError, match="not later than"):
            office.do("postponed", "ana", "PRO-001", effective_on=days(office, number))
    office.do("postponed", "ana", "PRO-001", effective_on=days(office, 6))
    assert office.dossiers["PRO-001"].newest.effective_on == days(office, 6)


def test_each_scheduled_revision_can_be_postponed_but_not_past_the_next() -> None:
    office = two_scheduled()

    text = office.dossiers["PRO-001"].revisions[1].content
    second = {"revision": "2", "content": text, "meaning": _postpone("2")}
    with pytest.raises(DateError, match="out of order: revision 3 takes effect"):
        office.do("postponed", "ana", "PRO-001", effective_on=date(2026, 3, 21), **second)
    office.do("postponed", "ana", "PRO-001", effective_on=date(2026, 3, 20), **second)
    office.do("postponed", "ana", "PRO-001", effective_on=date(2026, 3, 22))
    with pytest.raises(EventError, match="names revision 7"):
        office.do("postponed", "ana", "PRO-001", revision="7", meaning=_postpone("7"))

    assert [one.effective_on.day for one in office.dossiers["PRO-001"].revisions] == [2, 20, 22]


def _postpone(label: str) -> str:
    return f"I postpone the day on which PRO-001 revision {label} takes effect."


def test_with_a_draft_beside_it_a_scheduled_revision_can_still_be_postponed() -> None:
    office = two_scheduled()
    office.do("revised", "bob", "PRO-001")
    office.do("postponed", "ana", "PRO-001")

    with pytest.raises(IllegalMoveError):
        office.do("reopened", "ana", "PRO-001", revision="3")


def test_reopening_keeps_the_label_and_drops_the_day_and_the_signatures() -> None:
    office = Office()
    office.approved()
    office.do("released", "ana", "PRO-001", effective_on=days(office, 5))
    office.do("reopened", "bob", "PRO-001")
    newest = office.dossiers["PRO-001"].newest

    assert (newest.label, newest.phase, newest.effective_on) == ("1", "draft", None)
    with pytest.raises(IllegalMoveError):
        office.do("released", "ana", "PRO-001")
    office.effective()
    assert in_force(office.dossiers["PRO-001"], office.today).label == "1"


def test_a_label_is_used_up_by_its_first_submission_and_not_before() -> None:
    office = Office()
    office.effective()
    office.do("revised", "bob", "PRO-001")
    office.do("cancelled", "bob", "PRO-001")
    office.do("revised", "bob", "PRO-001")
    assert [one.label for one in office.dossiers["PRO-001"].revisions] == ["1", "2"]
    office.do("submitted", "bob", "PRO-001")
    office.do("cancelled", "bob", "PRO-001")

    with pytest.raises(EventError, match="next revision is labelled 3"):
        office.do("revised", "bob", "PRO-001", revision="2",
                  meaning="I open revision 2 of PRO-001 for drafting.")  # fmt: skip
    office.do("revised", "bob", "PRO-001")
    assert office.dossiers["PRO-001"].newest.label == "3"


def test_a_revision_begins_from_the_last_one_that_was_released() -> None:
    office = two_scheduled()

    with pytest.raises(EventError, match="begins from 3"):
        office.do("revised", "bob", "PRO-001", based_on="1")


# --- several at once --------------------------------------------------------------------------


def test_a_joint_release_is_whole_or_refused() -> None:
    """DESIGN 5: several documents can be released as one change, all or none."""
    office = Office()
    numbers = ("PRO-001", "PRO-002", "PRO-003")
    for number in numbers:
        office.approved(number)
    whole = [
        office.prepare("released", "ana", one, together_with=tuple({*numbers} - {one}))
        for one in numbers
    ]
    for one in whole:
        office.judge(one)
    check_joint(whole)
    check_joint([])
    alone = office.prepare("released", "ana", "PRO-001")
    check_joint([alone])
    twice = but(whole[0], data=whole[0].event.data.but(together_with=("PRO-002",) * 2))

    for wrong in (
        whole[:2],
        [whole[0]],
        [alone, *whole[1:]],
        [alone, office.prepare("released", "ana", "PRO-002")],
        [twice, whole[1]],
        [alone, alone],
        [alone, office.prepare("created", "bob", "PRO-004")],
    ):
        with pytest.raises(EventError):
            check_joint(wrong)
