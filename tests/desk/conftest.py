import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "library"), str(TESTS / "store")]

from firm_fixtures import firm, founded, memory, place, quick_disk, regulated  # noqa: E402

__all__ = ["firm", "founded", "memory", "place", "quick_disk", "regulated"]
