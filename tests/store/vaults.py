"""Vaults of every kind to test with, and what lies in them."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from docctl.model.records.record import Stub
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.remote import FsspecShelf
from docctl.store.vault.shelf import ABANDONED, payload_name
from docctl.store.vault.writing import Vault

RECORD = "NC-2026-1"
OTHER = "NC-2026-2"


def in_memory(_: Path) -> FsspecShelf:
    return FsspecShelf(f"memory://{secrets.token_hex(8)}")


def in_folder(path: Path) -> FolderShelf:
    return FolderShelf(path)


def sent_as_a_file(path: Path) -> FsspecShelf:
    """A folder behind fsspec, as on a server where a file grows while it is sent."""
    return FsspecShelf(f"file://{path}", auto_mkdir=False)


#: How the shelves of payloads and the one of keys are made.
KINDS: dict[str, tuple[Callable, ...]] = {
    "one folder": (in_folder, in_folder),
    "two folders": (in_folder, in_folder, in_folder),
    "in memory": (in_memory, in_memory),
    "a folder and elsewhere": (in_folder, in_memory, in_folder),
    "a server's folder": (sent_as_a_file, in_folder),
}


def vault_of(kind: str, place: Path) -> Vault:
    *payloads, keys = (make(place / f"shelf{number}") for number, make in enumerate(KINDS[kind], 1))
    vault = Vault(payloads, keys)
    vault.create()
    return vault


def folders(place: Path, copies: int = 1) -> Vault:
    """Make a vault of folders: `copy1`, `copy2` …, and `keys`."""
    copy = [FolderShelf(place / f"copy{number + 1}") for number in range(copies)]
    vault = Vault(copy, FolderShelf(place / "keys"))
    vault.create()
    return vault


def read(vault: Vault, stub: Stub, record: str = RECORD) -> bytes:
    return b"".join(vault.read(record, stub))


def file_of(shelf: Path, stub: Stub) -> Path:
    return shelf / payload_name(stub.commitment)


def files(place: Path) -> set[Path]:
    return {path for path in place.rglob("*") if not path.is_dir()}


def flip(path: Path, at: int = -1) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def grow_old(place: Path) -> None:
    """Let a day pass for everything that lies there."""
    for path in files(place):
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - ABANDONED - 1))


@contextmanager
def moved(path: Path) -> Iterator[None]:
    """Take a folder away for a while, like a disk that is unplugged."""
    away = path.rename(path.with_name(f"{path.name}-away"))
    yield
    away.rename(path)
