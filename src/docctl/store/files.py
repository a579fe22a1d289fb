"""Files that come from people: bounded, plain, and under names that every system can hold."""

import os
import secrets
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path, PurePosixPath

from docctl.errors import (
    DiskError,
    DocctlError,
    LimitError,
    NotFoundError,
    PathError,
    UnreadableError,
)
from docctl.model.base import Digest, attachment_name
from docctl.store.objects import write_all
from docctl.store.writing.journal import flush, flush_path

#: What a file is called until it is whole.
_PART = ".docctl-{}.part"

#: What files match that are not whole.
UNFINISHED = _PART.format("*")

#: How a file is opened that must not be there yet.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

#: So many bytes are worth a call to the system.
_ENOUGH = 1 << 16


def check_name(name: str) -> str:
    """Return an attachment's name if it can stand in the store.

    Raises:
        PathError: it is absolute, leaves its folder, or some system could not hold it.
    """
    try:
        return attachment_name(name)
    except ValueError as error:
        raise PathError(name, str(error)) from error


def check_names(names: Iterable[str]) -> None:
    """Refuse names of which two cannot stand side by side on every system.

    Raises:
        PathError: one of them cannot stand in the store, or has a twin.
    """
    files: dict[str, str] = {}
    for name in names:
        key = _folded(check_name(name))
        if key in files:
            raise PathError(name, f"on some systems it is the same as {files[key]!r}")
        files[key] = name
    for name in files.values():
        above = (files.get(_folded(part.as_posix())) for part in PurePosixPath(name).parents)
        if twin := next(filter(None, above), None):
            raise PathError(name, f"{twin!r} is a file, and would have to be a folder")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def read_folder(folder: Path, *, limit: int, total: int) -> dict[str, bytes]:
    """Return the files below a folder by name, hidden ones left out. Links are refused.

    Raises:
        LimitError: a file is larger than *limit*, or all together than *total* bytes.
        PathError: a name cannot stand in the store, or has a twin.
        UnreadableError: a file or folder cannot be opened.
    """
    found: dict[str, bytes] = {}
    room = total
    for path in files_below(folder):
        name = path.relative_to(folder).as_posix()
        data = read_file(path, limit=limit)
        room -= len(data)
        if room < 0:
            raise LimitError(f"{folder.name} with its attachments", total - room, total)
        found[name] = data
    check_names(found)
    return found


def files_below(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder and in those below it, but folders and hidden files.

    Raises:
        UnreadableError: a folder cannot be opened.
    """
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise _unreadable(folder, error) from error
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from files_below(path)
        else:
            yield path


def read_file(path: Path, *, limit: int) -> bytes:
    """Return a file's bytes, at most *limit* of them. Links and devices are refused.

    Raises:
        NotFoundError: there is no such file.
        PathError: it is a link or not a plain file.
        LimitError: it is larger.
        UnreadableError: it cannot be opened or read.
    """
    try:
        with os.fdopen(_opened(path), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise NotFoundError(f"file {path}", hint="look at its path and spelling") from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if len(data) > limit:
        raise LimitError(path.name, size, limit)
    return data


def read_start(path: Path, most: int) -> bytes:
    """Return the first bytes of a plain file, at most so many. Links and devices are refused.

    Raises:
        PathError: it is a link or not a plain file.
        UnreadableError: it is not there, or cannot be opened or read.
    """
    try:
        with os.fdopen(_opened(path), "rb") as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _opened(path: Path) -> int:
    """Open a plain file; nothing else is read, and nothing is waited for."""
    if path.is_symlink():
        raise PathError(path.name, "it is a link to another place", hint="name the file itself")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise PathError(path.name, "it is not a plain file", hint="name a plain file")


def _unreadable(path: Path, error: OSError | ValueError) -> UnreadableError:
    why = error.strerror if isinstance(error, OSError) else str(error)
    hint = "look whether it is there and may be read"
    return UnreadableError(str(path), why or "it cannot be opened", hint=hint)


def write_file(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all, in folders that are made where they are missing.

    Raises:
        PathError: it cannot be a file's name, or something else than a plain file stands there.
        DiskError: it cannot be written.
    """
    return write_pieces(path, (data,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write a file piece by piece, like `write_file`: it may be larger than memory.

    Raises:
        PathError: it cannot be a file's name, or something else than a plain file stands there.
        DiskError: it cannot be written.
    """
    with _part_of(path) as part, _made(part, 0o666) as file:
        for piece in _together(pieces):
            write_all(file, piece)
    return path


def write_secret(path: Path, data: bytes) -> Path:
    """Write a file like `write_file`, for its owner alone; a power cut does not take it away again.

    It and the folders that were made for it are on the disk before this returns.

    Raises:
        PathError: it cannot be a file's name, or something else than a plain file stands there.
        DiskError: it cannot be written.
    """
    made = [one for one in path.parents if not is_there(one)]
    with _part_of(path) as part, _made(part, 0o600) as file:
        write_all(file, data)
        flush(file)
    for folder in (path.parent, *(one.parent for one in made)):
        flush_path(folder)
    return path


@contextmanager
def _made(path: Path, mode: int) -> Iterator[int]:
    """Make a file and open it; nothing stands between it and the calls that write it."""
    file = os.open(path, _NEW, mode)
    try:
        yield file
    finally:
        os.close(file)


def _together(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces as they are, small ones as one: each costs a call."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _ENOUGH:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


@contextmanager
def _part_of(path: Path) -> Iterator[Path]:
    """Yield where a file is to be written, which then takes its place."""
    try:
        if path.exists() and not path.is_file():
            raise PathError(
                path.name or str(path), "it is not a plain file", hint="name a plain file"
            )
        if above := next((one for one in path.parents if is_there(one)), None):
            _require_folder(above)
        part = path.with_name(_PART.format(secrets.token_hex(8)))
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield part
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise DiskError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise PathError(path.name or str(path), str(error)) from error


def remove_unfinished(folder: Path) -> None:
    """Remove what a writer that was killed has left below a folder: parts of files, never files.

    Raises:
        DiskError: something of it cannot be removed.
    """
    try:
        for path in folder.rglob(UNFINISHED):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise DiskError(f"{folder}: {error.strerror or error}") from error


def _require_folder(path: Path) -> None:
    if not path.is_dir():
        raise PathError(str(path), "it is not a folder", hint="name a folder, or a file in one")


def is_there(path: Path) -> bool:
    """Tell whether there is something; a path that no system can hold names nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder; a path that no system can hold names none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_link(path: Path) -> bool:
    """Tell whether there is a link, wherever it leads; see `is_folder`."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def digest_of(path: Path) -> Digest:
    """Return the digest of a plain file's bytes; an empty text for anything else."""
    with suppress(OSError, DocctlError), os.fdopen(_opened(path), "rb") as file:
        return file_digest(file, "sha256").hexdigest()
    return ""
