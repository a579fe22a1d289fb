"""Whoever has noted a head sees when changes were taken back, or others put in their place."""

import subprocess
from pathlib import Path

import pytest
from firm import Firm

from docctl import State
from docctl.errors import InputError
from docctl.library import Library


def codes(library: Library, known: str) -> list[str]:
    return [one.code for one in library.verify(known=known).problems]


def taken_back(firm: Firm, commit: str) -> None:
    """Let the branch end earlier, as somebody could who writes to the disk."""
    store = firm.root / "store.git"
    (store / "docctl/journal").unlink()
    move = ["git", f"--git-dir={store}", "update-ref", "refs/heads/main", commit]
    subprocess.run(move, check=True)
    (firm.root / "index.sqlite").unlink(missing_ok=True)


def test_a_history_goes_on_from_each_of_its_heads(firm: Firm) -> None:
    first = firm.ada.verify().head
    firm.reach(State.EFFECTIVE)
    last = firm.ada.verify().head

    assert codes(firm.ada, first) == codes(firm.ada, last) == []


def test_changes_that_were_taken_back_are_missed(firm: Firm) -> None:
    before = firm.head
    firm.reach(State.EFFECTIVE)
    known = firm.ada.verify().head
    firm.ada.store.maintain()
    taken_back(firm, before)

    with firm.reopened().ada as library:
        assert not library.verify().problems
        (found,) = library.verify(known=known).problems
        assert (found.code, found.place) == ("rewritten-history", known)
        assert before in found.sentence


def test_another_library_does_not_hold_the_head(firm: Firm, place: Path) -> None:
    other = firm.copy(place / "other")
    firm.new()
    other.new(title="Another")

    assert codes(other.ada, firm.head) == ["rewritten-history"]
    assert codes(firm.ada, firm.head) == []


@pytest.mark.parametrize("known", ["", "HEAD", "main", "0" * 12, "--all", "0" * 40 + "\n"])
def test_only_a_whole_commit_is_a_head(firm: Firm, known: str) -> None:
    with firm.refuses(InputError, "is not the id of a commit"):
        firm.ada.verify(known=known)
