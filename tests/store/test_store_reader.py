"""Reading: what stock Git says, and nothing that a repository would like us to run."""

import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stores import WHEN, event, events, foreign_commit, git, land

from docctl.errors import DamagedStoreError, StoreError
from docctl.store.git import Git
from docctl.store.reading import reader as reading
from docctl.store.reading.reader import Reader
from docctl.store.trees import Entry
from docctl.store.writing.change import Store


@pytest.fixture
def told(both: Path) -> Store:
    """A store with a short history: added, changed, deleted."""
    with Store.open(both) as store:
        for files in ({"a/b": b"1", "a-": b"2"}, {"a/b": b"3", "c": b"4"}, {"a-": None}):
            store.land(files, message="m\n\nbody", author="ola", when=WHEN)
        yield store


def test_trees_are_read_as_git_reads_them(told: Store, both: Path) -> None:
    reader, head = told.reader, told.head() or ""
    listed = git(both, "ls-tree", "-r", "--format=%(path) %(objectname)", "main").splitlines()
    assert [" ".join(row) for row in reader.walk(head)] == listed
    assert [path for path, _ in reader.walk(head, "x/")] == ["x/a/b", "x/c"]
    blob = git(both, "rev-parse", "main:a/b")
    assert reader.entry(head, "a/b") == Entry("100644", "blob", blob, "b")
    assert [reader.entry(head, path) for path in ("x", "a/x", "c/x", "a/x/y")] == [None] * 4
    assert reader.list_tree(head) == reader.list_tree(reader.commit(head).tree)
    with pytest.raises(DamagedStoreError, match="not a tree"):
        reader.list_tree(blob)
    with pytest.raises(DamagedStoreError, match="not a commit"):
        reader.commit(blob)


