"""Whatever a store holds, reading it in bulk gives what reading it piece by piece gives."""

import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from stores import git

from docctl.errors import DamagedStoreError
from docctl.store.git import BRANCH, Git
from docctl.store.index.bulk import files, read_all
from docctl.store.reading.reader import WINDOW, Reader

ENDINGS = (".json", "body.md")
MANY = 20 * WINDOW

#: Contents that could be taken for something else, among them more than a pipe holds.
STRANGE = (
    b"",
    b"\n",
    b"x" * 300_000,
    b"%040d blob 5\nhello\n" % 0,
    b"end missing\n",
    bytes(range(256)),
)


@pytest.fixture
def big(both: Path) -> Path:
    """A store with many folders and files, each at its own path; the first are strange."""
    contents = [*STRANGE, *(b"%d" % number * (number % 900) for number in range(MANY))]
    stream = [f"commit {BRANCH}\ncommitter x <x> 1 +0000\ndata 1\nx\n".encode()]
    for number, data in enumerate(contents):
        path = f"documents/ä{number % 300:03d}/{number:05d}{('.json', '.sig')[number % 7 == 6]}"
        stream.append(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(data), data))
    git(both, "fast-import", "--quiet", stdin=b"".join(stream))
    return both


@pytest.fixture
def reader(big: Path) -> Iterator[Reader]:
    with closing(Git(big)) as opened:
        yield Reader(opened)


def wanted(reader: Reader) -> list[tuple[str, str]]:
    """Return path and id of what is to be read, as Git lists it for everybody."""
    listed = git(reader.git.git_dir, "-c", "core.quotePath=false", "ls-tree", "-r", BRANCH)
    rows = (row.partition("\t") for row in listed.splitlines())
    return [(path, meta.split()[2]) for meta, _, path in rows if path.endswith(ENDINGS)]


def test_many_files_are_listed_and_read_in_their_order(reader: Reader) -> None:
    found = list(files(reader, str(reader.head()), ENDINGS))
    assert found == wanted(reader)
    oids = [oid for _, oid in found]
    assert list(read_all(reader, oids)) == list(reader.read_many(oids))
    assert len(oids) > WINDOW


@pytest.mark.parametrize("count", [0, 1, WINDOW - 1, WINDOW, WINDOW + 1, WINDOW + 2])
def test_any_number_of_files_is_read(reader: Reader, count: int) -> None:
    oids = [oid for _, oid in wanted(reader)][:count]
    assert list(read_all(reader, iter(oids))) == list(reader.read_many(oids))


def test_other_questions_may_be_asked_meanwhile(reader: Reader) -> None:
    oids = [oid for _, oid in wanted(reader)]
    answers = zip(oids, read_all(reader, oids), strict=True)
    assert all(reader.read(oid) == data for oid, data in answers)


def test_whoever_has_seen_enough_ends_git(reader: Reader) -> None:
    oids = [oid for _, oid in wanted(reader)]
    answers = read_all(reader, oids)
    for _ in range(WINDOW + 10):
        next(answers)
    answers.close()  # type: ignore[attr-defined]
    listed = files(reader, str(reader.head()), ENDINGS)
    assert next(listed) == wanted(reader)[0]


# --- damage --------------------------------------------------------------------------------------


def loosened(path: Path) -> Path:
    """Bring every object into a file of its own; return their folder."""
    packs = path / "objects/pack"
    for pack in packs.glob("*.pack"):
        data = pack.read_bytes()
        for file in packs.glob(f"{pack.stem}.*"):
            file.unlink()
        git(path, "unpack-objects", "-q", stdin=data)
    return path / "objects"


def test_where_an_object_is_missing_all_before_it_is_read_and_it_is_named(
    reader: Reader, big: Path
) -> None:
    oids = [oid for _, oid in wanted(reader)]
    lost = oids[WINDOW + 100]
    (loosened(big) / lost[:2] / lost[2:]).unlink()
    answers = read_all(reader, oids)
    assert [next(answers) for _ in range(WINDOW)] == list(reader.read_many(oids[:WINDOW]))
    with pytest.raises(DamagedStoreError, match=lost):
        list(answers)


def test_what_is_brought_back_is_read_as_if_nothing_had_been(reader: Reader, big: Path) -> None:
    oids = [oid for _, oid in wanted(reader)]
    whole = list(reader.read_many(oids))
    gone = loosened(big) / oids[200][:2] / oids[200][2:]
    kept = gone.rename(big / "kept")

    def heal() -> bool:
        return kept.exists() and bool(kept.rename(gone))

    healing = Reader(reader.git, heal=heal)
    assert list(read_all(healing, oids)) == whole


@pytest.mark.parametrize("size", ["1", "700", "2000000", "0", "x"])
def test_an_object_that_lies_about_its_size_is_not_believed(
    reader: Reader, big: Path, size: str
) -> None:
    oids = [oid for _, oid in wanted(reader)]
    whole = list(reader.read_many(oids))
    bad = next(at for at in range(WINDOW + 50, MANY) if len(whole[at]) > len("700"))
    file = loosened(big) / oids[bad][:2] / oids[bad][2:]
    file.chmod(0o644)
    file.write_bytes(zlib.compress(b"blob %b\0%b" % (size.encode(), whole[bad])))
    with closing(Git(big)) as fresh:
        answers = read_all(Reader(fresh), oids)
        assert [next(answers) for _ in range(WINDOW)] == whole[:WINDOW]
        seen: list[bytes] = []
        with pytest.raises(DamagedStoreError, match=oids[bad]):
            seen.extend(answers)
        assert seen == whole[WINDOW:][: len(seen)]


def test_a_missing_folder_is_never_taken_for_an_empty_one(reader: Reader, big: Path) -> None:
    head = str(reader.head())
    folders = git(big, "ls-tree", f"{head}:documents").splitlines()
    lost = folders[250].split()[2]
    (loosened(big) / lost[:2] / lost[2:]).unlink()
    with closing(Git(big)) as fresh:
        new = Reader(fresh)
        oids = (oid for _, oid in files(new, head, ENDINGS))
        with pytest.raises(DamagedStoreError):
            list(read_all(new, oids))
