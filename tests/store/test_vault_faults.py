"""Whatever fails while a payload is stored: it is in the vault whole, or not at all."""

import errno
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Self

import pytest
from stores import At, Child, Disk, die_writing, raise_error, watched
from vaults import RECORD, files, folders, grow_old, moved, read

from docctl.errors import DocctlError, UnreadableError, VaultError
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.shelf import key_name
from docctl.store.vault.writing import Vault
from docctl.trust.sealing import CHUNK

PAYLOAD = os.urandom(CHUNK + 100)
NOBODY = 65534


# --- sources ---------------------------------------------------------------------------------


@pytest.fixture
def source(place: Path) -> Path:
    path = place / "source"
    path.write_bytes(PAYLOAD * 3)
    return path


class Meddled:
    """A file that somebody else changes after the first read."""

    def __init__(self, path: Path, meddle: object) -> None:
        self.path, self.meddle = path, meddle
        self.file = path.open("rb", buffering=0)
        self.fileno, self.tell, self.name = self.file.fileno, self.file.tell, str(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def read(self, size: int) -> bytes:
        data = self.file.read(size)
        if self.meddle:
            self.meddle(self.path)
            self.meddle = None
        return data


def shrink(path: Path) -> None:
    os.truncate(path, CHUNK + 1)


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def rewrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"other")
    os.utime(path, ns=(0, 0))


@pytest.mark.parametrize("meddle", [shrink, grow, rewrite])
def test_a_file_that_changes_while_it_is_read_is_refused(
    place: Path, source: Path, meddle: object
) -> None:
    vault = folders(place, copies=2)
    before = files(place)
    with (
        Meddled(source, meddle) as file,
        pytest.raises(UnreadableError, match="changed while it was read") as caught,
    ):
        vault.put(RECORD, file)

    assert str(source) in str(caught.value)
    assert files(place) == before


def test_a_file_that_is_removed_while_it_is_read_is_still_whole(place: Path, source: Path) -> None:
    vault = folders(place)
    with Meddled(source, Path.unlink) as file:
        stub = vault.put(RECORD, file)

    assert read(vault, stub) == PAYLOAD * 3


