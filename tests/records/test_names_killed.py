"""Killed, or without power, while a name leaves the vault: done again, and nothing of it is left.

The same command is typed again, as a person would who does not know how far it came.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest
from cuts import Office, killed, powerless
from firm import Clock
from quiet import KARI, OLA, Quiet

Cut = Callable[..., Iterator[Quiet]]

NEW = "Ola Berg"


class Erasing:
    """Somebody who has left is erased."""

    name: ClassVar[str] = "a person erased"
    #: How many payloads of names are left in each copy of the vault, and how many keys.
    left: ClassVar[tuple[int, int, int]] = (1, 1, 1)

    def scene(self, quiet: Quiet) -> None:
        quiet.kari.person_leave(quiet.kari.person_found(OLA))

    def act(self, quiet: Quiet) -> None:
        quiet.kari.person_erase(_ola(quiet), reason="Asked for, and no duty to keep it")

    def begun(self, quiet: Quiet) -> None:
        """As long as the history does not say so, the name is there; then it is nowhere to read."""
        person = quiet.kari.person(_ola(quiet))
        assert person.name == (f"name erased ({person.id})" if person.erased else OLA)

    def done(self, quiet: Quiet) -> None:
        ola = _ola(quiet)
        assert quiet.kari.person(ola).name == f"name erased ({ola})"
        assert [one.type for one in quiet.kari.history("ACCESS")].count("person_erased") == 1


class Renaming(Erasing):
    """Somebody is called otherwise, and the name that was is let go."""

    name = "a person renamed"
    left = (2, 2, 2)

    def scene(self, quiet: Quiet) -> None:
        """Ola is here, under the first name."""

    def act(self, quiet: Quiet) -> None:
        quiet.kari.person_rename(_ola(quiet), NEW, reason="Married")

    def begun(self, quiet: Quiet) -> None:
        assert quiet.kari.person(_ola(quiet)).name in {OLA, NEW}

    def done(self, quiet: Quiet) -> None:
        assert quiet.kari.person(_ola(quiet)).name == NEW


DEEDS = (Erasing, Renaming)
ENDS = pytest.mark.parametrize("cut", [killed, powerless])
MANY = pytest.mark.parametrize("moments", [3, pytest.param(10_000, marks=pytest.mark.slow)])


@contextmanager
def opened(root: Path, clock: Clock) -> Iterator[Quiet]:
    quiet = Quiet(root, Clock(clock.now))
    try:
        yield quiet
    finally:
        quiet.kari.close()


def _ola(quiet: Quiet) -> str:
    """The id of whoever is not Kari: it tells nothing, and outlives the name."""
    (ola,) = (one.id for one in quiet.kari.people() if one.name != KARI)
    return ola


@pytest.fixture(scope="module")
def staged(memory: Path) -> Callable[[Erasing], Office[Quiet]]:
    """A library with two copies of its vault, in which a deed may be done; for copying only."""
    made: dict[str, Office[Quiet]] = {}

    def stage(deed: Erasing) -> Office[Quiet]:
        if deed.name not in made:
            root = memory / deed.name / "acme"
            first = Quiet.found(root)
            first.kari.close()
            (root / "docctl.toml").write_text('vault = ["vault", "copy"]\n')
            first.clock.wait(days=1)
            with opened(root, first.clock) as quiet:
                quiet.kari.vault_copy(begin=["copy"])
                deed.scene(quiet)
                quiet.clock.wait(days=1)
                made[deed.name] = Office(root, partial(opened, clock=quiet.clock))
        return made[deed.name]

    return stage


@MANY
@ENDS
@pytest.mark.parametrize("deed", [one() for one in DEEDS], ids=lambda one: one.name)
def test_the_same_command_finishes_it_and_nothing_of_the_name_is_left(
    staged: Callable[[Erasing], Office[Quiet]], deed: Erasing, cut: Cut, moments: int, place: Path
) -> None:
    seen = 0
    for left in cut(staged(deed), deed.act, place, moments):
        left.clock.wait(days=1)  # who was killed has looked at a clock of its own
        assert {*left.codes()} <= {"returned-name"}
        deed.begun(left)
        deed.act(left)
        _two_days_later(left)
        left.kari.vault_sweep(unknown=True)
        _as_it_should_be(left, deed)
        deed.act(left)
        _as_it_should_be(left, deed)
        seen += 1
    assert seen >= 2


def _two_days_later(quiet: Quiet) -> None:
    """What is on its way to a vault is taken for abandoned after a day."""
    for path in quiet.root.rglob("tmp/*"):
        os.utime(path, (path.stat().st_mtime - 200_000,) * 2)


def _as_it_should_be(quiet: Quiet, deed: Erasing) -> None:
    """Every signature holds, of Ola's approval, too; the first name is nowhere, the other's is."""
    deed.done(quiet)
    assert quiet.codes() == []
    assert quiet.kari.vault_scrub().sound
    assert quiet.kari.vault_scrub().strangers == ()
    assert quiet.holders(OLA) == []
    assert KARI in quiet.exported()
    assert _lying(quiet) == deed.left


def _lying(quiet: Quiet) -> tuple[int, ...]:
    return tuple(
        sum(one.is_file() and one.parent.name != "mark" for one in (quiet.root / name).rglob("*"))
        for name in ("vault", "copy", "vault-keys")
    )
