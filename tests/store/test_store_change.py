"""One change, one commit, or nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from stores import (
    WHEN,
    Call,
    Child,
    event,
    events,
    foreign_commit,
    git,
    land,
    raise_error,
    tidy,
    watched,
)

from docctl.errors import InputError, MissingApprovalError, OvertakenError, PathError
from docctl.store.writing import change
from docctl.store.writing.change import Store


def test_a_change_is_one_commit_that_stock_git_finds_in_order(both: Path) -> None:
    with Store.open(both) as store:
        first = land(store, 1, expected=None)
        second = land(store, 2, expected=first.commit)

        assert events(store) == [1, 2]
        assert second.parent == first.commit
        assert second.blobs == {
            path: store.reader.entry(second.commit, path).oid for path in event(2)
        }
    assert tidy(both) == ""
    assert git(both, "log", "-1", "--format=%an %ae %at %cn %ce %ct %s") == (
        f"ola ola@docctl.invalid {int(WHEN.timestamp())} " * 2 + "event 2"
    )
    assert git(both, "rev-parse", "main^{tree}") == second.tree


def test_files_can_be_replaced_and_removed_down_to_nothing(both: Path) -> None:
    with Store.open(both) as store:
        store.land({"a/b": b"1", "a/c": b"2"}, message="m", author="ola", when=WHEN)
        store.land({"a/b": b"3", "a/c": None}, message="m", author="ola", when=WHEN)
        assert [path for path, _ in store.reader.walk(store.head() or "")] == ["a/b"]

        landed = store.land({"a/b": None, "x/y": None}, message="m", author="ola", when=WHEN)
        assert store.reader.list_tree(landed.tree) == ()
    assert tidy(both) == ""


def test_folders_that_were_forgotten_are_read_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.reader.trees, "_bound", 0)
    for number in (1, 2):
        land(store, number)
    again = store.land(event(2), message="the same", author="ola", when=WHEN)
    assert store.reader.commit(again.commit).tree == store.reader.commit(again.parent or "").tree
    assert [path for path, _ in store.reader.walk(again.tree)] == sorted(event(1) | event(2))


def test_the_same_files_again_change_no_folder(store: Store) -> None:
    first = land(store, 1)
    assert land(store, 1).tree == first.tree


def test_many_files_land_as_one_pack(both: Path) -> None:
    files: dict[str, bytes | None] = {f"r/{n // 100}/{n}": b"%d" % n for n in range(600)}
    with Store.open(both) as store:
        landed = store.land(files, message="many", author="ola", when=WHEN)
        again = store.land({"r/0/1": b"x" * 2_000_000}, message="big", author="ola", when=WHEN)

        assert len(landed.blobs) == len(list(store.reader.walk(again.commit))) == 600
    assert git(both, "count-objects") == "0 objects, 0 kilobytes"
    assert tidy(both) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("", "/a", "a/", "a//b", "../a", "a/./b", "a/..", ".git/config", "a/.GIT", "GIT~1", "e."),
        *("a/.gitmodules", "c:d", "a*b", "e ", "a\\b", "caf\u00e9", "a\nb", "a\0b", "\x7f"),
        *("\ud800", "x" * 256, "/".join("x" * 40)),
    ],
)
def test_a_path_that_could_leave_its_place_is_refused(store: Store, name: str) -> None:
    with pytest.raises(PathError):
        store.land({"good": b"1", name: b"2"}, message="m", author="ola", when=WHEN)
    assert store.head() is None


@pytest.mark.parametrize("names", [("a", "a/b"), ("a/b/c", "a/b")])
def test_a_name_is_not_a_file_and_a_folder_at_once(store: Store, names: tuple[str, str]) -> None:
    with pytest.raises(PathError):
        store.land(dict.fromkeys(names, b"1"), message="m", author="ola", when=WHEN)
    store.land({names[0]: b"1"}, message="m", author="ola", when=WHEN)
    with pytest.raises(PathError):
        store.land({names[1]: b"2"}, message="m", author="ola", when=WHEN)


def test_a_name_like_an_option_is_only_a_name(store: Store, place: Path) -> None:
    name = f"--output={place.name}/-x"
    landed = store.land({name: b"1"}, message="--all", author="--amend", when=WHEN)
    assert [path for path, _ in store.reader.walk(landed.commit)] == [name]
    assert not list(place.rglob("*-x"))


@pytest.mark.parametrize(
    "words",
    [
        {"author": "o la"},
        {"author": "a>b"},
        {"author": ""},
        {"message": "a\0b"},
        {"message": "\ud800"},
        {"when": datetime(2026, 1, 1)},  # noqa: DTZ001 - this is what is refused
        {"when": WHEN.replace(year=1969)},
    ],
)
def test_words_that_a_commit_cannot_carry_are_refused(store: Store, words: dict[str, str]) -> None:
    with pytest.raises(InputError):
        land(store, 1, **words)
    assert store.head() is None


# --- races -----------------------------------------------------------------------------------


def test_a_loser_without_recheck_changes_nothing(store: Store) -> None:
    base = land(store, 1).commit
    land(store, 2)
    with pytest.raises(OvertakenError):
        land(store, 3, expected=base)
    assert events(store) == [1, 2]


def test_a_loser_rechecks_and_lands_on_the_new_head(store: Store) -> None:
    seen: list[str | None] = []
    base = land(store, 1).commit
    rival = land(store, 2).commit
    landed = land(store, 3, expected=base, recheck=seen.append)
    assert (seen, landed.parent, events(store)) == ([rival], rival, [1, 2, 3])


def test_a_change_that_no_longer_holds_is_refused(store: Store) -> None:
    refusal = MissingApprovalError("PRO-012", ("qm",), next_verb="approve")
    land(store, 1)
    with pytest.raises(MissingApprovalError):
        land(store, 2, expected=None, recheck=raise_error(refusal))
    assert events(store) == [1]


@pytest.mark.parametrize("expected", [True, False])
def test_a_foreign_commit_just_before_ours_is_built_upon(path: Path, expected: bool) -> None:
    """Stock Git moves the branch after we have read it, at the moment of the swap."""
    with Store.open(path) as store:
        base = land(store, 1).commit
        seen: list[str | None] = []
        rivals = iter((7, 8))

        def rival(call: Call) -> None:
            if call.name == "link" and (number := next(rivals, 0)):
                foreign_commit(path, number)

        options = {"expected": base, "recheck": seen.append} if expected else {}
        with watched(rival):
            land(store, 2, **options)
        assert events(store) == [1, 2, 7, 8]
        assert len(seen) == (2 if expected else 0)
        land(store, 3)
    with Store.open(path) as store:
        assert events(store) == [1, 2, 3, 7, 8]
    assert tidy(path) == ""


def test_whoever_is_always_overtaken_is_told_so(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change, "ROUNDS", 2)
    numbers = iter(range(10, 99))
    land(store, 1)
    with (
        watched(lambda call: call.name == "link" and foreign_commit(path, next(numbers))),
        pytest.raises(OvertakenError),
    ):
        land(store, 2)
    assert 2 not in events(store)
    assert len(store._branch.journal.entries()) == 1


def test_two_processes_lose_nothing(both: Path) -> None:
    def writer(first: int) -> Child:
        def action(acknowledge: Callable[[int], None]) -> None:
            with Store.open(both) as store:
                for number in range(first, first + 12):
                    land(store, number)
                    acknowledge(number)

        return Child(action)

    writers = [writer(100), writer(200)]
    acknowledged = [number for child in writers for number in child.ended()[0]]
    with Store.open(both) as store:
        assert len(acknowledged) == 24
        assert events(store) == sorted(acknowledged)
    assert tidy(both) == ""
