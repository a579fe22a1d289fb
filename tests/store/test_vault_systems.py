"""A key gets its name only once, on every system that is used; the others are refused for keys."""

from io import BytesIO
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from vaults import RECORD, files, in_folder, read, sent_as_a_file

from docctl.errors import UnfitVaultError
from docctl.store.vault.shelf import key_name
from docctl.store.vault.systems import System
from docctl.store.vault.writing import Vault


@pytest.mark.parametrize("kind", ["abfs", "az", "gcs", "gs", "s3", "memory"])
def test_object_stores_make_a_file_only_where_there_is_none(kind: str) -> None:
    """By `If-None-Match: *` or the generation 0, which fsspec's systems send for the mode `xb`."""
    system = System(MemoryFileSystem(), f"/{kind}", frozenset({kind}), f"{kind}://bucket")
    path = system.path(key_name(RECORD))
    system.send(BytesIO(b"first"), path)

    with pytest.raises(FileExistsError):
        system.send(BytesIO(b"second"), path)
    assert system.files.cat_file(path) == b"first"


def test_keys_do_not_go_where_two_might_both_win(place: Path) -> None:
    vault = Vault([in_folder(place / "payloads")], sent_as_a_file(place / "keys"))
    vault.create()

    with pytest.raises(UnfitVaultError, match="cannot tell the first of two") as caught:
        vault.put(RECORD, b"payload")
    assert caught.value.address == vault.keys.address
    assert "sftp://" in caught.value.hint
    assert files(place) == set()


def test_payloads_may_go_there(place: Path) -> None:
    """Their names are random: nobody chooses one twice."""
    vault = Vault([sent_as_a_file(place / "payloads")], in_folder(place / "keys"))
    vault.create()
    assert read(vault, vault.put(RECORD, b"payload")) == b"payload"
