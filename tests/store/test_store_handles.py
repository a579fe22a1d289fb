"""Other programs on the same repository, and who may use a handle."""

import copy
import os
import pickle
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from stores import Child, events, foreign_commit, git, land

from docctl.errors import DiskError, GitError, LockedError, NotFoundError, StoreError
from docctl.store.git import SILENCE
from docctl.store.writing import branch
from docctl.store.writing.change import Store


def test_a_lock_of_another_program_is_respected(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch, "PATIENCE", 0.05)
    lock = path / "refs/heads/main.lock"
    for content in ("", "something else\n"):
        lock.write_text(content)
        with pytest.raises(LockedError, match=r"main\.lock"):
            land(store, 1)
        assert lock.read_text() == content
    lock.unlink()
    land(store, 1)
    assert events(store) == [1]


def test_a_lock_that_goes_away_is_waited_for(store: Store, path: Path) -> None:
    lock = path / "refs/heads/main.lock"
    lock.touch()
    threading.Timer(0.1, lock.unlink).start()
    land(store, 1)
    assert events(store) == [1]


@pytest.mark.parametrize("how", ["reflog", "no hard links"])
def test_git_moves_the_branch_where_a_swap_will_not_do(
    both: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if how == "reflog":
        (both / "logs/refs/heads").mkdir(parents=True)
        (both / "logs/refs/heads/main").touch()
    else:
        monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(branch, "PATIENCE", 0.05)
    with Store.open(both) as store:
        land(store, 1)
        lock = both / "refs/heads/main.lock"
        lock.touch()
        with pytest.raises(LockedError):
            land(store, 2)
        lock.unlink()
        land(store, 3)
        assert events(store) == [1, 3]
        foreign_commit(both, 7)
        with store._branch.lock:
            assert store._branch.move(None, "1" * len(store.head() or "")) is False
    if how == "reflog":
        assert len((both / "logs/refs/heads/main").read_text().splitlines()) == 3


@pytest.mark.parametrize("moved", [False, True])
def test_a_git_that_is_killed_leaves_no_lock(
    store: Store, path: Path, moved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path / "logs").mkdir()
    real = store._git.update_ref.exchange
    kills = iter([True])

    def exchange(request: bytes, read: Callable[[IO[bytes]], None]) -> None:
        if next(kills, False):
            new = request.split()[3].decode()
            lock = path / "refs/heads/main.lock"
            (path / "HEAD.lock").touch()
            lock.write_text(f"{new}\n")
            if moved:
                lock.rename(lock.with_suffix(""))
            raise GitError("update-ref", SILENCE)
        real(request, read)

    monkeypatch.setattr(store._git.update_ref, "exchange", exchange)
    land(store, 1)
    assert events(store) == [1]
    assert not list(path.rglob("*.lock"))


def test_git_can_refuse_for_a_reason_of_its_own(store: Store, path: Path) -> None:
    (path / "logs").mkdir()
    with store._branch.lock, pytest.raises(GitError, match="nonexistent object"):
        store._branch.move(None, "1" * 40)


def test_packed_refs_are_read_and_written_over(store: Store, path: Path) -> None:
    first = land(store, 1).commit
    git(path, "pack-refs", "--all")
    assert store.head() == first
    land(store, 2, expected=first)
    assert events(store) == [1, 2]


# --- handles -----------------------------------------------------------------------------------


def test_a_handle_belongs_to_one_thread_and_process(store: Store) -> None:
    land(store, 1)

    def elsewhere(acknowledge: Callable[[int], None]) -> None:
        for use in (store.head, lambda: land(store, 2), lambda: pickle.dumps(store)):
            with pytest.raises(StoreError):
                use()
        store.close()
        acknowledge(1)

    assert Child(elsewhere).ended() == ([1], True)
    refused: list[str] = []

    def in_thread() -> None:
        try:
            store.head()
        except StoreError as error:
            refused.append(error.hint)

    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
    assert refused == ["open the store again where it is used"]
    with pytest.raises(StoreError):
        copy.copy(store)
    assert events(store) == [1]


def test_a_closed_handle_says_so(path: Path) -> None:
    with Store.open(path) as store:
        land(store, 1)
    with pytest.raises(StoreError, match="closed"):
        store.head()


def test_a_store_is_not_made_where_something_is(place: Path) -> None:
    (place / "file").touch()
    for taken in (place, place / "file"):
        with pytest.raises(StoreError):
            Store.create(taken)
    with pytest.raises(NotFoundError):
        Store.open(place)


def test_a_repository_that_plain_git_has_cloned_can_be_written(both: Path) -> None:
    with Store.open(both) as store:
        land(store, 1)
    clone = both.with_name("clone.git")
    git(both, "clone", "--quiet", "--bare", str(both), str(clone))
    with Store.open(clone) as store:
        land(store, 2)
        assert events(store) == [1, 2]
    with Store.open(clone) as store:
        assert events(store) == [1, 2]


@pytest.mark.parametrize("name", ["lock", "journal"])
def test_nothing_is_written_through_a_link(
    store: Store, path: Path, place: Path, name: str
) -> None:
    precious = place / "precious"
    precious.write_text("precious")
    (path / "docctl" / name).unlink(missing_ok=True)
    (path / "docctl" / name).symlink_to(precious)
    with pytest.raises(DiskError):
        land(store, 1)
    assert precious.read_text() == "precious"
