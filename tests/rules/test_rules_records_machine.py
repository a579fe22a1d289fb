"""No record goes before its time, under a hold, or by one person alone, whatever is tried."""

from collections import Counter

import pytest
from planted_records import PLANTS, Plant
from records_driver import Driver

ACTS = 90
#: Runs of one part; twenty parts of them are run by `make thorough`, and a small one always.
PART = 1000


def driven(first: int, runs: int, *, acts: int = ACTS) -> Counter[str]:
    counts: Counter[str] = Counter()
    for seed in range(first, first + runs):
        Driver(seed, counts).run(acts)
    return counts


def test_nothing_goes_unlawfully_and_things_do_go() -> None:
    """No record is destroyed before its time or under a hold, by whatever way."""
    counts = driven(0, 300)

    assert counts["disposed"] > 60
    for tried in ("RetentionError", "HoldError", "DateError", "EventError", "NotAuthorisedError"):
        assert counts[f"disposed refused: {tried}"] > 10
    assert counts["disposal_authorised refused: SeparationOfDutiesError"] > 5
    assert counts["hold_lifted"] > 30
    assert counts["disposal_certified"] > 3
    assert counts["retention_reviewed"] > 30
    assert counts["transfer_received"] > 5
    assert counts["request_decided"] > 30
    assert counts["custody_changed"] > 20
    assert counts["original_destroyed"] > 3
    assert counts["original_destroyed refused: IllegalMoveError"] > 30
    assert counts["blank_used"] > 30
    assert counts["blank_used refused: EventError"] > 5
    assert counts["retention_reviewed refused: RetentionError"] > 5


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_nothing_goes_unlawfully_in_many_years(part: int) -> None:
    counts = driven(1_000_000 + part * PART, PART)

    assert counts["disposed"] > PART / 5


@pytest.mark.slow
@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_the_second_opinion_finds_a_planted_bug(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)

    with pytest.raises(AssertionError, match=r"(went|was accepted), and"):
        driven(3_000_000, 10_000)
