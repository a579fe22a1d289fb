"""Vaults on real servers: what is wrong with a server is said, and nothing half stays behind."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import S3, Sftp
from vaults import OTHER, RECORD, read

from docctl.errors import (
    DamagedVaultError,
    DocctlError,
    MissingPayloadError,
    OvertakenError,
    VaultError,
)
from docctl.store.vault.remote import FsspecShelf
from docctl.store.vault.shelf import key_name, payload_name
from docctl.store.vault.writing import Vault
from docctl.trust.sealing import CHUNK

LONG = os.urandom(2 * CHUNK + 5)


@pytest.fixture(params=["sftp", "s3"])
def server(request: pytest.FixtureRequest) -> Sftp | S3:
    return request.getfixturevalue(request.param)


@pytest.fixture
def vault(server: Sftp | S3, place: Path) -> Iterator[Vault]:
    yield server.vault(place)
    if server.process.poll() is not None:
        server.start()


def filled(shelf: FsspecShelf, name: str, data: bytes) -> None:
    parcel = shelf.begin()
    try:
        parcel.write(data)
        parcel.end()
        shelf.place(parcel, name)
    finally:
        parcel.drop()


def outcome_of(act: Callable[[], object]) -> object:
    try:
        return act()
    except DocctlError as error:
        return error


def test_a_name_that_is_taken_is_not_written_over(vault: Vault) -> None:
    shelf = vault.payloads[0]
    filled(shelf, "ab/one", b"first")
    with pytest.raises(OvertakenError):
        filled(shelf, "ab/one", b"second")

    assert list(shelf.names()) == ["ab/one"]
    found = shelf.open("ab/one")
    assert found is not None
    assert found.read(100) == b"first"


def test_an_altered_and_a_missing_payload_are_found_by_a_scrub(vault: Vault) -> None:
    altered, missing = vault.put(RECORD, LONG), vault.put(OTHER, b"payload")
    shelf = vault.payloads[0]
    shelf.overwrite(payload_name(altered.commitment))
    shelf.remove(payload_name(missing.commitment))

    faults = vault.scrub([(RECORD, altered), (OTHER, missing)]).faults
    assert [one.outcome for one in faults] == ["altered", "missing"]
    with pytest.raises(DamagedVaultError):
        read(vault, altered)


def test_a_server_that_stops_is_told_and_serves_again_once_it_is_back(
    server: Sftp | S3, vault: Vault
) -> None:
    longer = LONG * 6  # than what is read ahead
    stub = vault.put(RECORD, longer)
    pieces = vault.read(RECORD, stub)
    next(pieces)
    server.stop()
    for what, act in {
        "go on reading": lambda: b"".join(pieces),
        "read": lambda: read(vault, stub),
        "put": lambda: vault.put(OTHER, b"payload"),
        "destroy": lambda: vault.destroy(RECORD, [stub]),
        "scrub": lambda: vault.scrub([(RECORD, stub)]),
        "create": vault.create,
    }.items():
        assert isinstance(error := outcome_of(act), VaultError), what
        assert vault.keys.address in str(error) or vault.payloads[0].address in str(error)
        assert error.hint
    server.start()
    if isinstance(server, Sftp):  # the other one forgets what it had in its memory
        assert read(vault, stub) == longer
    kept = vault.put(OTHER, b"payload")
    assert read(vault, kept, OTHER) == b"payload"


def test_a_bucket_that_is_not_there_is_no_empty_one(s3: S3, place: Path) -> None:
    vault = Vault([s3.shelf("payloads", "nosuch")], s3.vault(place).keys)
    stub = s3.vault(place).put(RECORD, b"payload")

    for act in (vault.create, lambda: vault.put(RECORD, b"payload")):
        with pytest.raises(VaultError, match="nosuch is not there"):
            act()
    assert "nosuch is not there" in vault.scrub([(RECORD, stub)]).unreached[0]


def test_a_folder_that_is_not_there_is_no_empty_one(sftp: Sftp, place: Path) -> None:
    vault = sftp.vault(place)
    stub = vault.put(RECORD, b"payload")
    (place / "payloads").rename(place / "away")

    for act in (lambda: vault.put(RECORD, b"more"), lambda: read(vault, stub)):
        with pytest.raises(VaultError, match="payloads is not there"):
            act()
    assert "payloads is not there" in vault.scrub([(RECORD, stub)]).unreached[0]
    assert not (place / "payloads").exists()


def test_a_key_that_opens_no_door_is_refused(sftp: Sftp, place: Path) -> None:
    with pytest.raises(VaultError, match="cannot serve") as caught:
        sftp.shelf(place, key="stranger").create()
    assert "key or password" in caught.value.hint


def test_nothing_goes_to_a_server_whose_key_is_not_known(sftp: Sftp, place: Path) -> None:
    with pytest.raises(VaultError, match="known_hosts") as caught:
        sftp.shelf(place, known="nosuch").create()
    assert caught.value.hint


def test_nothing_is_connected_before_it_is_needed() -> None:
    shelf = FsspecShelf("sftp://ola:secret@127.0.0.1:1/vault")
    assert shelf.address == "sftp://127.0.0.1:1/vault"
    with pytest.raises(VaultError, match="cannot serve") as caught:
        shelf.create()
    assert "secret" not in str(caught.value)


def test_a_payload_in_the_place_of_another_is_altered(vault: Vault) -> None:
    one, other = vault.put(RECORD, b"one"), vault.put(RECORD, b"two")
    shelf = vault.payloads[0]
    names = [payload_name(stub.commitment) for stub in (one, other)]
    found = [shelf.open(name) for name in names]
    data = [file.read(file.size) for file in found if file]
    for file in found:
        assert file
        file.close()
    for name in names:
        shelf.remove(name)
    for name, swapped in zip(names, reversed(data), strict=True):
        filled(shelf, name, swapped)

    assert [vault.outcome(RECORD, stub) for stub in (one, other)] == ["altered", "altered"]
    with pytest.raises(DamagedVaultError, match="committed"):
        read(vault, one)


def test_a_payload_without_its_key_is_told(vault: Vault) -> None:
    stub = vault.put(RECORD, b"payload")
    vault.keys.remove(key_name(RECORD))

    assert vault.outcome(RECORD, stub) == "key missing"
    assert [one.outcome for one in vault.scrub([(RECORD, stub)]).faults] == ["key missing"]
    with pytest.raises(MissingPayloadError, match="key"):
        read(vault, stub)
