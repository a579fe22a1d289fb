"""Which items differ between two commits. Asking Git would start a process: four times as dear."""

from collections.abc import Callable, Iterator
from functools import reduce
from operator import xor

from docctl.model.access import ACCESS
from docctl.store.layout import ROOTS, folder, kept_folder
from docctl.store.reading.reader import Reader
from docctl.store.trees import Entry

#: The folders of items lie no deeper than this.
_DEEPEST = 5

#: What the items in other folders are not: records, holds and disposals.
_KEPT = frozenset(ROOTS.values())


def touched(reader: Reader, old: str, new: str) -> set[str]:
    """Return the documents of which one commit holds another state than the other, either way.

    ACCESS and CONTROL are among them, records are not.

    Raises:
        DamagedStoreError: a commit or a folder is not to be had.
    """

    def item_of(path: str, name: str) -> str | None:
        item = ACCESS if path == folder(ACCESS) else name
        return item if path == folder(item) else None

    return set(_differing(reader, item_of, "", (old, new)))


def touched_below(reader: Reader, root: str, old: str, new: str) -> set[str]:
    """Return the records, holds or disposals that differ so, by the name of their root folder.

    Raises:
        DamagedStoreError: a commit or a folder is not to be had.
    """

    def item_of(path: str, name: str) -> str | None:
        return name if path == kept_folder(root, name) else None

    found = (reader.entry(commit, root) for commit in (old, new))
    folders = tuple(one.oid for one in found if one and one.kind == "tree")
    return set(_differing(reader, item_of, root, folders))


def _differing(
    reader: Reader,
    item_of: Callable[[str, str], str | None],
    path: str,
    trees: tuple[str, ...],
) -> Iterator[str]:
    """Yield the items below a folder that differ; *trees* are what it was and is, where it is."""
    entries: frozenset[Entry] = reduce(
        xor, (frozenset(reader.list_tree(oid)) for oid in trees), frozenset()
    )
    for name in sorted({entry.name for entry in entries} - (_KEPT if not path else frozenset())):
        below = f"{path}/{name}" if path else name
        if item := item_of(below, name):
            yield item
            continue
        folders = tuple(one.oid for one in entries if one.name == name and one.kind == "tree")
        if folders and below.count("/") < _DEEPEST:
            yield from _differing(reader, item_of, below, folders)
