"""A copy that lacks something, or holds it altered, is put right from one that is right."""

import os
from pathlib import Path

import pytest
from servers import S3, Sftp
from vaults import OTHER, RECORD, file_of, files, flip, folders, grow_old, moved, read

from docctl.errors import VaultError
from docctl.model.records.record import Stub
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.mending import Mended
from docctl.store.vault.shelf import Opened, key_name, payload_name
from docctl.store.vault.writing import Vault
from docctl.trust.sealing import CHUNK

LONG = os.urandom(2 * CHUNK + 5)


@pytest.fixture
def vault(place: Path) -> Vault:
    return folders(place, copies=3)


def mend(vault: Vault, *stubs: Stub, **how: bool) -> list[Mended]:
    return list(vault.mend([(RECORD, stub) for stub in stubs], **how))


def test_a_vault_in_order_is_left_as_it_is(vault: Vault, place: Path) -> None:
    stub = vault.put(RECORD, LONG)
    before = {path: path.stat().st_mtime_ns for path in files(place)}
    told: list[int] = []

    assert list(vault.mend([(RECORD, stub)], told.append)) == []
    assert sum(told) == 3 * len(LONG)
    assert {path: path.stat().st_mtime_ns for path in files(place)} == before


@pytest.mark.parametrize("good", ["copy1", "copy2", "copy3"])
def test_one_right_copy_is_enough_for_all(vault: Vault, place: Path, good: str) -> None:
    stub = vault.put(RECORD, LONG)
    one, other = (place / name for name in ("copy1", "copy2", "copy3") if name != good)
    flip(file_of(one, stub))
    file_of(other, stub).unlink()

    found = mend(vault, stub)
    assert [(one.was, one.why) for one in found] == [("altered", ""), ("missing", "")]
    assert vault.scrub([(RECORD, stub)])
    for name in ("copy1", "copy2", "copy3"):
        assert read(Vault([FolderShelf(place / name)], vault.keys), stub) == LONG


def test_a_new_copy_gets_everything(place: Path) -> None:
    before = folders(place, copies=1)
    stubs = [before.put(RECORD, b"%d" % number) for number in range(20)]
    vault = folders(place, copies=2)

    found = mend(vault, *stubs, only_missing=True)
    assert {one.address for one in found} == {str(place / "copy2")}
    assert len(found) == 20
    assert vault.scrub((RECORD, stub) for stub in stubs)


def test_without_reading_only_what_is_missing_is_put_right(vault: Vault, place: Path) -> None:
    altered, missing = vault.put(RECORD, LONG), vault.put(RECORD, b"payload")
    flip(file_of(place / "copy2", altered))
    file_of(place / "copy2", missing).unlink()

    assert [one.was for one in mend(vault, altered, missing, only_missing=True)] == ["missing"]
    assert [one.was for one in mend(vault, altered, missing)] == ["altered"]
    assert mend(vault, altered, missing) == []


def test_nothing_is_copied_that_was_not_proved(vault: Vault, place: Path) -> None:
    """What lies under the right name passes for right until it is read."""
    stub = vault.put(RECORD, LONG)
    file_of(place / "copy1", stub).unlink()
    flip(file_of(place / "copy2", stub))

    (found,) = mend(vault, stub, only_missing=True)
    assert found.why == ""
    assert read(Vault([FolderShelf(place / "copy1")], vault.keys), stub) == LONG
    file_of(place / "copy1", stub).unlink()
    flip(file_of(place / "copy3", stub))
    (found,) = mend(vault, stub, only_missing=True)
    assert "not what was sealed" in found.why
    assert not file_of(place / "copy1", stub).exists()
    assert not list((place / "copy1/tmp").iterdir())


def test_where_no_copy_is_right_nothing_is_touched(vault: Vault, place: Path) -> None:
    stub = vault.put(RECORD, b"payload")
    for name in ("copy1", "copy2", "copy3"):
        flip(file_of(place / name, stub))
    before = {path: path.read_bytes() for path in files(place)}

    assert [one.why for one in mend(vault, stub)] == ["no copy is right"] * 3
    assert {path: path.read_bytes() for path in files(place)} == before


def test_without_its_key_nothing_can_be_proved(vault: Vault, place: Path) -> None:
    stub = vault.put(RECORD, b"payload")
    (place / "keys" / key_name(RECORD)).unlink()
    file_of(place / "copy1", stub).unlink()

    assert {(one.was, one.why) for one in mend(vault, stub)} == {
        ("key missing", "its key is missing")
    }
    assert not file_of(place / "copy1", stub).exists()


@pytest.mark.parametrize("only_missing", [False, True])
def test_a_copy_that_is_not_there_is_told_and_the_others_are_put_right(
    vault: Vault, place: Path, only_missing: bool
) -> None:
    stub = vault.put(RECORD, b"payload")
    file_of(place / "copy3", stub).unlink()
    with moved(place / "copy1"):
        unreached, right = mend(vault, stub, only_missing=only_missing)

    assert unreached.address == str(place / "copy1")
    assert unreached.why == unreached.was != ""
    assert (right.was, right.why) == ("missing", "")
    assert vault.scrub([(RECORD, stub)])


class Failing(FolderShelf):
    """A shelf that can be read, and from which reading fails later."""

    def open(self, name: str) -> Opened | None:
        found = super().open(name)
        return found and found._replace(read=self._read)

    def _read(self, _: int) -> bytes:
        raise VaultError(self.address, "it went away")


def test_a_source_that_goes_away_is_followed_by_the_next(vault: Vault, place: Path) -> None:
    stub = vault.put(RECORD, LONG)
    file_of(place / "copy1", stub).unlink()
    first, _, third = vault.payloads
    failing = Failing(place / "copy2")

    (found,) = Vault([first, failing, third], vault.keys).mend([(RECORD, stub)], only_missing=True)
    assert found.why == ""
    assert read(vault, stub) == LONG
    file_of(place / "copy1", stub).unlink()
    (found,) = Vault([first, failing], vault.keys).mend([(RECORD, stub)], only_missing=True)
    assert found.why == "it went away"


@pytest.fixture(params=["sftp", "s3"])
def elsewhere(request: pytest.FixtureRequest, place: Path) -> Vault:
    server: Sftp | S3 = request.getfixturevalue(request.param)
    return server.vault(place / "server")


def test_a_server_gets_a_copy_and_gives_it_back(elsewhere: Vault, place: Path) -> None:
    here = folders(place, copies=1)
    stub = here.put(RECORD, LONG)
    vault = Vault([*here.payloads, *elsewhere.payloads], here.keys)

    assert [one.why for one in mend(vault, stub)] == [""]
    file_of(place / "copy1", stub).unlink()
    assert [(one.was, one.why) for one in mend(vault, stub)] == [("missing", "")]
    elsewhere.payloads[0].overwrite(payload_name(stub.commitment))
    assert [(one.was, one.why) for one in mend(vault, stub)] == [("altered", "")]
    assert vault.scrub([(RECORD, stub)])


def test_a_server_tells_what_a_capture_may_be_writing_just_now(sftp: Sftp, place: Path) -> None:
    vault = sftp.vault(place)
    stub = vault.put(OTHER, b"payload")
    (place / "payloads/tmp" / ("a" * 32)).write_bytes(b"half")

    assert vault.scrub([(OTHER, stub)])
    grow_old(place)
    assert [one.name for one in vault.scrub([(OTHER, stub)]).strangers] == ["tmp/" + "a" * 32]
    assert vault.payloads[0].age("tmp/nosuch") == 0
