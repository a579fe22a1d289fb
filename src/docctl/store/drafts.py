"""Working copies: what people edit, before it is saved into the store.

```
drafts/PRO-001/document.md      front matter and text
               pictures/rig.png attachments, in folders if the author likes
               .base            the draft that it stands on, and the digests of the files
```

A working copy is its author's. docctl replaces and removes only files that are byte for byte what
it has laid out or saved; hidden files, such as an editor's, are never touched.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Self

from docctl.errors import DocctlError, NotFoundError, UnsavedError
from docctl.model.base import Digest, Number
from docctl.store.disk import disk_errors
from docctl.store.files import digest_of, files_below, read_file, read_folder
from docctl.store.placing import write_file

DOCUMENT = "document.md"
_BASE = ".base"

_NOTE_LIMIT = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A draft as it lies in its folder."""

    document: bytes
    attachments: Mapping[str, bytes]
    """Bytes by path inside the folder, with `/` between names."""

    bases: frozenset[Digest] = frozenset()
    """The content digest of the draft that it stands on; nothing for a file from elsewhere.

    While a draft is being saved there are two, for the old one and the new.
    """


class Drafts:
    """The folder of working copies of a library."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, number: Number | str) -> Path:
        """Return the folder of a working copy; it need not exist."""
        return self.root / number

    def document(self, number: Number | str) -> Path:
        """Return the path of a working copy's text; it need not exist."""
        return self.folder(number) / DOCUMENT

    def exists(self, number: Number | str) -> bool:
        """Tell whether there is a working copy."""
        return os.path.lexists(self.document(number))

    def stands_on(self, number: Number | str, content: Digest) -> bool:
        """Tell whether a working copy stands on the draft with this content digest."""
        return content in self._laid_out(number).bases

    def read(self, number: Number | str, *, limit: int, total: int) -> WorkingCopy:
        """Return the working copy of a document. Sizes are in bytes.

        Raises:
            NotFoundError: there is none.
            LimitError: a file is larger than *limit*, or all together than *total*.
            PathError: a file's name cannot stand in the store, or is a link.
            UnreadableError: a file cannot be opened.
        """
        bases, folder = self._laid_out(number).bases, self.folder(number)
        files = read_folder(folder, limit=limit, total=total) if self.exists(number) else {}
        if DOCUMENT not in files:
            raise NotFoundError(
                f"working copy of {number}", hint=f"make one with: docctl edit {number}"
            )
        return WorkingCopy(files.pop(DOCUMENT), files, bases)

    def changed(self, number: Number | str) -> tuple[str, ...]:
        """Return the names of the files that are not as docctl last laid out or saved them."""
        folder, known = self.folder(number), self._laid_out(number)
        if not folder.is_dir():
            return ()
        names = [path.relative_to(folder).as_posix() for path in files_below(folder)]
        changed = [name for name in names if not known.holds(name, folder / name)]
        if known.bases and DOCUMENT in names:
            changed += [name for name in known.digests if name not in names]
        return tuple(changed)

    def write(self, number: Number | str, copy: WorkingCopy) -> Path:
        """Lay a working copy out in the place of an older one; return its document's path.

        Cut short at any moment, it has destroyed nothing, and another call completes it.

        Raises:
            UnsavedError: a file stands in the way that is not as docctl has laid it out.
            DiskError: it cannot be written.
        """
        folder, before = self.folder(number), self._laid_out(number)
        files = {**copy.attachments, DOCUMENT: copy.document}
        after = LaidOut.of(copy)
        either = before.or_else(after)
        gone = [name for name in before.digests if name not in files]
        with disk_errors():
            if any(_in_the_way(folder, name, either) for name in files):
                raise UnsavedError(number)
            self._note(number, either)
            for name in gone:
                _remove(folder, name, either)
            for name, data in files.items():
                write_file(folder / name, data)
            self._note(number, after)
        return folder / DOCUMENT

    @contextmanager
    def saving(self, number: Number | str, content: Digest) -> Iterator[None]:
        """Let the working copy stand on the draft with this digest as well, while that is saved.

        So it does where the save is cut short and has happened; where it is refused, it does not.

        Raises:
            DiskError: it cannot be noted.
        """
        known = self._laid_out(number)
        either = replace(known, bases=known.bases | {content})
        with disk_errors():
            if known.bases:
                self._note(number, either)
        try:
            yield
        except DocctlError:
            with suppress(DocctlError):
                if known.bases and self._laid_out(number) == either:  # nobody else has saved it
                    self._note(number, known)
            raise

    def note(self, number: Number | str, copy: WorkingCopy) -> None:
        """Note that these files, as they lie in the folder, are the draft `copy.bases`.

        Raises:
            DiskError: it cannot be written.
        """
        with disk_errors():
            if self.folder(number).is_dir():
                self._note(number, LaidOut.of(copy))

    def remove(self, number: Number | str) -> None:
        """Remove what docctl has laid out; what its author has changed or added stays.

        Raises:
            DiskError: it cannot be removed.
        """
        folder, known = self.folder(number), self._laid_out(number)
        with disk_errors():
            for name in known.digests:
                _remove(folder, name, known)
            if folder.is_dir() and [one.name for one in folder.iterdir()] == [_BASE]:
                (folder / _BASE).unlink()
                folder.rmdir()

    def _laid_out(self, number: Number | str) -> "LaidOut":
        try:
            return LaidOut.parse(read_file(self.folder(number) / _BASE, limit=_NOTE_LIMIT))
        except DocctlError:
            return LaidOut()

    def _note(self, number: Number | str, laid_out: "LaidOut") -> None:
        write_file(self.folder(number) / _BASE, laid_out.text().encode())


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What docctl has put into a folder: nothing else there is docctl's to replace."""

    bases: frozenset[Digest] = frozenset()
    """The draft that it is; nothing while it is being laid out."""

    digests: Mapping[str, frozenset[Digest]] = field(default_factory=dict)
    """By the name of a file: what it may hold."""

    @classmethod
    def of(cls, copy: WorkingCopy) -> Self:
        """Return what a folder holds once a working copy is laid out in it."""
        files = {**copy.attachments, DOCUMENT: copy.document}
        digests = {name: frozenset({sha256(data).hexdigest()}) for name, data in files.items()}
        return cls(copy.bases, digests)

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a note; what is not one means that nothing is known."""
        bases, *lines = data.decode("ascii", "replace").splitlines() or [""]
        digests: dict[str, frozenset[Digest]] = {}
        for found in filter(None, map(_SUM.fullmatch, lines)):
            digests[found[2]] = digests.get(found[2], frozenset()) | {found[1]}
        return cls(frozenset(filter(_DIGEST.fullmatch, bases.split())), digests)

    def text(self) -> str:
        """Return the note: the digest of the draft, then a line as of `sha256sum` for each file."""
        lines = [f"{one}  {name}" for name, each in self.digests.items() for one in sorted(each)]
        return "".join(f"{line}\n" for line in (" ".join(sorted(self.bases)), *lines))

    def or_else(self, other: Self) -> Self:
        """Return what a folder may hold while it changes from this to the other."""
        names = [*self.digests, *other.digests]
        none: frozenset[Digest] = frozenset()
        either = {n: self.digests.get(n, none) | other.digests.get(n, none) for n in names}
        return type(self)(frozenset(), either)

    def holds(self, name: str, path: Path) -> bool:
        """Tell whether the file at *path* is as it was laid out."""
        return digest_of(path) in self.digests.get(name, ())


def _in_the_way(folder: Path, name: str, known: LaidOut) -> bool:
    """Tell whether writing a file would destroy something, or lead to another place."""
    path = folder / name
    above = [one for one in path.parents if one == folder or folder in one.parents]
    if any(os.path.lexists(one) and not _is_folder(one, folder) for one in above):
        return True
    return os.path.lexists(path) and not known.holds(name, path)


def _is_folder(path: Path, root: Path) -> bool:
    return path.is_dir() and (path == root or not path.is_symlink())


def _remove(folder: Path, name: str, known: LaidOut) -> None:
    """Remove a file that is as it was laid out, and the folders that are empty without it."""
    path = folder / name
    if not known.holds(name, path):
        return
    path.unlink()
    for above in path.parents:
        if folder not in above.parents or any(above.iterdir()):
            return
        above.rmdir()
