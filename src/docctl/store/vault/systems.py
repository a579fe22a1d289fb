"""File systems of fsspec's: what each can do, and how a file gets its name there."""

import re
import secrets
import shutil
from contextlib import suppress
from typing import Any, NamedTuple

from docctl.errors import UnfitVaultError
from docctl.store.vault.shelf import MARK, UNFINISHED, check_name

#: Where a file appears only once it is whole, so that it needs no other name until then.
_WHOLE_AT_ONCE = frozenset({"abfs", "az", "gcs", "gs", "memory", "s3", "s3a"})

#: So many bytes are sent at a time: systems would take 50 MB of memory for it.
_SENT = 8 << 20

#: Where a file can be made only if there is none of that name yet, in one step: by `If-None-Match`
#: or the generation 0. All of them appear only once they are whole.
_MADE_ONCE = _WHOLE_AT_ONCE

#: Where a file is never renamed over another one.
_RENAMED_ONCE = frozenset({"sftp", "ssh"})

#: Names that nobody chooses twice: commitments, and the mark, which every writer reads again.
_CHOSEN_ONCE = re.compile(rf"/[0-9a-f]{{2}}/[0-9a-f]{{64}}|/{re.escape(MARK)}")

#: Where a shelf needs no place that was made before.
_NOWHERE = frozenset({"memory"})


class System(NamedTuple):
    """A file system of fsspec's, connected."""

    files: Any
    root: str
    kinds: frozenset[str]
    address: str
    """What people call the shelf."""

    def path(self, name: str) -> str:
        """Return the path of a file of the shelf."""
        return f"{self.root.rstrip('/')}/{check_name(name)}"

    @property
    def whole_at_once(self) -> bool:
        """Tell whether a file appears only once it is whole."""
        return bool(self.kinds & _WHOLE_AT_ONCE)

    def require_there(self) -> None:
        """Refuse to take a folder or bucket that is not there for an empty one."""
        place = self.root.partition("/")[0] if self.whole_at_once else self.root
        if not (self.kinds & _NOWHERE or self.files.exists(place)):
            raise NotADirectoryError(f"{place} is not there")

    def send(self, file: Any, path: str) -> None:
        """Write a file that is seen under its name only once it is whole.

        Raises:
            FileExistsError: something has that name already.
            UnfitVaultError: two who choose the name at once might both be told that they won.
        """
        if self.kinds & _MADE_ONCE:
            self._write(file, path, "xb")
            return
        if not self.kinds & _RENAMED_ONCE:
            self._require_free(path)
        self.require_there()
        on_the_way = self.path(f"{UNFINISHED}/{secrets.token_hex(16)}")
        for each in (path, on_the_way):
            self.files.makedirs(each.rpartition("/")[0], exist_ok=True)
        try:
            self._write(file, on_the_way, "wb")
        except Exception:
            with suppress(Exception):  # of a server that is full nothing half stays behind
                self.files.rm_file(on_the_way)
            raise
        if self.kinds & _RENAMED_ONCE:
            self._renamed(on_the_way, path)
        else:
            self.files.mv(on_the_way, path)

    def _require_free(self, path: str) -> None:
        """Look first, where nothing better is known; that is enough for names chosen at random."""
        if not _CHOSEN_ONCE.fullmatch(path.removeprefix(self.root.rstrip("/"))):
            raise UnfitVaultError(
                self.address,
                "it cannot tell the first of two who make the same file at once",
                hint="keep keys in a folder, or at sftp://, s3://, gs:// or abfs://",
            )
        if self.files.exists(path):
            raise FileExistsError(path)

    def _renamed(self, source: str, target: str) -> None:
        """Rename as SFTP does it: never over another file."""
        try:
            self.files.ftp.rename(source, target)
        except OSError:
            exists = self.files.exists(target)
            self.files.rm_file(source)
            if exists:
                raise FileExistsError(target) from None
            raise

    def _write(self, file: Any, path: str, mode: str) -> None:
        with self.files.open(path, mode, block_size=_SENT) as target:
            shutil.copyfileobj(file, target, 1 << 20)
