"""A shelf that is a folder of this machine: what was placed survives a power cut."""

import errno
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from docctl.errors import DamagedVaultError, OvertakenError, VaultAccessError, VaultError
from docctl.store.objects import write_all
from docctl.store.vault import entries
from docctl.store.vault.shelf import UNFINISHED, Opened, check_name
from docctl.store.writing.journal import flush_path

_LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC

#: How a system says that a path leads over a link.
_OVER_LINK = frozenset({errno.ELOOP, errno.EMLINK, errno.ENOTDIR, errno.EISDIR, errno.ENXIO})

#: Kinds of errors, and the one of them that says that there is no such file.
_Kinds = tuple[type[OSError], ...]
_MISSING: _Kinds = (FileNotFoundError,)

#: More files than this are not flushed one by one, where the system can flush all at once.
_MANY = 8


class _Telling:
    """Says in our own words what the system refuses; may be entered again and again."""

    def __init__(self, address: str, name: str = "", *, passing: _Kinds) -> None:
        """Tell of a shelf, or of a file on it; errors of the kinds *passing* stay as they are."""
        self._address, self._name, self._passing = address, name, passing

    def __enter__(self) -> None:
        """Tell nothing yet."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if not isinstance(error, OSError) or isinstance(error, self._passing):
            return
        if self._name and error.errno in _OVER_LINK:
            why = "a link, or something else than a file in a folder, stands there"
            raise DamagedVaultError(self._name, why, self._address) from error
        raise _refusal(self._address, error) from error


class FolderParcel:
    """A file in the shelf's folder for what is not finished."""

    def __init__(self, shelf: "FolderShelf") -> None:
        self._shelf = shelf
        self._holds = self.placed = False
        self.base = secrets.token_hex(16)
        self.name = f"{UNFINISHED}/{self.base}"
        with shelf.folder_held() as self.folder:
            self._file = os.open(self.base, _NEW, 0o666, dir_fd=self.folder)
            self._holds = True

    def write(self, data: bytes | memoryview) -> None:
        """Take more bytes."""
        with self._shelf.told:
            write_all(self._file, data)

    def end(self) -> None:
        """Write no more."""
        if self._file >= 0:
            file, self._file = self._file, -1
            with self._shelf.told:
                os.close(file)

    def drop(self) -> None:
        """Leave nothing of it behind; what cannot be removed, a scrub will name."""
        with suppress(OSError, VaultError):
            self.end()
            if not self.placed:
                self._shelf.remove(self.name)
        if self._holds:
            self._holds = False
            self._shelf.let_go()


