"""Two at once: whoever comes second is judged again, lands or is told, and nothing is half done."""

import os
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any

import pytest
from deeds.done import ROWS, Verb
from deeds.scenes import WHY
from firm import Clock, Firm
from office import Key

from docctl import DocctlError, Library, Policy, Procedure, State, Text
from docctl.desk.signing.prepared import Prepared
from docctl.errors import OvertakenError, RefusedError, StaleDraftError, TakenError

every_verb = pytest.mark.parametrize("verb", ROWS, ids=str)


class Raced(Library):
    """A library where somebody else is quicker: between the preparation and the landing."""

    rival: Callable[[], object]

    def act(self, verb: str, *arguments: Any, **options: Any) -> Prepared:
        prepared = self.prepare(verb, *arguments, **options)
        type(self).rival()
        self.bench.desk.carry_out(prepared, self.require_signer())
        return prepared


def raced(library: Library, rival: Callable[[], object]) -> Library:
    made = type("Raced", (Raced,), {"rival": staticmethod(rival)})
    return made(**{one.name: getattr(library, one.name) for one in fields(library)})


def events(firm: Firm, number: str) -> list[str]:
    try:
        return [one.digest for one in firm.ada.history(number)]
    except DocctlError:
        return []


@every_verb
def test_a_change_of_something_else_does_not_matter(firm: Firm, verb: Verb) -> None:
    """DESIGN 6: the loser of a race lands the same signed event again, if it still holds."""
    number, other = verb.scene(firm), firm.reopened()

    def rival() -> None:
        other.by("ben").new(Policy(title="Quality"))
        if not verb.person:
            other.ada.person_function("max", "Works Manager")

    before = events(firm, number)
    verb.do(raced(firm.by(verb.by), rival), number)
    assert len(events(firm, number)) == len(before) + 1
    assert firm.ada.status("POL-001").state == State.DRAFT
    other.close()
    assert not firm.ada.verify().problems


@every_verb
def test_of_two_who_do_the_same_one_is_told(firm: Firm, verb: Verb) -> None:
    number, other = verb.scene(firm), firm.reopened()
    seen: list[Any] = []

    def rival() -> None:
        verb.do(other.by(verb.by), number)
        seen.append(firm.files)

    before = events(firm, number)
    with pytest.raises((OvertakenError, RefusedError)) as caught:
        verb.do(raced(firm.by(verb.by), rival), number)
    assert caught.value.exit_code in {3, 5}
    assert caught.value.hint
    assert firm.files == seen[0]
    assert len(events(firm, number)) == len(before) + 1
    other.close()
    assert not firm.ada.verify().problems


def test_two_approvers_sign_at_once_and_both_count(firm: Firm) -> None:
    """DESIGN 4: neither has to sign again."""
    settings = firm.ada.control()
    route = {"steps": ({"meaning": "approved", "role": "approver", "persons": 2},)}
    firm.change_control(settings.but(types=[one.but(route=route) for one in settings.types]))
    number, other = firm.reach(State.IN_REVIEW), firm.reopened()
    kim = raced(firm.by("kim"), lambda: other.by("eva").approve(number))
    assert kim.approve(number).state == State.APPROVED
    other.close()
    assert {one.signer for one in firm.ada.history(number)[-2:]} == {"eva", "kim"}


@pytest.mark.parametrize("late", ["return_", "cancel"])
def test_a_release_does_not_pass_what_took_its_ground_away(firm: Firm, late: str) -> None:
    number, other = firm.reach(State.APPROVED), firm.reopened()
    ben = other.by("ben")
    rival = (
        (lambda: ben.reopen(number, **WHY))
        if late == "return_"
        else (lambda: ben.cancel(number, **WHY))
    )
    with pytest.raises((OvertakenError, RefusedError)):
        raced(firm.ada, rival).release(number)
    assert firm.ada.history(number)[-1].type in {"reopened", "cancelled"}
    other.close()


def test_an_approval_does_not_count_once_its_signer_has_lost_the_role(firm: Firm) -> None:
    """Order of receipt decides, claimed time never does."""
    number, other = firm.reach(State.IN_REVIEW), firm.reopened()
    eva = raced(firm.by("eva"), lambda: other.ada.person_role_end("eva", "approver"))
    with pytest.raises(RefusedError, match="approver"):
        eva.approve(number)
    assert firm.ada.status(number).state == State.IN_REVIEW
    other.close()


