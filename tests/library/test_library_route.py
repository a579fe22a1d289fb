"""From the draft to its release and out of use: every verb that moves a document."""

from datetime import date, timedelta
from typing import Any

import pytest
from firm import TEXT, Firm
from office import Key

from docctl import Assignments, DocctlError, Owner, Policy, Procedure, State, Text
from docctl.errors import (
    DateError,
    EventError,
    IllegalMoveError,
    IncompleteError,
    InputError,
    MissingApprovalError,
    NotAuthorisedError,
    NotFoundError,
    RouteError,
    SeparationOfDutiesError,
)

DAY = timedelta(days=1)


def test_a_document_goes_its_way(firm: Firm) -> None:
    number, ben, eva = firm.new(), firm.by("ben"), firm.by("eva")
    status = ben.submit(number, effective_on=firm.today + DAY)
    assert status.state == State.IN_REVIEW
    assert status.waiting_for == ("approval by 1 of eva, kim (approver)",)
    assert eva.approve(number, remark="Well done").state == State.APPROVED
    (status,) = ben.release(number, effective_on=firm.today + DAY)
    assert (status.state, status.effective_on) == (State.SCHEDULED, firm.today + DAY)
    firm.clock.wait(days=1)
    assert firm.ada.status(number).state == State.EFFECTIVE
    assert not firm.ada.verify().problems


