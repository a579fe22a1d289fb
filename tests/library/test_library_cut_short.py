"""Ctrl-C and kill -9 at many moments: a change is whole or not there, and no text is lost."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from deeds.done import VERBS, Verb
from deeds.scenes import WHY
from firm import Clock, Firm
from moments import interrupted, killed, spread, watched
from office import Key

from docctl import Founder, Library, State
from docctl.errors import DocctlError, TakenError
from docctl.model.access import ACCESS

#: Verbs that differ in what they write: content, working copies, events alone.
CUT = [VERBS[name] for name in ("new", "save", "revise", "submit", "approve", "release")]
CUT += [VERBS["person_add"]]

Cut = Callable[[Callable[[], Any], Callable[[Any], object], int], None]

#: What was open when Ctrl-C was pressed is closed by the collector, which says so.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

both_ends = pytest.mark.parametrize("cut", [interrupted, killed])
few_or_many = pytest.mark.parametrize("moments", [7, pytest.param(150, marks=pytest.mark.slow)])


def known(firm: Firm, number: str) -> tuple[list[str], Any]:
    """What the library says of a number: its events, and how it stands."""
    try:
        told = firm.ada.history(number)
    except DocctlError:
        return [], None
    text = None if number == ACCESS else firm.ada.text(number, told[-1].revision)
    return [one.digest for one in told], text


def texts(firm: Firm) -> dict[str, bytes]:
    """What authors have in their working copies."""
    return {
        str(path.relative_to(firm.root)): path.read_bytes()
        for path in (firm.root / "drafts").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@few_or_many
@both_ends
@pytest.mark.parametrize("verb", CUT, ids=str)
def test_a_verb_that_is_cut_short_has_happened_or_has_not(
    firm: Firm, place: Path, verb: Verb, cut: Cut, moments: int
) -> None:
    number = verb.scene(firm)
    before, written = known(firm, number), texts(firm)
    whole = firm.copy(place / "whole")
    with whole.reopened() as own, watched() as passed:
        verb.act(own, number)
    after = known(whole, number)
    whole.close()

    names, seen = count(), set()
    for at in spread(passed[0], moments):
        copy = firm.copy(place / f"cut-{next(names)}")
        cut(copy.reopened, lambda own: verb.act(own, number), at)
        seen.add(_left(copy, verb, number, before, after, written))
        copy.close()
    assert seen == {True, False}


def _left(
    firm: Firm, verb: Verb, number: str, before: Any, after: Any, written: dict[str, bytes]
) -> bool:
    """Look at what a cut has left behind, and go on from there; tell whether it happened."""
    assert not firm.ada.verify().problems
    found = known(firm, number)
    done = len(found[0]) == len(after[0])
    assert done or found == before
    if done:
        assert found[1] == after[1]
    lost = {name for name, data in written.items() if texts(firm).get(name, data) != data}
    assert not lost
    if verb.name not in {"submit", "revise"}:
        assert written.keys() <= texts(firm).keys()
    if not done:
        verb.act(firm, number)
    elif verb.name in {"new", "save", "revise"}:
        ben = firm.by("ben")
        assert ben.edit(number).read_bytes()
        ben.save(number)
        ben.submit(number)
    firm.new("The next one")
    assert not firm.ada.verify().problems
    return done


@both_ends
def test_a_joint_release_that_is_cut_short_releases_all_or_none(
    firm: Firm, place: Path, cut: Cut
) -> None:
    numbers = [firm.reach(State.APPROVED) for _ in range(3)]
    whole = firm.copy(place / "whole")
    with whole.reopened() as own, watched() as passed:
        own.ada.release(*numbers)
    whole.close()
    seen = set()
    for at in spread(passed[0], 12):
        copy = firm.copy(place / f"cut-{at}")
        cut(copy.reopened, lambda own: own.ada.release(*numbers), at)
        states = {copy.ada.status(number).state for number in numbers}
        assert len(states) == 1
        assert not copy.ada.verify().problems
        seen |= states
        copy.close()
    assert seen == {State.APPROVED, State.EFFECTIVE}


def test_a_handle_that_was_interrupted_goes_on(firm: Firm, place: Path) -> None:
    """Whoever catches the interrupt, as an application may, can work on with the same handle."""
    number = firm.reach(State.EFFECTIVE)

    def stop(own: Firm) -> None:
        own.ada.suspend(number, instruction="Stop.", **WHY)

    with firm.copy(place / "whole") as whole, watched() as passed:
        stop(whole)
    for at in spread(passed[0], 20):
        with firm.copy(place / f"cut-{at}") as own:
            interrupted(lambda own=own: own, stop, at)
            if own.ada.status(number).state is State.EFFECTIVE:
                stop(own)
            assert own.ada.register()[0].state is State.SUSPENDED
            assert not own.ada.verify().problems


@both_ends
@pytest.mark.parametrize("moments", [8, pytest.param(60, marks=pytest.mark.slow)])
def test_a_founding_that_is_cut_short_has_happened_or_left_nothing_in_the_way(
    place: Path, cut: Cut, moments: int
) -> None:
    def found(root: Path) -> None:
        Library.init(
            root,
            organization="Acme Ltd",
            founder=Founder("ada", "Ada Ask"),
            signer=Key("ada"),
            clock=Clock(),
            salt="0" * 32,
        ).close()

    with watched() as passed:
        found(place / "whole")
    seen = set()
    for at in spread(passed[0], moments):
        root = place / f"cut-{at}"
        cut(lambda root=root: root, found, at)
        try:
            found(root)
            seen.add(False)
        except TakenError:
            seen.add(True)
        with Library.open(root, signer=Key("ada"), clock=Clock()) as library:
            assert not library.verify().problems
            assert library.whoami() == "ada"
    assert seen == {True, False}
