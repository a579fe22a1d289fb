"""The journal: a chain of records that ends where writing ended."""

import time
from pathlib import Path

import pytest
from stores import events, land

from docctl.errors import NewerFormatError
from docctl.store.objects import FORMATS
from docctl.store.writing import change, journal
from docctl.store.writing.change import Durability, Store
from docctl.store.writing.journal import Entry, Journal
from docctl.store.writing.packs import Row

FORM = FORMATS["sha1"]


def entry(number: int) -> Entry:
    rows = [FORM.make("blob", b"%d" % thing) for thing in (number, number + 100)]
    return Entry(f"{number - 1:040}", f"{number:040}", tuple(map(Row.of, rows)))


@pytest.fixture
def begun(path: Path) -> Journal:
    made = Journal(path)
    made.refresh()
    return made


def again(path: Path) -> Journal:
    read = Journal(path)
    read.refresh()
    return read


def test_what_is_appended_is_read_back(begun: Journal, path: Path) -> None:
    for number in (1, 2, 3):
        begun.append(entry(number))
    assert begun.entries() == again(path).entries() == [entry(1), entry(2), entry(3)]
    assert again(path).tip == begun.tip == entry(3).new


def test_one_writer_sees_what_another_has_appended(begun: Journal, path: Path) -> None:
    other = again(path)
    begun.append(entry(1))
    other.refresh()
    other.append(entry(2))
    begun.refresh()
    assert begun.entries() == [entry(1), entry(2)]
    other.reset("f" * 40)
    begun.refresh()
    assert (begun.empty, begun.tip, begun.entries()) == (True, "f" * 40, [])


def test_a_record_that_took_the_place_of_another_is_noticed(begun: Journal, path: Path) -> None:
    """Another writer withdrew what we have seen, and wrote as much again."""
    other = again(path)
    other.append(entry(1))
    begun.refresh()
    other.withdraw(entry(1).new)
    other.append(entry(2))
    begun.refresh()
    begun.append(entry(3))
    assert again(path).entries() == [entry(2), entry(3)]


@pytest.mark.parametrize("kept", [1, 7, 30, 60])
def test_a_record_that_was_cut_off_does_not_count(begun: Journal, path: Path, kept: int) -> None:
    file = path / "docctl/journal"
    begun.append(entry(1))
    whole = file.stat().st_size
    begun.append(entry(2))
    file.write_bytes(file.read_bytes()[: whole + kept])
    torn = again(path)
    assert torn.entries() == [entry(1)]
    torn.append(entry(3))
    assert again(path).entries() == [entry(1), entry(3)]


def test_every_changed_byte_ends_the_chain(begun: Journal, path: Path) -> None:
    file = path / "docctl/journal"
    start = file.stat().st_size
    begun.append(entry(1))
    begun.append(entry(2))
    raw = file.read_bytes()
    for at in range(start, len(raw)):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        assert again(path).entries() in ([], [entry(1)])


def test_records_of_an_older_journal_are_never_taken_for_new_ones(
    begun: Journal, path: Path
) -> None:
    file = path / "docctl/journal"
    begun.append(entry(1))
    begun.append(entry(2))
    old = file.read_bytes()
    begun.reset(None)
    begun.append(entry(1))
    new = file.read_bytes()
    assert len(new) < len(old)
    file.write_bytes(new + old[len(new) :])
    assert again(path).entries() == [entry(1)]


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\0" * 100])
def test_a_journal_that_was_never_begun_holds_nothing(path: Path, content: bytes) -> None:
    (path / "docctl/journal").write_bytes(content)
    with Store.open(path) as store:
        land(store, 1)
    assert len(again(path).entries()) == 1
    with Store.open(path) as store:
        assert events(store) == [1]


def test_a_withdrawn_entry_leaves_the_one_before(begun: Journal, path: Path) -> None:
    begun.append(entry(1))
    begun.append(entry(2))
    begun.withdraw(entry(1).new)
    assert again(path).tip == entry(2).new
    begun.withdraw(entry(2).new)
    assert begun.entries() == again(path).entries() == [entry(1)]


def test_a_newer_journal_is_not_touched(
    begun: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "VERSION", 2)
    begun.reset(None)
    monkeypatch.setattr(journal, "VERSION", 1)
    with pytest.raises(NewerFormatError):
        Store.open(path)


@pytest.mark.parametrize("durability", ["journal", "none"])
def test_a_checkpoint_is_taken_in_time_and_on_demand(
    path: Path, durability: Durability, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "FULL_CHANGES", 3)
    packs = path / "objects/pack"
    with Store.open(path, durability=durability) as store:
        for number, count in enumerate([1, 2, 1, 2, 3, 2, 3], 1):
            land(store, number)
            assert len(list(packs.glob("*.pack"))) == count
        store.maintain()
        assert len(list(packs.glob("*.pack"))) == 3
        store.maintain()
        assert events(store) == [1, 2, 3, 4, 5, 6, 7]
    assert again(path).empty
    assert len(list(packs.iterdir())) == 6


def test_packs_do_not_pile_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "FULL_CHANGES", 1)
    monkeypatch.setattr(change, "PACKS", 8)
    packs = path / "objects/pack"
    with Store.open(path) as store:
        for number in range(1, 10):
            land(store, number)
        for _ in range(600):  # Git does it behind our back
            if len(list(packs.glob("*.pack"))) == 1 and not (path / "gc.pid").exists():
                break
            time.sleep(0.1)
        else:
            pytest.fail("the packs are still as many")
        land(store, 10)
        assert events(store) == [*range(1, 11)]


def test_a_change_lands_where_git_cannot_pack(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "FULL_CHANGES", 1)
    monkeypatch.setattr(change, "PACKS", 0)
    (path / "gc.pid").mkdir()
    with Store.open(path) as store:
        for number in (1, 2, 3):
            land(store, number)
        assert events(store) == [1, 2, 3]
    assert len(list((path / "objects/pack").glob("*.pack"))) == 3


def test_a_checkpoint_has_nothing_to_write_after_a_large_change(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change, "MANY", 1)
    with Store.open(path) as store:
        land(store, 1)
        packs = sorted((path / "objects/pack").iterdir())
        store.maintain()
        assert sorted((path / "objects/pack").iterdir()) == packs
        assert events(store) == [1]


def test_whoever_need_not_wait_flushes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(journal.os, "fsync", flushed.append)
    monkeypatch.setattr(journal.os, "sync", lambda: flushed.append(0))
    with Store.open(path, durability="none") as store:
        land(store, 1)
        store.maintain()
        land(store, 2)
        assert events(store) == [1, 2]
    assert flushed == []


def test_a_full_flush_is_asked_for_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(journal.fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(journal.fcntl, "fcntl", lambda *args: asked.append(args))
    journal.flush(7)
    assert asked == [(7, 51)]
