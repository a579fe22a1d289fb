"""The class of a change, comments, and the ways back: return, reroute, a new draft."""

from itertools import permutations

import pytest
from deviations import but
from paper_forms import made_up_digest, settings, step
from paper_office import Office
from paper_scenes import waiting_office

from docctl.errors import EventError, IllegalMoveError, IncompleteError, RouteError, StaleDraftError
from docctl.model.control import Route
from docctl.rules import guards
from docctl.rules.dossier import fold

# --- the class of a change --------------------------------------------------------------------


def test_an_editorial_change_takes_the_short_route_but_never_the_first_time() -> None:
    office = Office(settings(strict=True))
    office.do("created", "bob", "PRO-001")
    with pytest.raises(EventError, match="first revision"):
        office.do("submitted", "bob", "PRO-001", change="editorial")
    office.do("submitted", "bob", "PRO-001")
    office.do("reviewed", "eve", "PRO-001")
    office.do("approved", "cy", "PRO-001")
    office.do("approved", "dot", "PRO-001", role="management")
    office.do("released", "ana", "PRO-001")
    office.do("revised", "bob", "PRO-001", change="editorial")
    submitted = office.do("submitted", "bob", "PRO-001")

    assert [step.role for step in submitted.event.data.route.steps] == ["approver"]


def test_a_label_that_tells_the_class_must_keep_telling_it() -> None:
    """Major and minor: what was opened as 1.1 is an editorial change when it is submitted."""
    office = Office()
    office.do("created", "bob", "POL-001", document_type="policy")
    office.do("submitted", "bob", "POL-001")
    office.do("approved", "dot", "POL-001")
    office.do("released", "ana", "POL-001")
    office.do("revised", "bob", "POL-001", change="editorial")
    assert office.dossiers["POL-001"].newest.label == "1.1"

    with pytest.raises(EventError, match="not a change of class 'content'"):
        office.do("submitted", "bob", "POL-001", change="content")


def test_the_class_may_be_corrected_where_the_label_does_not_tell_it() -> None:
    office = Office()
    office.effective()
    office.do("revised", "bob", "PRO-001", change="editorial")
    office.do("submitted", "bob", "PRO-001", change="content")

    assert office.dossiers["PRO-001"].newest.change == "content"


# --- the ways back ----------------------------------------------------------------------------


def test_a_return_ends_the_round_and_its_signatures() -> None:
    """REV-08 and REV-04: a new text needs new signatures."""
    office = waiting_office()
    office.do("reviewed", "cy", "PRO-001")
    pending = office.prepare("approved", "dot", "PRO-001", role="approver")
    returned = office.do("returned", "eve", "PRO-001")
    for late in (pending, returned):
        with pytest.raises(IllegalMoveError):
            office.judge(late)
    office.do("saved", "eve", "PRO-001")
    office.do("submitted", "bob", "PRO-001")

    round_ = office.dossiers["PRO-001"].newest.round
    assert round_ is not None
    assert round_.votes == ()
    with pytest.raises(EventError, match="not open"):
        office.judge(but(pending, content=office.dossiers["PRO-001"].newest.content))


def test_whoever_closes_a_round_lists_every_vote_of_it() -> None:
    """DESIGN 4: the event that closes a round lists the votes it counted."""
    office = waiting_office()
    votes = [office.do("reviewed", "cy", "PRO-001"), office.do("returned", "eve", "PRO-001")]
    listed = tuple(sorted(one.digest for one in votes))

    for type_, person in (("saved", "bob"), ("submitted", "bob"), ("cancelled", "bob")):
        tried = office.prepare(type_, person, "PRO-001")
        assert tried.event.data.votes == listed
        for wrong in (listed[1:], (), tuple(reversed(listed)), (*listed, made_up_digest())):
            with pytest.raises(EventError, match="does not list"):
                office.judge(but(tried, data=tried.event.data.but(votes=wrong)))
        office.judge(tried)


