"""Our bytes are Git's bytes."""

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import git, tidy

from docctl.errors import DamagedStoreError
from docctl.store.objects import FORMATS, Object, answers, parse_commit
from docctl.store.trees import Recent, Tree, tree_rows
from docctl.store.writing.journal import flush
from docctl.store.writing.packs import Packs, Row, index_of

names = st.text("ab-.0", min_size=1, max_size=3)
keys = st.builds(lambda name, slash: name.encode() + slash, names, st.sampled_from([b"", b"/"]))
ids = st.binary(min_size=20, max_size=20).map(bytes.hex)


@settings(max_examples=40)
@given(st.dictionaries(keys, ids), st.dictionaries(keys, st.none() | ids))
def test_a_changed_tree_is_the_tree_of_the_changed_entries(
    old: dict[bytes, str], news: dict[bytes, str | None]
) -> None:
    made = Tree(20, [], []).changed(old).changed(news)
    expected = {key: oid for key, oid in (old | news).items() if oid}
    assert Tree.parse(made.encode(), 20).encode() == made.encode()
    assert [made.oid(key) for key in sorted(expected)] == [expected[k] for k in sorted(expected)]
    assert len(made) == len(expected)
    listed = [one.name + "/" * (one.kind == "tree") for one in made.entries()]
    assert [name.encode() for name in listed] == sorted(expected)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_tree_or_are_damaged(data: bytes) -> None:
    try:
        rows = list(tree_rows(data, 20))
    except DamagedStoreError:
        return
    assert b"".join(rows) == data
    again = Tree.parse(data, 20)
    assert (len(again), again.encode()) == (len(rows), data)
    for row, entry in zip(rows, again.entries(), strict=True):
        assert row[:-20] == f"{entry.mode} {entry.name}\0".encode("utf-8", "surrogateescape")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_commit_or_are_damaged(data: bytes) -> None:
    try:
        parse_commit(Object("commit", data, "0" * 40))
    except DamagedStoreError:
        return


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 5000])
def test_git_reads_what_we_write(both: Path, data: bytes) -> None:
    form = FORMATS[git(both, "rev-parse", "--show-object-format")]
    things = [form.make("blob", data), form.make("blob", data + b"more")]
    sizes = [f"{thing.oid} blob {len(thing.data)}" for thing in things]
    packs, rows = Packs(both / "objects/pack", form), [*map(Row.of, things)]

    def asked() -> list[str]:
        oids = "".join(f"{thing.oid}\n" for thing in things).encode()
        return git(both, "cat-file", "--batch-check", stdin=oids).splitlines()

    for number in "12":
        packs.note(number * 2 * form.width, rows)
    assert (asked(), tidy(both)) == (sizes, "")
    packs.forget("1" * 2 * form.width)
    packs.forget("1" * 2 * form.width)
    packs.write([*rows, *rows], flush=flush)
    packs.write(rows, flush=flush)
    packs.forget("2" * 2 * form.width)
    assert (asked(), tidy(both)) == (sizes, "")
    assert len(list((both / "objects/pack").iterdir())) == 2
    assert git(both, "hash-object", "--stdin", stdin=data) == things[0].oid


def test_an_index_can_point_beyond_two_gigabytes(path: Path) -> None:
    form, far = FORMATS["sha1"], 5 << 31
    places = [(bytes([n]) * 20, n, 12 if n == 1 else far + n) for n in (1, 2, 3)]
    shown = git(path, "show-index", stdin=index_of(places, b"c" * 20, form))
    assert [int(line.split()[0]) for line in shown.splitlines()] == [12, far + 2, far + 3]
    assert struct.calcsize(">Q") == 8


def test_memory_forgets_what_was_not_used_for_longest() -> None:
    recent: Recent[str] = Recent(10)
    for name in "abc":
        recent.put(name, name, weight=4)
        recent.get("a")
    assert [recent.get(name) for name in "abc"] == ["a", None, "c"]
    recent.put("a", "A", weight=11)
    assert recent.get("a") is None
    recent.drop("a")


@pytest.mark.parametrize("said", [b"", b"x", b"0 blob 5\nabc", b"0 blob 3\nabcd", b"0 blob\nabc\n"])
def test_an_answer_that_is_not_whole_is_none(said: bytes) -> None:
    whole = b"1 blob 3\nabc\n2 missing\n"
    assert answers(whole, 2) == [Object("blob", b"abc", "1"), None]
    for text in (said, whole + said, whole + said + whole):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it is that does not fit
            answers(text, 3)
