"""Killed, or without power, at any call that changes a disk: resumed, nothing lost, nothing left.

A disposal that is interrupted at any step resumes; no payload is lost that should stay, and none is
left that should go. The same holds of everything that fills or empties the vault.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from archive import Keeping
from cut_deeds import DEEDS, Deed, lying, opened
from cuts import Office, killed, powerless

Cut = Callable[..., Iterator[Keeping]]

ENDS = pytest.mark.parametrize("cut", [killed, powerless])
MANY = pytest.mark.parametrize("moments", [3, pytest.param(10_000, marks=pytest.mark.slow)])


@pytest.fixture(scope="module")
def staged(equipped: Keeping, memory: Path) -> Callable[[Deed], Office[Keeping]]:
    """A library in which a deed may be done; made once, for copying only."""
    made: dict[str, Office[Keeping]] = {}

    def stage(deed: Deed) -> Office[Keeping]:
        if deed.name not in made:
            keeping = equipped.copied(memory / deed.name)
            deed.scene(keeping)
            keeping.firm.close()
            later = keeping.firm.clock.now + timedelta(hours=1)
            made[deed.name] = Office(keeping.firm.root, partial(opened, now=later))
        return made[deed.name]

    return stage


@MANY
@ENDS
@pytest.mark.parametrize("deed", [one() for one in DEEDS], ids=lambda one: one.name)
def test_it_is_resumed_with_nothing_lost_and_nothing_left(
    staged: Callable[[Deed], Office[Keeping]],
    deed: Deed,
    cut: Cut,
    moments: int,
    place: Path,
) -> None:
    seen = 0
    for left in cut(staged(deed), deed.act, place, moments):
        left.wait(1)  # who was killed has looked at a clock of its own
        assert {*left.codes()} <= deed.open_codes
        deed.begun(left)
        deed.resume(left)
        _two_days_later(left)
        left.firm.ada.vault_sweep(unknown=True)
        _as_it_should_be(left, deed)
        deed.resume(left)
        _as_it_should_be(left, deed)
        seen += 1
    assert seen >= 2


def _two_days_later(keeping: Keeping) -> None:
    """What is on its way to a vault is taken for abandoned after a day."""
    for path in keeping.firm.root.rglob("tmp/*"):
        os.utime(path, (path.stat().st_mtime - 200_000,) * 2)


def _as_it_should_be(keeping: Keeping, deed: Deed) -> None:
    deed.done(keeping)
    assert lying(keeping) == deed.left
    assert keeping.codes() == []
    assert keeping.firm.ada.vault_scrub().sound
    deed.begun(keeping)
