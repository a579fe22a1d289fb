"""The vault gives back what it was given, and nothing once that was destroyed."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from vaults import KINDS, OTHER, RECORD, file_of, files, folders, moved, read, vault_of

from docctl.errors import MissingPayloadError, PathError, UnreadableError, VaultError
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.reading import VaultReader
from docctl.store.vault.remote import FsspecShelf
from docctl.store.vault.shelf import Shelf, key_name, payload_name
from docctl.store.vault.writing import Vault
from docctl.trust.sealing import CHUNK

LONG = os.urandom(2 * CHUNK + 5)


@pytest.fixture(params=[*KINDS, "sftp", "s3"])
def vault(request: pytest.FixtureRequest, place: Path) -> Vault:
    if request.param not in KINDS:
        return request.getfixturevalue(request.param).vault(place)
    return vault_of(request.param, place)


@pytest.mark.parametrize("payload", [b"", b"payload", LONG], ids=["nothing", "short", "long"])
def test_a_payload_is_given_back(vault: Vault, payload: bytes) -> None:
    stub = vault.put(RECORD, payload)

    assert read(vault, stub) == payload
    assert stub.size == len(payload)
    assert vault.outcome(RECORD, stub) == "present"


def test_a_file_is_stored_from_where_it_stands(vault: Vault, place: Path) -> None:
    (place / "file").write_bytes(b"skipped" + LONG)
    with (place / "file").open("rb") as source:
        source.seek(7)
        stub = vault.put(RECORD, source)

    assert read(vault, stub) == LONG


def test_the_same_payload_twice_has_two_commitments(vault: Vault) -> None:
    """Who knows a short payload cannot find out by its stub which record says it."""
    one, other = vault.put(RECORD, b"yes"), vault.put(RECORD, b"yes")

    assert one.commitment != other.commitment
    assert read(vault, one) == read(vault, other) == b"yes"


def test_many_are_stored_together(vault: Vault) -> None:
    records = [f"NC-{number // 2}" for number in range(140)]
    stubs = vault.put_many((record, record.encode()) for record in records)

    for record, stub in zip(records, stubs, strict=True):
        assert read(vault, stub, record) == record.encode()
    assert vault.scrub(zip(records, stubs, strict=True))


def test_of_many_all_or_none_are_stored(vault: Vault, place: Path) -> None:
    kept = vault.put(RECORD, b"kept")
    with (place / "closed").open("wb") as closed:
        pass
    items = [(RECORD, b"x")] * 200 + [(RECORD, closed)]
    before = files(place)

    with pytest.raises(UnreadableError, match="closed"):
        vault.put_many(items)
    assert files(place) == before
    assert vault.scrub([(RECORD, kept)])


def test_nothing_of_it_can_be_read_where_it_lies(place: Path) -> None:
    vault = folders(place, copies=2)
    payload = b"name: Ola Nordmann" * 1000
    stub = vault.put(RECORD, payload)

    for path in files(place):
        assert b"Ola" not in path.read_bytes()
    assert (
        file_of(place / "copy1", stub).read_bytes() == file_of(place / "copy2", stub).read_bytes()
    )


def test_what_is_destroyed_is_gone(vault: Vault) -> None:
    gone = [vault.put(RECORD, b"one"), vault.put(RECORD, LONG)]
    kept = vault.put(OTHER, b"kept")

    for _ in range(2):  # it may be repeated
        reach = vault.destroy(RECORD, gone)
        assert reach
        assert reach.reached == (vault.keys.address, *(one.address for one in vault.payloads))
    for stub in gone:
        assert vault.outcome(RECORD, stub) == "missing"
        with pytest.raises(MissingPayloadError, match="key"):
            vault.read(RECORD, stub)
    assert vault.scrub([(OTHER, kept)])


def test_a_copy_that_comes_back_without_its_key_says_nothing(vault: Vault) -> None:
    stub = vault.put(RECORD, b"payload")
    shelf = vault.payloads[0]
    found = shelf.open(payload_name(stub.commitment))
    assert found is not None
    saved = found.read(found.size)
    found.close()
    vault.destroy(RECORD, [stub])

    parcel = shelf.begin()
    parcel.write(saved)
    parcel.end()
    shelf.settle([parcel])
    shelf.place(parcel, payload_name(stub.commitment))

    assert vault.outcome(RECORD, stub) == "key missing"
    (stranger,) = vault.scrub([]).strangers
    assert stranger == (shelf.address, payload_name(stub.commitment))
    assert vault.sweep([stranger])
    assert vault.outcome(RECORD, stub) == "missing"
    assert vault.scrub([])


def test_a_destruction_says_which_copy_it_did_not_reach(place: Path) -> None:
    vault = folders(place, copies=2)
    stub = vault.put(RECORD, b"payload")
    with moved(place / "copy1"):
        reach = vault.destroy(RECORD, [stub])

    assert not reach
    assert reach.reached == (str(place / "keys"), str(place / "copy2"))
    assert str(place / "copy1") in reach.not_reached[0]
    assert vault.outcome(RECORD, stub) == "key missing"
    assert vault.destroy(RECORD, [stub])
    assert vault.outcome(RECORD, stub) == "missing"


def test_nothing_is_destroyed_where_the_key_cannot_be(place: Path) -> None:
    vault = folders(place)
    stub = vault.put(RECORD, b"payload")
    with moved(place / "keys"), pytest.raises(VaultError, match="keys"):
        vault.destroy(RECORD, [stub])

    assert read(vault, stub) == b"payload"


def test_a_key_is_overwritten_before_it_is_removed(place: Path) -> None:
    vault = folders(place)
    vault.put(RECORD, b"payload")
    key = place / "keys" / key_name(RECORD)
    (place / "second name").hardlink_to(key)
    before = key.read_bytes()
    vault.destroy(RECORD, [])

    after = (place / "second name").read_bytes()
    assert len(after) == len(before)
    assert before[14:46] not in after


def test_what_did_not_land_is_taken_back_and_the_key_stays(vault: Vault) -> None:
    """Somebody else may capture the same record at the same time, and use that key."""
    theirs, ours = vault.put(RECORD, b"theirs"), vault.put(RECORD, b"ours")

    assert vault.undo([ours])
    assert vault.outcome(RECORD, ours) == "missing"
    assert read(vault, theirs) == b"theirs"
    assert vault.scrub([(RECORD, theirs)])


@pytest.mark.parametrize(
    "name", ["../x", "ab/../../x", "/etc/passwd", "ab/", "ab/.x", "ab/c/d", "zz/x", "ab/x\n", "ab"]
)
@pytest.mark.parametrize("make", [FolderShelf, lambda _: FsspecShelf("memory://v")])
def test_no_name_leads_out_of_the_shelf(place: Path, name: str, make: type) -> None:
    shelf: Shelf = make(place)
    for act in (shelf.open, shelf.remove, shelf.overwrite):
        with pytest.raises(PathError):
            act(name)


def test_a_system_that_is_not_known_or_not_installed_is_told_without_secrets() -> None:
    with pytest.raises(VaultError, match="nosuch"):
        FsspecShelf("nosuch://ola:secret@host/path").create()
    with pytest.raises(VaultError, match="install") as caught:
        FsspecShelf("gs://ola:secret@bucket/path").create()
    assert "secret" not in str(caught.value)


def test_a_vault_has_at_least_one_shelf_of_payloads(place: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        VaultReader([], FolderShelf(place))


def test_sources_without_a_length_are_read_to_their_end(place: Path) -> None:
    vault = folders(place)
    out, into = os.pipe()
    os.write(into, b"from a pipe")
    os.close(into)
    with os.fdopen(out, "rb", buffering=0) as source:
        stub = vault.put(RECORD, source)

    assert read(vault, stub) == b"from a pipe"
    assert read(vault, vault.put(RECORD, BytesIO(b"from memory"))) == b"from memory"
