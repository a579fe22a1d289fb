"""Files of people, read: bounded, plain, and under names that every system can hold."""

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path, PurePosixPath

from docctl.errors import DocctlError, LimitError, NotFoundError, PathError, UnreadableError
from docctl.model.base import Digest, attachment_name


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
