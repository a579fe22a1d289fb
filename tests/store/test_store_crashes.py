"""Whatever happens, and whenever: what was acknowledged is there, whole, and the next write works."""

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from stores import (
    At,
    Child,
    Disk,
    die,
    die_writing,
    event,
    events,
    foreign_commit,
    git,
    land,
    raise_error,
    tidy,
    watched,
    WHEN,
)

from docctl.errors import DamagedStoreError, DiskError
from docctl.store import change, journal, lock
from docctl.store.change import Store

Copies = Callable[[], Path]


@pytest.fixture
def copies(store: Store, path: Path, place: Path) -> Copies:
    """Make copies of a store with the events 1 and 2."""
    land(store, 1)
    land(store, 2)
    store.maintain()
    names = count()
    return lambda: Path(shutil.copytree(path, place / f"copy-{next(names)}"))


def small(store: Store, number: int) -> None:
    land(store, number)


def large(store: Store, number: int) -> None:
    """Land as a pack of its own."""
    change.MANY = 1
    land(store, number)


def with_checkpoint(store: Store, number: int) -> None:
    journal.FULL_CHANGES = 1
    land(store, number)


@pytest.fixture(autouse=True)
def kept_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change, "MANY", change.MANY)
    monkeypatch.setattr(journal, "FULL_CHANGES", journal.FULL_CHANGES)
    monkeypatch.setattr(lock, "_LAST_BREATH", 0)


WAYS = [small, large, with_checkpoint]


@pytest.mark.parametrize("fault", [die_writing, pytest.param(die, marks=pytest.mark.slow)])
@pytest.mark.parametrize("way", WAYS)
def test_a_writer_may_be_killed_at_any_call(copies: Copies, way: Callable, fault: Callable) -> None:
    for point in count(1):
        copy = copies()

        def action(acknowledge: Callable[[int], None], copy: Path = copy) -> None:
            with Store.open(copy) as store, watched(At(point, fault)):
                way(store, 3)
                acknowledge(3)

        acknowledged, lived = Child(action).ended()
        with Store.open(copy) as store:
            found = events(store)
            assert found in ([1, 2], [1, 2, 3])
            assert set(acknowledged) <= set(found)
            assert land(store, 4).parent == store.reader.commit(store.head() or "").parents[0]
        assert point % 10 or tidy(copy) == ""
        if lived:
            break
    assert point > 15
