"""Files that are put in their places: whole, or not at all."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from docctl.errors import DiskError, PathError
from docctl.store.files import is_there
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
