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
from stores import (
    At,
    Call,
    Child,
    Disk,
    die,
    die_writing,
    events,
    foreign_commit,
    git,
    land,
    raise_error,
    tidy,
    watched,
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


# --- power cuts ----------------------------------------------------------------------------------


@pytest.fixture(params=["another boot", "the same boot"])
def after(request: pytest.FixtureRequest, place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Start the machine again, or only unplug the disk."""

    def start() -> None:
        if request.param == "another boot":
            (place / "boot").write_text(str(next(boots)))
            monkeypatch.setattr(lock, "_BOOT_ID", place / "boot")

    boots = count()
    return start


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_nothing_acknowledged_is_lost_when_the_power_goes(
    place: Path, form: str, after: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what was flushed survives: no other content, no other name."""
    monkeypatch.setattr(journal, "FULL_CHANGES", 3)
    with Disk(place / "disk") as disk:
        (place / "disk").mkdir()
        path = place / "disk" / "store.git"
        acknowledged: list[int] = []
        with Store.create(path, object_format=form) as store:
            for number in range(1, 9):
                if number == 5:
                    foreign_commit(path, 50)
                    acknowledged.append(50)
                monkeypatch.setattr(change, "MANY", 1 if number in {6, 8} else 512)
                land(store, number)
                acknowledged.append(number)
                copy = disk.after_power_cut(place / "after")
                after()
                with Store.open(copy / "store.git") as survivor:
                    assert events(survivor) == sorted(acknowledged)
                    land(survivor, 60)
                    assert events(survivor) == sorted([*acknowledged, 60])
                assert number % 3 or tidy(copy / "store.git") == ""
            store.maintain()
        after()
        with Store.open(disk.after_power_cut(place / "after") / "store.git") as survivor:
            assert events(survivor) == sorted(acknowledged)
    assert acknowledged == [1, 2, 3, 4, 50, 5, 6, 7, 8]


@pytest.fixture
def another_boot(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    (place / "boot").write_text("another")
    return lambda: monkeypatch.setattr(lock, "_BOOT_ID", place / "boot")


def test_the_first_change_in_a_plain_clone_is_as_durable(place: Path, after: Callable) -> None:
    with Disk(place) as disk:
        with Store.create(place / "first.git") as store:
            land(store, 1)
        git(place, "clone", "--bare", "--quiet", str(place / "first.git"), str(place / "clone"))
        disk.sync()
        with Store.open(place / "clone") as store:
            land(store, 2)
        cut = disk.after_power_cut(place.with_name(f"{place.name}-after"))
    after()
    with Store.open(cut / "clone") as store:
        assert events(store) == [1, 2]
    shutil.rmtree(cut)


def test_a_living_handle_goes_on_after_another_writer_has_died(path: Path) -> None:
    def die_before_the_swap(call: Call) -> None:
        if call.name == "link":
            die(call)

    def action(_: object) -> None:
        with Store.open(path) as store, watched(die_before_the_swap):
            land(store, 2)

    with Store.open(path) as store:
        land(store, 1)
        assert Child(action).ended() == ([], False)
        land(store, 3)
        assert events(store) == [1, 3]
    with Store.open(path) as store:
        assert events(store) == [1, 3]


@pytest.mark.parametrize("written", [0, 20, 41])
def test_a_lock_that_outlives_a_power_cut_is_ours_to_remove(
    path: Path, written: int, another_boot: Callable[[], None]
) -> None:
    """What file systems really leave: the name of a lock, with or without its content."""
    with Store.open(path) as store:
        first, second = land(store, 1).commit, land(store, 2).commit
    git(path, "update-ref", "refs/heads/main", first)
    (path / "refs/heads/main.lock").write_text(f"{second}\n"[:written])
    another_boot()
    with Store.open(path) as store:
        assert events(store) == [1, 2]
    assert not list(path.rglob("*.lock"))


def test_a_damaged_object_is_healed_from_the_journal(path: Path) -> None:
    with Store.open(path) as store:
        landed = land(store, 1)
        for oid in (*landed.blobs.values(), landed.tree, landed.commit):
            file = path / "objects" / oid[:2] / oid[2:]
            file.chmod(0o644)
            file.write_bytes(b"")
    with Store.open(path) as store:
        assert len(list(store.reader.commits(None, landed.commit))) == 1
        assert events(store) == [1]
        land(store, 2)
    assert tidy(path) == ""


def test_a_damaged_head_is_healed_from_the_journal(path: Path) -> None:
    with Store.open(path) as store:
        land(store, 1)
        git(path, "pack-refs", "--all")
        land(store, 2)
        store.maintain()
        land(store, 3)
        (path / "refs/heads/main").write_text("")
        assert events(store) == [1, 2, 3]


def test_damage_beyond_the_journal_is_reported(path: Path) -> None:
    with Store.open(path) as store:
        landed = land(store, 1)
        store.maintain()
        land(store, 2)
        oid = next(iter(landed.blobs.values()))
        for pack in (path / "objects/pack").glob("*"):
            pack.unlink()
    with Store.open(path) as store:
        with pytest.raises(DamagedStoreError, match=oid):
            store.reader.read(oid)
        store.maintain()
        (path / "refs/heads/main").write_text("nonsense")
        with pytest.raises(DamagedStoreError, match="refs/heads/main"):
            store.head()


def test_a_checkpoint_of_nothing_changes_nothing(store: Store) -> None:
    with store._branch.lock:
        store._branch.checkpoint()
    land(store, 1)
    assert events(store) == [1]


def test_a_head_that_somebody_moved_elsewhere_is_left_there(path: Path) -> None:
    with Store.open(path) as store:
        land(store, 1)
    other = git(path, "commit-tree", "refs/heads/main^{tree}", "-m", "foreign")
    git(path, "update-ref", "refs/heads/main", other)
    with Store.open(path) as store:
        assert store.head() == other


def test_a_medium_that_cannot_be_written_can_still_be_read(
    path: Path, another_boot: Callable[[], None]
) -> None:
    refuse = raise_error(OSError(errno.EROFS, os.strerror(errno.EROFS)))
    with Store.open(path) as store:
        first = land(store, 1).commit
        land(store, 2)
    another_boot()
    with watched(refuse), Store.open(path) as store:
        assert events(store) == [1, 2]
        with pytest.raises(DamagedStoreError):
            store.reader.read("1" * 40)
    git(path, "update-ref", "refs/heads/main", first)
    with watched(refuse), pytest.raises(DiskError, match="Read-only"):
        Store.open(path)
