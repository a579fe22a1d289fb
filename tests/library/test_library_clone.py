"""A store that was made by a plain `git clone` is a library like any other."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from firm import Clock, Firm

from docctl import State
from docctl.store.git import Git


def git(store: Path, *arguments: str) -> str:
    """Run stock Git as anybody would who knows nothing of docctl."""
    command = ["git", f"--git-dir={store}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(params=["sha1", "sha256"])
def cloned(request: pytest.FixtureRequest, place: Path) -> Firm:
    """A firm whose store was cloned; nothing but the clone was carried over."""
    first = Firm.found(place / "acme", object_format=request.param)
    first.reach(State.EFFECTIVE)
    first.close()
    root = place / "copy"
    root.mkdir()
    source, target = str(place / "acme" / "store.git"), str(root / "store.git")
    subprocess.run(["git", "clone", "-q", "--bare", source, target], check=True)
    return Firm(root, clock=Clock(first.clock.now))


def test_a_clone_can_be_read_written_and_verified(cloned: Firm, place: Path) -> None:
    """VAL-05: the history and nothing else makes a library."""
    assert [one.number for one in cloned.ada.register()] == ["PRO-001"]
    assert cloned.ada.export("PRO-001", place / "copy.md").exists()

    number = cloned.reach(State.EFFECTIVE)

    assert not cloned.ada.verify().problems
    assert git(cloned.root / "store.git", "log", "-1", "--format=%s", "main") == (
        f"{number} 1: released by ada\n"
    )
    git(cloned.root / "store.git", "fsck", "--strict")
    cloned.close()


@pytest.mark.parametrize(
    "tidy",
    [
        lambda store: git(store, "gc", "--quiet", "--prune=now"),
        lambda store: git(store, "pack-refs", "--all"),
        lambda store: git(store, "config", "core.logAllRefUpdates", "always"),
        lambda store: git(store, "config", "receive.denyNonFastForwards", "false"),
    ],
)
def test_whatever_stock_git_tidies_in_it_nothing_is_lost(
    cloned: Firm, tidy: Callable[[Path], str]
) -> None:
    store = cloned.root / "store.git"
    cloned.reach(State.EFFECTIVE)
    tidy(store)
    cloned.reach(State.EFFECTIVE)
    tidy(store)

    again = cloned.reopened()
    assert [one.number for one in again.ada.register()] == ["PRO-001", "PRO-002", "PRO-003"]
    assert not again.ada.verify().problems
    assert Git(store).run("rev-parse", "main").decode().strip() == again.head
    for one in (again, cloned):
        one.close()
