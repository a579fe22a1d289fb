"""What the lists say of documents in all kinds of trouble."""

from datetime import timedelta
from typing import cast

import pytest
from firm import TEXT, Firm
from office import Key

from docctl import Assignments, Owner, Procedure, State, WorkInstruction
from docctl.desk.verbs.release import assign
from docctl.errors import InputError, NotFoundError
from docctl.model.answers.register import DueEntry
from docctl.model.control import CONTROL, Function
from docctl.model.document import ExternalDocument


def due(firm: Firm, what: str) -> list[DueEntry]:
    return [one for one in firm.ada.due() if one.what == what]


# --- what is due -----------------------------------------------------------------------------


def test_a_proposal_on_a_document_in_force_waits_for_its_route(firm: Firm) -> None:
    number, other = firm.reach(State.EFFECTIVE), firm.reach(State.EFFECTIVE)
    firm.withdraw(number)
    firm.by("ben").periodic_review(other, reason="Read")

    leaving, reviewed = due(firm, "approval")

    assert leaving.sentence == (
        f"the withdrawal of {number} waits for approval by 1 of eva, kim (approver)"
    )
    assert leaving.who == ("eva", "kim")
    assert reviewed.sentence.startswith(f"the periodic review of {other} waits for approval")
    rows = {one.number: one.proposal for one in firm.ada.register()}
    assert rows == {number: "withdrawal_proposed", other: "review_proposed"}
    for one in (number, other):
        firm.sign(one)
    assert due(firm, "approval") == []
    assert {one.proposal for one in firm.ada.register()} == {None}


def test_a_route_whose_people_have_left_is_to_be_changed(firm: Firm) -> None:
    number = firm.reach(State.IN_REVIEW)
    firm.ada.person_leave("eva")
    assert due(firm, "approval")[0].who == ("kim",)
    firm.ada.person_leave("kim")

    (entry,) = due(firm, "approval")

    assert entry.who == ()
    assert f"docctl reroute {number}" in entry.sentence


def test_who_can_release_is_named(firm: Firm) -> None:
    firm.reach(State.APPROVED)
    assert due(firm, "release")[0].who == ("ada", "ben")


def test_a_suspended_document_waits_for_a_decision(firm: Firm) -> None:
    number = firm.reach(State.SUSPENDED)
    assert "(A leak): resume, revise or withdraw it" in due(firm, "suspended")[0].sentence
    copy = firm.ada.show(number).controlled
    assert (copy.suspended_on, copy.suspended_instruction) == (firm.today, "Stop.")
    firm.by("kim").resume(number, reason="Mended")
    assert due(firm, "suspended") == []
    assert firm.ada.show(number).controlled.suspended_on is None


