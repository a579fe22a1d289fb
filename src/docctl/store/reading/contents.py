"""A revision's files, compared with what was signed before anybody gets to see them."""

from collections.abc import Collection, Iterable, Mapping

from docctl.errors import DamagedStoreError
from docctl.model.base import Digest, Label, Number
from docctl.store.layout import BODY, META, SUMS, content_folder, folder, listed
from docctl.store.reading.reader import Reader
from docctl.store.trees import Entry
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
    signed_names = listed(sums) or {}
    for name in sorted({*names, *signed_names}):
        if name not in names:
            raise DamagedStoreError(f"{place}/{name} was signed, and is missing")
        if name not in signed_names:
            raise DamagedStoreError(f"{place}/{name} is there, and was not signed")
    wanted = [name for name in names if not only or name in only]
    files = dict(zip(wanted, reader.read_many(names[name] for name in wanted), strict=True))
    altered = next((name for name in files if digest(files[name]) != signed_names[name]), None)
    if altered is not None:
        raise DamagedStoreError(f"{place}/{altered} is not the file that was signed")
    return {**files, SUMS: sums}


def content_digest(files: Mapping[str, bytes]) -> Digest:
    """Return the digest of a revision's content: of the bytes of its SHA256SUMS."""
    return digest(files[SUMS])


# --- many at a time ----------------------------------------------------------------------------


def hold_events(reader: Reader, commit: str, numbers: Iterable[Number]) -> None:
    """Have the events of these documents at hand: a hint for who reads one after the other."""
    found = [one for number in numbers if (one := reader.entry(commit, folder(number)))]
    events = [one for one in _below(reader, _below(reader, found)) if one.name == "events"]
    reader.hold(one.oid for one in _below(reader, events) if one.name.endswith(".json"))


def hold_texts(reader: Reader, commit: str, revisions: Iterable[tuple[Number, Label]]) -> None:
    """Have the contents of these revisions at hand, attachments left out: they may be large."""
    places = [content_folder(number, label) for number, label in revisions]
    files = _below(reader, [one for place in places if (one := reader.entry(commit, place))])
    _below(reader, files)
    reader.hold(one.oid for one in files if one.name in {META, BODY, SUMS})


def hold_documents(reader: Reader, commit: str, numbers: Iterable[Number]) -> None:
    """Have all that these documents are made of at hand, attachments left out."""
    found = [one for number in numbers if (one := reader.entry(commit, folder(number)))]
    files = _below(reader, _below(reader, _below(reader, found)))
    reader.hold(one.oid for one in files if one.kind == "blob")


def _below(reader: Reader, entries: Iterable[Entry]) -> list[Entry]:
    """Return what the folders among these hold, asked for together."""
    folders = [one.oid for one in entries if one.kind == "tree"]
    reader.hold(oid for oid in folders if reader.trees.get(oid) is None)
    return [one for oid in folders for one in reader.list_tree(oid)]