def test_a_joint_release_that_loses_one_of_its_documents_releases_none(firm: Firm) -> None:
    numbers, other = [firm.reach(State.APPROVED) for _ in range(3)], firm.reopened()
    rival = raced(firm.ada, lambda: other.by("ben").reopen(numbers[1], **WHY))
    with pytest.raises((OvertakenError, RefusedError)):
        rival.release(*numbers)
    assert [firm.ada.status(one).state for one in numbers] == [
        State.APPROVED,
        State.DRAFT,
        State.APPROVED,
    ]
    other.close()


def test_two_authors_save_and_neither_text_is_lost(firm: Firm) -> None:
    """The colleague's stands in the store, the author's stays in the working copy."""
    number, other = firm.new(), firm.reopened()
    path = firm.working(number)
    path.write_text(path.read_text() + "Mine.\n")
    mine = path.read_bytes()
    theirs = Text(Procedure(title="Control of documents"), "Theirs.\n", {})
    ben = raced(firm.by("ben"), lambda: other.ada.save_text(number, theirs))
    with pytest.raises((OvertakenError, StaleDraftError)):
        ben.save(number)
    assert path.read_bytes() == mine
    assert firm.ada.text(number).body == "Theirs.\n"
    with pytest.raises(StaleDraftError):
        firm.by("ben").save(number)
    assert path.read_bytes() == mine
    other.close()


class Still(Clock):
    """One present for all: the clocks of several processes would drift apart with every look."""

    def __call__(self) -> datetime:
        return self.now


def crowd(firm: Firm, work: Callable[[Firm, int], object], size: int) -> list[int]:
    """Let processes work at once; return how each ended: 0 done, 3 refused, 5 overtaken."""
    pids = []
    for index in range(size):
        if not (pid := os.fork()):
            code = 70
            try:
                own = Firm(firm.root, clock=Still(firm.clock.now))
                work(own, index)
                own.close()
                code = 0
            except DocctlError as error:
                code = error.exit_code
            finally:
                os._exit(code)
        pids.append(pid)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]


def test_many_who_begin_documents_at_once_get_different_numbers(firm: Firm) -> None:
    def work(own: Firm, index: int) -> None:
        done = 0
        while done < 3:
            try:
                own.by("ben").new(Procedure(title=f"Text {index} {done}"))
                done += 1
            except TakenError:  # somebody else was quicker; the next number is free
                continue

    assert crowd(firm, work, 4) == [0] * 4
    titles = [one.title for one in firm.ada.register()]
    assert sorted(titles) == sorted(
        f"Text {index} {each}" for index in range(4) for each in range(3)
    )
    assert not firm.ada.verify().problems


def test_of_many_who_release_at_once_one_does(firm: Firm) -> None:
    numbers = [firm.reach(State.APPROVED) for _ in range(2)]
    codes = crowd(firm, lambda own, _: own.ada.release(*numbers), 4)
    assert codes.count(0) == 1
    assert {*codes} <= {0, 3, 5}
    assert [one.state for one in firm.ada.register()] == [State.EFFECTIVE] * 2
    assert not firm.ada.verify().problems


def test_many_who_approve_at_once_all_count(firm: Firm) -> None:
    people = ("eva", "kim", "lou", "zoe")
    for person in people[2:]:
        firm.add(person, "approver")
    settings = firm.ada.control()
    route = {"steps": ({"meaning": "approved", "role": "approver", "persons": 4},)}
    firm.change_control(settings.but(types=[one.but(route=route) for one in settings.types]))
    number = firm.reach(State.IN_REVIEW)
    assert crowd(firm, lambda own, at: own.by(people[at]).approve(number), 4) == [0] * 4
    assert firm.ada.status(number).state == State.APPROVED
    assert {one.signer for one in firm.ada.history(number)[-4:]} == {*people}
    assert not firm.ada.verify().problems


def test_a_key_that_two_administrators_revoke_ends_once(firm: Firm) -> None:
    fingerprint = Key("eva").public_key.fingerprint
    codes = crowd(
        firm,
        lambda own, at: own.by(("ada", "max")[at]).person_revoke("eva", fingerprint, **WHY),
        2,
    )
    assert sorted(codes) in ([0, 3], [0, 5])
    assert firm.ada.person("eva").keys[0].ended_at is not None
