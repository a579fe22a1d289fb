"""A shelf at any address that fsspec knows: `memory://`, `sftp://`, `s3://` and many more."""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from typing import Any

from docctl.errors import DocctlError, OvertakenError, VaultAccessError, VaultError
from docctl.store.vault.hosts import known_only
from docctl.store.vault.shelf import Opened, check_name
from docctl.store.vault.systems import System

#: So many bytes are read ahead: systems would take 50 MB of memory for it.
_READ = 1 << 20

#: After so many seconds without an answer a server is given up.
SILENCE = 60

#: Where a file waits: in memory up to this size. Only sealed bytes ever lie on the disk.
_waiting = partial(tempfile.SpooledTemporaryFile, 64 << 10)

#: Errors with which systems say that somebody may not do what was asked.
_FORBIDDEN = frozenset(
    {
        "AuthenticationException",
        "BadHostKeyException",
        "NoCredentialsError",
        "PermissionError",
    }
)

#: What to do, by the kinds of errors with which systems refuse.
_HINTS = (
    (
        _FORBIDDEN,
        "look at the key or password that this machine uses there, and at its rights",
    ),
    (
        {
            "ConnectionError",
            "HTTPClientError",
            "NoValidConnectionsError",
            "SSHException",
            "TimeoutError",
            "EOFError",
        },
        "look whether the server runs and can be reached, and repeat",
    ),
)


class RemoteParcel:
    """Sealed bytes that wait on this machine, in a file without a name."""

    def __init__(self, shelf: "FsspecShelf") -> None:
        self._shelf = shelf
        self.file = _waiting()
        self.size = 0

    def write(self, data: bytes | memoryview) -> None:
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

        It is connected when it is first needed, and again after an error.
        """
        self.address = re.sub(r"//[^/@]*@", "//", address)
        self._given = address, options
        self._connected: System | None = None

    # --- looking -----------------------------------------------------------------------------

    def open(self, name: str) -> Opened | None:
        """Open a file; see `Readable.open`."""
        check_name(name)
        with self._looking():
            system = self._system()
            try:
                file = system.files.open(
                    system.path(name), "rb", block_size=_READ, cache_type="readahead"
                )
                file.seek(0, os.SEEK_END)
                size = file.tell()  # not every system's `seek` says so
                file.seek(0)
            except FileNotFoundError:
                system.require_there()
                return None

        def read(size: int) -> bytes:
            with self._looking():
                return bytes(file.read(size))

        return Opened(size, read, file.close)

    def names(self) -> Iterator[str]:
        """Yield the names of all files; see `Readable.names`."""
        with self._looking():
            system = self._system()
            system.require_there()
            found = system.files.find(system.root)
        start = len(system.root.rstrip("/")) + 1
        yield from (path[start:] for path in found)

    def age(self, name: str) -> float:
        """Return how long ago a file was written to; see `Readable.age`."""
        with self.told():
            system = self._system()
            try:
                changed = system.files.modified(system.path(name))
            except (FileNotFoundError, NotImplementedError):  # fsspec's own word for "not here"
                return 0
        return max(0.0, (datetime.now(UTC) - _aware(changed)).total_seconds())

    # --- changing ----------------------------------------------------------------------------

    def create(self) -> None:
        """Make the folder, where its system knows folders; a bucket must be there already."""
        with self.told():
            system = self._system()
            if not system.whole_at_once:
                system.files.makedirs(system.root, exist_ok=True)
            system.require_there()

    def begin(self) -> RemoteParcel:
        """Begin a file; see `Shelf.begin`."""
        return RemoteParcel(self)

    def settle(self, parcels: Sequence[RemoteParcel]) -> None:
        """Do nothing: a parcel travels as it is placed."""

    def place(self, parcel: RemoteParcel, name: str) -> None:
        """Send a parcel, and see that it arrived in its full length; see `Shelf.place`."""
        check_name(name)
        with self.told():
            system = self._system()
            path = system.path(name)
            try:
                system.send(parcel.file, path)
            except FileExistsError as error:
                raise OvertakenError(name) from error
            except FileNotFoundError:
                system.require_there()
                raise
            arrived = system.files.size(path)
        if arrived != parcel.size:
            self.remove(name)
            raise VaultError(self.address, f"of {parcel.size} bytes {arrived} arrived")
        parcel.drop()

    def flush(self, names: Iterable[str]) -> None:
        """Do nothing: its system keeps what it has acknowledged."""

    def overwrite(self, name: str) -> None:
        """Write a file anew; a system that keeps versions keeps the old one too."""
        check_name(name)
        with self.told():
            system = self._system()
            path = system.path(name)
            if system.files.exists(path):
                system.files.pipe_file(path, os.urandom(system.files.size(path)))

    def remove(self, name: str) -> bool:
        """Remove a file; see `Shelf.remove`."""
        check_name(name)
        with self.told():
            system = self._system()
            path = system.path(name)
            try:
                found = system.files.exists(path)
                if found:
                    system.files.rm_file(path)
            except FileNotFoundError:
                found = False
            if not found:
                system.require_there()
        return bool(found)

    # --- how ---------------------------------------------------------------------------------

    def _system(self) -> System:
        if self._connected is None:
            address, options = self._given
            given: dict[str, Any] = {"skip_instance_cache": True}
            if address.startswith(("sftp://", "ssh://")):
                given |= {"host_key_policy": known_only(), "timeout": SILENCE}
            else:
                given |= {"use_listings_cache": False}
            files, root = import_module("fsspec.core").url_to_fs(address, **(given | options))
            if "host_key_policy" in given:
                files.ftp.get_channel().settimeout(SILENCE)
            named = files.protocol
            kinds = frozenset({named} if isinstance(named, str) else named)
            self._connected = System(files, root, kinds, self.address)
        return self._connected

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Say of what may not be looked at that it is not readable here."""
        try:
            with self.told():
                yield
        except VaultError as error:
            if _kinds(error.__cause__) & _FORBIDDEN:
                raise VaultAccessError(self.address, error.why) from error
            raise

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say in our own words whatever goes wrong: each system has errors of its own kind."""
        try:
            yield
        except DocctlError:
            raise
        except ImportError as error:
            hint = "install it, and fsspec with: pip install 'docctl[vault]'"
            raise VaultError(self.address, f"{error.name} is not installed", hint=hint) from error
        except Exception as error:
            self._connected = None
            hint = next((hint for names, hint in _HINTS if names & _kinds(error)), "")
            why = str(error) or type(error).__name__
            raise VaultError(self.address, why, hint=hint) from error


def _kinds(error: BaseException | None) -> set[str]:
    return {one.__name__ for one in type(error).__mro__}


def _aware(moment: datetime) -> datetime:
    """Return a moment as its system meant it: those that name no zone are in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
