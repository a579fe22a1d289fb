"""The folder of a published site: which files in it are docctl's, and how they come and go.

`docctl-site.json` lists every file that docctl wrote with its digest; it is written last. While
files are being written, `docctl-site.writing` names them first, so that a run that was cut short
leaves nothing of unknown origin. No other file is ever replaced or taken away.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Self

from pydantic import ValidationError

from docctl.errors import DiskError, DocctlError, InputError, PathError, StoreError, TakenError
from docctl.library.outward import require_outside, write_out
from docctl.model.answers.published import SiteManifest
from docctl.model.base import Digest
from docctl.store.files import is_folder, is_there, read_file
from docctl.store.placing import UNFINISHED, remove_unfinished
from docctl.store.writing.lock import held_folder

__all__ = ["SiteFolder"]

_MANIFEST, _WRITING = "docctl-site.json", "docctl-site.writing"
#: No file of a site is larger.
_LARGEST = 1024 * 1024 * 1024
#: What docctl writes: plain names, at most a few folders deep.
_PLAIN = re.compile(
    r"(?!.*(?:^|/)\.)[A-Za-z0-9_][A-Za-z0-9_.+ -]*(?:/[A-Za-z0-9_][A-Za-z0-9_.+ -]*){0,6}"
)


class SiteFolder:
    """A folder that holds a site, or will."""

    def __init__(self, root: Path, library: Digest) -> None:
        """Look at a folder; nothing is changed.

        Raises:
            InputError: it lies in what a library keeps for itself, or holds another library's site.
            TakenError: it holds something else.
            PathError: it is a file, or cannot be a folder.
            StoreError: somebody else publishes there at the moment.
            DiskError: it cannot be made.
        """
        require_outside(root / _MANIFEST)
        if is_there(root) and not is_folder(root):
            raise PathError(str(root), "it is not a folder", hint="name a folder")
        self.root = root
        self._made = [one for one in (root, *root.parents) if not is_there(one)]
        self._lock = _locked(root)
        try:
            self._look(library)
        except BaseException:
            self.close()
            raise

    def _look(self, library: Digest) -> None:
        root = self.root
        self.before = self._manifest()
        if self.before and self.before.library != library:
            raise InputError(
                f"{root} holds the site of another library", hint="name another folder"
            )
        self._begun = self._claimed()
        names = self._names()
        left = {one for one in names if one == _WRITING or fnmatch(one, UNFINISHED)}
        self._cut_short = bool(left)
        if self.before is None and not self._begun and names - left:
            raise TakenError(
                str(root), "holds files that docctl did not write", hint="name an empty folder"
            )

    def close(self) -> None:
        """Let go of the folder; one that was made for nothing goes again."""
        os.close(self._lock)
        with suppress(OSError):  # there is something in it
            for one in self._made:
                one.rmdir()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _names(self) -> set[str]:
        try:
            return {one.name for one in self.root.iterdir()}
        except OSError as error:
            raise DiskError(f"{self.root}: {error.strerror or error}") from error

    def _manifest(self) -> SiteManifest | None:
        if not is_there(self.root / _MANIFEST):
            return None
        try:
            data = read_file(self.root / _MANIFEST, limit=_LARGEST)
            return SiteManifest.model_validate_json(data)
        except ValidationError as error:
            raise TakenError(
                str(self.root / _MANIFEST),
                "is not what docctl writes",
                hint="publish to an empty folder",
            ) from error

    def _claimed(self) -> set[str]:
        """Return the files of a run that was cut short."""
        if not is_there(self.root / _WRITING):
            return set()
        data = read_file(self.root / _WRITING, limit=_LARGEST)
        return {path for path in data.decode("utf-8", "replace").splitlines() if _is_plain(path)}

    # --- reading -----------------------------------------------------------------------------

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes if it is the one that docctl wrote; nothing for any other."""
        known = self.before.files.get(path) if self.before else None
        if known is None or self._led_away(path):
            return None
        try:
            data = read_file(self.root / path, limit=_LARGEST)
        except DocctlError:
            return None
        return data if sha256(data).hexdigest() == known else None

    def _led_away(self, path: str) -> bool:
        """Tell whether a link on the way leads out of the folder."""
        return not _is_plain(path) or any(
            (self.root / one).is_symlink() for one in PurePosixPath(path).parents if one.name
        )

    # --- writing -----------------------------------------------------------------------------

    def write(self, files: Iterable[tuple[str, bytes]]) -> list[str]:
        """Write files, each whole or not at all, and return their paths.

        Raises:
            TakenError: a file that docctl did not write is in the way.
            PathError: a link or a folder is in the way.
            DiskError: it cannot be written.
        """
        written: list[str] = []
        for path, data in files:
            self._require_free(path)
            if not written:
                self._begin()
            self._claim(path)
            write_out(self.root / path, data)
            written.append(path)
        return written

    def _begin(self) -> None:
        """Note that a run has begun, with what one that was cut short had begun."""
        self._clear_up()
        write_out(self.root / _WRITING, "".join(f"{one}\n" for one in self._begun).encode())

    def _clear_up(self) -> None:
        """Take away the parts of files that a run that was cut short has left."""
        if self._cut_short:
            remove_unfinished(self.root)
            self._cut_short = False

    def _require_free(self, path: str) -> None:
        if self._led_away(path):
            raise PathError(path, "a link is in the way", hint="publish to an empty folder")
        ours = path in self._begun or (self.before and path in self.before.files)
        place = self.root / path
        if not ours and (is_there(place) or place.is_symlink()):
            raise TakenError(
                str(place),
                "is not a file that docctl wrote",
                hint="move it away, or publish to an empty folder",
            )

    def _claim(self, path: str) -> None:
        try:
            with (self.root / _WRITING).open("a", encoding="utf-8") as file:
                file.write(f"{path}\n")
        except OSError as error:
            raise DiskError(f"{self.root / _WRITING}: {error.strerror or error}") from error

    def settle(self, manifest: SiteManifest) -> list[str]:
        """Take away what is no part of the site any more, and note what is; return what went.

        A file that somebody has changed since docctl wrote it is left where it is.

        Raises:
            DiskError: something cannot be taken away or written.
        """
        old = self.before.files if self.before else {}
        gone = [
            path
            for path in sorted({*old, *self._begun} - {*manifest.files})
            if self._take_away(path)
        ]
        data = manifest.model_dump_json(indent=1).encode() + b"\n"
        self._clear_up()
        begun = self.root / _WRITING
        if gone or self.before != manifest or is_there(begun):
            write_out(self.root / _MANIFEST, data)
        try:
            begun.unlink(missing_ok=True)
        except OSError as error:
            raise DiskError(f"{begun}: {error.strerror or error}") from error
        return gone

    def _take_away(self, path: str) -> bool:
        place = self.root / path
        ours = self.read(path) is not None or (path in self._begun and not self._led_away(path))
        if not ours or not place.is_file() or place.is_symlink():
            return False
        try:
            place.unlink()
            for above in place.parents:
                if above == self.root or any(above.iterdir()):
                    break
                above.rmdir()
        except OSError as error:
            raise DiskError(f"{place}: {error.strerror or error}") from error
        return True


def _locked(root: Path) -> int:
    """Return a folder, made where it is missing, to which nobody else publishes."""
    try:
        handle = held_folder(root)
    except OSError as error:
        raise DiskError(f"{root}: {error.strerror or error}") from error
    except ValueError as error:
        raise PathError(str(root), str(error)) from error
    if handle is None:
        raise StoreError(
            f"somebody else publishes to {root} at the moment", hint="wait, then publish once more"
        )
    return handle


def _is_plain(path: str) -> bool:
    return bool(_PLAIN.fullmatch(path))