class Failing:
    """A file on a share that goes away."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)

    def read(self, _: int) -> bytes:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize(
    "answers", [(OSError(errno.ESTALE, "stale"),), (b"some", OSError("gone")), ("text",), (None,)]
)
def test_a_source_that_fails_is_refused(place: Path, answers: tuple) -> None:
    vault = folders(place)
    before = files(place)
    with pytest.raises(UnreadableError):
        vault.put(RECORD, Failing(*answers))

    assert files(place) == before


# --- disks -----------------------------------------------------------------------------------


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process become larger: a disk that is full, to who writes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 20, 100, CHUNK])
def test_a_full_disk_leaves_nothing(place: Path, room: int) -> None:
    vault = folders(place, copies=2)
    kept = vault.put("NC-9", b"kept")
    before = files(place)
    with room_for(room), pytest.raises(VaultError, match="cannot serve") as caught:
        vault.put(RECORD, PAYLOAD)

    assert (caught.value.exit_code, bool(caught.value.hint)) == (5, True)
    assert files(place) == before
    assert read(vault, kept, "NC-9") == b"kept"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("folder", ["copy1", "copy2", "keys"])
def test_a_folder_that_must_not_be_written_leaves_nothing(place: Path, folder: str) -> None:
    vault = folders(place, copies=2)
    place.parent.chmod(0o755)
    for path in (place, place / "copy1", place / "copy2", place / "keys"):
        path.chmod(0o755 if path.name == folder else 0o777)
    before = files(place)
    os.seteuid(NOBODY)
    try:
        with pytest.raises(VaultError, match=f"{folder} cannot serve: Permission denied"):
            vault.put(RECORD, PAYLOAD)
    finally:
        os.seteuid(0)
    assert files(place) == before


@pytest.mark.parametrize("folder", ["copy1", "copy2", "keys"])
def test_a_shelf_that_is_not_there_is_not_made_by_chance(place: Path, folder: str) -> None:
    """A disk that is not plugged in: what is written in its place would be lost when it is."""
    vault = folders(place, copies=2)
    before = files(place)
    with moved(place / folder):
        with pytest.raises(VaultError, match=folder):
            vault.put(RECORD, PAYLOAD)
        assert not (place / folder).exists()
    assert files(place) == before


def test_a_file_in_the_place_of_a_shelf_is_none(place: Path) -> None:
    vault = folders(place)
    shutil.rmtree(place / "copy1")
    (place / "copy1").write_bytes(b"")
    for act in (vault.create, lambda: vault.put(RECORD, PAYLOAD)):
        with pytest.raises(VaultError, match="copy1 cannot serve: Not a directory"):
            act()
    assert "Not a directory" in vault.scrub([]).unreached[0]


@pytest.mark.parametrize("error", [OSError(errno.EIO, "broken"), OSError(errno.ENOSPC, "full")])
def test_an_error_at_any_step_leaves_nothing_but_a_key(place: Path, error: OSError) -> None:
    for number in count(1):
        vault = folders(place / str(number), copies=2)
        fault = At(number, raise_error(error))
        with watched(fault):
            stub = attempt(vault)
        if not fault.hit:
            break
        if stub is None:
            left = {path.name for path in files(place / str(number))}
            assert left <= {RECORD}
        assert attempt(vault) is not None
    assert number > 10
    assert stub is not None


def attempt(vault: Vault) -> object:
    try:
        stub = vault.put(RECORD, PAYLOAD)
    except DocctlError:
        return None
    assert read(vault, stub) == PAYLOAD
    return stub


def test_ctrl_c_at_any_step_leaves_nothing_but_a_key(place: Path) -> None:
    for number in count(1):
        vault = folders(place / str(number))
        fault = At(number, raise_error(KeyboardInterrupt()))
        try:
            with watched(fault):
                vault.put(RECORD, PAYLOAD)
        except KeyboardInterrupt:
            assert {path.name for path in files(place / str(number))} <= {RECORD}
        if not fault.hit:
            break


def test_a_kill_at_any_step_leaves_only_what_a_scrub_names(place: Path) -> None:
    for number in count(1):
        here = place / str(number)
        vault = folders(here, copies=2)
        kept = vault.put("NC-9", b"kept")

        def action(_: object, vault: Vault = vault, number: int = number) -> None:
            with watched(At(number, die_writing)):
                vault.put(RECORD, PAYLOAD)

        _, whole = Child(action).ended()
        if whole:
            break
        grow_old(here)
        found = vault.scrub([("NC-9", kept)])
        named = {Path(one.address) / one.name for one in found.strangers}
        assert not found.faults
        assert {path for path in files(here) if path.name != "NC-9"} - named == {
            path for path in files(here) if path.name == kept.commitment
        }
        assert vault.sweep(found.strangers)
        assert vault.scrub([("NC-9", kept)])
        assert attempt(vault)
    assert number > 10


def test_a_kill_at_any_step_of_a_destruction_leaves_one_that_can_be_repeated(place: Path) -> None:
    for number in count(1):
        here = place / str(number)
        vault = folders(here, copies=2)
        stubs = [vault.put(RECORD, b"one"), vault.put(RECORD, b"two")]

        def action(_: object, vault: Vault = vault, number: int = number, of: list = stubs) -> None:
            with watched(At(number, die_writing)):
                vault.destroy(RECORD, of)

        _, whole = Child(action).ended()
        assert vault.destroy(RECORD, stubs)
        assert not files(here)
        if whole:
            break
    assert number > 8


@pytest.mark.parametrize("records", [1, 20, 140])
def test_what_was_acknowledged_survives_a_power_cut(
    place: Path, records: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "machine").mkdir()
    with Disk(place / "machine") as disk:
        monkeypatch.setattr(
            "docctl.store.vault.folder.FolderShelf._flush_all", lambda _: disk.sync() or True
        )
        vault = folders(place / "machine", copies=2)
        items = [(f"NC-{number}", b"%d" % number) for number in range(records)]
        stubs = vault.put_many(items)
        vault.destroy("NC-0", stubs[:1])
        disk.after_power_cut(place / "again")

    again = folders(place / "again", copies=2)
    assert again.outcome("NC-0", stubs[0]) == "missing"
    for (record, payload), stub in zip(items[1:], stubs[1:], strict=True):
        assert read(again, stub, record) == payload
    assert not again.scrub([]).faults


def test_a_key_lasts_before_anything_that_is_sealed_with_it_has_a_name(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others may seal with it as soon as it is there: nothing of theirs must hang on our end."""
    (place / "machine").mkdir()
    real, key = FolderShelf.place, key_name(RECORD)
    looked: list[bytes] = []

    def then_cut(shelf: FolderShelf, parcel: object, name: str) -> None:
        real(shelf, parcel, name)
        if name != key:
            left = disk.after_power_cut(place / "again") / "keys" / key
            looked.append(left.read_bytes())

    monkeypatch.setattr(FolderShelf, "place", then_cut)
    with Disk(place / "machine") as disk:
        folders(place / "machine", copies=2).put(RECORD, PAYLOAD)
    assert looked == [(place / "machine/keys" / key).read_bytes()] * 2
