"""Working copies: what people edit, before it is saved into the store.

```
drafts/PRO-001/document.md      front matter and text
               pictures/rig.png attachments, in folders if the author likes
               .base            the digest of the draft it began from
```
"""

import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from docctl.errors import DiskError, LimitError, NotFoundError, PathError, UnreadableError
from docctl.model.base import Digest, Number, attachment_name

DOCUMENT = "document.md"
_BASE = ".base"


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A draft as it lies in its folder."""

    document: bytes
    attachments: Mapping[str, bytes]
    """Bytes by path inside the folder, with `/` between names."""

    base: Digest | None
    """The content digest of the draft it began from; nothing for a file from elsewhere."""


def check_name(name: str) -> str:
    """Return an attachment's name if it can stand in the store.

    Raises:
        PathError: it is absolute, leaves its folder, or some system could not hold it.
    """
    try:
        return attachment_name(name)
    except ValueError as error:
        raise PathError(name, str(error)) from error


def check_names(names: Iterator[str] | Mapping[str, bytes]) -> None:
    """Refuse names of which two are the same on a system that ignores case.

    Raises:
        PathError: one of them cannot stand in the store, or has a twin.
    """
    seen: dict[str, str] = {}
    for name in names:
        key = unicodedata.normalize("NFC", check_name(name)).casefold()
        if key in seen:
            raise PathError(name, f"it differs from {seen[key]!r} in case only")
        seen[key] = name


class Drafts:
    """The folder of working copies of a library."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, number: Number | str) -> Path:
        """Return the folder of a working copy; it need not exist."""
        return self.root / number

    def read(self, number: Number | str, *, limit: int, total: int) -> WorkingCopy:
        """Return the working copy of a document. Sizes are in bytes.

        Raises:
            NotFoundError: there is none.
            LimitError: a file is larger than *limit*, or all together than *total*.
            PathError: a file's name cannot stand in the store, or is a link.
        """
        folder = self.folder(number)
        if not (folder / DOCUMENT).is_file():
            raise NotFoundError(
                f"working copy of {number}", hint=f"make one with: docctl edit {number}"
            )
        files = read_folder(folder, limit=limit, total=total)
        base = folder / _BASE
        began = base.read_text(encoding="ascii").strip() if base.is_file() else None
        return WorkingCopy(files.pop(DOCUMENT), files, began)

    def write(self, number: Number | str, copy: WorkingCopy) -> Path:
        """Lay a working copy out and return its document's path. An older one is replaced."""
        folder = self.folder(number)
        try:
            for name, data in {**copy.attachments, DOCUMENT: copy.document}.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            if copy.base:
                (folder / _BASE).write_text(copy.base + "\n", encoding="ascii")
        except OSError as error:
            raise DiskError(str(error)) from error
        return folder / DOCUMENT

    def rebase(self, number: Number | str, base: Digest) -> None:
        """Note that the working copy now stands on the draft with this digest."""
        folder = self.folder(number)
        if folder.is_dir():
            (folder / _BASE).write_text(base + "\n", encoding="ascii")

    def exists(self, number: Number | str) -> bool:
        """Tell whether there is a working copy."""
        return (self.folder(number) / DOCUMENT).is_file()

    def remove(self, number: Number | str) -> None:
        """Remove a working copy and its folder; nothing happens where there is none."""
        folder = self.folder(number)
        if not folder.is_dir():
            return
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        folder.rmdir()


def read_folder(folder: Path, *, limit: int, total: int) -> dict[str, bytes]:
    """Return the files below a folder by name, hidden ones left out. Links are refused.

    Raises:
        LimitError: a file is larger than *limit*, or all together than *total* bytes.
        PathError: a name cannot stand in the store, or has a twin.
    """
    found: dict[str, bytes] = {}
    room = total
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        data = read_file(path, limit=limit)
        room -= len(data)
        if room < 0:
            raise LimitError(f"{folder.name} with its attachments", total - room, total)
        found[name] = data
    check_names(found)
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def read_file(path: Path, *, limit: int) -> bytes:
    """Return a file's bytes, at most *limit* of them. Links and devices are refused.

    Raises:
        NotFoundError: there is no such file.
        PathError: it is a link or not a plain file.
        LimitError: it is larger.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise NotFoundError(f"file {path}") from error
    except OSError as error:
        if path.is_symlink():
            raise PathError(path.name, "it is a link to another place") from error
        raise UnreadableError(str(path), error.strerror or "it cannot be opened") from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise PathError(path.name, "it is not a plain file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise LimitError(path.name, path.stat().st_size, limit)
    return data
