"""Ctrl-C and kill -9 at many moments of a capture and of a disposal: nothing lost, nothing left."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from archive import RECORD, Keeping
from moments import interrupted, killed, spread, watched

from docctl.errors import NotFoundError

Cut = Callable[[Callable[[], Any], Callable[[Any], object], int], None]

#: What was open when Ctrl-C was pressed is closed by the collector, which says so.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

both_ends = pytest.mark.parametrize("cut", [interrupted, killed])
few_or_many = pytest.mark.parametrize("moments", [6, pytest.param(120, marks=pytest.mark.slow)])


def reopened(keeping: Keeping) -> Keeping:
    return Keeping(keeping.firm.reopened())


def copies(keeping: Keeping, place: Path) -> Callable[[], Keeping]:
    names = count()
    return lambda: keeping.copied(place / f"cut-{next(names)}")


@few_or_many
@both_ends
def test_a_capture_that_is_cut_short_is_captured_or_has_left_nothing(
    keeping: Keeping, place: Path, cut: Cut, moments: int
) -> None:
    keeping.log()  # the vault is there

    def act(own: Keeping) -> None:
        own.by("ben").record_capture("FRM-001", RECORD, attachments={"a.txt": b"A file"})

    copy = copies(keeping, place)
    whole = copy()
    with watched() as passed:
        act(whole)
    whole.firm.close()
    seen = set()
    for at in spread(passed[0], moments):
        left = copy()
        cut(lambda left=left: reopened(left), act, at)
        seen.add(_captured(left))
        left.firm.close()
    assert seen == {True, False}


def _captured(keeping: Keeping) -> bool:
    """Look at what a cut has left behind, and go on from there; tell whether it was captured."""
    assert keeping.codes() == []
    ben = keeping.by("ben")
    try:
        found = ben.record_show("FRM-001-0002")
    except NotFoundError:
        found = None
    if found:
        assert found.fields == RECORD
        assert [one.name for one in found.statements[0].attachments] == ["a.txt"]
        assert ben.vault_scrub().sound
        return True
    assert ben.record_capture("FRM-001", RECORD).entry.record == "FRM-001-0002"
    ben.vault_sweep(unknown=True)
    assert ben.vault_scrub().sound
    return False


@few_or_many
@both_ends
def test_a_disposal_that_is_cut_short_is_run_again(
    keeping: Keeping, place: Path, cut: Cut, moments: int
) -> None:
    """What should stay is all there, and what should go is gone, wherever it was cut."""
    goes = [keeping.log() for _ in range(2)]
    held = keeping.log(site="Oslo")
    keeping.wait(31)
    stays = keeping.log()
    made = keeping.by("ria").retention_propose().disposal
    keeping.by("rob").retention_authorise(made)
    keeping.by("kim").hold_place(matter="Claim", reason="A letter", records=[held])
    keeping.wait(2)

    def act(own: Keeping) -> None:
        own.by("ria").retention_run(made)

    copy = copies(keeping, place)
    whole = copy()
    with watched() as passed:
        act(whole)
    whole.firm.close()
    for at in spread(passed[0], moments):
        left = copy()
        cut(lambda left=left: reopened(left), act, at)
        left.wait(1)  # a process that was killed has looked at its own clock
        for number in (held, stays):
            assert left.by("ben").record_show(number).fields["what"] == "A leak"
        assert {*left.codes()} <= {"unfinished-disposal"}
        _run_to_the_end(left, made, goes, held)
        left.firm.close()


def _run_to_the_end(keeping: Keeping, made: str, goes: list[str], held: str) -> None:
    ria = keeping.by("ria")
    if ria.retention_show(made).state != "certified":
        ria.retention_run(made)
    results = {one.record: one.result for one in ria.retention_show(made).outcomes}
    assert results == {**dict.fromkeys(goes, "destroyed"), held: "held"}
    assert keeping.codes() == []
    assert len(keeping.payloads()) == 4  # payload and key of two records
    assert ria.vault_scrub().sound
