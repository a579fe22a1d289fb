"""Somebody with write access to the repository: any object, any commit, past every rule."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from office import BEGINNING
from pydantic import ValidationError

from docctl.model.events import EVENT, AnyEvent
from docctl.rules.summary import summary
from docctl.store.git import BRANCH, Git
from docctl.store.reading.reader import Reader
from docctl.store.writing.packs import Packs, Row


class Entry(NamedTuple):
    """A line of a tree: a file as bytes, or anything by its id."""

    data: bytes = b""
    mode: str = "100644"
    oid: str = ""


class Forge:
    """Writes what nobody should write."""

    def __init__(self, git_dir: Path) -> None:
        self.git_dir = git_dir
        self.reader = Reader(Git(git_dir))
        self._format = self.reader.format
        self._packs = Packs(git_dir / "objects" / "pack", self._format)

    @property
    def head(self) -> str:
        head = self.reader.head()
        assert head is not None
        return head

    def put(self, kind: str, data: bytes) -> str:
        """Write an object and return its id."""
        thing = self._format.make(kind, data)
        self._packs.note(thing.oid, [Row.of(thing)])
        return thing.oid

    def tree(self, entries: Mapping[str, Entry], *, in_order: bool = True) -> str:
        """Write a tree of these names and return its id."""
        rows = {
            name: (one.mode, one.oid or self.put("blob", one.data)) for name, one in entries.items()
        }
        names = list(rows)
        if in_order:
            names.sort(key=lambda name: f"{name}/" if rows[name][0] == "40000" else name)
        return self.put("tree", b"".join(row(name, *rows[name]) for name in names))

    def grown(self, changes: Mapping[str, Entry | bytes | None], base: str) -> str:
        """Return the tree of the commit *base* with these paths changed; `None` deletes."""
        files: dict[str, Any] = dict(self.reader.walk(base))
        for path, change in changes.items():
            if change is None:
                del files[path]
            else:
                files[path] = change if isinstance(change, Entry) else Entry(change)
        return self._nested(files)

    def _nested(self, files: Mapping[str, Any]) -> str:
        entries: dict[str, Entry] = {}
        folders: dict[str, dict[str, Any]] = {}
        for path, one in files.items():
            name, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(name, {})[rest] = one
            else:
                entries[name] = one if isinstance(one, Entry) else Entry(oid=one)
        for name, below in folders.items():
            entries[name] = Entry(mode="40000", oid=self._nested(below))
        return self.tree(entries)

    def commit(
        self,
        changes: Mapping[str, Entry | bytes | None],
        *,
        author: str = "ada",
        when: datetime | None = None,
        headers: str = "",
        parents: Sequence[str] | None = None,
        tree: str = "",
    ) -> str:
        """Land a commit on the branch and return its id.

        Message and time are those that docctl would give it.
        """
        events = _events(changes)
        when = when or max((one.time for one in events), default=BEGINNING)
        message = summary(events) if events else "A change"
        parents = [self.head] if parents is None else parents
        tree = tree or self.grown(changes, parents[0])
        who = f"{author} <{author}@docctl.invalid> {int(when.timestamp())} +0000"
        above = "".join(f"parent {parent}\n" for parent in parents)
        text = f"tree {tree}\n{above}author {who}\ncommitter {who}\n{headers}\n{message}\n"
        oid = self.put("commit", text.encode())
        self.point(BRANCH, oid)
        return oid

    def founding(self) -> dict[str, bytes]:
        """Return the files of the first change."""
        first = next(self.reader.commits(None, self.head))
        return {path: self.reader.read(oid) for path, oid in self.reader.walk(first.oid)}

    def refound(self, files: Mapping[str, bytes]) -> None:
        """Let the whole history be one change with these files."""
        empty = self.tree({})
        self.commit(files, tree=self.grown(files, empty), parents=())

    def point(self, ref: str, oid: str) -> None:
        """Let a ref name an object."""
        path = self.git_dir / ref
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{oid}\n")


def _events(changes: Mapping[str, Entry | bytes | None]) -> list[AnyEvent]:
    """Return those of these files that are events."""
    found = []
    for path, data in changes.items():
        if isinstance(data, bytes) and re.search(r"(^access|/events)/[^/]*\.json$", path):
            with suppress(ValidationError):
                found.append(EVENT.validate_json(data))
    return found


def row(name: str, mode: str, oid: str) -> bytes:
    """Return a line of a tree as Git writes it."""
    return b"%b %b\0%b" % (
        mode.encode(),
        name.encode("utf-8", "surrogateescape"),
        bytes.fromhex(oid),
    )
