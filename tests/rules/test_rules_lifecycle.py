"""The table of DESIGN 5, told once more: what may happen from which state, and who may do it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from naive_ledger import ANSWERS
from naive_verdicts import TABLE
from paper_forms import EVENTS, settings
from paper_office import Office

from docctl.errors import EventError, IllegalMoveError, MissingApprovalError, TakenError
from docctl.model.control import CONTROL
from docctl.model.event import Signed
from docctl.model.lifecycle import State
from docctl.rules import guards
from docctl.rules.asof import state_of
from docctl.rules.dossier import fold
from docctl.rules.lifecycle import ALWAYS, LEADS, MOVES, PROPOSAL_MOVES, VERBS, allowed
from docctl.rules.meaning import meaning
from docctl.rules.records import KEPT

#: DESIGN 5, row by row: the verbs of each state (comments are part of drafting and review).
DESIGN = {
    State.DRAFT: {"save", "submit", "cancel", "comment", "resolve"},
    State.IN_REVIEW: {"review", "approve", "return", "reroute", "cancel", "comment", "resolve"},
    State.APPROVED: {"release", "reopen", "cancel", "resolve"},
    State.SCHEDULED: {"reopen", "cancel", "postpone", "revise"},
    State.EFFECTIVE: {"revise", "periodic-review", "suspend", "withdraw"},
    State.SUSPENDED: {"revise", "resume", "withdraw"},
    State.SUPERSEDED: set(),
    State.WITHDRAWN: set(),
    State.CANCELLED: set(),
}


@pytest.mark.parametrize("state", State)
def test_a_state_allows_what_the_design_lists_and_nothing_else(state: State) -> None:
    assert {*allowed(state)} == DESIGN[state]


def test_actors_and_reasons_are_those_of_the_design() -> None:
    for (state, verb), move in MOVES.items():
        states, roles, reason = TABLE[move.event]
        assert state.value in states, (state, verb)
        assert (move.actors, move.reason) == (roles, reason), verb
    for move in PROPOSAL_MOVES.values():
        assert move.actors == ANSWERS[move.event]
        assert move.reason == TABLE[move.event][2]


def test_every_event_of_a_document_has_one_verb() -> None:
    people = {"founded", "established", "accepted", "threshold_set"}
    documents = {
        name
        for name in EVENTS
        if name not in people | KEPT
        and not name.startswith(("person", "key", "role", "func", "exception"))
    }
    assert {*VERBS} == documents
    assert len({*VERBS.values()}) == len(VERBS)
    assert {*ALWAYS} == {"new", "assign"}


def offices() -> dict[State, Office]:
    """An office for each state, with `PRO-001` in it."""
    made = {state: Office() for state in State}
    for state, office in made.items():
        office.do("created", "bob", "PRO-001")
        if state is State.DRAFT:
            continue
        if state is State.CANCELLED:
            office.do("cancelled", "bob", "PRO-001")
            continue
        office.do("submitted", "bob", "PRO-001")
        if state is State.IN_REVIEW:
            continue
        office.do("approved", "cy", "PRO-001")
        if state is State.APPROVED:
            continue
        later = office.today.replace(day=20)
        on = {"effective_on": later} if state is State.SCHEDULED else {}
        office.do("released", "ana", "PRO-001", **on)
    made[State.SUSPENDED].do("suspended", "fay", "PRO-001")
    made[State.WITHDRAWN].do("withdrawal_proposed", "bob", "PRO-001")
    made[State.WITHDRAWN].do("approved", "cy", "PRO-001")
    made[State.SUPERSEDED].do("revised", "bob", "PRO-001")
    made[State.SUPERSEDED].effective()
    return made


@pytest.mark.parametrize(
    ("state", "type_"),
    [
        (state, type_)
        for state in DESIGN
        for type_ in TABLE
        if VERBS[type_] not in {*DESIGN[state], "assign"} and state is not State.SUPERSEDED
    ],
)
def test_what_the_state_does_not_allow_is_refused_and_says_what_is(
    state: State, type_: str
) -> None:
    """LIF-01: only transitions of the table are possible."""
    office = OFFICES[state]
    tried = office.prepare(type_, "fay", "PRO-001")

    with pytest.raises((IllegalMoveError, MissingApprovalError)) as refused:
        office.judge(tried)

    if isinstance(refused.value, IllegalMoveError):
        assert refused.value.allowed == allowed(state)
        assert refused.value.hint


OFFICES = offices()


@pytest.mark.parametrize(("state", "verb"), MOVES)
def test_every_row_leads_where_it_says(state: State, verb: str) -> None:
    """What the table says in its column `to` is what folding makes of the revision."""
    office, move = OFFICES[state], MOVES[state, verb]
    before = office.dossiers["PRO-001"]
    made = office.prepare(move.event, "cy", "PRO-001")
    after = before.after(made)
    day = office.today - timedelta(days=move.to is State.SCHEDULED)  # from its day on effective

    waits = move.to is State.APPROVED and not (after.newest.round and after.newest.round.standing())

    assert state_of(after, after.newest, day) is (state if waits else move.to or state)
    assert (len(after.revisions) > len(before.revisions)) is (verb == "revise")


def test_an_event_leads_to_one_state_from_wherever_it_comes() -> None:
    for move in (*MOVES.values(), *ALWAYS.values()):
        assert LEADS.get(move.event) is move.to
    assert {move.to for move in PROPOSAL_MOVES.values()} == {None}


def test_a_round_that_was_returned_stays_so_whichever_vote_is_read_last() -> None:
    """Signatures may land in another order than that in which they were given."""
    office = Office(settings(strict=True))
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    votes = [
        office.prepare("approved", "cy", "PRO-001"),
        office.prepare("reviewed", "eve", "PRO-001"),
        office.prepare("approved", "dot", "PRO-001", role="management"),
        office.prepare("returned", "fay", "PRO-001"),
    ]
    events = office.dossiers["PRO-001"].events

    for last in range(len(votes)):
        folded = fold([*events, *votes[last + 1 :], *votes[: last + 1]])
        assert folded is not None
        assert folded.newest.phase == "draft"


def test_a_superseded_revision_is_out_of_reach() -> None:
    office = OFFICES[State.SUPERSEDED]
    first = office.prepare("suspended", "fay", "PRO-001", revision="1")

    with pytest.raises(EventError, match="names revision 1"):
        office.judge(first)


def test_a_number_is_used_once() -> None:
    """Invariant 12: numbers are never reused, not even those of cancelled documents."""
    office = OFFICES[State.CANCELLED]
    first = office.naive.of("PRO-001")[0]

    with pytest.raises(TakenError):
        office.judge(replace(first, event=first.event.but(seq=3)))


@pytest.mark.parametrize(
    "item", ["ACCESS-", "CONTROL", "pro-001", "PRO", "../PRO-1", "CON-001", "PRO-001 "]
)
def test_a_document_has_a_number_that_can_be_a_name(item: str) -> None:
    """Threat 25: a number is letters, digits and hyphens, and no reserved name."""
    office = Office()

    created = office._first("created", "bob", item, {})

    with pytest.raises(EventError):
        guards.check(office.world, None, created)


@pytest.mark.parametrize(
    ("want", "what"),
    [
        ({"document_type": "novel"}, "no document type 'novel'"),
        ({"document_type": "control"}, "no document type 'control'"),
        ({"revision": "2"}, "labelled 1"),
        ({"content": None}, "names no content"),
    ],
)
def test_a_document_begins_with_a_known_type_its_first_label_and_a_text(
    want: dict[str, str], what: str
) -> None:
    office = Office()
    label = want.get("revision", "1")
    sentence = meaning("created", item="PRO-001", revision=label)

    with pytest.raises(EventError, match=what):
        office.do("created", "bob", "PRO-001", meaning=sentence, **want)


def test_nothing_comes_before_the_creation() -> None:
    office = Office()
    early = office._first("created", "bob", "PRO-001", {})
    assigned = office.prepare("assigned", "ana", CONTROL).event.but(
        item="PRO-001", seq=1, prev=None, meaning="I change administrative facts of PRO-001."
    )

    with pytest.raises(EventError, match="comes before"):
        office.judge(replace(early, event=assigned, keys=("SHA256:ana-1",)))


def test_an_event_of_another_item_or_of_access_has_no_place_in_a_document() -> None:
    office = Office()
    office.do("created", "bob", "PRO-001")
    office.do("created", "bob", "PRO-002")
    stray = office.prepare("saved", "bob", "PRO-002")
    person = office.administered("person_left", {"person": "bob", "on": office.today})
    access = replace(person, event=person.event.but(item="PRO-001"))

    for wrong, error in ((stray, EventError), (access, IllegalMoveError)):
        with pytest.raises(error):
            guards.check(office.world, office.dossiers["PRO-001"], wrong)


def test_folding_is_total_and_blind_to_what_is_not_legal() -> None:
    """Whatever stands in a damaged history can be looked at; judging it is another matter."""
    office = Office()
    office.approved()
    events = office.dossiers["PRO-001"].events
    strays = [
        office.prepare(type_, "bob", "PRO-001")
        for type_ in TABLE
        if type_ not in {"approved", "reviewed", "returned"}
    ]
    vote = replace(events[-1], event=events[-1].event.but(prev="0" * 64))
    draft = Office()
    draft.do("created", "bob", "PRO-001")

    before = fold(events)
    assert before is not None
    assert before.after(vote).revisions == before.revisions
    assert before.after(replace(vote, event=events[0].event)).seq == before.seq + 1
    for stray in strays:
        assert before.after(stray).events[-1] is stray
    rerouted = office.prepare("rerouted", "ana", "PRO-001")
    assert draft.dossiers["PRO-001"].after(rerouted).newest.phase == "draft"
    assert fold(()) is None
    assert before.revision("77") is None


def test_a_comment_on_a_revision_that_is_not_there_is_kept_with_the_newest() -> None:
    office = Office()
    office.do("created", "bob", "PRO-001")
    stray: Signed = office.prepare("commented", "eve", "PRO-001", revision="9")
    answer = office.prepare("resolved", "bob", "PRO-001", revision="9", comment=stray.event.seq)

    dossier = office.dossiers["PRO-001"].after(stray)

    assert len(dossier.newest.open_comments()) == 1
    assert dossier.after(answer).newest.open_comments() == ()
