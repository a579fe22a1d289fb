import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [
    str(TESTS),
    *(str(TESTS / room) for room in ("library", "records", "rules", "store")),
]

from archive import Keeping  # noqa: E402
from firm_fixtures import founded, memory, place, quick_disk  # noqa: E402

__all__ = ["founded", "memory", "place", "quick_disk"]


@pytest.fixture(scope="session")
def equipped(memory: Path) -> Keeping:
    """A firm with a retention schedule and two forms, for copying only."""
    return Keeping.equipped(memory / "equipped")


@pytest.fixture
def keeping(equipped: Keeping, place: Path) -> Iterator[Keeping]:
    copied = equipped.copied(place / "acme")
    yield copied
    copied.firm.close()
