"""Nobody is led elsewhere or kept waiting by what somebody has put around a history."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stores import events, git, land

from docctl.errors import GitError, NotFoundError, StoreError
from docctl.store.git import Git
from docctl.store.writing.change import Store
from docctl.store.writing.lock import HOST, boot_id

FILES = (
    "HEAD",
    "config",
    "docctl/journal",
    "docctl/lock",
    "packed-refs",
    "refs/heads/main",
    "logs/refs/heads/main",
    "objects/info/alternates",
)


def anew(path: Path, name: str) -> Path:
    """Return the path of a file of the store, which is gone."""
    place = path / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    return place


def huge(place: Path) -> None:
    with place.open("wb") as file:
        file.truncate(1 << 40)


STRANGE: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "link": lambda place: place.symlink_to("/etc/hostname"),
    "endless": lambda place: place.symlink_to("/dev/zero"),
    "dangling": lambda place: place.symlink_to("elsewhere"),
    "huge": huge,
}


@pytest.mark.parametrize("what", STRANGE)
@pytest.mark.parametrize("name", FILES)
def test_a_store_whose_files_are_none_is_left_alone(
    store: Store, path: Path, name: str, what: str
) -> None:
    land(store, 1)
    STRANGE[what](anew(path, name))
    if (name, what) == ("docctl/journal", "huge"):
        Store.open(path).close()  # only its ends are looked at
        return
    with pytest.raises(StoreError, match=f"{name} in the store is ") as caught:
        Store.open(path)
    assert "look who has put it there" in caught.value.hint


@pytest.mark.parametrize("name", ["docctl", "objects", "refs", "refs/heads", "logs"])
def test_nothing_is_written_through_a_folder_that_is_a_link(
    store: Store, path: Path, place: Path, name: str
) -> None:
    land(store, 1)
    (path / name).mkdir(exist_ok=True)
    moved = (path / name).rename(place / "elsewhere")
    (path / name).symlink_to(moved)
    before = sorted(moved.rglob("*"))
    with pytest.raises(StoreError, match=f"{name} in the store is not a plain file or folder"):
        Store.open(path)
    assert sorted(moved.rglob("*")) == before


@pytest.mark.parametrize(
    "text",
    [
        "[include]\n\tpath = pipe\n",
        "[core] [INCLUDE]\n\tpath = pipe\n",
        '[includeIf "gitdir:**"]\n\tpath = pipe\n',
        "[gc]\n\trecentObjectsHook = touch ran\n",
        "[gc] recentObjectsHook = touch ran\n",
        "[GC]RECENTOBJECTSHOOK=touch ran",
        '[core "a\\"]"] x = "#;\\"" ; [\n[gc]# so\n  x\n  recentobjectshook =\\\n touch ran\n',
        "[gc.x]\n\trecentObjectsHook = touch ran\n",
        '[core] a = "b\\\nc" [gc]\n[gc]\rrecentObjectsHook = touch ran\n',
        '[core\r "x"] a [gc] recentObjectsHook = touch ran\n',
        '[hook "x"]\n\tevent = reference-transaction\n\tcommand = touch ran\n',
    ],
)
@pytest.mark.parametrize("name", ["config", "config.worktree"])
def test_settings_that_lead_elsewhere_are_not_followed(
    store: Store, path: Path, text: str, name: str
) -> None:
    land(store, 1)
    os.mkfifo(path / "pipe")
    git(path, "config", "core.repositoryFormatVersion", "1")
    git(path, "config", "extensions.worktreeConfig", "true")
    with (path / name).open("a") as config:
        config.write(text)
    with pytest.raises(StoreError, match="leads to other files or programs"):
        Store.open(path)


@pytest.mark.parametrize(
    "text",
    [
        "# [include] path = pipe\n",
        '[core "include"]\n\tpath = "[include]"\n',
        '[remote "hook"]\n\turl = a\\\n[include]\n',
        "[core]\n\trecentObjectsHook = [gc] ; recentObjectsHook = touch ran\n",
    ],
)
def test_settings_that_only_look_like_it_are_let_be(store: Store, path: Path, text: str) -> None:
    land(store, 1)
    with (path / "config").open("a") as config:
        config.write(text)
    git(path, "config", "--list")
    with Store.open(path) as again:
        assert events(again) == [1]


VARIABLES = ("COMMON_DIR", "INDEX_FILE", "WORK_TREE", "EXEC_PATH", "CEILING_DIRECTORIES", "TRACE2")


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("name", VARIABLES)
def test_what_the_caller_tells_git_is_not_obeyed(
    path: Path, place: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = place / "other.git"
    shutil.copytree(path, other)
    before = sorted((one, one.stat().st_size) for one in other.rglob("*"))
    monkeypatch.setenv(f"GIT_{name}", str(other))
    with Store.open(path) as again:
        land(again, 1)
        again.maintain()
        assert events(again) == [1]
    assert sorted((one, one.stat().st_size) for one in other.rglob("*")) == before
    monkeypatch.undo()
    assert git(path, "rev-list", "--count", "main").strip() in {"1", b"1"}


def test_a_store_that_points_to_another_one_is_left_alone(
    store: Store, path: Path, place: Path
) -> None:
    land(store, 1)
    shutil.copytree(path, place / "other.git")
    (path / "commondir").write_text(f"{place}/other.git\n")
    with pytest.raises(StoreError, match="points to another one"):
        Store.open(path)


@pytest.mark.parametrize("text", ["[[[\n", "[core]\n\trepositoryformatversion = 99\n"])
def test_what_git_says_of_its_settings_is_not_called_damage(
    store: Store, path: Path, text: str
) -> None:
    land(store, 1)
    with (path / "config").open("a") as config:
        config.write(text)
    with pytest.raises(GitError, match=r"config|version"), Store.open(path) as again:
        events(again)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("[extensions]\n\tobjectFormat = sha256\n", "sha256"),
        ('[Extensions] objectformat = "sha256" ; so\n', "sha256"),
        ("[extensions]\n\t# none\n\tobjectformat = sha1\n", "sha1"),
        ("[core]\n\tobjectformat = sha256\n", "sha1"),
        ("[extensions]\n[core]\n\tobjectformat = sha256\n", "sha1"),
        ("# [extensions]\nobjectformat = sha256\n", "sha1"),
    ],
)
def test_the_object_format_is_read_as_git_reads_it(place: Path, text: str, form: str) -> None:
    (place / "config").write_text(text)
    assert Git(place).format.name == form


def test_a_repository_without_settings_is_none(path: Path) -> None:
    (path / "config").unlink()
    with pytest.raises(NotFoundError, match="there is no store") as caught:
        Store.open(path)
    assert "backup" in caught.value.hint


@pytest.mark.parametrize("pid", [-1, 0, 1 << 31, 10**30, "1", None, [1], True])
def test_a_lock_that_names_no_process_is_nobodys(path: Path, pid: object) -> None:
    note = {"pid": pid, "started": "", "boot": boot_id(), "host": HOST, "moving": "x"}
    (path / "docctl" / "lock").write_text(json.dumps(note))
    with Store.open(path) as store:
        land(store, 1)
        assert events(store) == [1]


def test_a_garbled_index_of_packs_does_not_matter(store: Store, path: Path) -> None:
    land(store, 1)
    store.maintain()
    (path / "objects/pack/multi-pack-index").write_bytes(b"MIDX" + bytes(100))
    with Store.open(path) as again:
        assert events(again) == [1]


def test_a_log_of_the_branch_is_never_begun(path: Path) -> None:
    git(path, "config", "core.logAllRefUpdates", "always")
    (path / "logs/refs/heads").mkdir(parents=True)
    with Store.open(path) as again:
        land(again, 1)
    assert not (path / "logs/refs/heads/main").exists()
