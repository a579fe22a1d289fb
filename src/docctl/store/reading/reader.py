"""Reading: the head, objects, trees and commits. Nothing here can write.

Foreign commits and packs that appear later are seen at once; nothing is remembered but objects,
which never change.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from docctl.errors import DamagedStoreError, GitError, StoreError
from docctl.store.git import BRANCH, Git
from docctl.store.git.head import stored_head
from docctl.store.objects import Commit, Object, parse_commit
from docctl.store.trees import Entry, Recent, Tree

#: How many objects are asked for at a time.
WINDOW = 64

#: How many paths are asked for at a time; so many fit into the smallest pipe, or nearly.
_FEW_NAMES = 16

#: Up to so many folders `walk` reads by itself; beyond, starting `ls-tree` pays.
_FEW_FOLDERS = 200

#: How many tree entries are remembered: about 20 MB, enough for 10,000 documents.
REMEMBERED_ROWS = 100_000

_REMEMBERED_ENTRIES = 50_000
_REMEMBERED_COMMITS = 64


class Reader:
    """Everything that can be known about a repository without changing it."""

    def __init__(self, git: Git, *, heal: Callable[[], bool] = bool) -> None:
        """Read through *git*.

        *heal* is called when an object or the head is missing; it returns whether it has
        brought anything back, so that looking again makes sense.
        """
        self.format = git.format
        self._git = git
        self._heal = heal
        #: Folders at hand, by id. A change leaves those that it makes here.
        self.trees: Recent[Tree] = Recent(REMEMBERED_ROWS)
        self._entries: Recent[tuple[Entry, ...]] = Recent(_REMEMBERED_ENTRIES)
        self._commits: Recent[Commit] = Recent(_REMEMBERED_COMMITS)
        self._held: dict[str, Object] = {}
        self._expected: Sequence[str] = ()

    @property
    def git(self) -> Git:
        """Git on this repository, for what is not an object (see `surroundings`)."""
        return self._git

    # --- the head --------------------------------------------------------------------------

    def head(self) -> str | None:
        """Return the commit that `main` points at, `None` while there is none.

        Raises:
            DamagedStoreError: the file of the branch does not hold an object id.
        """
        found = stored_head(self._git)
        if found == "" and self._heal():
            found = stored_head(self._git)
        if found == "":
            raise DamagedStoreError(f"{BRANCH} does not hold the id of a commit")
        return found

    # --- objects ---------------------------------------------------------------------------

    def read(self, oid: str) -> bytes:
        """Return the payload of *oid*, as Git hands it out.

        Raises:
            DamagedStoreError: the object is missing or unreadable.
        """
        return self._objects([oid])[0].data

    def read_many(self, oids: Iterable[str]) -> Iterator[bytes]:
        """Yield the payload of each id, in order."""
        return (thing.data for thing in self._stream(oids))

    def _stream(self, oids: Iterable[str]) -> Iterator[Object]:
        rest = iter(oids)
        # Nothing is under way while we yield: the caller may read something else in between.
        while window := list(islice(rest, WINDOW)):
            yield from self._objects(window)

    def hold(self, oids: Iterable[str]) -> None:
        """Keep these objects at hand until others are to be held: a hint for who asks one by one.

        What cannot be had is left out.
        """
        self._held = {}
        wanted = iter(dict.fromkeys(oids))
        while window := list(islice(wanted, WINDOW)):
            self._held.update((thing.oid, thing) for thing in self._ask(window) if thing)

    def look(self, oids: Sequence[str]) -> list[Object | None]:
        """Return each object, `None` where it cannot be had; ask for at most `WINDOW`."""
        if self._held and all(oid in self._held for oid in oids):
            return [self._held[oid] for oid in oids]
        found = self._ask(oids)
        if None in found and self._heal():
            found = self._ask(oids)
        return found

    def expect(self, oids: Sequence[str]) -> None:
        """Let Git get ready what `look` will be asked for next: a hint, no more."""
        if self.format.are_ids(oids):
            self._expected = [*oids]
            self._git.cat_file.expect(oids)

    def _objects(self, oids: list[str]) -> list[Object]:
        found = self.look(oids)
        whole = [thing for thing in found if thing is not None]
        if len(whole) < len(oids):
            raise DamagedStoreError(f"object {oids[found.index(None)]} is missing or unreadable")
        return whole

    def _ask(self, oids: Sequence[str]) -> list[Object | None]:
        """Return each object, `None` where it cannot be had."""
        if oids != self._expected:
            self._whole(*oids)
        found = self._git.cat_file.ask(oids)
        if found is None:
            # Git gives up at an object that it cannot inflate: find out which one it is.
            return [None] if len(oids) == 1 else [self._ask([oid])[0] for oid in oids]
        return found

    # --- trees -----------------------------------------------------------------------------

    def tree(self, oid: str) -> Tree:
        """Return the tree *oid* (or a commit's tree).

        Raises:
            DamagedStoreError: it is missing, or something else.
        """
        commit = self._commits.get(oid)
        if commit is not None:
            return self.tree(commit.tree)
        return self.trees.get(oid) or self._tree(self._objects([oid])[0])

    def _tree(self, thing: Object) -> Tree:
        """Take a folder that Git has handed out into memory."""
        if thing.kind == "commit":
            return self.tree(self._commit(thing).tree)
        if thing.kind != "tree":
            raise DamagedStoreError(f"object {thing.oid} is not a tree")
        tree = Tree.parse(thing.data, self.format.width)
        self.trees.put(thing.oid, tree, weight=len(tree))
        return tree

    def prefetch(self, tree: str, paths: Iterable[str]) -> None:
        """Take the folders at these paths below *tree*, and those on the way, into memory.

        A hint for those who will need many folders: what is missing is left out, and nothing is
        asked where all of it is at hand.
        """
        names = dict.fromkeys(name for path in paths for name in self._unknown(tree, path))
        rest = iter(name for name in names if name.isprintable())
        while window := list(islice(rest, _FEW_NAMES)):
            for thing in self._git.cat_file.ask(window) or ():
                if thing and thing.kind == "tree":
                    self._tree(thing)

    def _unknown(self, oid: str, path: str) -> Iterator[str]:
        """Yield what to ask Git for, so that every folder on the way to *path* is at hand."""
        steps = path.split("/") if path else []
        while steps and (tree := self.trees.get(oid)) is not None:
            below = tree.folder(steps.pop(0))
            if below is None:
                return
            oid = below
        if self.trees.get(oid) is None:
            yield from (f"{oid}:{'/'.join(steps[:end])}" for end in range(len(steps) + 1))

    def list_tree(self, oid: str) -> tuple[Entry, ...]:
        """Return the entries of the tree *oid* (or of a commit's tree), in Git's order."""
        entries = self._entries.get(oid)
        if entries is None:
            entries = tuple(self.tree(oid).entries())
            self._entries.put(oid, entries, weight=len(entries))
        return entries

    def entry(self, commit: str, path: str) -> Entry | None:
        """Return what *path* is in the tree of *commit*, `None` if there is nothing."""
        *above, name = path.split("/")
        tree = self.tree(commit)
        for at, step in enumerate(above, 1):
            oid = tree.folder(step)
            if oid is None:
                return None
            known = self.trees.get(oid)
            if known is None:
                self.prefetch(oid, ["/".join(above[at:])])
            tree = known or self.tree(oid)
        return tree.entry(name)

    def walk(self, tree: str, prefix: str = "") -> Iterator[tuple[str, str]]:
        """Yield path and id of every file below *tree* (or a commit), sorted by path.

        *prefix* is put before each path; give it with its `/`.
        """
        files = self._few_files(tree)
        if files is None:
            rows = _fields(self._asked("ls-tree", "-r", "-z", "--full-tree", values=[tree]))
            cut = (row.partition("\t") for row in rows)
            files = [(path, meta.split(" ")[2]) for meta, _, path in cut]
        return ((prefix + path, oid) for path, oid in files)

    def _few_files(self, tree: str) -> list[tuple[str, str]] | None:
        """Return path and id of every file, or `None` if there are many folders."""
        files, folders = [], [("", tree)]
        for number, (above, oid) in enumerate(folders):  # it grows while we go
            if number == _FEW_FOLDERS:
                return None
            for entry in self.list_tree(oid):
                if entry.kind == "tree":
                    folders.append((f"{above}{entry.name}/", entry.oid))
                else:
                    files.append((above + entry.name, entry.oid))
        return sorted(files)

    def changed(self, old: str | None, new: str) -> Iterator[tuple[str, str, str]]:
        """Yield status (A, M, D or T), path and blob id of every file that differs.

        A deleted file comes with the id it had; without *old* every file of *new* is added.
        """
        if old is None:
            yield from (("A", path, oid) for path, oid in self.walk(new))
            return
        self._whole(old, new)
        options = ("-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv")
        rows = _fields(self._asked("diff-tree", *options, values=[old, new]))
        for meta in rows:
            _, _, before, after, status = meta.split(" ")
            yield status, next(rows), before if status == "D" else after

    # --- history ---------------------------------------------------------------------------

    def commits(self, since: str | None, until: str) -> Iterator[Commit]:
        """Yield every commit that *until* has and *since* has not, oldest first."""
        return (parse_commit(thing) for thing in self._stream(self.commit_ids(since, until)))

    def commit_ids(self, since: str | None, until: str) -> list[str]:
        """Return the ids of the same commits in the same order."""
        self._whole(until, *([since] if since else []))
        ends = [until, f"^{since}"] if since else [until]
        listed = self._asked("rev-list", "--reverse", "--topo-order", values=ends)
        return listed.decode().split()

    def commit(self, oid: str) -> Commit:
        """Return one commit."""
        return self._commits.get(oid) or self._commit(self._objects([oid])[0])

    def _commit(self, thing: Object) -> Commit:
        commit = parse_commit(thing)
        self._commits.put(thing.oid, commit, weight=1)
        return commit

    def remember(self, commit: Object) -> None:
        """Keep a commit that has just been written, so that nobody asks for it."""
        self._commit(commit)

    def _asked(self, *args: str, values: list[str]) -> bytes:
        """Return what Git answers about objects; where some are missing, heal and ask again."""
        try:
            return self._git.run(*args, values=values)
        except GitError as error:
            if not self._heal():
                raise DamagedStoreError(error.answer.strip()) from error
        return self._git.run(*args, values=values)

    def _whole(self, *oids: str) -> None:
        if not self.format.are_ids(oids):
            odd = next(oid for oid in oids if not self.format.is_id(oid))
            raise StoreError(f"{odd!r} is not the full id of an object")


def _fields(listed: bytes) -> Iterator[str]:
    return iter(listed.decode("utf-8", "surrogateescape").split("\0")[:-1])