class FolderShelf:
    """A shelf in a folder; the folder may be a link, nothing in it is followed if it is one."""

    def __init__(self, path: Path) -> None:
        """Take *path*; nothing is looked at or made yet."""
        self._path = path
        self.address = str(path)
        #: Tells what the system refuses; that a file is missing stays as it is.
        self.told = _Telling(self.address, passing=_MISSING)
        #: The folder for what is not finished, open while anything is, and how many hold it.
        self._unfinished, self._holders = -1, 0

    # --- looking -----------------------------------------------------------------------------

    def open(self, name: str) -> Opened | None:
        """Open a file; see `Readable.open`."""
        try:
            with self.folder_of(name) as (folder, base):
                file = os.open(base, _LOOK, dir_fd=folder)
        except FileNotFoundError:
            return None
        except VaultError as error:
            raise self._closed(error) from error
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            os.close(file)
            raise DamagedVaultError(name, "it is not a plain file", self.address)

        left = found.st_size

        def read(size: int) -> bytes:
            nonlocal left
            try:
                data = os.read(file, min(size, left)) if left else b""
            except OSError as error:
                raise _refusal(self.address, error) from error
            left -= len(data)
            return data

        return Opened(found.st_size, read, lambda: os.close(file))

    def names(self) -> Iterator[str]:
        """Yield everything below the folder, whatever it is; see `Readable.names`."""
        try:
            with self._root() as root, self.told:
                yield from entries.names_below(root)
        except VaultError as error:
            raise self._closed(error) from error

    def age(self, name: str) -> float:
        """Return how long ago a file was written to; see `Readable.age`."""
        try:
            with self.folder_of(name) as (folder, base):
                changed = os.stat(base, dir_fd=folder, follow_symlinks=False).st_mtime
        except FileNotFoundError:
            return 0
        return max(0.0, time.time() - changed)

    # --- changing ----------------------------------------------------------------------------

    def create(self) -> None:
        """Make the folder, open to nobody else; one that is there stays as it is."""
        with self.told:
            made = [path for path in (self._path, *self._path.parents) if not path.exists()]
            for path in reversed(made):
                path.mkdir(mode=0o700)
                flush_path(path.parent)
            os.close(os.open(self._path, entries.FOLDER))

    def begin(self) -> FolderParcel:
        """Begin a file; see `Shelf.begin`."""
        return FolderParcel(self)

    def settle(self, parcels: Sequence[FolderParcel]) -> None:
        """Flush the files, many of them at once; see `Shelf.settle`."""
        with self.told:
            together = len(parcels) > _MANY and self._flush_all()
            for parcel in parcels:
                if not together:
                    flush_path(self._path / parcel.name)

    def place(self, parcel: FolderParcel, name: str) -> None:
        """Move a parcel to its place; see `Shelf.place`."""
        with self.made_folder_of(name) as (target, wanted):
            try:
                entries.named(parcel.folder, parcel.base, target, wanted)
            except FileExistsError as error:
                raise OvertakenError(name) from error
        parcel.placed = True

    def flush(self, names: Iterable[str]) -> None:
        """Flush the folders of these files; see `Shelf.flush`."""
        folders = {check_name(name).partition("/")[0] for name in names}
        if len(folders) > _MANY and self._flush_all():
            return
        with self.told:
            for folder in sorted(folders):
                flush_path(self._path / folder)
            flush_path(self._path)

    def overwrite(self, name: str) -> None:
        """Write over a file's own bytes; see `Shelf.overwrite`."""
        with suppress(FileNotFoundError), self.folder_of(name) as (folder, base):
            # Whoever was killed while placing a file has left it two names: the other one counts.
            if not (name.startswith(f"{UNFINISHED}/") and entries.has_other_names(folder, base)):
                entries.overwritten(folder, base)

    def remove(self, name: str) -> bool:
        """Remove a file; see `Shelf.remove`."""
        try:
            with self.folder_of(name) as (folder, base):
                os.unlink(base, dir_fd=folder)
        except FileNotFoundError:
            return False
        return True

    # --- how ---------------------------------------------------------------------------------

    @contextmanager
    def folder_held(self) -> Iterator[int]:
        """Give the folder for what is not finished; it stays open until as many have let it go."""
        with _Telling(self.address, UNFINISHED, passing=()):
            if not self._holders:
                self._unfinished = self._made(f"{self.address}/{UNFINISHED}")
            self._holders += 1
            try:
                yield self._unfinished
            except BaseException:
                self.let_go()
                raise

    def let_go(self) -> None:
        """Close the folder for what is not finished once nobody holds it."""
        self._holders -= 1
        if not self._holders:
            os.close(self._unfinished)

    def folder_of(self, name: str) -> AbstractContextManager[tuple[int, str]]:
        """Open the folder of a file; give it, and the file's own name.

        Raises:
            FileNotFoundError: there is no such folder.
            DamagedVaultError: something else stands in its place, or in that of the file.
            VaultError: the shelf is not there, or its system refuses.
        """
        return self._folder_of(name, self._opened, passing=_MISSING)

    def made_folder_of(self, name: str) -> AbstractContextManager[tuple[int, str]]:
        """Open the folder of a file, made where there is none; see `folder_of`.

        Raises:
            VaultError: something that belongs there is missing, too.
        """
        return self._folder_of(name, self._made, passing=())

    @contextmanager
    def _folder_of(
        self, name: str, opened: Callable[[str], int], *, passing: _Kinds
    ) -> Iterator[tuple[int, str]]:
        shard, _, base = check_name(name).partition("/")
        with _Telling(self.address, name, passing=passing):
            folder = opened(f"{self.address}/{shard}")
            try:
                yield folder, base
            finally:
                os.close(folder)

    def _opened(self, path: str) -> int:
        try:
            return os.open(path, entries.FOLDER | os.O_NOFOLLOW)
        except (FileNotFoundError, NotADirectoryError) as error:
            if not self._path.is_dir():
                raise _refusal(self.address, error) from error
            raise

    def _made(self, path: str) -> int:
        with suppress(FileNotFoundError):
            return self._opened(path)
        with suppress(FileExistsError):
            Path(path).mkdir()
        return os.open(path, entries.FOLDER | os.O_NOFOLLOW)

    def _closed(self, error: VaultError) -> VaultError:
        """Return the error of who may not read, where that is what it is."""
        refused = isinstance(error.__cause__, PermissionError)
        return VaultAccessError(self.address, error.why) if refused else error

    @contextmanager
    def _root(self) -> Iterator[int]:
        try:
            root = os.open(self._path, entries.FOLDER)
        except OSError as error:
            raise _refusal(self.address, error) from error
        try:
            yield root
        finally:
            os.close(root)

    def _flush_all(self) -> bool:
        """Flush the whole file system, where there is a call for it; tell whether there is."""
        with self._root() as root, self.told:
            return entries.all_flushed(root)


def _refusal(address: str, error: OSError) -> VaultError:
    return VaultError(address, error.strerror or str(error))
