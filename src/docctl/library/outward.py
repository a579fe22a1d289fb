"""Files that leave a library: none of them lands on what a library keeps for itself."""

import os
from collections.abc import Iterable
from pathlib import Path

from docctl.desk.verbs.founding import STORE
from docctl.errors import InputError, PathError
from docctl.library.local import DRAFTS, INDEX, LOCAL_SETTINGS, VAULT, VAULT_KEYS
from docctl.store.files import is_folder, is_there
from docctl.store.placing import write_file, write_pieces, write_secret

#: What docctl alone writes in a library's folder.
OWN = frozenset(
    {STORE, DRAFTS, LOCAL_SETTINGS, INDEX, f"{INDEX}-wal", f"{INDEX}-shm", VAULT, VAULT_KEYS}
)


def write_out(path: Path, data: bytes) -> Path:
    """Write a file that leaves the library, whole or not at all, and return its path.

    Folders are made where they are missing.

    Raises:
        InputError: it would lie in the store, the drafts or the local files of a library.
        PathError: it cannot be a file's name, or something else than a plain file stands there.
        DiskError: it cannot be written.
    """
    require_outside(path)
    return write_file(path, data)


def write_out_pieces(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write a file of any size that leaves the library, whole or not at all; see `write_out`.

    Raises:
        InputError: it would lie in what a library keeps for itself.
        PathError: something else than a plain file stands there.
        DiskError: it cannot be written.
    """
    require_outside(path)
    return write_pieces(path, pieces)


def write_out_secret(path: Path, data: bytes) -> Path:
    """Write a file that leaves the library, for its owner alone, to the disk; see `write_out`.

    Raises:
        InputError: it would lie in what a library keeps for itself.
        PathError: it cannot be a file's name, or something else than a plain file stands there.
        DiskError: it cannot be written.
    """
    require_outside(path)
    return write_secret(path, data)


def require_outside(path: Path) -> None:
    """Refuse a place in what a library keeps for itself.

    Raises:
        InputError: it lies there.
        PathError: no file can be there.
    """
    for place in _places(path):
        for root in place.parents:
            own = place.relative_to(root).parts[0]
            if own.casefold() in OWN and is_folder(root / STORE):
                raise InputError(
                    f"{path}: {root / own} belongs to the library, and docctl alone writes there",
                    hint=f"name another place, such as {root / 'exports'}",
                )


def require_apart(root: Path, *, key: Path | None) -> None:
    """Refuse to found a library at *root* within another one, or to make its key in a library.

    Raises:
        InputError: it would lie there.
    """
    if around := next((one for place in _places(root) for one in _libraries(place)), None):
        raise InputError(f"{root} lies within the library {around}", hint="name a place of its own")
    if key is None or is_there(key):
        return
    if any({*_places(root)} & {*place.parents} or _libraries(place) for place in _places(key)):
        raise InputError(
            f"{key} would lie inside a library", hint="keep private keys somewhere else"
        )


def _libraries(place: Path) -> list[Path]:
    return [one for one in place.parents if is_folder(one / STORE)]


def _places(path: Path) -> tuple[Path, ...]:
    """Return where a path lies: as it is written, and where links lead."""
    try:
        return Path(os.path.normpath(path.absolute())), path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a ring of links, a NUL
        raise PathError(path.name or str(path), str(error)) from error
