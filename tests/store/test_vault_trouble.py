"""Servers that are full, read-only, slow, silent or lie: nothing of it is believed, or lost."""

import gc
import json
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import S3, Relay, Sftp
from vaults import OTHER, RECORD, files, read

from docctl.errors import DamagedVaultError, VaultAccessError, VaultError
from docctl.store.vault.remote import FsspecShelf
from docctl.store.vault.writing import Vault
from docctl.trust.sealing import CHUNK

LONG = os.urandom(2 * CHUNK + 5)

#: Files of paramiko's that are given up while their server is away complain as they are collected.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def given_up() -> Iterator[None]:
    yield
    gc.collect()


def test_a_full_server_leaves_nothing(sftp: Sftp, place: Path) -> None:
    sftp.stop()
    sftp.start(room=CHUNK)
    vault = sftp.vault(place)
    kept = vault.put(OTHER, b"fits")
    before = files(place)

    with pytest.raises(VaultError, match="cannot serve") as caught:
        vault.put(RECORD, LONG)
    assert (caught.value.exit_code, bool(caught.value.hint)) == (5, True)
    assert {path.name for path in files(place) - before} <= {RECORD}
    assert read(vault, kept, OTHER) == b"fits"
    sftp.stop()
    sftp.start()
    vault = sftp.vault(place)
    assert read(vault, vault.put(RECORD, LONG)) == LONG


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_must_not_be_written_is_told(sftp: Sftp, place: Path) -> None:
    vault = sftp.vault(place)
    kept = vault.put(OTHER, b"kept")
    (place / "payloads").chmod(0o500)
    try:
        with pytest.raises(VaultError, match="cannot serve"):
            vault.put(RECORD, LONG)
        assert read(vault, kept, OTHER) == b"kept"
    finally:
        (place / "payloads").chmod(0o700)


READ_ONLY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}],
}


def test_an_s3_key_that_may_only_read_reads_and_is_refused_everything_else(
    s3: S3, place: Path
) -> None:
    vault = s3.vault(place)
    stub = vault.put(RECORD, b"payload")
    people, name = s3.client("iam"), secrets.token_hex(4)
    people.create_user(UserName=name)
    people.put_user_policy(UserName=name, PolicyName="read", PolicyDocument=json.dumps(READ_ONLY))
    made = people.create_access_key(UserName=name)["AccessKey"]
    opens = {"key": made["AccessKeyId"], "secret": made["SecretAccessKey"]}
    theirs = Vault([again(s3, vault.payloads[0], **opens)], again(s3, vault.keys, **opens))

    with s3.guarded():
        assert read(theirs, stub) == b"payload"
        for act in (
            lambda: theirs.put(RECORD, b"more"),
            lambda: theirs.put(OTHER, b"more"),
            lambda: theirs.destroy(RECORD, [stub]),
        ):
            with pytest.raises(VaultError, match="cannot serve") as caught:
                act()
            assert "key or password" in caught.value.hint
    assert read(vault, stub) == b"payload"
    assert vault.scrub([(RECORD, stub)])


def test_a_refused_s3_key_is_told(s3: S3, place: Path) -> None:
    vault = s3.vault(place)
    stub = vault.put(RECORD, b"payload")
    theirs = Vault([again(s3, vault.payloads[0])], again(s3, vault.keys))

    with s3.guarded():
        assert theirs.outcome(RECORD, stub) == "not readable here"
        with pytest.raises(VaultAccessError, match="not readable here"):
            read(theirs, stub)
        with pytest.raises(VaultError) as caught:
            theirs.put(OTHER, b"more")
        assert caught.value.hint
    assert theirs.outcome(RECORD, stub) == "present"


def again(s3: S3, shelf: FsspecShelf, **options: str) -> FsspecShelf:
    """Return another way to the same shelf."""
    return s3.shelf(shelf.address.removeprefix("s3://records/"), **options)


@pytest.mark.parametrize("kind", ["sftp", "s3"])
def test_a_slow_server_is_waited_for(
    request: pytest.FixtureRequest, place: Path, kind: str
) -> None:
    server: Sftp | S3 = request.getfixturevalue(kind)

    def late(data: bytes) -> bytes:
        time.sleep(0.01)
        return data

    vault = server.vault(place)
    with Relay(server.port, late) as relay:
        slow = Vault([by(server, vault.payloads[0], place / "payloads", relay)], vault.keys)
        stub = slow.put(RECORD, LONG)
        assert read(slow, stub) == LONG
    assert read(vault, stub) == LONG


def by(server: Sftp | S3, shelf: FsspecShelf, path: Path, relay: Relay) -> FsspecShelf:
    """Return the way to a shelf that leads over a relay."""
    if isinstance(server, Sftp):
        return server.shelf(path, by=relay)
    return again(server, shelf, endpoint_url=f"http://127.0.0.1:{relay.port}")


def test_a_server_that_falls_silent_is_given_up(
    sftp: Sftp, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docctl.store.vault.remote.SILENCE", 1)
    vault = sftp.vault(place)
    stub = vault.put(RECORD, LONG)
    heard: list[bytes] = []

    def until_told(data: bytes) -> bytes | None:
        return data if not heard else None

    with Relay(sftp.port, until_told) as relay:
        far = Vault([sftp.shelf(place / "payloads", by=relay)], vault.keys)
        assert far.outcome(RECORD, stub) == "present"
        heard.append(b"enough")
        for act in (lambda: read(far, stub), lambda: far.put(RECORD, b"more")):
            with pytest.raises(VaultError, match="cannot serve") as caught:
                act()
            assert "look whether the server runs" in caught.value.hint
    assert read(vault, stub) == LONG


def test_a_server_that_lies_is_not_believed(s3: S3, place: Path) -> None:
    vault = s3.vault(place)
    stub = vault.put(RECORD, LONG)

    def other(data: bytes) -> bytes:
        large = len(data) > 10_000  # no heading is
        return data[:-100] + bytes(100) if large else data

    with Relay(s3.port, other) as relay:
        lying = Vault([by(s3, vault.payloads[0], place, relay)], vault.keys)
        assert lying.outcome(RECORD, stub) == "altered"
        with pytest.raises(DamagedVaultError):
            read(lying, stub)
        assert [one.outcome for one in lying.scrub([(RECORD, stub)]).faults] == ["altered"]
        right = Vault([*lying.payloads, *vault.payloads], vault.keys)
        assert read(right, stub) == LONG
    assert read(vault, stub) == LONG
