"""`docctl.toml`: what a library on this machine is told, and nobody else needs to know."""

import json
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from docctl.desk.signing.landing import unreadable
from docctl.desk.verbs.founding import STORE, NameVault
from docctl.errors import InputError, NotFoundError
from docctl.late import Late
from docctl.model.base import Digest, Line, PersonId, Word
from docctl.model.records.record import Stub
from docctl.store.files import is_folder, read_file
from docctl.store.names import name_payload
from docctl.store.placing import write_file
from docctl.store.vault.folder import FolderShelf
from docctl.store.vault.several import MarkedVault, Vaults
from docctl.store.vault.shelf import Shelf
from docctl.store.vault.writing import Vault
from docctl.store.writing.change import Store

if TYPE_CHECKING:
    from docctl.store.vault import remote
else:
    remote = Late("docctl.store.vault.remote")

#: The file of local settings.
LOCAL_SETTINGS = "docctl.toml"

#: The folder of working copies.
DRAFTS = "drafts"

#: The file of the cache.
INDEX = "index.sqlite"

#: The folder of the vault, where none is named.
VAULT = "vault"

#: The folder of the vault's keys, where none is named: keep it out of backups of the vault.
VAULT_KEYS = "vault-keys"

#: The largest one that is read, in bytes.
_LARGEST = 1 << 20

_NEW = b"# Local settings of this library. Nothing here is secret or controlled.\n"
_KEY = re.compile(rb"[ \t]*key[ \t]*=")


class VaultPlaces(NamedTuple):
    """Where a vault lies: folders or addresses."""

    payloads: tuple[str, ...]
    """Each a whole copy."""

    keys: str


@dataclass(frozen=True, slots=True)
class Local:
    """The local settings of a library on this machine. They hold no secret."""

    key: Path | None = None
    """The key file to sign with where no other is named."""

    vault: tuple[str, ...] = ()
    """Where payloads of records lie: folders or addresses, each a whole copy."""

    vault_keys: str = ""
    """Where their keys lie."""

    vaults: Mapping[Word, VaultPlaces] = field(default_factory=dict)
    """Where those vaults lie that retention classes have for themselves."""

    @classmethod
    def read(cls, root: Path) -> Self:
        """Read `docctl.toml`.

        Raises:
            InputError: it is not TOML.
        """
        path = root / LOCAL_SETTINGS
        if not os.path.lexists(path):
            return cls(vault=(address_in(root, VAULT),), vault_keys=address_in(root, VAULT_KEYS))
        try:
            given = tomllib.loads(read_file(path, limit=_LARGEST).decode())
        except (ValueError, RecursionError) as error:  # also of numbers and depths beyond reason
            raise InputError(f"{path}: {error}", hint="correct it, or remove it") from error
        key = given.get("key")
        return cls(
            root / _expanded(key) if isinstance(key, str) else None,
            _addresses(path, "vault", given.get("vault", VAULT)),
            _address(path, "vault_keys", given.get("vault_keys", VAULT_KEYS)),
            {name: _places(path, name, one) for name, one in _tables(given.get("vaults"))},
        )

    def write(self, root: Path) -> None:
        """Note the key in `docctl.toml`; whatever else stands there stays.

        Raises:
            InputError: the path of the key cannot be noted.
            DiskError: the file cannot be written.
        """
        path = root / LOCAL_SETTINGS
        kept = read_file(path, limit=_LARGEST) if os.path.lexists(path) else _NEW
        write_file(path, self.text(root, kept))

    def text(self, root: Path, settings: bytes = _NEW) -> bytes:
        """Return settings of the library at *root* in which the key is noted.

        Raises:
            InputError: the path of the key cannot be noted.
        """
        return _without_key(settings, self._line(root))

    def _line(self, root: Path) -> bytes:
        if self.key is None:
            return b""
        key = self.key.expanduser()
        shown = os.path.relpath(key, root) if key.is_absolute() else str(key)
        if not shown.isprintable():
            raise InputError(f"the path of the key cannot be noted: {shown!r}", hint="rename it")
        return f"key = {json.dumps(shown, ensure_ascii=False)}\n".encode()


