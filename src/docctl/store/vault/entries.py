"""Entries of folders, found by folders that are open: nobody can put a link in between."""

import ctypes
import errno
import os
from collections.abc import Iterator
from contextlib import suppress

from docctl.store.writing.journal import flush

#: How a folder is opened.
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC

#: So many random bytes are made at a time.
_ROOM = 1 << 16

#: How a system says that it knows no second names of a file.
_NO_SECOND_NAME = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})


def named(source: int, base: str, target: int, wanted: str) -> None:
    """Move a file to where nothing is yet.

    Raises:
        FileExistsError: something is there.
    """
    try:
        os.link(base, wanted, src_dir_fd=source, dst_dir_fd=target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_SECOND_NAME:
            raise
        with suppress(FileNotFoundError):
            os.stat(wanted, dir_fd=target, follow_symlinks=False)
            raise FileExistsError(wanted) from error
        os.rename(base, wanted, src_dir_fd=source, dst_dir_fd=target)
    else:
        os.unlink(base, dir_fd=source)


def has_other_names(folder: int, base: str) -> bool:
    """Tell whether the bytes of a file are those of another name, too."""
    return os.stat(base, dir_fd=folder, follow_symlinks=False).st_nlink > 1


def overwritten(folder: int, base: str) -> None:
    """Put random bytes in the place of a file's own, and wait until that will last."""
    file = os.open(base, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    try:
        left = os.fstat(file).st_size
        while left > 0:
            left -= os.write(file, os.urandom(min(left, _ROOM)))
        flush(file)
    finally:
        os.close(file)


def all_flushed(folder: int) -> bool:
    """Flush the whole file system of an open folder; tell whether its system has a call for it.

    Raises:
        OSError: it could not be flushed.
    """
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if call is not None and call(folder):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return call is not None


def names_below(root: int) -> Iterator[str]:
    """Yield everything one folder below an open one, and what is no folder."""
    for shard in os.listdir(root):
        try:
            folder = os.open(shard, FOLDER | os.O_NOFOLLOW, dir_fd=root)
        except OSError:  # a file or a link, where only folders belong
            yield shard
            continue
        try:
            with os.scandir(folder) as entries:
                found = [entry.name for entry in entries]
        finally:
            os.close(folder)
        yield from (f"{shard}/{base}" for base in found)