def test_a_large_tree_is_walked_by_git(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    head = told.head() or ""
    few = list(told.reader.walk(head))
    monkeypatch.setattr(reading, "_FEW_FOLDERS", 1)
    assert list(told.reader.walk(head)) == few


def test_what_changed_between_two_commits(told: Store) -> None:
    reader, head = told.reader, told.head() or ""
    first, second, third = [commit.oid for commit in reader.commits(None, head)]
    ids = {path: oid for commit in (first, second) for path, oid in reader.walk(commit)}
    assert list(reader.changed(first, second)) == [("M", "a/b", ids["a/b"]), ("A", "c", ids["c"])]
    assert list(reader.changed(second, third)) == [("D", "a-", ids["a-"])]
    assert [row[:2] for row in reader.changed(None, third)] == [("A", "a/b"), ("A", "c")]


def test_commits_come_oldest_first_and_whole(told: Store) -> None:
    head = told.head() or ""
    commits = list(told.reader.commits(None, head))
    assert [commit.parents for commit in commits] == [(), *((c.oid,) for c in commits[:-1])]
    assert [commit.oid for commit in told.reader.commits(commits[0].oid, head)] == [
        commit.oid for commit in commits[1:]
    ]
    last = commits[-1]
    assert (last.time, last.message, last.extra) == (WHEN, "m\n\nbody\n", ())
    assert (
        last.author == last.committer == f"ola <ola@docctl.invalid> {int(WHEN.timestamp())} +0000"
    )


def foreign(path: Path, commit: str) -> str:
    """Let stock Git write a commit that says anything at all; return its id."""
    kind = ("hash-object", "-t", "commit", "-w", "--stdin", "--literally")
    return git(path, *kind, stdin=commit.encode("latin-1"))


def test_foreign_commits_with_odd_headers_are_told_as_they_are(store: Store, path: Path) -> None:
    tree = land(store, 1).tree
    odd = (
        f"tree {tree}\nauthor x <x> 1 +0200\ncommitter x <x> nonsense\ngpgsig a\n b\ntree c\n\n\xff"
    )
    oid = foreign(path, odd)
    commit = store.reader.commit(oid)
    assert (commit.time, commit.message) == (None, "\ufffd")
    assert commit.extra == (("gpgsig", "a\n b"), ("tree", "c"))
    dated = odd.replace("nonsense", "86400 -0500")
    oid = foreign(path, dated)
    assert store.reader.commit(oid).time == datetime(1970, 1, 2, tzinfo=UTC)


def test_foreign_commits_and_packs_are_seen_at_once(store: Store, path: Path) -> None:
    land(store, 1)
    assert events(store) == [1]
    foreign_commit(path, 2)
    assert events(store) == [1, 2]
    git(path, "repack", "-adq")
    git(path, "pack-refs", "--all")
    foreign_commit(path, 3)
    git(path, "gc", "--quiet", "--prune=now")
    assert events(store) == [1, 2, 3]


def test_what_is_held_is_at_hand_until_something_else_is(told: Store, both: Path) -> None:
    reader, head = Reader(Git(both)), told.head() or ""
    (path, one), (_, other) = list(reader.walk(head))
    nowhere = head[:-8] + "00000000"
    reader.hold([one, nowhere, one])
    data = reader.read(other)
    reader.git.close()
    (both / "objects").rename(both / "gone")
    assert (path, *reader.read_many([one, one])) == ("a/b", b"3", b"3")
    for missing in (nowhere, other):
        with pytest.raises(StoreError):
            reader.read(missing)
    reader.hold(())
    with pytest.raises(StoreError):
        reader.read(one)
    (both / "gone").rename(both / "objects")
    assert reader.read(other) == data
    reader.git.close()


def test_many_objects_come_in_order_and_others_may_be_read_in_between(store: Store) -> None:
    files: dict[str, bytes | None] = {f"{n:03}": b"%d" % n for n in range(200)}
    landed = store.land(files, message="m", author="ola", when=WHEN)
    oids = [landed.blobs[name] for name in sorted(files)]
    seen = []
    for data in store.reader.read_many(oids):
        assert store.reader.read(oids[0]) == b"0"
        seen.append(int(data))
    assert seen == list(range(200))


@pytest.mark.parametrize(
    "content",
    [
        b"rubbish",
        b"",
        zlib.compress(b"blob 9\0abc"),  # Git prints fewer bytes than it has announced,
        zlib.compress(b"blob 1\0abc"),  # or more
        zlib.compress(b"blob 3\0abc")[:-5],
        zlib.compress(b"tree 3\0abcdef")[:-5],
    ],
)
def test_one_unreadable_object_is_named_among_many(
    store: Store, path: Path, content: bytes
) -> None:
    good, other = land(store, 1).blobs.values()
    store.maintain()
    bad = f"12{'3' * 38}"
    (path / "objects/12").mkdir()
    (path / "objects/12" / bad[2:]).write_bytes(content)
    with pytest.raises(DamagedStoreError, match=bad):
        list(store.reader.read_many([good, bad, other]))
    store.reader.prefetch(bad, ["", "a\nb"])
    assert store.reader.trees.get(bad) is None
    assert list(store.reader.read_many([good, other])) == list(event(1).values())
    with pytest.raises(DamagedStoreError):
        list(store.reader.commits(None, "1" * 40))


@pytest.mark.parametrize("oid", ["", "main", "--all", "HEAD\n", "0" * 39, "^" + "0" * 40, "A" * 40])
def test_only_full_object_ids_are_asked_for(store: Store, oid: str) -> None:
    for ask in (
        store.reader.read,
        store.reader.list_tree,
        lambda oid: store.reader.commits(None, oid),
    ):
        with pytest.raises(StoreError, match="full id"):
            ask(oid)


def test_a_reader_needs_no_store(both: Path) -> None:
    with Store.open(both) as store:
        land(store, 1)
    git = Git(both)
    reader = Reader(git)
    assert len(list(reader.walk(reader.head() or ""))) == 2
    (both / "refs/heads/main").write_text("torn")
    with pytest.raises(DamagedStoreError):
        reader.head()
    git.close()


@pytest.mark.parametrize("where", ["symbolic ref", "reftable", "packed", "torn"])
def test_the_head_is_found_wherever_it_lies(store: Store, path: Path, where: str) -> None:
    head, ref = land(store, 1).commit, path / "refs/heads/main"
    if where == "symbolic ref":
        git(path, "update-ref", "refs/heads/other", head)
        ref.write_text("ref: refs/heads/other\n")
    elif where == "reftable":  # its folder is a file; this Git then knows no refs
        ref.unlink()
        ref.parent.rmdir()
        ref.parent.write_text("this repository uses the reftable format")
        head = None
    else:
        git(path, "pack-refs", "--all")
        if where == "torn":
            store.maintain()
            (path / "packed-refs").write_text("nonsense refs/heads/main\n")
            with pytest.raises(DamagedStoreError):
                store.head()
            head = None
            (path / "packed-refs").write_text("# empty\n")
    assert store.head() == head
