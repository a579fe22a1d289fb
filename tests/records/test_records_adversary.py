"""Nothing goes before its time, under a hold, or without authority: by library, command or push.

Whole histories on the real product, each judged by what lies in the vault afterwards.
"""

from collections import Counter
from pathlib import Path

import pytest
from adversary.base import Base
from adversary.history import UnlawfulError
from adversary.plants import PLANTS, Plant
from adversary.play import COMMAND, LIBRARY, PROCESS, played

#: How many parts `make test-all` plays, and the histories of each: 20,000 of them together, and a
#: hundred by commands in processes of their own.
PARTS = 20
BY_LIBRARY, BY_COMMAND, BY_PUSH, PUSHED_AT_COMMANDS, BY_PROCESS = 700, 150, 100, 50, 5
#: Within so many histories every planted bug has to be found.
FOUND_WITHIN = 400


@pytest.fixture(scope="module")
def base(memory: Path) -> Base:
    """The office in which every history begins."""
    place = memory / "adversary" / "base"
    place.mkdir(parents=True)
    return Base.made(place)


def part(base: Base, first: int, scale: float = 1) -> Counter[str]:
    """Play some histories by each door."""
    seeds = [range(first, first + round(scale * many)) for many in (
        BY_LIBRARY, BY_COMMAND, BY_PUSH, PUSHED_AT_COMMANDS, BY_PROCESS
    )]  # fmt: skip
    return (
        played(base, LIBRARY, seeds[0])
        + played(base, COMMAND, seeds[1])
        + played(base, LIBRARY, seeds[2], pushed=True)
        + played(base, COMMAND, [one + BY_PUSH for one in seeds[3]], pushed=True)
        + played(base, PROCESS, seeds[4])
    )


def test_nothing_goes_unlawfully_on_the_real_product_and_things_do_go(base: Base) -> None:
    """No record is destroyed before its time or under a hold, by whatever way."""
    counts = part(base, 0, scale=0.1)

    assert counts["runs"] >= 100
    assert counts["acts"] > 8 * counts["runs"]
    assert counts["went: destroy"] > 5
    assert counts["went: transfer"] + counts["went: anonymise"] > 2
    for verb in ("run", "authorise", "propose", "lift", "close"):
        assert sum(counts[one] for one in counts if one.startswith(f"{verb} refused")) > 2
    assert counts["payloads read back"] > 2 * counts["runs"]
    assert sum(counts[one] for one in counts if one.startswith("attack: ")) >= 10


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("number", range(PARTS))
def test_nothing_goes_unlawfully_in_many_histories(
    base: Base, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = part(base, 1_000_000 + number * 10_000)

    assert counts["went: destroy"] > counts["runs"] / 10
    with capsys.disabled():
        print(f"\npart {number}: {dict(sorted(counts.items()))}")  # noqa: T201 - it is asked for


QUICKLY_FOUND = (
    "what is refused takes the key with it",
    "payloads are left",
    "nobody verifies before",
)


def found(plant: Plant, base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    plant.planted(monkeypatch)
    seeds = range(3_000_000, 3_000_000 + FOUND_WITHIN)

    with pytest.raises(UnlawfulError):
        played(base, LIBRARY, seeds, pushed=plant.pushed)


@pytest.mark.parametrize("name", QUICKLY_FOUND)
def test_a_planted_bug_of_the_product_is_found(
    name: str, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(PLANTS[name], base, monkeypatch)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_every_planted_bug_of_the_product_is_found(
    plant: Plant, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(plant, base, monkeypatch)
