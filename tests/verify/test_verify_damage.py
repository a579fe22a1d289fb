"""Damage: every byte that decodes to something else is told, and the walk goes on beyond it."""

import random
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office
from scene import Scene, codes

from docctl.store.git import BRANCH, Git
from docctl.store.reading.reader import Reader
from docctl.store.writing.change import Store
from docctl.verify import verify


def unpack(store: Path) -> None:
    """Give every object a file of its own."""
    packs = [(pack, pack.read_bytes()) for pack in store.glob("objects/pack/*.pack")]
    for pack, _ in packs:
        pack.with_suffix(".idx").unlink()
        pack.unlink()
    for _, data in packs:
        subprocess.run(["git", "-C", store, "unpack-objects", "-q"], input=data, check=True)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of loose files: one person, one draft saved twice."""
    path = tmp_path_factory.mktemp("small") / "store.git"
    with Store.create(path, durability="none") as store:
        office = Office(store)
        office.begin()
        office.new("PRO-001", by="ada")
        office.save("PRO-001", by="ada")
    unpack(path)
    return path


@pytest.fixture(scope="module")
def unpacked(original: tuple[Office, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The usual library, every object in a file of its own."""
    scene = Scene(*original, tmp_path_factory.mktemp("unpacked") / "store.git")
    scene.close()
    unpack(scene.path)
    return scene.path


@pytest.fixture
def scene(original: tuple[Office, Path], unpacked: Path, tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(original[0], unpacked, tmp_path / "store.git")
    yield scene
    scene.close()


def flipped(path: Path, chosen: random.Random) -> tuple[bytes, bytes]:
    """Return a file's bytes as they are, and with one bit turned."""
    sound = path.read_bytes()
    damaged = bytearray(sound)
    damaged[chosen.randrange(len(sound))] ^= 1 << chosen.randrange(8)
    return sound, bytes(damaged)


def same(sound: bytes, damaged: bytes) -> bool:
    """Tell whether both decode to the same object."""
    try:
        return zlib.decompress(sound) == zlib.decompress(damaged)
    except zlib.error:
        return False


def sweep(store: Path, *, rounds: int) -> None:
    chosen = random.Random(1)  # noqa: S311
    git = Git(store)
    for path in sorted((store / "objects").glob("??/*")) * rounds:
        sound, damaged = flipped(path, chosen)
        path.chmod(0o644)
        path.write_bytes(damaged)
        found = verify(Reader(git))
        path.write_bytes(sound)
        assert found.problems or same(sound, damaged), path
    git.close()


def test_a_bit_turned_in_any_object_is_told(small: Path) -> None:
    sweep(small, rounds=1)


@pytest.mark.slow
def test_many_bits_turned_in_every_object_are_told(small: Path) -> None:
    sweep(small, rounds=20)


def test_a_bit_turned_in_the_branch_is_told(small: Path) -> None:
    chosen = random.Random(1)  # noqa: S311
    sound = (small / BRANCH).read_bytes()
    for _ in range(10):
        damaged = flipped(small / BRANCH, chosen)[1]
        (small / BRANCH).write_bytes(damaged)
        assert codes(small) or damaged.strip() == sound.strip()
    (small / BRANCH).write_bytes(sound)


def lose(scene: Scene, oid: str) -> None:
    """Take an object away."""
    (scene.path / "objects" / oid[:2] / oid[2:]).unlink()


def test_a_lost_commit_costs_what_was_before_it_and_no_more(scene: Scene) -> None:
    commits = list(scene.forge.reader.commits(None, scene.forge.head))
    lose(scene, commits[5].oid)

    found = scene.verified()

    assert [one.code for one in found.problems] == ["missing-object"]
    assert found.changes == len(commits) - 6
    assert found.events == len(commits) + 1


def test_a_commit_in_place_of_another_is_told(scene: Scene) -> None:
    commits = list(scene.forge.reader.commits(None, scene.forge.head))
    lose(scene, commits[5].oid)
    objects = scene.path / "objects"
    other = objects / commits[6].oid[:2] / commits[6].oid[2:]
    wrong = objects / commits[5].oid[:2] / commits[5].oid[2:]
    wrong.write_bytes(other.read_bytes())

    found = scene.verified()

    assert "damaged-object" in [one.code for one in found.problems]


def test_a_commit_with_other_bytes_is_told(scene: Scene) -> None:
    oid = scene.forge.head
    path = scene.path / "objects" / oid[:2] / oid[2:]
    sound = zlib.decompress(path.read_bytes())
    path.chmod(0o644)
    path.write_bytes(zlib.compress(sound.replace(b": ", b"; ")))

    found = scene.verified()

    assert [one.code for one in found.problems] == ["damaged-object"]


def test_a_lost_folder_hides_its_change_and_the_next_one_shows_it(scene: Scene) -> None:
    commits = list(scene.forge.reader.commits(None, scene.forge.head))
    entry = scene.forge.reader.entry(commits[-3].oid, "documents/PRO")
    assert entry is not None
    lose(scene, entry.oid)

    found = scene.verified()

    assert [one.code for one in found.problems] == ["missing-object"]
    assert found.events == len(commits) + 1


def test_a_lost_text_is_told_once(scene: Scene) -> None:
    entry = scene.forge.reader.entry(scene.forge.head, "documents/PRO/00/PRO-001/1/content/body.md")
    assert entry is not None
    lose(scene, entry.oid)

    problems = scene.verified().problems

    assert {one.code for one in problems} == {"missing-object"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("0001.created.json", {"missing-object", "bad-event"}),
        ("0002.submitted.json", {"missing-object", "illegal-move", "bad-event"}),
        ("0002.approved.eva.json", {"missing-object", "missing-approval"}),
        ("0003.released.json", {"missing-object"}),
    ],
)
def test_a_lost_event_costs_few_more(scene: Scene, name: str, expected: set[str]) -> None:
    path = f"documents/PRO/00/PRO-001/1/events/{name}"
    entry = scene.forge.reader.entry(scene.forge.head, path)
    assert entry is not None
    lose(scene, entry.oid)

    problems = scene.verified().problems

    assert {one.code for one in problems} <= expected, problems
    assert len(problems) <= 4


def test_a_lost_change_of_access_leaves_its_chain_going(scene: Scene) -> None:
    entry = scene.forge.reader.entry(scene.forge.head, "access/0010.person_added.json")
    assert entry is not None
    lose(scene, entry.oid)

    problems = scene.verified().problems

    assert sorted(one.code for one in problems) == ["bad-event", "missing-object"]
