"""Marks: a shelf says whose it is, so that no other folder is taken for it.

A mark is a small file on the shelf. A wrong folder, the place of a disk that is not plugged in, and
another library's vault carry none, or another one: they are refused, and not taken for a vault from
which everything is missing.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, ValidationError

from docctl.errors import OvertakenError, VaultError, WrongVaultError
from docctl.model.base import Digest, Model, Word
from docctl.store.vault.shelf import MARK, UNFINISHED, Opened, Parcel, Shelf

#: A mark has no more bytes.
_LARGEST = 4096

Holds = Literal["payloads", "keys"]


class Mark(Model):
    """Whose a shelf is."""

    format: Literal[1] = 1
    library: Digest
    """The digest of the statement that founded the library."""

    vault: Word | None = None
    """The vault that it is part of, where a class has one of its own."""

    holds: Holds
    shelf: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    """Random: it tells the copies of one vault from each other."""


class MarkedShelf:
    """A shelf that is used only while it carries the mark of this library and vault.

    It is looked at before the shelf is used first, before anything is placed, and whenever
    something is not found.
    """

    def __init__(
        self, shelf: Shelf, *, library: Callable[[], Digest], vault: Word | None, holds: Holds
    ) -> None:
        """Take a shelf; nothing is looked at or made yet."""
        self._shelf = shelf
        self._library, self._vault, self._holds = library, vault, holds
        self._known = False
        self.address = shelf.address

    # --- marks -------------------------------------------------------------------------------

    def mark(self) -> Mark:
        """Return the mark that the shelf carries.

        Raises:
            WrongVaultError: it carries none, or another one.
            VaultError: the shelf cannot be reached.
        """
        found = self._found()
        if found is None:
            raise WrongVaultError(
                self.address,
                "it carries no mark of a library",
                hint="look whether the right disk, folder or bucket is there; if a new copy is to "
                f"begin there: docctl vault copy --begin {self.address}",
            )
        self._require_ours(found)
        self._known = True
        return found

    def known(self) -> bool:
        """Tell whether the shelf is there with its mark; nothing is raised where it is not."""
        if not self._known:
            with suppress(VaultError):
                self.mark()
        return self._known

    def begin_here(self) -> None:
        """Make the shelf where there is none, and mark it, whatever lies there.

        Raises:
            WrongVaultError: it carries another mark.
        """
        self._shelf.create()
        if self._found() is None:
            self._put()
        self.mark()

    def _found(self) -> Mark | None:
        file = self._shelf.open(MARK)
        if file is None:
            return None
        with closing(file):
            told = file.read(_LARGEST + 1)
        try:
            return Mark.model_validate_json(told)
        except ValidationError as error:
            raise WrongVaultError(self.address, "its mark cannot be read") from error

    def _require_ours(self, found: Mark) -> None:
        name = f"the vault {found.vault}" if found.vault else "the library's own vault"
        if found.library != self._library():
            raise WrongVaultError(self.address, "it belongs to another library")
        if found.vault != self._vault:
            raise WrongVaultError(self.address, f"it is part of {name}")
        if found.holds != self._holds:
            raise WrongVaultError(self.address, f"it holds the {found.holds} of {name}")

    def _put(self) -> None:
        mark = Mark(
            library=self._library(),
            vault=self._vault,
            holds=self._holds,
            shelf=secrets.token_hex(16),
        )
        parcel = self._shelf.begin()
        try:
            parcel.write(mark.model_dump_json(exclude_none=True).encode() + b"\n")
            parcel.end()
            self._shelf.settle([parcel])
            self._shelf.place(parcel, MARK)
            self._shelf.flush([MARK])
        except OvertakenError:  # somebody else begins it in the same moment
            self.mark()
        finally:
            parcel.drop()

    def _look_once(self) -> None:
        if not self._known:
            self.mark()

    # --- a shelf -----------------------------------------------------------------------------

    def open(self, name: str) -> Opened | None:
        """Open a file; see `Readable.open`."""
        self._look_once()
        found = self._shelf.open(name)
        if found is None:
            self.mark()
        return found

    def names(self) -> Iterator[str]:
        """Yield the names of everything but the mark; see `Readable.names`."""
        self.mark()
        yield from (name for name in self._shelf.names() if name != MARK)

    def age(self, name: str) -> float:
        """Return how long ago a file was written to; see `Readable.age`."""
        return self._shelf.age(name)

    def create(self) -> None:
        """Make the shelf where there is none, and mark it if nothing lies there yet.

        Raises:
            WrongVaultError: something lies there, and it carries no mark.
        """
        self._shelf.create()
        if self._found() is None:
            lies = (name for name in self._shelf.names() if not name.startswith(f"{UNFINISHED}/"))
            if next(lies, None) is None:
                self._put()
        self.mark()

    def begin(self) -> Parcel:
        """Begin a file; see `Shelf.begin`."""
        self._look_once()
        return self._shelf.begin()

    def settle(self, parcels: Sequence[Any]) -> None:
        """Wait until parcels will last; see `Shelf.settle`."""
        self.mark()
        self._shelf.settle(parcels)

    def place(self, parcel: Any, name: str) -> None:
        """Give a parcel its name; see `Shelf.place`."""
        self._shelf.place(parcel, name)

    def flush(self, names: Iterable[str]) -> None:
        """Wait until names will last; see `Shelf.flush`."""
        self._shelf.flush(names)

    def overwrite(self, name: str) -> None:
        """Write over a file's own bytes; see `Shelf.overwrite`."""
        self._look_once()
        self._shelf.overwrite(name)

    def remove(self, name: str) -> bool:
        """Remove a file; see `Shelf.remove`."""
        self._look_once()
        found = self._shelf.remove(name)
        if not found:
            self.mark()
        return found