def test_a_draft_replaces_only_the_draft_it_began_from() -> None:
    office = Office()
    office.do("created", "bob", "PRO-001")
    mine, theirs = (office.prepare("saved", person, "PRO-001") for person in ("bob", "eve"))
    office.land(theirs)
    seq = {"seq": 3, "prev": office.dossiers["PRO-001"].last, "time": office.now}

    with pytest.raises(StaleDraftError, match="eve"):
        office.judge(but(mine, **seq))


def test_a_new_route_keeps_the_signatures_that_were_given() -> None:
    """DESIGN 5, reroute: earlier signatures stand, also those of somebody who has left."""
    office = waiting_office()
    office.do("reviewed", "eve", "PRO-001")
    office.do("approved", "cy", "PRO-001")
    office.administer("person_left", {"person": "cy", "on": office.today})
    office.administer("person_left", {"person": "dot", "on": office.today})
    office.hire("gil", "management")
    office.do("rerouted", "ana", "PRO-001")
    office.do("approved", "gil", "PRO-001")

    dossier = office.dossiers["PRO-001"]
    assert dossier.newest.phase == "approved"
    assert [len(one.persons) for one in dossier.newest.round.route.steps] == [1, 1, 2]


def test_a_signature_is_not_counted_on_for_another_step() -> None:
    """cy signed as approver; nobody is left for the management, though cy could be both."""
    office = waiting_office()
    office.do("reviewed", "eve", "PRO-001")
    office.do("approved", "cy", "PRO-001")
    office.administer("role_granted", {"person": "cy", "role": "management"})
    for person in ("dot", "fay"):
        office.administer("person_left", {"person": person, "on": office.today})

    with pytest.raises(RouteError, match="management"):
        office.do("rerouted", "ana", "PRO-001")


def test_a_new_route_can_complete_a_round_and_open_it_further() -> None:
    office = waiting_office()
    office.do("reviewed", "eve", "PRO-001")
    office.do("approved", "cy", "PRO-001")
    text = next(iter(office.naive.settings))
    for strict, phase in ((False, "approved"), (True, "in_review")):
        office.naive.settings[text] = settings(strict=strict)
        office.naive.memory.clear()
        tried = office.prepare("rerouted", "ana", "PRO-001")
        guards.check(office.world, office.dossiers["PRO-001"], tried)
        assert office.dossiers["PRO-001"].after(tried).newest.phase == phase


# --- comments ---------------------------------------------------------------------------------


def test_an_open_comment_blocks_approval_until_it_is_answered() -> None:
    """REV-08: comments have a disposition before approval."""
    office = Office()
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    made = office.do("commented", "cy", "PRO-001")
    with pytest.raises(IncompleteError, match=f"comment {made.event.seq}"):
        office.do("approved", "cy", "PRO-001")
    office.do("resolved", "bob", "PRO-001")
    office.do("approved", "cy", "PRO-001")


def test_a_comment_that_came_between_two_signatures_blocks_the_release() -> None:
    first_approve = Route(steps=(step("approved", "approver"), step("reviewed", "reviewer", 1, 2)))
    types = tuple(one.but(route=first_approve) for one in settings().types)
    office = Office(settings().but(types=types))
    office.do("created", "bob", "PRO-001")
    office.do("submitted", "bob", "PRO-001")
    office.do("approved", "dot", "PRO-001")
    office.do("commented", "eve", "PRO-001")
    office.do("reviewed", "eve", "PRO-001")

    with pytest.raises(IncompleteError):
        office.do("released", "ana", "PRO-001")
    office.do("resolved", "bob", "PRO-001")
    office.do("released", "ana", "PRO-001")


def test_a_history_is_folded_alike_whichever_vote_came_first() -> None:
    office = waiting_office()
    office.do("reviewed", "eve", "PRO-001")
    office.do("approved", "cy", "PRO-001")
    office.do("approved", "dot", "PRO-001", role="management")
    *before, one, two, three = office.dossiers["PRO-001"].events

    for votes in permutations((one, two, three)):
        folded = fold([*before, *votes])
        assert folded is not None
        assert folded.newest.phase == "approved"
