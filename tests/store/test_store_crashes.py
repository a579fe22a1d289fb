"""Whatever happens, whenever: what was acknowledged is there, whole, and the next write works."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from stores import At, Call, Child, die, die_writing, events, land, raise_error, tidy, watched

from docctl.errors import DiskError
from docctl.store.writing import change, journal, lock
from docctl.store.writing.change import Store

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


def cases(*faults: Any) -> pytest.MarkDecorator:
    """Cross every way with every fault; all but the last way and the last fault are slow."""
    return pytest.mark.parametrize(
        ("way", "fault"),
        [
            pytest.param(way, fault, marks=() if last else pytest.mark.slow)
            for way in (small, large, with_checkpoint)
            for fault in faults
            for last in [way is with_checkpoint and fault is faults[-1]]
        ],
    )


@cases(die, die_writing)
def test_a_writer_may_be_killed_at_any_call(copies: Copies, way: Callable, fault: Callable) -> None:
    for point in count(1):
        copy = copies()

        at = At(point, fault)

        def action(tell: Callable[[int], None], copy: Path = copy, at: At = at) -> None:
            with Store.open(copy) as store, watched(at):
                way(store, 3)
                tell(3)

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


@cases(*((number, sticky) for number in (errno.ENOSPC, errno.EIO) for sticky in (False, True)))
def test_a_disk_may_refuse_any_call(copies: Copies, way: Callable, fault: tuple[int, bool]) -> None:
    number, sticky = fault
    refuse = raise_error(OSError(number, os.strerror(number)))
    for point in count(1):
        copy = copies()
        found, at = [1, 2], At(point, refuse, sticky=sticky)
        with Store.open(copy) as store:
            with suppress(DiskError), watched(at):
                way(store, 3)
                found.append(3)
            assert events(store) == found
            land(store, 4)
            assert events(store) == [*found, 4]
        with Store.open(copy) as store:
            assert events(store) == [*found, 4]
        if not at.hit:
            break
    assert point > 15


def interrupt_after(call: Call) -> None:
    """Let the call be made, then press Ctrl-C. What was opened stays open, as it would."""
    call.real(*call.args)
    raise KeyboardInterrupt


@cases(raise_error(KeyboardInterrupt()), interrupt_after)
def test_a_change_may_be_interrupted_at_any_call(
    copies: Copies, way: Callable, fault: Callable
) -> None:
    for point in count(1):
        copy = copies()
        at = At(point, fault)
        with Store.open(copy) as store:
            with suppress(KeyboardInterrupt), watched(at):
                way(store, 3)
            found = events(store)
            assert found in ([1, 2], [1, 2, 3])
            land(store, 4)
            assert events(store) == [*found, 4]
        if not at.hit:
            break
    assert point > 15
