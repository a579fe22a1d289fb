"""A revision's files, compared with what was signed before anybody gets to see them."""

from collections.abc import Collection, Iterator, Mapping

from docctl.errors import DamagedStoreError
from docctl.model.base import Digest
from docctl.store.layout import SUMS
from docctl.store.reader import Reader
from docctl.trust.canonical import digest


def compared(
    reader: Reader, tree: str, place: str, signed: Digest, *, only: Collection[str] = ()
) -> dict[str, bytes]:
    """Return the files of a content folder by name, SHA256SUMS among them, if they were signed.

    *tree* is the folder, *place* its path, and *signed* the digest that the last event of the
    revision names. The list must be the one that was signed, no file may be missing or too many,
    and each that is read must be the one that is listed: all of them, or those in *only*.

    Raises:
        DamagedStoreError: it names the file that is not what was signed.
    """
    names = dict(reader.walk(tree))
    if SUMS not in names:
        raise DamagedStoreError(f"{place}/{SUMS} is missing")
    sums = reader.read(names.pop(SUMS))
    if digest(sums) != signed:
        raise DamagedStoreError(f"{place}/{SUMS} is not the list that was signed")
    listed = _listed(sums)
    for name in sorted({*names, *listed}):
        if name not in names:
            raise DamagedStoreError(f"{place}/{name} was signed, and is missing")
        if name not in listed:
            raise DamagedStoreError(f"{place}/{name} is there, and was not signed")
    wanted = [name for name in names if not only or name in only]
    files = dict(zip(wanted, reader.read_many(names[name] for name in wanted), strict=True))
    for name in _altered(files, listed):
        raise DamagedStoreError(f"{place}/{name} is not the file that was signed")
    return {**files, SUMS: sums}


def _listed(sums: bytes) -> Mapping[str, Digest]:
    rows = (line.partition("  ") for line in sums.decode("utf-8", "replace").splitlines())
    return {name: hashed for hashed, _, name in rows}


def _altered(files: Mapping[str, bytes], listed: Mapping[str, Digest]) -> Iterator[str]:
    return (name for name, data in files.items() if digest(data) != listed[name])
