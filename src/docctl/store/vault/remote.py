"""A shelf at any address that fsspec knows: `memory://`, `sftp://`, `s3://` and many more."""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from docctl.errors import DocctlError, OvertakenError, VaultError
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.shelf import UNFINISHED, Opened, Shelf, check_name

#: Where a file waits: in memory up to this size. Only sealed bytes ever lie on the disk.
_waiting = partial(tempfile.SpooledTemporaryFile, 64 << 10)

#: Where a file appears only once it is whole, so that it needs no other name until then.
_WHOLE_AT_ONCE = frozenset({"abfs", "az", "gcs", "gs", "memory", "s3", "s3a"})

_LOCAL = re.compile(r"(?:file|local)://|(?![a-z0-9+.-]+://)", re.IGNORECASE)


def shelf_at(address: str, **options: Any) -> Shelf:
    """Return the shelf at an address: a folder's path, or what fsspec knows with its options."""
    if prefix := _LOCAL.match(address):
        return FolderShelf(Path(address[prefix.end() :]))
    return FsspecShelf(address, **options)


class RemoteParcel:
    """Sealed bytes that wait on this machine, in a file without a name."""

    def __init__(self, shelf: "FsspecShelf") -> None:
        self._shelf = shelf
        self.file = _waiting()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Take more bytes."""
        with self._shelf.told():
            self.size += self.file.write(data)

    def end(self) -> None:
        """Take no more bytes; they travel when it is placed."""
        self.file.seek(0)

    def drop(self) -> None:
        """Leave nothing of it behind."""
        self.file.close()


class FsspecShelf:
    """A shelf that fsspec reaches. What lasts, and how soon, is for its system to promise."""

    def __init__(self, address: str, **options: Any) -> None:
        """Take an address such as `sftp://host/path`, and what fsspec's system of it asks for.

        Raises:
            VaultError: fsspec, or what it needs for this address, is not installed, or refuses.
        """
        self.address = re.sub(r"//[^/@]*@", "//", address)
        given = {"skip_instance_cache": True, "use_listings_cache": False} | options
        with self.told():
            self._system, self._root = import_module("fsspec.core").url_to_fs(address, **given)
        protocol = self._system.protocol
        names = {protocol} if isinstance(protocol, str) else set(protocol)
        self._whole_at_once = bool(names & _WHOLE_AT_ONCE)

    # --- looking -----------------------------------------------------------------------------

    def open(self, name: str) -> Opened | None:
        """Open a file; see `Readable.open`."""
        try:
            with self.told():
                file = self._system.open(self._path(name), "rb", cache_type="readahead")
                size = file.seek(0, os.SEEK_END)
                file.seek(0)
        except FileNotFoundError:
            return None

        def read(size: int) -> bytes:
            with self.told():
                return bytes(file.read(size))

        return Opened(size, read, file.close)

    def names(self) -> Iterator[str]:
        """Yield the names of all files; see `Readable.names`."""
        try:
            with self.told():
                found = self._system.find(self._root)
        except FileNotFoundError:
            return
        start = len(self._root.rstrip("/")) + 1
        yield from (path[start:] for path in found)

    # --- changing ----------------------------------------------------------------------------

    def create(self) -> None:
        """Make the folder, where its system knows folders; see `Shelf.create`."""
        with self.told():
            self._system.makedirs(self._root, exist_ok=True)

    def begin(self) -> RemoteParcel:
        """Begin a file; see `Shelf.begin`."""
        return RemoteParcel(self)

    def settle(self, parcels: Sequence[RemoteParcel]) -> None:
        """Do nothing: a parcel travels as it is placed."""

    def place(self, parcel: RemoteParcel, name: str) -> None:
        """Send a parcel, and see that it arrived in its full length; see `Shelf.place`."""
        path = self._path(name)
        with self.told():
            if self._system.exists(path):
                raise OvertakenError(name)
            on_the_way = path
            if not self._whole_at_once:
                self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
                on_the_way = self._path(f"{UNFINISHED}/{secrets.token_hex(16)}")
                self._system.makedirs(on_the_way.rpartition("/")[0], exist_ok=True)
            with self._system.open(on_the_way, "wb") as target:
                shutil.copyfileobj(parcel.file, target, 1 << 20)
            if on_the_way != path:
                self._system.mv(on_the_way, path)
            arrived = self._system.size(path)
        if arrived != parcel.size:
            self.remove(name)
            raise VaultError(self.address, f"of {parcel.size} bytes {arrived} arrived")
        parcel.drop()

    def flush(self, names: Iterable[str]) -> None:
        """Do nothing: its system keeps what it has acknowledged."""

    def overwrite(self, name: str) -> None:
        """Write a file anew; a system that keeps versions keeps the old one too."""
        path = self._path(name)
        with self.told():
            if self._system.exists(path):
                self._system.pipe_file(path, os.urandom(self._system.size(path)))

    def remove(self, name: str) -> bool:
        """Remove a file; see `Shelf.remove`."""
        path = self._path(name)
        try:
            with self.told():
                if not self._system.exists(path):
                    return False
                self._system.rm_file(path)
        except FileNotFoundError:
            return False
        return True

    # --- how ---------------------------------------------------------------------------------

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{check_name(name)}"

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say in our own words whatever goes wrong: each system has errors of its own kind."""
        try:
            yield
        except (DocctlError, FileNotFoundError):
            raise
        except ImportError as error:
            hint = "install it, and fsspec with: pip install 'docctl[vault]'"
            raise VaultError(self.address, f"{error.name} is not installed", hint=hint) from error
        except Exception as error:
            raise VaultError(self.address, str(error) or type(error).__name__) from error
