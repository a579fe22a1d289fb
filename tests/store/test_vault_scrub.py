"""A scrub reads everything, says what is wrong in which copy, and names what nobody expects."""

import shutil
import time
from pathlib import Path

import pytest
from vaults import OTHER, RECORD, file_of, flip, folders, grow_old, moved, read

from docctl.errors import DamagedVaultError, VaultError
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.reading import VaultReader
from docctl.store.vault.scrubbing import FaultyCopy, Stranger
from docctl.store.vault.shelf import Opened, key_name, payload_name
from docctl.store.vault.writing import Vault


def test_a_vault_in_order_says_so_and_shows_its_progress(place: Path) -> None:
    vault = folders(place, copies=2)
    stubs = [vault.put(RECORD, b"1234"), vault.put(OTHER, bytes(3 << 20))]
    told: list[int] = []
    found = vault.scrub(zip((RECORD, OTHER), stubs, strict=True), told.append)

    assert found
    assert found.payloads == 2
    assert sum(told) == 2 * (4 + (3 << 20))
    assert max(told) <= 1 << 20


def test_each_copy_is_looked_at(place: Path) -> None:
    vault = folders(place, copies=3)
    stub = vault.put(RECORD, b"payload")
    flip(file_of(place / "copy1", stub))
    file_of(place / "copy3", stub).unlink()
    found = vault.scrub([(RECORD, stub)])

    assert not found
    assert found.faults == (
        FaultyCopy(RECORD, stub, str(place / "copy1"), "altered"),
        FaultyCopy(RECORD, stub, str(place / "copy3"), "missing"),
    )
    assert found.strangers == ()


def test_payloads_without_a_key_are_told_from_missing_ones(place: Path) -> None:
    vault = folders(place, copies=2)
    stub = vault.put(RECORD, b"payload")
    (place / "keys" / key_name(RECORD)).unlink()
    file_of(place / "copy2", stub).unlink()

    outcomes = [fault.outcome for fault in vault.scrub([(RECORD, stub)]).faults]
    assert outcomes == ["key missing", "missing"]


def test_strangers_of_every_kind_are_named_and_swept(place: Path) -> None:
    vault = folders(place)
    stub, stray = vault.put(RECORD, b"payload"), vault.put(OTHER, b"stray")
    (place / "copy1/tmp/left").write_bytes(b"x")
    found = vault.scrub([(RECORD, stub)])

    assert not found
    assert set(found.strangers) == {
        Stranger(str(place / "copy1"), "tmp/left"),
        Stranger(str(place / "copy1"), payload_name(stray.commitment)),
        Stranger(str(place / "keys"), key_name(OTHER)),
    }
    assert vault.sweep(found.strangers)
    assert vault.scrub([(RECORD, stub)])
    assert read(vault, stub) == b"payload"


def test_a_key_that_a_killed_capture_left_two_names_outlives_its_first_one(place: Path) -> None:
    """Killed between the new name and the end of the old one; both are names of the same bytes."""
    vault = folders(place)
    stub = vault.put(RECORD, b"payload")
    key = place / "keys" / key_name(RECORD)
    (place / "keys/tmp/left").hardlink_to(key)
    grow_old(place)
    found = vault.scrub([(RECORD, stub)])

    assert [one.name for one in found.strangers] == ["tmp/left"]
    assert vault.sweep(found.strangers)
    assert not (place / "keys/tmp/left").exists()
    assert read(vault, stub) == b"payload"

    (place / "keys/tmp/left").hardlink_to(key)
    vault.destroy(RECORD, [stub])
    assert key.name.encode() not in (place / "keys/tmp/left").read_bytes()


def test_what_a_capture_may_be_writing_just_now_is_left_alone(place: Path) -> None:
    vault = folders(place)
    parcel = vault.payloads[0].begin()
    parcel.write(b"half")

    assert vault.scrub([])
    grow_old(place)
    (left,) = vault.scrub([]).strangers
    assert left.name.startswith("tmp/")
    parcel.write(b"whole")
    assert vault.scrub([])
    parcel.drop()
    assert vault.payloads[0].age(left.name) == 0


def test_what_docctl_would_never_write_is_named_and_left_alone(place: Path) -> None:
    vault = folders(place)
    (place / "copy1/note.txt").write_text("mine")
    found = vault.scrub([])

    assert found.strangers == (Stranger(str(place / "copy1"), "note.txt"),)
    reach = vault.sweep(found.strangers)
    assert not reach
    assert "note.txt" in reach.not_reached[0]
    assert (place / "copy1/note.txt").exists()


def test_what_is_captured_before_its_record_is_asked_for_is_no_stranger(place: Path) -> None:
    vault = folders(place)

    def expected() -> object:
        yield RECORD, vault.put(RECORD, b"captured meanwhile")

    assert vault.scrub(expected())


def test_a_shelf_that_is_not_there_is_told_once_and_the_others_are_scrubbed(place: Path) -> None:
    vault = folders(place, copies=2)
    stubs = [vault.put(RECORD, b"%d" % number) for number in range(5)]
    flip(file_of(place / "copy2", stubs[3]))
    with moved(place / "copy1"):
        found = vault.scrub((RECORD, stub) for stub in stubs)

    assert len(found.unreached) == 1
    assert str(place / "copy1") in found.unreached[0]
    assert [fault.stub for fault in found.faults] == [stubs[3]]
    with moved(place / "keys"), pytest.raises(VaultError, match="keys"):
        vault.scrub((RECORD, stub) for stub in stubs)


def test_a_backup_that_was_restored_too_far_is_seen(place: Path) -> None:
    vault = folders(place)
    kept, gone = vault.put(RECORD, b"kept"), vault.put(OTHER, b"gone")
    shutil.copytree(place / "copy1", place / "backup")
    vault.destroy(OTHER, [gone])
    shutil.copytree(place / "backup", place / "copy1", dirs_exist_ok=True)
    found = vault.scrub([(RECORD, kept)])

    assert found.faults == ()
    assert found.strangers == (Stranger(str(place / "copy1"), payload_name(gone.commitment)),)
    assert vault.outcome(OTHER, gone) == "key missing"


class Strange(FolderShelf):
    """A shelf that answers slowly, a little at a time, or with other bytes."""

    answer = staticmethod(lambda data: data)

    def open(self, name: str) -> Opened | None:
        found = super().open(name)
        if found is None:
            return None
        return found._replace(read=lambda size: self.answer(found.read(min(size, 1000))))


def slowly(data: bytes) -> bytes:
    time.sleep(0.001)
    return data


def lying(data: bytes) -> bytes:
    return bytes(len(data))


def without_end(data: bytes) -> bytes:
    return data or b"more" * 1000


def failing(_: bytes) -> bytes:
    raise VaultError("there", "it went away")


def strange(place: Path, answer: object) -> VaultReader:
    shelf = Strange(place / "copy1")
    shelf.answer = answer
    return VaultReader([shelf], FolderShelf(place / "keys"))


def test_a_shelf_may_be_slow_lie_or_go_away(place: Path) -> None:
    vault: Vault = folders(place)
    stub = vault.put(RECORD, bytes(5000))

    assert read(strange(place, slowly), stub) == bytes(5000)
    for answer in (lying, without_end):
        with pytest.raises(DamagedVaultError):
            read(strange(place, answer), stub)
        assert strange(place, answer).outcome(RECORD, stub) == "altered"
    with pytest.raises(VaultError, match="went away"):
        read(strange(place, failing), stub)
    (fault,) = strange(place, failing).scrub([(RECORD, stub)]).faults
    assert fault.outcome == "it went away"
