"""Firms, copied from those that were founded once, on a quick disk."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from firm import Firm

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@pytest.fixture(scope="session")
def memory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def founded(memory: Path) -> Callable[[str], Firm]:
    """Return a firm of a profile that is for copying only."""
    made: dict[str, Firm] = {}

    def found(profile: str) -> Firm:
        if profile not in made:
            made[profile] = Firm.found(memory / profile, profile=profile)
        return made[profile]

    return found


@pytest.fixture
def place(memory: Path) -> Iterator[Path]:
    """A folder that goes after the test."""
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@pytest.fixture
def firm(founded: Callable[[str], Firm], place: Path) -> Iterator[Firm]:
    firm = founded("standard").copy(place / "acme")
    yield firm
    firm.close()


@pytest.fixture
def regulated(founded: Callable[[str], Firm], place: Path) -> Iterator[Firm]:
    firm = founded("regulated").copy(place / "acme")
    yield firm
    firm.close()


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the disk: no test can see whether it has really been waited for."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(os, "sync", lambda: None)


@pytest.fixture
def site(place: Path) -> Path:
    """Return where a site is to be published, which is not there yet."""
    return place / "site"
