"""A set of files becomes changed trees: only the folders on the way are made anew."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, NamedTuple, Protocol, Self, TypeVar

from docctl.errors import DamagedStoreError, PathError
from docctl.store.objects import Format, Object

FILE_MODE = b"100644"
TREE_MODE = b"40000"

V = TypeVar("V")

_KINDS = MappingProxyType({b"40000": "tree", b"160000": "commit"})

# Names may be no Unicode text.
_ODD = ("utf-8", "surrogateescape")

# A folder or file name: ASCII, no control character, nothing that a file system or Git reads as
# more than a name (`.`, `..`, `.git…`, `GIT~1`, a dot or space at the end, `\`, `:`, `*` …).
_NAME = r"(?!\.\.?(?:/|\Z)|(?i:\.git|git~))[ !#-)+-.0-9;=@-\[\]-{}~]{1,255}(?<![. ])"
_PATH = re.compile(rf"(?=.{{1,1024}}\Z){_NAME}(?:/{_NAME}){{0,31}}\Z")


class Entry(NamedTuple):
    """One line of a directory; `kind` is blob, tree or commit (a submodule)."""

    mode: str
    kind: str
    oid: str
    name: str


def checked(path: str) -> str:
    """Return *path* if it is safe in every store and every clone.

    Raises:
        PathError: it is not relative, or one of its names is not allowed.
    """
    if not _PATH.match(path):
        raise PathError(path, "it is not a plain path below the root of the store")
    return path


# A row of a raw tree: mode, space, name, NUL and a binary id.
_ROW = rb"[^ \0]*+ [^\0]*+\0.{%d}"
_ROWS = MappingProxyType({width: re.compile(_ROW % width, re.DOTALL) for width in (20, 32)})
_WHOLE = MappingProxyType(
    {width: re.compile(b"(?:%b)*+" % (_ROW % width), re.DOTALL) for width in _ROWS}
)


def tree_rows(data: bytes, width: int) -> list[bytes]:
    """Return the rows of a raw tree with ids of so many bytes.

    Raises:
        DamagedStoreError: the bytes are not a tree.
    """
    if not _WHOLE[width].fullmatch(data):
        raise DamagedStoreError("a tree that cannot be read")
    rows: list[bytes] = _ROWS[width].findall(data)
    return rows


class Tree:
    """A directory that can give a changed copy of itself; sorted as Git wants it."""

    __slots__ = ("_keys", "_rows", "_width")

    def __init__(self, width: int, keys: list[bytes], rows: list[bytes]) -> None:
        # A directory's key ends in "/": that is Git's order, and it keeps `a` and `a/` apart.
        self._width = width
        self._keys = keys
        self._rows = rows

    @classmethod
    def parse(cls, data: bytes, width: int) -> Self:
        """Read a raw tree with ids of so many bytes."""
        rows = tree_rows(data, width)
        cut, tree = -width - 1, TREE_MODE + b" "
        keys = [
            row[len(tree) : cut] + b"/" if row.startswith(tree) else row[row.index(b" ") + 1 : cut]
            for row in rows
        ]
        return cls(width, keys, rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: bytes) -> bool:
        return self._row(key) is not None

    def oid(self, key: bytes) -> str | None:
        """Return the id that *key* (a directory's ends in `/`) stands for, if it is here."""
        row = self._row(key)
        return row[-self._width :].hex() if row else None

    def folder(self, name: str) -> str | None:
        """Return the id of the directory of this name, if it is here."""
        return self.oid(f"{name}/".encode(*_ODD))

    def entry(self, name: str) -> Entry | None:
        """Return the line of this name, directory or not, if it is here."""
        plain = name.encode(*_ODD)
        row = self._row(plain + b"/") or self._row(plain)
        return self._entry(row) if row else None

    def entries(self, ending: bytes = b"") -> Iterator[Entry]:
        """Yield every line whose name ends so, in Git's order; a directory's ends in `/`."""
        rows = zip(self._keys, self._rows, strict=True)
        return (self._entry(row) for key, row in rows if key.endswith(ending))

    def _row(self, key: bytes) -> bytes | None:
        at = bisect_left(self._keys, key)
        return self._rows[at] if at < len(self._keys) and self._keys[at] == key else None

    def _entry(self, row: bytes) -> Entry:
        mode, _, rest = row.partition(b" ")
        name, oid = rest[: -self._width - 1], rest[-self._width :]
        kind = _KINDS.get(mode, "blob")
        return Entry(mode.decode("latin-1"), kind, oid.hex(), name.decode(*_ODD))

    def changed(self, news: Mapping[bytes, str | None]) -> "Tree":
        """Return a copy with each key set to its new id, or removed where that is `None`."""
        keys, rows = self._keys.copy(), self._rows.copy()
        for key, oid in news.items():
            at = bisect_left(keys, key)
            known = at < len(keys) and keys[at] == key
            if oid is None:
                del keys[at : at + known], rows[at : at + known]
            else:
                mode = TREE_MODE if key.endswith(b"/") else FILE_MODE
                row = b"%b %b\0%b" % (mode, key.removesuffix(b"/"), bytes.fromhex(oid))
                keys[at : at + known], rows[at : at + known] = [key], [row]
        return Tree(self._width, keys, rows)

    def encode(self) -> bytes:
        """Return the raw tree."""
        return b"".join(self._rows)


class Recent(Generic[V]):
    """A memory of values by object id, bounded by their total weight; long unused go first."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._weight = 0
        self._values: dict[str, tuple[V, int]] = {}

    def get(self, oid: str) -> V | None:
        """Return what is remembered for *oid*."""
        found = self._values.pop(oid, None)
        if found is None:
            return None
        self._values[oid] = found
        return found[0]

    def made(self, oid: str, make: Callable[[], V]) -> V:
        """Return what is remembered for *oid*, or what *make* returns and is remembered now."""
        if oid not in self._values:
            self.put(oid, make())
        found = self._values[oid] = self._values.pop(oid)
        return found[0]

    def put(self, oid: str, value: V, *, weight: int = 1) -> None:
        """Remember *value*."""
        _, before = self._values.pop(oid, (None, 0))
        self._values[oid] = value, weight
        self._weight += weight - before
        while self._weight > self._bound:
            self.drop(next(iter(self._values)))

    def drop(self, oid: str) -> None:
        """Forget *oid*."""
        found = self._values.pop(oid, None)
        if found is not None:
            self._weight -= found[1]


@dataclass(slots=True)
class _Folder:
    """What is to change in one folder; `None` removes a file."""

    folders: "defaultdict[bytes, _Folder]" = field(default_factory=lambda: defaultdict(_Folder))
    files: dict[bytes, str | None] = field(default_factory=dict)


def _plan(files: Mapping[str, str | None]) -> _Folder:
    root = _Folder()
    for path, oid in files.items():
        *above, name = checked(path).encode().split(b"/")
        folder = root
        for step in above:
            folder = folder.folders[step + b"/"]
        folder.files[name] = oid
    return root


class TreeSource(Protocol):
    """Where a `TreeWriter` finds old trees and leaves new ones: a `Reader`."""

    format: Format
    trees: Recent[Tree]
    """What is at hand."""

    def tree(self, oid: str, /) -> Tree:
        """Return a tree."""
        ...

    def prefetch(self, tree: str, paths: Iterable[str], /) -> None:
        """Have the folders at these paths below *tree* at hand."""
        ...


class TreeWriter:
    """Makes new trees from old ones, so that a change costs only its depth."""

    def __init__(self, source: TreeSource) -> None:
        """Read old trees from *source*."""
        self._source = source
        self._form = source.format

    def grow(self, base: str | None, files: Mapping[str, str | None]) -> tuple[str, list[Object]]:
        """Return the id of the tree that *base* becomes, and every tree object that is new.

        *files* maps paths to blob ids, or to `None` where the file is to go.

        Raises:
            PathError: a path is not allowed, or would be a file and a folder at once.
        """
        new: list[Object] = []
        plan = _plan(files)
        if base:
            self._source.prefetch(base, {path.rpartition("/")[0] for path in files})
        root = self._grow(base, plan, new)
        if root is None:
            new.append(self._form.make("tree", b""))
            root = new[-1].oid
        return root, new

    def _grow(self, base: str | None, plan: _Folder, new: list[Object]) -> str | None:
        old = self._source.tree(base) if base else Tree(self._form.width, [], [])
        news = dict(plan.files)
        for name, folder in plan.folders.items():
            news[name] = self._grow(old.oid(name), folder, new)
        tree = old.changed(news)
        _refuse_twins(tree, news)
        if not len(tree):
            return None
        thing = self._form.make("tree", tree.encode())
        if thing.oid != base:
            new.append(thing)
            self._source.trees.drop(base or "")
            self._source.trees.put(thing.oid, tree, weight=len(tree))
        return thing.oid


def _refuse_twins(tree: Tree, news: Mapping[bytes, str | None]) -> None:
    for key, oid in news.items():
        twin = key[:-1] if key.endswith(b"/") else key + b"/"
        if oid and twin in tree:
            raise PathError(key.decode().rstrip("/"), "it would be a file and a folder at once")
