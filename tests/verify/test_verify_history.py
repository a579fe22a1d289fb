"""Reading the history: what differs from change to change, whatever is remembered."""

from pathlib import Path

import pytest
from office import Office
from scene import Scene

from docctl.store.git import Git
from docctl.store.history import History, line, surroundings
from docctl.store.history.differences import Differences
from docctl.store.history.objects import Objects


def test_every_change_has_the_files_that_git_names(scene: Scene) -> None:
    reader = scene.forge.reader
    way = line(reader, scene.forge.head)

    for before, changed in zip([None, *way.commits], History(reader).changes(way), strict=False):
        told = {path for _, path, _ in reader.changed(before and before.oid, changed.commit.oid)}
        assert {one.path for one in changed.files} == told
        assert (changed.losses, changed.oddities, changed.gap) == ((), (), False)


@pytest.mark.parametrize("remembered", [0, 500, 100_000])
def test_forgotten_folders_are_read_again(scene: Scene, remembered: int) -> None:
    reader = scene.forge.reader
    trees = [one.tree for one in reader.commits(None, scene.forge.head)]
    whole = Differences(Objects(reader), reader.format.width).between(["", *trees])

    some = Differences(Objects(reader), reader.format.width, remembered=remembered)
    parts = [some.between([old, new])[0] for old, new in zip(["", *trees], trees, strict=False)]

    assert [sorted(one.touched) for one in parts] == [sorted(one.touched) for one in whole]


def test_a_sound_store_has_nothing_strange_around_it(original: tuple[Office, Path]) -> None:
    assert surroundings(Git(original[1])) == ()


def test_a_lock_that_somebody_holds_is_nothing_strange(scene: Scene) -> None:
    (scene.path / "refs/heads/main.lock").touch()

    assert surroundings(Git(scene.path)) == ()


def test_refs_of_the_other_backend_are_left_to_git(scene: Scene) -> None:
    (scene.path / "reftable").mkdir()
    (scene.path / "refs/heads/bad..name").write_text("x")

    assert surroundings(Git(scene.path)) == ()
