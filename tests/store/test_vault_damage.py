"""What is altered, swapped or missing in the vault is found, and another copy serves."""

import os
from pathlib import Path

import pytest
from vaults import OTHER, RECORD, file_of, flip, folders, moved, read

from docctl.errors import DamagedVaultError, OvertakenError, VaultError
from docctl.model.records.record import Stub
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.shelf import key_name
from docctl.trust.sealing import CHUNK

LONG = os.urandom(2 * CHUNK + 5)


# --- several copies --------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 40, CHUNK + 200, -1], ids=["head", "first", "middle", "end"])
def test_an_altered_copy_is_passed_over(place: Path, at: int) -> None:
    vault = folders(place, copies=2)
    stub = vault.put(RECORD, LONG)
    flip(file_of(place / "copy1", stub), at)

    assert read(vault, stub) == LONG
    assert vault.outcome(RECORD, stub) == "present"


def test_a_missing_or_unplugged_copy_is_passed_over(place: Path) -> None:
    vault = folders(place, copies=2)
    stub = vault.put(RECORD, LONG)

    with moved(place / "copy1"):
        assert read(vault, stub) == LONG
    file_of(place / "copy1", stub).unlink()
    assert read(vault, stub) == LONG
    with moved(place / "copy2"):  # what cannot be looked at may be right
        with pytest.raises(VaultError, match="cannot serve"):
            read(vault, stub)
        with pytest.raises(VaultError, match="cannot serve"):
            vault.outcome(RECORD, stub)


def test_copies_that_are_not_of_one_payload_are_never_mixed(place: Path) -> None:
    """One ends in damage, the next is another payload of the same record and length."""
    vault = folders(place, copies=2)
    stub, other = vault.put(RECORD, LONG), vault.put(RECORD, bytes(len(LONG)))
    flip(file_of(place / "copy1", stub), -1)
    file_of(place / "copy2", stub).write_bytes(file_of(place / "copy2", other).read_bytes())
    got: list[bytes] = []

    with pytest.raises(DamagedVaultError):
        got.extend(vault.read(RECORD, stub))
    assert LONG.startswith(b"".join(got))
    assert vault.outcome(RECORD, stub) == "altered"


# --- what went wrong -------------------------------------------------------------------------


def test_payloads_that_changed_places_are_found(place: Path) -> None:
    vault = folders(place)
    one, other = vault.put(RECORD, b"one"), vault.put(RECORD, b"two")
    paths = [file_of(place / "copy1", stub) for stub in (one, other)]
    data = [path.read_bytes() for path in paths]
    for path, swapped in zip(paths, reversed(data), strict=True):
        path.write_bytes(swapped)

    for stub in (one, other):
        assert vault.outcome(RECORD, stub) == "altered"
        with pytest.raises(DamagedVaultError, match="committed") as caught:
            read(vault, stub)
    assert (caught.value.exit_code, bool(caught.value.hint)) == (5, True)


def test_a_stub_with_another_size_does_not_fit(place: Path) -> None:
    vault = folders(place)
    stub = vault.put(RECORD, b"payload")
    wrong = stub.but(size=6)

    with pytest.raises(DamagedVaultError, match="length"):
        read(vault, wrong)
    assert vault.outcome(RECORD, wrong) == "altered"


def test_a_key_that_is_damaged_or_anothers_opens_nothing(place: Path) -> None:
    vault = folders(place)
    stub = vault.put(RECORD, b"payload")
    vault.put(OTHER, b"payload")
    key, other = (place / "keys" / key_name(record) for record in (RECORD, OTHER))
    whole = key.read_bytes()

    for wrong in (other.read_bytes(), whole[:-1], whole + b"x", b""):
        key.write_bytes(wrong)
        with pytest.raises(DamagedVaultError, match="key"):
            read(vault, stub)
        with pytest.raises(DamagedVaultError, match="key"):  # nor is anything put under it
            vault.put(RECORD, b"more")
        assert vault.outcome(RECORD, stub) == "key missing"


def test_two_who_make_a_records_key_at_once_do_not_both_win(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = folders(place), folders(place)
    stubs: list[Stub] = []
    real = FolderShelf.settle

    def meanwhile(shelf: FolderShelf, parcels: list) -> None:
        monkeypatch.setattr(FolderShelf, "settle", real)
        stubs.append(theirs.put(RECORD, b"theirs"))
        shelf.settle(parcels)

    monkeypatch.setattr(FolderShelf, "settle", meanwhile)
    with pytest.raises(OvertakenError, match=RECORD):
        ours.put(RECORD, b"ours")
    assert read(ours, stubs[0]) == b"theirs"
    assert ours.scrub([(RECORD, stubs[0])])


@pytest.mark.parametrize("which", ["file", "folder", "fifo"])
def test_links_and_devices_are_not_followed(place: Path, which: str) -> None:
    vault = folders(place)
    stub = vault.put(RECORD, b"payload")
    path = file_of(place / "copy1", stub)
    if which == "folder":
        path.parent.rename(place / "elsewhere")
        path.parent.symlink_to(place / "elsewhere")
    else:
        path.rename(place / "elsewhere")
        path.symlink_to(place / "elsewhere") if which == "file" else os.mkfifo(path)

    assert vault.outcome(RECORD, stub) == "altered"
    with pytest.raises(DamagedVaultError):
        read(vault, stub)
    assert not vault.scrub([(RECORD, stub)])
