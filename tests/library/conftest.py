import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "library"), str(TESTS / "store")]

from firm_fixtures import firm, founded, memory, place, quick_disk, regulated, site  # noqa: E402

__all__ = ["firm", "founded", "memory", "place", "quick_disk", "regulated", "site"]


def pytest_make_parametrize_id(val: Any) -> str | None:
    """Name cases by what they are, without characters that a terminal obeys."""
    return ascii(val)[:60] if isinstance(val, str) else None