def test_a_document_whose_owner_has_left_needs_another(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    other = firm.reach(State.EFFECTIVE, owner=Owner(kind="function", name="Foreman"))
    gone = firm.reach(State.WITHDRAWN)
    firm.ada.person_leave("ben")

    told = {one.item: one.sentence for one in due(firm, "owner")}

    assert f"its owner Ben has left; docctl assign {number}" in told[number]
    assert "its owner Foreman is a function that nobody holds" in told[other]
    assert gone not in told
    firm.ada.person_function("cat", "Foreman")
    firm.ada.assign(number, Assignments(owner=Owner(kind="person", name="cat")), reason="He left")
    assert due(firm, "owner") == []


def test_an_owner_who_has_left_is_told_though_another_has_the_same_name(firm: Firm) -> None:
    """A person is an id; several may be called alike, and a function may be called like one."""
    number = firm.reach(State.EFFECTIVE)
    firm.ada.person_add("benny", "Ben", key=Key("benny").public_key)
    called = firm.reach(State.EFFECTIVE, owner=Owner(kind="function", name="Ben"))
    firm.ada.person_leave("ben")

    told = {one.item: one.sentence for one in due(firm, "owner")}

    assert f"{number} Control of documents: its owner Ben has left" in told[number]
    assert "its owner Ben is a function that nobody holds" in told[called]


@pytest.mark.parametrize("item", ["PRO-001", CONTROL])
def test_comments_on_what_was_given_up_wait_for_nobody(firm: Firm, item: str) -> None:
    if item == CONTROL:
        firm.ada.control_change(firm.ada.control().but(notice="Sample"), reason="Sample")
        firm.ada.submit(CONTROL)
    else:
        firm.reach(State.EFFECTIVE)
        firm.revise(item)
        firm.submit(item)
    firm.by("kim").comment(item, "Why?")
    assert [one.item for one in due(firm, "comment")] == [item]
    firm.by("ada").cancel(item, reason="Not now")

    assert due(firm, "comment") == []


def test_an_owner_whom_nobody_knows_is_not_said_to_have_left(firm: Firm) -> None:
    """The door asks; what landed past it is told for what it is."""
    number = firm.reach(State.EFFECTIVE)
    ghost = Assignments(owner=Owner(kind="person", name="ghost"))
    intents = (assign(number, ghost, reason="A slip"),)
    firm.ada.bench.desk.carry_out(
        firm.ada.bench.desk.prepare(intents, key=Key("ada").public_key), Key("ada")
    )

    (entry,) = due(firm, "owner")

    assert "its owner ghost is nobody whom ACCESS knows; docctl assign" in entry.sentence


def test_an_edition_is_looked_after_beside_a_draft_and_not_after_withdrawal(firm: Firm) -> None:
    document = ExternalDocument(title="Standard", edition="2015", check_interval_months=1)
    number = firm.by("ben").new(document, TEXT).number
    for step in (firm.submit, firm.sign, firm.release):
        step(number)
    firm.clock.wait(days=40)
    assert due(firm, "edition")
    firm.by("ben").revise(number, reason="A newer one")
    assert due(firm, "edition")
    firm.by("ben").cancel(number, reason="Not yet")
    firm.withdraw(number)
    firm.sign(number)
    assert due(firm, "edition") == []


# --- withdrawal ------------------------------------------------------------------------------


def test_a_withdrawal_to_come_is_announced(firm: Firm) -> None:
    number, other = firm.reach(State.EFFECTIVE), firm.reach(State.EFFECTIVE)
    day = firm.today + timedelta(days=5)
    firm.ada.withdraw(number, reason="Old", from_on=day, replaced_by=other)
    assert firm.ada.show(number).controlled.notes == ()
    firm.sign(number)

    copy = firm.ada.show(number).controlled

    assert (copy.state, copy.withdrawn_on, copy.replaced_by) == (State.EFFECTIVE, day, other)
    assert copy.notes == (f"{number} will be withdrawn on {day}; then {other} replaces it.",)
    firm.clock.wait(days=5)
    copy = firm.ada.show(number).controlled
    assert (copy.state, copy.withdrawn_on, copy.notes) == (State.WITHDRAWN, day, ())


def test_a_withdrawal_lists_the_documents_in_force_that_refer_to_it(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    refers = {"body": f"See [[{number}]].\n"}
    firm.reach(State.DRAFT, **refers)
    firm.reach(State.WITHDRAWN, **refers)
    used, stopped = firm.reach(State.EFFECTIVE, **refers), firm.reach(State.SUSPENDED, **refers)
    firm.withdraw(number)

    proposal = firm.ada.bench.get(number).proposal
    assert proposal
    assert proposal.opened.event.model_dump()["data"]["referred_by"] == (used, stopped)


# --- differences -----------------------------------------------------------------------------


def test_a_difference_names_attachments_that_are_not_the_same(firm: Firm) -> None:
    files = {"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}
    number = firm.reach(State.EFFECTIVE, attachments=files)
    ben = firm.by("ben")
    ben.revise(number, reason="New pictures")
    text = ben.text(number, "2")
    now = {"a.txt": b"a", "b.txt": b"B", "d.txt": b""}
    ben.save_text(number, type(text)(text.document, text.body, now))

    difference = firm.ada.diff(number)

    assert (difference.before, difference.after) == ("1", "2")
    assert difference.attachments == {"b.txt": "changed", "c.txt": "removed", "d.txt": "added"}


def test_a_first_revision_is_compared_with_nothing_else(firm: Firm) -> None:
    number = firm.by("ben").new(Procedure(title="X"), TEXT).number
    difference = firm.ada.diff(number)
    assert (difference.before, difference.after, difference.lines) == ("1", "1", ())


def test_exceptions_say_how_long_they_last(firm: Firm) -> None:
    until = firm.today + timedelta(days=9)
    firm.ada.person_exception("ben", reason="We are few", until=until)
    assert {one.until for one in firm.ada.exceptions() if one.kind == "exception"} == {until}


# --- words that nobody knows -------------------------------------------------------------------


def test_a_list_of_what_the_library_does_not_know_is_refused(firm: Firm) -> None:
    settings = firm.ada.control()
    firm.change_control(settings.but(functions=(Function(title="Welder"),)))
    number = firm.reach(State.EFFECTIVE)
    with firm.refuses(NotFoundError, "document type 'procedur'"):
        firm.ada.register(type="procedur")
    with firm.refuses(NotFoundError, "function 'Wielder'") as caught:
        firm.ada.register(function="Wielder")
    assert caught.value.hint == "functions: Quality Manager, Welder"
    with firm.refuses(InputError, "no state 'efective'"):
        firm.ada.register(state=cast("State", "efective"))
    for blank in ("", "  "):
        with firm.refuses(InputError, "no words"):
            firm.ada.search(blank)

    assert firm.ada.register(type="policy") == []
    assert firm.ada.register(function="Welder") == []
    assert firm.ada.register(type="policy", function="Quality Manager") == []
    assert firm.ada.register(state=State.DRAFT) == []
    assert [one.number for one in firm.ada.register(function="Ben")] == [number]
    assert [one.number for one in firm.ada.register(state=cast("State", "effective"))] == [number]


def test_a_type_that_was_taken_out_still_lists_its_documents(firm: Firm) -> None:
    number, settings = firm.reach(State.EFFECTIVE), firm.ada.control()
    firm.change_control(
        settings.but(types=[one for one in settings.types if one.name != "procedure"])
    )
    assert [one.number for one in firm.ada.register(type="procedure")] == [number]
    assert firm.ada.register(type="procedure", state=State.DRAFT) == []


def test_a_history_says_in_words_what_an_event_states(firm: Firm) -> None:
    owner = Owner(kind="function", name="Quality Manager")
    instruction = WorkInstruction(title="Seal")
    number = firm.by("ben").new(instruction, TEXT, owner=owner).number
    firm.submit(number)
    firm.by("eva").comment(number, "Who seals?", line=9)
    firm.by("ben").resolve(number, 3, answer="The fitter")
    firm.sign(number)
    firm.release(number)
    firm.ada.periodic_review(number, reason="Looked at", outcome="revise")
    firm.sign(number)
    firm.ada.withdraw(number, reason="Merged")
    said = {one.type: one.note for one in firm.ada.history(number)}
    assert said == {
        "created": "work instruction; Seal; owner: Quality Manager",
        "submitted": "content change; authors: ben",
        "commented": "Who seals?; on line 9",
        "resolved": "comment 3; accepted; The fitter",
        "approved": "",
        "released": f"effective on {firm.today}",
        "review_proposed": "outcome: it is to be revised",
        "withdrawal_proposed": f"from {firm.today}",
    }
    told = {one.type: one.note for one in firm.ada.history("ACCESS")}
    assert told["founded"].startswith("Acme Ltd; founder: ada; Ada Ask; roles: administrator and ")
    assert told["person_added"].startswith("max; Max; key SHA256:")


def test_the_history_of_access_names_who_signed_beside(firm: Firm) -> None:
    both = (Key("ada"), Key("max"))
    firm.ada.threshold(1)
    prepared = firm.ada.prepare("threshold", 2)
    firm.ada.land(prepared, *(one.sign(prepared.statements[0].data) for one in both))
    assert [one.cosigners for one in firm.ada.history("ACCESS")][-2:] == [(), ("max",)]
    assert firm.ada.history("ACCESS")[-1].note == "2 must sign changes of ACCESS"
