"""What was acknowledged survives a power cut, and the journal heals damage as far as it reaches."""

import errno
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from stores import (
    Call,
    Child,
    Disk,
    die,
    events,
    foreign_commit,
    git,
    land,
    raise_error,
    tidy,
    watched,
)

from docctl.errors import DamagedStoreError, DiskError
from docctl.store.writing import change, journal, lock
from docctl.store.writing.change import Store


@pytest.fixture(autouse=True)
def no_last_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_LAST_BREATH", 0)


@pytest.fixture(params=["another boot", "the same boot"])
def after(request: pytest.FixtureRequest, place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Start the machine again, or only unplug the disk."""

    def start() -> None:
        if request.param == "another boot":
            (place / "boot").write_text(str(next(boots)))
            monkeypatch.setattr(lock, "_BOOT_ID", place / "boot")

    boots = count()
    return start


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


def test_a_change_on_top_of_others_that_did_not_wait_makes_them_durable(
    place: Path, after: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "FULL_CHANGES", 2)
    with Disk(place) as disk:
        Store.create(place / "store.git").close()
        for numbers, durability in (((1, 2, 3), "none"), ((4,), "journal"), ((5, 6), "none")):
            with Store.open(place / "store.git", durability=durability) as store:
                for number in numbers:
                    land(store, number)
            cut = disk.after_power_cut(place.with_name(f"{place.name}-after"))
    after()
    with Store.open(cut / "store.git") as store:
        assert events(store) == [1, 2, 3, 4]
    shutil.rmtree(cut)


def test_two_handles_keep_each_others_changes(place: Path, after: Callable) -> None:
    with Disk(place) as disk:
        Store.create(place / "store.git").close()
        with Store.open(place / "store.git") as one, Store.open(place / "store.git") as two:
            for number in (1, 3, 5):
                land(one, number)
                land(two, number + 1)
        cut = disk.after_power_cut(place.with_name(f"{place.name}-after"))
    after()
    with Store.open(cut / "store.git") as store:
        assert events(store) == [1, 2, 3, 4, 5, 6]
    shutil.rmtree(cut)


def test_a_journal_begins_anew_after_a_boot(path: Path, another_boot: Callable[[], None]) -> None:
    another_boot()
    with Store.open(path) as store:
        land(store, 1)
        assert not store._branch.journal.interrupted


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


@pytest.mark.parametrize("ending", ["pack", "idx"])
@pytest.mark.parametrize("damage", [lambda data: data[:0], lambda data: data[:-9], bytes.swapcase])
def test_damaged_objects_are_healed_from_the_journal(
    path: Path, ending: str, damage: Callable[[bytes], bytes]
) -> None:
    with Store.open(path) as store:
        landed = land(store, 1)
        file = path / f"objects/pack/pack-{landed.commit}.{ending}"
        file.chmod(0o644)
        file.write_bytes(damage(file.read_bytes()))
    with Store.open(path) as store:
        assert len(list(store.reader.commits(None, landed.commit))) == 1
        assert events(store) == [1]
        land(store, 2)
    assert tidy(path) == ""


def test_names_without_content_are_swept_after_a_power_cut(
    path: Path, another_boot: Callable[[], None]
) -> None:
    """A writer died before it had landed, and then the power went."""
    with Store.open(path) as store:
        land(store, 1)
        store.maintain()
        land(store, 2)
    packs = path / "objects/pack"
    (kept := next(packs.glob("*.pack")).with_suffix(".keep")).touch()
    for ending in ("pack", "idx"):
        (packs / f"pack-{'1' * 40}.{ending}").touch()
    assert tidy(path) == "fsck failed"
    another_boot()
    with Store.open(path) as store:
        assert events(store) == [1, 2]
    assert tidy(path) == ""
    assert kept.exists()


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
