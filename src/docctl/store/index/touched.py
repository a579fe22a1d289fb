"""Which items differ between two commits. Asking Git would start a process: four times as dear."""

from collections.abc import Iterator
from functools import reduce
from operator import xor

from docctl.model.access import ACCESS
from docctl.store.layout import folder
from docctl.store.reader import Reader
from docctl.store.trees import Entry

#: The folders of items lie no deeper than this.
_DEEPEST = 5


def touched(reader: Reader, old: str, new: str) -> set[str]:
    """Return the items of which one commit holds another state than the other, in either order.

    Raises:
        DamagedStoreError: a commit or a folder is not to be had.
    """
    return set(_differing(reader, "", (old, new)))


def _differing(reader: Reader, path: str, trees: tuple[str, ...]) -> Iterator[str]:
    """Yield the items below a folder that differ; *trees* are what it was and is, where it is."""
    entries: frozenset[Entry] = reduce(xor, (frozenset(reader.list_tree(oid)) for oid in trees))
    for name in sorted({entry.name for entry in entries}):
        below = f"{path}/{name}" if path else name
        item = ACCESS if below == folder(ACCESS) else name
        if below == folder(item):
            yield item
            continue
        folders = tuple(one.oid for one in entries if one.name == name and one.kind == "tree")
        if folders and below.count("/") < _DEEPEST:
            yield from _differing(reader, below, folders)
