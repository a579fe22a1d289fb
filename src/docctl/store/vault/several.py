"""The vaults of a library: its own, and those that retention classes have for themselves."""

from collections.abc import Callable, Mapping, Sequence

from docctl.errors import VaultAccessError
from docctl.model.base import Digest, Word
from docctl.store.vault.marks import Holds, MarkedShelf
from docctl.store.vault.shelf import Shelf
from docctl.store.vault.writing import Vault


class MarkedVault(Vault):
    """A vault all of whose shelves carry its mark."""

    def __init__(
        self,
        payloads: Sequence[Shelf],
        keys: Shelf,
        *,
        library: Callable[[], Digest],
        name: Word | None = None,
    ) -> None:
        """Take the shelves; *library* is asked for the library's identity when it is needed."""

        def marked(shelf: Shelf, holds: Holds) -> MarkedShelf:
            return MarkedShelf(shelf, library=library, vault=name, holds=holds)

        self.marked = (*(marked(one, "payloads") for one in payloads), marked(keys, "keys"))
        super().__init__(self.marked[:-1], self.marked[-1])
        self.name = name

    def begin_at(self, address: str) -> bool:
        """Mark the shelf at an address, made where there is none; tell whether it is one of ours.

        Raises:
            WrongVaultError: it carries another mark.
        """
        meant = [shelf for shelf in self.marked if shelf.address == address]
        for shelf in meant:
            shelf.begin_here()
        return bool(meant)

    def known(self) -> bool:
        """Tell whether every shelf is there and carries a mark."""
        return all(shelf.known() for shelf in self.marked)


class Vaults:
    """Every vault that this machine knows, by its name; the library's own has none."""

    def __init__(self, own: MarkedVault, named: Mapping[Word, MarkedVault]) -> None:
        """Take the vaults; nothing is looked at or made yet."""
        self.own = own
        self._named = dict(named)

    @property
    def names(self) -> tuple[Word, ...]:
        """The names of those that classes have for themselves."""
        return tuple(self._named)

    @property
    def all(self) -> tuple[MarkedVault, ...]:
        """All of them, the library's own first."""
        return (self.own, *self._named.values())

    def of(self, name: Word | None) -> MarkedVault:
        """Return the vault of this name.

        Raises:
            VaultAccessError: the settings of this machine name no place of it.
        """
        if name is None:
            return self.own
        if name not in self._named:
            raise VaultAccessError(name, f"docctl.toml names no place of it, under [vaults.{name}]")
        return self._named[name]
