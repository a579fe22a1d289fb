"""Shelves: places that hold files by name, whole or not at all."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from docctl.errors import PathError
from docctl.model.base import Digest
from docctl.model.records.record import RecordId

#: The folder of a shelf for what is not finished; nothing in it is ever read.
UNFINISHED = "tmp"

#: The file that says whose a shelf is.
MARK = "mark/shelf.json"

#: What is not finished after so many seconds was left by a capture that was killed.
ABANDONED = 24 * 60 * 60

_NAME = re.compile(rf"(?:[0-9a-f]{{2}}|{UNFINISHED}|mark)/[A-Za-z0-9][A-Za-z0-9_.-]{{0,127}}")


def payload_name(commitment: Digest) -> str:
    """Return the name under which a payload lies on each shelf."""
    return f"{commitment[:2]}/{commitment}"


def key_name(record: RecordId) -> str:
    """Return the name under which a record's key lies."""
    return f"{sha256(record.encode()).hexdigest()[:2]}/{record}"


def plain_name(address: str) -> str:
    """Return what a certificate calls a shelf: where it lies is nothing for history."""
    scheme, mark, rest = address.partition("://")
    name = (rest if mark else address).rstrip("/").rpartition("/")[2]
    return f"{scheme}: {name}" if mark else name


def check_name(name: str) -> str:
    """Return *name* if it can only be a file one folder below the shelf.

    Raises:
        PathError: it could be anything else.
    """
    if not _NAME.fullmatch(name):
        raise PathError(name, "it is no name of a file in the vault", hint="look at its spelling")
    return name


class Opened(NamedTuple):
    """A file of a shelf that is open for reading."""

    size: int
    read: Callable[[int], bytes]
    """Gives at most so many bytes, none only at the end; raises `VaultError` where it fails."""

    close: Callable[[], Any]


class Openable(Protocol):
    """A shelf, as far as those need it who read what they know the name of."""

    @property
    def address(self) -> str:
        """Where it lies, as people write it, without a password."""

    def open(self, name: str) -> Opened | None:
        """Open a file; `None` where there is none.

        Raises:
            DamagedVaultError: something else than a file stands there. Links are not followed.
            VaultError: the shelf cannot be reached, or the file not be read.
        """


class Readable(Openable, Protocol):
    """A shelf, as far as those need it who only look."""

    def names(self) -> Iterator[str]:
        """Yield the name of everything on the shelf, unfinished files among them.

        Raises:
            VaultError: the shelf cannot be reached.
        """

    def age(self, name: str) -> float:
        """Return how many seconds ago a file was written to last; 0 where that cannot be told.

        Raises:
            VaultError: the shelf cannot be reached.
        """


class Parcel(Protocol):
    """A file on its way to a shelf; nobody sees it there before it is placed."""

    def write(self, data: bytes | memoryview) -> None:
        """Take more bytes.

        Raises:
            VaultError: there is no room for them.
        """

    def end(self) -> None:
        """Take no more bytes."""

    def drop(self) -> None:
        """Leave nothing of it behind but what was placed; may be called again."""


class Shelf(Readable, Protocol):
    """A shelf that can be filled and emptied. Every method may raise `VaultError`."""

    def create(self) -> None:
        """Make the shelf where there is none."""

    def begin(self) -> Parcel:
        """Begin a file."""

    def settle(self, parcels: Sequence[Any]) -> None:
        """Wait until all that was written to these parcels of this shelf will last."""

    def place(self, parcel: Any, name: str) -> None:
        """Give a settled parcel its name; it is there whole from then on.

        Raises:
            OvertakenError: something has that name already.
        """

    def flush(self, names: Iterable[str]) -> None:
        """Wait until it will last that these were placed or removed."""

    def overwrite(self, name: str) -> None:
        """Put random bytes, as many, in the place of a file's, and wait until that will last.

        A file that was placed, and is still named among what is not finished, is left as it is when
        it is named there.
        """

    def remove(self, name: str) -> bool:
        """Remove a file; tell whether there was one."""
