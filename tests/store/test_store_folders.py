"""What two folders differ in: quick ways and the slow one find what a plain comparison finds."""

from typing import Any, cast
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from docctl.store.history.folders import Folder, Folders

_WIDTH = 20
#: A name, whether it is a folder, and the first byte of what stands there.
_ENTRY = st.tuples(
    st.sampled_from(["a", "a-", "A", "a.b", "b", "\u00e9", "e\u0301"]),
    st.booleans(),
    st.integers(0, 2),
)
_FOLDERS = st.dictionaries(st.sampled_from(range(60)), st.integers(0, 2), max_size=12)


def written(entries: list[tuple[str, bool, int]], *, in_order: bool = True) -> Folder:
    """Return a folder as Git writes it, or in the order given."""
    rows = {_key(name, is_folder): _row(name, is_folder, fill) for name, is_folder, fill in entries}
    return Folder(b"".join(rows[key] for key in (sorted(rows) if in_order else rows)))


def _key(name: str, is_folder: bool) -> bytes:
    return name.encode() + b"/" * is_folder


def _row(name: str, is_folder: bool, fill: int) -> bytes:
    mode = b"40000" if is_folder else b"100644"
    return mode + b" " + name.encode() + b"\0" + bytes([fill]) * _WIDTH


def rows_of(folder: Folder) -> list[bytes]:
    """Return the entries of a folder, taken apart without docctl."""
    rows, data = [], folder.data
    while data:
        end = data.index(b"\0") + 1 + _WIDTH
        rows.append(data[:end])
        data = data[end:]
    return rows


def plainly(before: Folder, after: Folder) -> set[tuple[bytes, bytes, bytes]]:
    """Return the key of what differs, with the ids that stood and that stand under it."""
    old, new = (
        {key: row[-_WIDTH:] for key, row in zip(keys(folder), rows_of(folder), strict=True)}
        for folder in (before, after)
    )
    pairs = {(key, old.get(key, b""), new.get(key, b"")) for key in {**old, **new}}
    return {(key, left, right) for key, left, right in pairs if left != right}


def keys(folder: Folder) -> list[bytes]:
    """Return what Git sorts the entries of a folder by."""
    heads = [row[: -_WIDTH - 1].split(b" ", 1) for row in rows_of(folder)]
    return [name + b"/" * (mode == b"40000") for mode, name in heads]


def folders() -> Folders:
    return Folders(cast("Any", None), _WIDTH, remembered=1 << 20)


@given(st.lists(_ENTRY, max_size=8), st.lists(_ENTRY, max_size=8), st.booleans(), st.booleans())
def test_any_two_folders(
    one: list[tuple[str, bool, int]], two: list[tuple[str, bool, int]], first: bool, second: bool
) -> None:
    before, after = written(one, in_order=first), written(two, in_order=second)
    turned, why = folders().turned(before, after)
    assert {(name.key, old, new) for name, old, new in turned} == plainly(before, after)
    assert len(turned) == len({name.key for name, _, _ in turned})
    if not oddity(before):
        assert why == oddity(after)


def oddity(folder: Folder) -> str:
    if keys(folder) != sorted(keys(folder)):
        return "its names are out of order"
    names = [key.decode().rstrip("/").casefold() for key in keys(folder)]
    distinct = {normalize("NFC", name) for name in names}
    return "" if len(distinct) == len(names) else "its names differ in case or accents alone"


@given(_FOLDERS, st.integers(0, 59), st.integers(0, 3), st.integers(1, 3))
def test_folders_that_differ_as_changes_differ(
    names: dict[int, int], place: int, more: int, fill: int
) -> None:
    base = [(f"{number:06}", False, value) for number, value in names.items()]
    added = [(f"{place:06}-{extra}", True, fill) for extra in range(more)]
    replaced = [(name, kind, fill if int(name) == place else value) for name, kind, value in base]
    before = written(base)
    for after in (written([*base, *added]), written(replaced), written(base[:-1])):
        for left, right in ((before, after), (after, before)):
            turned, why = folders().turned(left, right)
            assert {(name.key, old, new) for name, old, new in turned} == plainly(left, right)
            assert why == ""