def opened_vaults(local: Local, library: Callable[[], Digest]) -> Vaults:
    """Return the vaults that local settings name; nothing is looked at or made yet.

    *library* returns the identity of the library, which their marks name.
    """

    def opened(places: VaultPlaces, name: Word | None = None) -> MarkedVault:
        payloads = [_shelf(one) for one in places.payloads]
        return MarkedVault(payloads, _shelf(places.keys), library=library, name=name)

    own = opened(VaultPlaces(local.vault, local.vault_keys))
    return Vaults(own, {name: opened(places, name) for name, places in local.vaults.items()})


def name_vault(root: Path) -> NameVault:
    """Return where a new library at *root* keeps the names of people."""
    payloads, keys = (FolderShelf(root / name) for name in (VAULT, VAULT_KEYS))

    def stow(person: PersonId, name: Line) -> Stub:
        vault = Vault([payloads], keys)
        vault.create()
        return vault.put(person, name_payload(name))

    def mark(library: Digest) -> None:
        for shelf in MarkedVault([payloads], keys, library=lambda: library).marked:
            shelf.begin_here()

    return NameVault(stow, mark, (VAULT, VAULT_KEYS))


def _shelf(address: str) -> Shelf:
    if folder := _folder(address):
        return FolderShelf(Path(folder))
    return remote.FsspecShelf(address)


def _folder(address: str) -> str:
    """Return the folder that an address names; nothing where it is another system's."""
    scheme, mark, rest = address.partition("://")
    if mark and scheme.lower() not in {"file", "local"}:
        return ""
    return rest if mark else address


def _tables(given: Any) -> list[tuple[str, Any]]:
    return list(given.items()) if isinstance(given, dict) else []


def _places(path: Path, name: str, given: Any) -> VaultPlaces:
    """Return where a class's own vault lies.

    Raises:
        InputError: it is not said.
    """
    table = given if isinstance(given, dict) else {}
    payloads, keys = table.get("payloads"), table.get("keys")
    if not (payloads and isinstance(payloads, str | list) and isinstance(keys, str)):
        raise InputError(
            f"{path}: [vaults.{name}] does not say where it lies",
            hint='write: payloads = ["FOLDER or address", …] and keys = "FOLDER or address"',
        )
    where = f"[vaults.{name}]"
    return VaultPlaces(_addresses(path, where, payloads), _address(path, where, keys))


def _addresses(path: Path, name: str, given: Any) -> tuple[str, ...]:
    """Return the places of the copies of a vault; see `_address`."""
    copies = given if isinstance(given, list) and given else [given]
    found = tuple(_address(path, name, one) for one in copies)
    if len({*found}) < len(found):
        raise InputError(f"{path}: {name} names a place twice", hint="name every copy once")
    return found


def _address(path: Path, name: str, given: Any) -> str:
    """Return a place of a vault.

    Raises:
        InputError: it is none, or the folder of the library or of its store.
    """
    if not isinstance(given, str) or not given.isprintable() or not given:
        hint = f'write: {name} = "FOLDER or address"'
        raise InputError(f"{path}: {name} names no place", hint=hint)
    address = address_in(path.parent, given)
    own, store = (os.path.realpath(one) for one in (path.parent, path.parent / STORE))
    folder = os.path.realpath(_folder(address) or os.devnull)
    if folder in {own, store} or folder.startswith(store + os.sep):
        raise InputError(
            f"{path}: {name} names the library or its store",
            hint="let the vault have a folder of its own",
        )
    return address


def address_in(root: Path, given: str) -> str:
    """Return an address as it is, and a folder as its path."""
    return given if "://" in given else str(root / _expanded(given))


def _expanded(path: str) -> Path:
    with suppress(RuntimeError):  # there is no such person on this machine
        return Path(path).expanduser()
    return Path(path)


def _without_key(settings: bytes, line: bytes) -> bytes:
    """Return settings in which this line names the key; it stands above the first table."""
    lines = settings.splitlines(keepends=True)
    first = next((at for at, one in enumerate(lines) if one.lstrip().startswith(b"[")), len(lines))
    above = [one for one in lines[:first] if not _KEY.match(one)]
    return b"".join((*above, line, *lines[first:]))


def opened_store(root: Path) -> Store:
    """Open the store of the library in a folder.

    Raises:
        NotFoundError: there is no library.
        StoreError: it does not let itself be read.
    """
    if not is_folder(root / STORE):
        raise NotFoundError(
            f"library in {root}", hint="make one with: docctl init, or name it with -C DIR"
        )
    try:
        return Store.open(root / STORE)
    except OSError as error:
        raise unreadable(error) from error
