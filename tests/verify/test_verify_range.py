"""What came since a commit that was verified before: the view of the hook, and of a client."""

from collections.abc import Iterator
from pathlib import Path

import attacks_on_events
import attacks_on_files
import attacks_on_rules
import pytest
from office import Office
from scene import Attack, Scene

from docctl.errors import StoreError
from docctl.verify import verify_since

SOME = [*attacks_on_events.BOOK[::4], *attacks_on_rules.BOOK[::4], *attacks_on_files.BOOK[:16:3]]


@pytest.fixture(scope="module")
def shared(
    original: tuple[Office, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    scene = Scene(*original, tmp_path_factory.mktemp("range") / "store.git")
    yield scene
    scene.close()


@pytest.mark.parametrize("part", [0, 1, 7, 12, 19])
def test_a_sound_history_is_sound_from_anywhere(shared: Scene, part: int) -> None:
    reader, head = shared.forge.reader, shared.forge.head
    commits = [one.oid for one in reader.commits(None, head)]
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))

    found = verify_since(reader, commits[part], until=head, progress=progress)

    rest = len(commits) - part - 1
    assert found.problems == ()
    assert (found.head, found.changes) == (head, rest)
    assert told == [(done, rest) for done in range(1, rest + 1)]


def test_nothing_new_is_nothing_to_verify(shared: Scene) -> None:
    found = verify_since(shared.forge.reader, shared.forge.head, until=shared.forge.head)

    assert (found.changes, found.problems) == (0, ())


@pytest.mark.parametrize("attack", SOME, ids=lambda attack: attack.name)
def test_an_attack_is_seen_from_the_head_before_it(attack: Attack, scene: Scene) -> None:
    before = scene.forge.head

    attack.run(scene)

    found = verify_since(scene.forge.reader, before, until=scene.forge.head)
    assert sorted(one.code for one in found.problems) == sorted(attack.codes), found.problems


def test_a_history_that_was_rewritten_is_told_from_one_that_goes_on(scene: Scene) -> None:
    known = scene.forge.head
    before = scene.forge.reader.commit(known).parents
    rival = scene.forge.commit({}, tree=scene.forge.reader.commit(known).tree, parents=before)

    found = verify_since(scene.forge.reader, known, until=rival)

    assert [one.code for one in found.problems] == ["rewritten-history"]


def test_an_older_head_is_a_history_that_was_rewritten(scene: Scene) -> None:
    known = scene.forge.head
    (older,) = scene.forge.reader.commit(known).parents

    found = verify_since(scene.forge.reader, known, until=older)

    assert [one.code for one in found.problems] == ["rewritten-history"]


def test_a_known_commit_that_is_not_there_is_an_error(scene: Scene) -> None:
    with pytest.raises(StoreError):
        verify_since(scene.forge.reader, "1" * 40, until=scene.forge.head)
