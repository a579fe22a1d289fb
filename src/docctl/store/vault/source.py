"""Where a payload comes from: bytes, or a file that must not change while it is read."""

import os
import stat
from io import BytesIO
from typing import BinaryIO

from docctl.errors import UnreadableError

#: What can be put into the vault: bytes, or an open file, read from where it stands to its end.
Source = BinaryIO | bytes


class Steady:
    """Reads a source once, and refuses one that shrinks, grows or changes meanwhile."""

    def __init__(self, source: Source) -> None:
        """Look how much there is to read.

        Raises:
            UnreadableError: it cannot be read.
        """
        self._file: BinaryIO = BytesIO(source) if isinstance(source, bytes) else source
        self._name = str(getattr(source, "name", "what was given"))
        self._before = self._looked_at()
        self._read = 0
        self._left = self._length()

    def read_into(self, room: memoryview) -> int:
        """Fill the beginning of *room* and return how much of it, none only at the end.

        Raises:
            UnreadableError: it cannot be read any more, or changed.
        """
        try:
            size = self._given(room)
        except (OSError, ValueError) as error:
            raise self._unreadable(str(error)) from error
        self._read += size
        if not size or (self._left is not None and self._read > self._left):
            self._check()
        return size

    def _given(self, room: memoryview) -> int:
        fill = getattr(self._file, "readinto", None)
        if fill is not None and isinstance(size := fill(room), int):
            return size
        data = self._file.read(len(room))
        if not isinstance(data, bytes):
            raise self._unreadable("it does not give bytes")
        room[: len(data)] = data
        return len(data)

    def _check(self) -> None:
        if self._left not in {None, self._read} or self._before != self._looked_at():
            raise self._unreadable("it changed while it was read")

    def _looked_at(self) -> tuple[int, int] | None:
        """Return a plain file's size and time of change; nothing for what is none."""
        try:
            found = os.fstat(self._file.fileno())
        except (OSError, ValueError, AttributeError):
            return None
        return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None

    def _length(self) -> int | None:
        if self._before is None:
            return None
        try:
            return max(0, self._before[0] - self._file.tell())
        except (OSError, ValueError) as error:
            raise self._unreadable(str(error)) from error

    def _unreadable(self, why: str) -> UnreadableError:
        hint = "leave it as it is until it has been stored, and repeat"
        return UnreadableError(self._name, why, hint=hint)