def test_a_revision_supersedes_its_predecessor_on_its_day(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.revise(number, "Better.\n")
    for step in ("submit", "sign", "schedule"):
        getattr(firm, step)(number)
    before = [(one.revision, one.state) for one in firm.ada.show(number).revisions]
    assert before == [("1", State.EFFECTIVE), ("2", State.SCHEDULED)]
    firm.clock.wait(days=10)
    after = firm.ada.show(number)
    assert [one.state for one in after.revisions] == [State.SUPERSEDED, State.EFFECTIVE]
    assert after.controlled.replaces == "1"
    assert firm.ada.text(number).body == "Better.\n"
    assert firm.ada.text(number, "1").body == TEXT


@pytest.mark.parametrize("by", ["ben", "ada"])
def test_nobody_approves_what_he_or_she_wrote(firm: Firm, by: str) -> None:
    """The founder neither, and no editor of the draft."""
    for person in ("ben", "ada"):
        firm.ada.person_role(person, "approver")
    number = firm.new()
    firm.ada.save_text(number, Text(Procedure(title="X"), "Ada's hand.\n", {}))
    firm.submit(number)
    with firm.refuses(SeparationOfDutiesError, f"{by} wrote or edited"):
        firm.by(by).approve(number)


def test_a_second_key_makes_no_second_person(firm: Firm) -> None:
    for person in ("ben", "eva"):
        firm.ada.person_key(person, Key(f"{person}'s other").public_key)
        firm.by(f"{person}'s other").person_accept()
    firm.ada.person_role("ben", "approver")
    settings = firm.ada.control()
    two = {"steps": ({"meaning": "approved", "role": "approver", "persons": 2},)}
    firm.change_control(settings.but(types=[one.but(route=two) for one in settings.types]))
    number = firm.new()
    firm.submit(number)
    with firm.refuses(SeparationOfDutiesError):
        firm.by("ben's other").approve(number)
    assert firm.by("eva").approve(number).state == State.IN_REVIEW
    with firm.refuses(IllegalMoveError, "sign twice"):
        firm.by("eva's other").approve(number)
    assert firm.by("kim").approve(number).state == State.APPROVED


def test_only_the_route_approves(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    for person in ("cat", "max", "ada"):
        with firm.refuses(NotAuthorisedError):
            firm.by(person).approve(number)
    with firm.refuses(NotAuthorisedError):
        firm.by("eva").review(number)
    firm.add("late", "approver")
    with firm.refuses(NotAuthorisedError):  # the route was frozen before
        firm.by("late").approve(number)
    firm.ada.reroute(number, reason="Late has come")
    assert firm.by("late").approve(number).state == State.APPROVED


def test_only_keys_that_count_approve(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    firm.ada.person_key("eva", Key("eva's next").public_key)
    with firm.refuses(NotAuthorisedError, "does not count"):
        firm.by("eva's next").approve(number)
    firm.ada.person_revoke("eva", Key("eva").public_key.fingerprint, reason="Lost")
    with firm.refuses(NotAuthorisedError, "does not count"):
        firm.by("eva").approve(number)
    firm.by("eva's next").person_accept()
    firm.ada.person_leave("kim", reason="Retired")
    with firm.refuses(NotAuthorisedError, "has left"):
        firm.by("kim").approve(number)
    assert firm.by("eva's next").approve(number).state == State.APPROVED


def test_a_route_that_nobody_can_fill_stops_the_submission(firm: Firm) -> None:
    number = firm.new()
    for person in ("eva", "kim"):
        firm.ada.person_role_end(person, "approver")
    with firm.refuses(RouteError, "nobody can sign as approver"):
        firm.by("ben").submit(number)


def test_what_is_returned_must_be_signed_again(firm: Firm) -> None:
    number, ben, eva = firm.reach(State.IN_REVIEW), firm.by("ben"), firm.by("eva")
    with firm.refuses(EventError, "needs a reason"):
        eva.return_(number, reason="")
    assert eva.return_(number, reason="Scope is missing").state == State.DRAFT
    with firm.refuses(IllegalMoveError):
        eva.approve(number)
    ben.save_text(number, Text(Procedure(title="X"), "With scope.\n", {}))
    ben.submit(number)
    with firm.refuses(MissingApprovalError):
        ben.release(number)
    assert eva.approve(number).state == State.APPROVED


def test_what_is_reopened_loses_its_signatures_and_keeps_its_label(firm: Firm) -> None:
    number = firm.reach(State.SCHEDULED)
    status = firm.by("ben").reopen(number, reason="A mistake")
    assert (status.state, status.revision) == (State.DRAFT, "1")
    firm.submit(number)
    with firm.refuses(MissingApprovalError):
        firm.by("ben").release(number)


def test_who_cancels_is_told_how_that_revision_stands_after_a_lapsed_proposal(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.revise(number)
    firm.submit(number)
    firm.sign(number)
    firm.schedule(number)
    firm.by("ben").periodic_review(number, reason="Read again")
    firm.clock.wait(days=11)
    firm.revise(number)

    status = firm.by("ben").cancel(number, reason="Not so")

    assert (status.revision, status.state) == ("3", State.CANCELLED)


@pytest.mark.parametrize(
    ("person", "error", "says"),
    [("ghost", NotFoundError, "person 'ghost'"), ("eva", InputError, "eva has left")],
)
def test_who_answers_or_reviews_must_be_here(
    firm: Firm, person: str, error: type[DocctlError], says: str
) -> None:
    number, owner = firm.reach(State.EFFECTIVE), Owner(kind="person", name=person)
    firm.ada.person_leave("eva", reason="A new job")
    with firm.refuses(error, says):
        firm.new(owner=owner)
    for facts in (Assignments(owner=owner), Assignments(next_reviewer=person)):
        with firm.refuses(error, says):
            firm.ada.assign(number, facts, reason="It changed")


@pytest.fixture(params=["draft", "scheduled"])
def two_open(firm: Firm, request: pytest.FixtureRequest) -> tuple[str, State]:
    """A document whose revision 1 waits for its periodic review, with revision 2 beside it."""
    number = firm.reach(State.EFFECTIVE)
    firm.revise(number)
    if request.param == "scheduled":
        firm.submit(number)
        firm.sign(number)
        firm.schedule(number)
    firm.by("ben").periodic_review(number, reason="Read again")
    return number, State(request.param)


def test_who_cancels_must_say_what_where_a_review_waits_beside_a_revision(
    firm: Firm, two_open: tuple[str, State]
) -> None:
    number, _ = two_open
    with firm.refuses(InputError, "the proposal on revision 1 and revision 2 itself") as refused:
        firm.ada.cancel(number, reason="Give it up")
    assert "--revision 1 for the proposal" in refused.value.hint
    assert "--revision 2 for revision 2 itself" in refused.value.hint
    with firm.refuses(NotFoundError, "revision 7"):
        firm.ada.cancel(number, reason="Give it up", revision="7")


def test_a_revision_is_given_up_and_the_review_beside_it_goes_on(
    firm: Firm, two_open: tuple[str, State]
) -> None:
    number, _ = two_open
    status = firm.by("ben").cancel(number, reason="Not needed, says the review", revision="2")

    assert (status.revision, status.state) == ("2", State.CANCELLED)
    assert firm.ada.status(number).proposal == "review_proposed"
    firm.sign(number)
    assert len(firm.ada.bench.get(number).reviews) == 1
    with firm.refuses(IllegalMoveError, "revision 2 is cancelled"):
        firm.ada.cancel(number, reason="Again", revision="2")
    assert not firm.ada.verify().problems


def test_a_review_is_given_up_and_the_revision_beside_it_goes_on(
    firm: Firm, two_open: tuple[str, State]
) -> None:
    number, state = two_open
    status = firm.by("ben").cancel(number, reason="Too early", revision="1")

    assert (status.revision, status.state, status.proposal) == ("1", State.EFFECTIVE, "")
    assert firm.ada.status(number, label="2").state is state
    with firm.refuses(IllegalMoveError, "revision 1 is effective"):
        firm.ada.cancel(number, reason="Again", revision="1")
    assert not firm.ada.verify().problems


def test_a_cancelled_revision_takes_its_label_along(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.revise(number)
    firm.submit(number)
    status = firm.by("ben").cancel(number, reason="Not so")
    assert (status.revision, status.state) == ("2", State.CANCELLED)
    firm.revise(number)
    assert firm.ada.status(number).revision == "3"
    assert firm.ada.text(number).body == TEXT


@pytest.mark.parametrize(
    ("state", "error"),
    [(State.DRAFT, IllegalMoveError), (State.IN_REVIEW, MissingApprovalError)],
)
def test_nothing_is_released_that_is_not_approved(
    firm: Firm, state: State, error: type[DocctlError]
) -> None:
    number = firm.reach(state)
    with firm.refuses(error):
        firm.ada.release(number)


def test_nothing_takes_effect_in_the_past_or_before_its_predecessor(firm: Firm) -> None:
    number, draft = firm.reach(State.APPROVED), firm.new()
    with firm.refuses(DateError, "lies in the past"):
        firm.by("ben").submit(draft, effective_on=date(2001, 1, 1))
    with firm.refuses(DateError, "lies in the past"):
        firm.ada.release(number, effective_on=firm.today - DAY)
    firm.schedule(number)
    firm.revise(number)
    firm.submit(number)
    firm.sign(number)
    with firm.refuses(DateError, "out of order"):
        firm.ada.release(number, effective_on=firm.today + 9 * DAY)
    with firm.refuses(DateError, "not later"):
        firm.ada.postpone(number, effective_on=firm.today + 10 * DAY, reason="Later")
    firm.ada.postpone(number, effective_on=firm.today + 20 * DAY, reason="Later")


def test_a_joint_release_is_one_change(firm: Firm) -> None:
    numbers = [firm.reach(State.APPROVED) for _ in range(3)]
    before = firm.head
    assert [one.state for one in firm.ada.release(*numbers)] == [State.EFFECTIVE] * 3
    assert len([*firm.ada.store.reader.commits(before, firm.head)]) == 1
    assert not firm.ada.verify().problems


@pytest.mark.parametrize("bad", [State.DRAFT, State.IN_REVIEW, State.EFFECTIVE])
def test_a_joint_release_releases_all_or_none(firm: Firm, bad: State) -> None:
    good, other = firm.reach(State.APPROVED), firm.reach(bad)
    before = firm.files
    for numbers in ((good, other), (other, good), (good, "PRO-999")):
        with pytest.raises(DocctlError):
            firm.ada.release(*numbers)
        assert firm.files == before
    for numbers in ((), (good, good)):
        with firm.refuses(InputError):
            firm.ada.release(*numbers)


def test_an_author_releases_only_what_he_or_she_wrote(firm: Firm) -> None:
    number = firm.reach(State.APPROVED)
    firm.add("dan", "author")
    with firm.refuses(NotAuthorisedError, "not an author of"):
        firm.by("dan").release(number)
    assert firm.by("ben").release(number)[0].state == State.EFFECTIVE


def test_a_suspension_is_ended_by_somebody_else(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    status = firm.ada.suspend(number, reason="A leak", instruction="Use the old pump.")
    assert status.state == State.SUSPENDED
    assert firm.ada.show(number).controlled.suspended_instruction == "Use the old pump."
    with firm.refuses(SeparationOfDutiesError, "suspended"):
        firm.ada.resume(number, reason="Mended")
    assert firm.by("kim").resume(number, reason="Mended").state == State.EFFECTIVE


def test_a_withdrawal_counts_once_the_route_has_signed_and_on_its_day(firm: Firm) -> None:
    number, other = firm.reach(State.EFFECTIVE), firm.reach(State.EFFECTIVE)
    referring = firm.reach(State.EFFECTIVE, body=f"See [[{number}]].\n")
    with firm.refuses(NotFoundError, "PRO-999"):
        firm.ada.withdraw(number, reason="Merged", replaced_by="PRO-999")
    day = firm.today + 5 * DAY
    status = firm.ada.withdraw(number, reason="Merged", from_on=day, replaced_by=other)
    assert (status.state, status.proposal) == (State.EFFECTIVE, "withdrawal_proposed")
    assert referring in firm.ada.history(number)[-1].note
    with firm.refuses(IllegalMoveError, "waiting for its withdrawal"):
        firm.by("ben").revise(number, reason="Late")
    firm.sign(number)
    assert firm.ada.status(number).state == State.EFFECTIVE
    firm.clock.wait(days=5)
    assert firm.ada.status(number).state == State.WITHDRAWN
    assert firm.ada.show(number).controlled.replaced_by == other
    with firm.refuses(IllegalMoveError):
        firm.by("ben").revise(number, reason="Again")
    with firm.refuses(IllegalMoveError):
        firm.ada.suspend(number, reason="X", instruction="X")


def test_a_proposal_can_be_given_up(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.withdraw(number, reason="Merged")
    assert firm.ada.cancel(number, reason="Not so").state == State.EFFECTIVE
    assert firm.ada.status(number).proposal == ""


def test_a_periodic_review_moves_the_next_one(firm: Firm) -> None:
    number, ben, eva = firm.reach(State.EFFECTIVE), firm.by("ben"), firm.by("eva")
    assert firm.ada.register()[0].review_due_on == date(2027, 1, 5)
    firm.clock.wait(days=300)
    with firm.refuses(NotAuthorisedError, "does not own"):
        firm.ada.periodic_review(number, reason="Still good")
    assert ben.periodic_review(number, reason="Still good").proposal == "review_proposed"
    assert firm.ada.register()[0].review_due_on == date(2027, 1, 5)
    with firm.refuses(NotAuthorisedError):
        firm.by("cat").approve(number)
    eva.approve(number)
    assert firm.ada.register()[0].review_due_on == date(2027, 11, 1)
    soon = firm.today + 90 * DAY
    with firm.refuses(DateError):
        ben.periodic_review(number, reason="Soon again", next_review_on=firm.today)
    ben.periodic_review(number, reason="Soon again", next_review_on=soon)
    eva.approve(number)
    assert firm.ada.register()[0].review_due_on == soon


def test_comments_are_answered_before_approval(firm: Firm) -> None:
    number, ben, eva = firm.reach(State.IN_REVIEW), firm.by("ben"), firm.by("eva")
    (comment,) = eva.comment(number, "Which pump?", line=3).comments
    assert (comment.by, comment.text, comment.line) == ("eva", "Which pump?", 3)
    with firm.refuses(IncompleteError, "has no answer"):
        eva.approve(number)
    with firm.refuses(EventError, "no open comment"):
        ben.resolve(number, 99)
    with firm.refuses(InputError):
        ben.resolve(number, comment.comment, disposition="ignored")  # type: ignore[arg-type]
    assert ben.resolve(number, comment.comment, answer="Number 2").comments == ()
    assert eva.approve(number).state == State.APPROVED


def test_administrative_facts_need_no_revision(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    facts = Assignments(owner=Owner(kind="function", name="Quality Manager"), location="Hall 2")
    assert firm.by("ben").assign(number, facts, reason="Reorganised").revision == "1"
    shown = firm.ada.show(number).controlled
    assert (shown.owner, shown.location) == ("Quality Manager", "Hall 2")
    with firm.refuses(EventError, "nothing is assigned"):
        firm.ada.assign(number, Assignments(), reason="X")
    with firm.refuses(NotAuthorisedError):
        firm.by("ben").assign(number, facts, reason="No longer the owner")


def test_a_policy_is_approved_by_management(firm: Firm) -> None:
    number = firm.by("ben").new(Policy(title="Quality"), TEXT).number
    firm.submit(number)
    with firm.refuses(NotAuthorisedError):
        firm.by("eva").approve(number)
    assert firm.by("kim").approve(number).state == State.APPROVED


@pytest.mark.parametrize("state", [one for one in State if one is not State.SUPERSEDED])
def test_every_verb_moves_or_refuses_and_never_half(firm: Firm, state: State) -> None:
    number = firm.reach(state)
    why = {"reason": "R"}
    verbs = {
        "submit": {}, "review": {}, "approve": {}, "release": {}, "return_": why, "reroute": why,
        "reopen": why, "cancel": why, "revise": why, "withdraw": why, "periodic_review": why,
        "postpone": {**why, "effective_on": firm.today + 40 * DAY}, "resume": why,
        "suspend": {**why, "instruction": "I"},
    }  # fmt: skip
    before = firm.files
    before = firm.files
    for verb, options in verbs.items():
        for person in ("ada", "ben", "eva"):
            try:
                getattr(firm.by(person), verb)(number, **options)
            except DocctlError as error:
                assert (error.exit_code, bool(error.hint)) == (3, True)  # noqa: PT017
                assert firm.files == before
            else:
                before = firm.files
    assert not firm.ada.verify().problems


def test_a_periodic_review_stays_to_be_seen_on_the_revision_it_was_of(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)

    def last(**options: Any) -> str:
        return str(firm.ada.show(number, **options).controlled.last_review or "")

    firm.by("ben").periodic_review(number, reason="Read again")
    assert last() == ""
    before = firm.today
    firm.clock.wait(days=1)
    firm.sign(number)
    first = f"{firm.today}: to be kept; Ben, Eva"
    assert (last(as_of=before), last()) == ("", first)
    copied = firm.ada.export(number, firm.root / "copy.md").read_text()
    assert f"| Last reviewed | {first} |" in " ".join(copied.split())
    firm.by("ben").periodic_review(number, reason="Outgrown", outcome="revise")
    firm.sign(number)
    assert last() == f"{firm.today}: to be revised; Ben, Eva"
    firm.revise(number)
    for step in (firm.submit, firm.sign, firm.release):
        step(number)
    assert (last(), last(revision="1")) == ("", f"{firm.today}: to be revised; Ben, Eva")
