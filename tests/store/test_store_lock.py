"""One writer at a time, and whose lock it is that a dead one leaves."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from stores import Child, events, git, land

from docctl.errors import LockedError
from docctl.store.writing import branch, lock
from docctl.store.writing.change import Store
from docctl.store.writing.lock import Holder, WriterLock


@pytest.fixture
def note(path: Path) -> Path:
    return path / "docctl/lock"


def test_a_second_writer_waits_and_is_told_who_writes(path: Path) -> None:
    with Store.open(path, patience=0.05) as store, WriterLock(path, patience=0):
        with pytest.raises(LockedError, match=rf"process {os.getpid()} on {lock.HOST} writes"):
            land(store, 1)
        (path / "docctl/lock").write_text("{nonsense")
        with pytest.raises(LockedError, match="another program writes"):
            land(store, 1)
    with Store.open(path) as store:
        land(store, 1)


def test_the_lock_can_be_taken_again_inside(path: Path) -> None:
    held = WriterLock(path, patience=0)
    with held, held:
        pass
    with WriterLock(path, patience=0):
        pass


def test_a_lock_file_that_was_swept_away_is_made_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that we wait for is deleted: having locked that one means nothing."""
    flock, sweeps = lock.fcntl.flock, iter([True])

    def swept(file: int, how: int) -> None:
        flock(file, how)
        if next(sweeps, False):
            (path / "docctl/lock").unlink()

    monkeypatch.setattr(lock.fcntl, "flock", swept)
    with WriterLock(path, patience=1):
        assert (path / "docctl/lock").exists()


def test_who_is_dead_is_known_for_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    me = Holder.current()
    child = Child(lambda _: None)
    gone = Holder(child.pid, "", me.boot, me.host)
    child.ended()

    assert gone.dead
    assert not me.dead
    assert Holder(me.pid, "another start", me.boot, me.host).dead
    assert Holder(me.pid, me.started, "another boot", me.host).dead
    assert not Holder(me.pid, me.started, "another boot", "another host").dead
    monkeypatch.setattr(os, "kill", raise_permission)
    assert not gone.dead


def raise_permission(*_: object) -> None:
    raise PermissionError


def test_nothing_is_known_of_a_machine_without_a_process_table(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_BOOT_ID", place / "none")
    assert lock.boot_id() == ""
    assert lock._started(-1) == ""


@pytest.fixture
def dead() -> Holder:
    child = Child(lambda _: None)
    child.ended()
    return Holder(child.pid, "1", lock.boot_id(), lock.HOST)


@pytest.mark.parametrize("written", ["", "all"])
def test_locks_of_our_own_dead_git_are_removed(
    path: Path, note: Path, dead: Holder, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch, "PATIENCE", 0.05)
    commit = "1" * 40
    leave(
        path, note, Holder(dead.pid, "1", dead.boot, dead.host, commit), written and f"{commit}\n"
    )
    with Store.open(path) as store:
        land(store, 1)
        assert events(store) == [1]
    assert not list(path.rglob("*.lock"))


@pytest.mark.parametrize(
    "change",
    [
        lambda dead: Holder(dead.pid, "1", dead.boot, "another host", "1" * 40),
        lambda dead: Holder(os.getpid(), Holder.current().started, dead.boot, dead.host, "1" * 40),
        lambda dead: Holder(dead.pid, "1", dead.boot, dead.host, "2" * 40),
        lambda dead: Holder(dead.pid, "1", dead.boot, dead.host),
    ],
)
def test_a_lock_that_may_be_alive_or_foreign_stays(
    path: Path,
    note: Path,
    dead: Holder,
    change: Callable[[Holder], Holder],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(branch, "PATIENCE", 0.05)
    leave(path, note, change(dead), "1" * 40 + "\n")
    with Store.open(path) as store, pytest.raises(LockedError):
        land(store, 1)
    assert len(list(path.rglob("*.lock"))) == 2


def leave(path: Path, note: Path, owner: Holder, content: str) -> None:
    """Leave what a writer leaves that dies while Git moves the branch for it."""
    with WriterLock(path, patience=0) as held:
        held._write(lock.json.dumps(lock.asdict(owner)))
        left = note.read_bytes()
    note.write_bytes(left)
    (path / "refs/heads/main.lock").write_text(content)
    (path / "HEAD.lock").touch()


def test_only_the_head_is_locked_after_the_branch_has_moved(path: Path) -> None:
    with Store.open(path) as store:
        commit = land(store, 1).commit
    lock.clear_ref_locks(path, commit)
    (path / "HEAD.lock").touch()
    lock.clear_ref_locks(path, "2" * 40)
    assert (path / "HEAD.lock").exists()
    lock.clear_ref_locks(path, commit)
    assert not (path / "HEAD.lock").exists()
    assert git(path, "rev-parse", "main") == commit
