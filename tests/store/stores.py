"""Stores to test with, and disks and processes that fail on command."""

import os
import shutil
import signal
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Self

from docctl.store.writing.change import Landed, Store

WHEN = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
FOLDER = "PRO-012/events"

#: The calls that change a disk. `pathlib` and the store both look them up in `os`.
CALLS = (
    "open", "write", "pwrite", "rename", "replace", "link", "unlink", "mkdir", "ftruncate", "fsync"
)  # fmt: skip


def event(number: int) -> dict[str, bytes | None]:
    return {
        f"{FOLDER}/{number:04d}.json": b'{"n":%d}' % number,
        f"{FOLDER}/{number:04d}.sig": b"signature %d" % number,
    }


def land(store: Store, number: int, **options: Any) -> Landed:
    given = {"message": f"event {number}", "author": "ola", "when": WHEN} | options
    return store.land(event(number), **given)


def events(store: Store) -> list[int]:
    """Return the numbers of the events at the head; each must be whole."""
    head = store.head()
    if head is None:
        return []
    paths = dict(store.reader.walk(head))
    found = dict(zip(paths, store.reader.read_many(paths.values()), strict=True))
    form = store.reader.format
    assert [form.make("blob", data).oid for data in found.values()] == [*paths.values()]
    numbers = sorted(int(path[-9:-5]) for path in found if path.endswith(".json"))
    assert found == {path: data for number in numbers for path, data in event(number).items()}
    assert _length(store, head) == len(numbers)
    return numbers


def _length(store: Store, head: str) -> int:
    parents = store.reader.commit(head).parents
    return 1 + sum(_length(store, parent) for parent in parents)


def git(path: Path, *args: str, stdin: bytes = b"") -> str:
    """Run stock Git, as some other program would."""
    command = ["git", f"--git-dir={path}", "-c", "user.name=x", "-c", "user.email=x", *args]
    done = subprocess.run(command, input=stdin, capture_output=True, check=True)
    return done.stdout.decode().strip()


def foreign_commit(path: Path, number: int) -> None:
    """Put event *number* on the head with stock Git."""
    stream = [b"commit refs/heads/main\ncommitter x <x> 1 +0000\ndata 7\nforeign\n"]
    stream.append(b"from refs/heads/main^0\n")
    for name, data in event(number).items():
        stream.append(
            b"M 100644 inline %b\ndata %d\n%b\n" % (name.encode(), len(data or b""), data)
        )
    git(path, "fast-import", "--quiet", stdin=b"".join(stream))


class Call(NamedTuple):
    """A call that changes the disk, about to be made."""

    name: str
    real: Callable[..., Any]
    args: tuple[Any, ...]


Fault = Callable[[Call], object]


@contextmanager
def watched(fault: Fault) -> Iterator[None]:
    """Show every call that changes the disk to *fault* before it is made."""
    real = {name: getattr(os, name) for name in CALLS}

    def wrapped(name: str) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            if name != "open" or args[1] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
                fault(Call(name, partial(real[name], **options), args))
            return real[name](*args, **options)

        return call

    for name in CALLS:
        setattr(os, name, wrapped(name))
    try:
        yield
    finally:
        for name in CALLS:
            setattr(os, name, real[name])


class At:
    """Does *fault* at call number *count* (and with *sticky* at every one after it)."""

    def __init__(self, count: int, fault: Fault, *, sticky: bool = False) -> None:
        self.left = count
        self.fault = fault
        self.sticky = sticky
        self.hit = False

    def __call__(self, call: Call) -> None:
        self.left -= 1
        if self.left == 0 or (self.sticky and self.left < 0):
            self.hit = True
            self.fault(call)


def die(_: Call) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_writing(call: Call) -> None:
    """Die in the middle of a write, else before the call."""
    if call.name in {"write", "pwrite"}:
        file, data, *where = call.args
        call.real(file, bytes(data)[: len(data) // 2], *where)
    die(call)


def raise_error(error: BaseException) -> Callable[[object], None]:
    def fault(_: object) -> None:
        raise error

    return fault


class Child:
    """A forked process that tells which events were acknowledged to it."""

    def __init__(self, action: Callable[[Callable[[int], None]], None]) -> None:
        out, into = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            try:
                action(lambda number: os.writev(into, [b"%d\n" % number]) and None)
            except BaseException:  # noqa: BLE001 - nothing of the parent may run on in here
                os._exit(1)
            os._exit(0)
        os.close(into)
        self.said = out

    def ended(self) -> tuple[list[int], bool]:
        """Return what was acknowledged, and whether it came to its end."""
        with os.fdopen(self.said) as said:
            acknowledged = [int(line) for line in said]
        return acknowledged, os.waitpid(self.pid, 0)[1] == 0


class Disk:
    """Remembers what has been flushed, so that everything else can be lost."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[int, bytes] = {}
        self.folders: dict[int, dict[str, int]] = {}
        #: Everything that is a folder, as far as anything flushed says so.
        self.known: set[int] = set()

    def __enter__(self) -> Self:
        self.real = os.fsync, os.sync
        os.fsync, os.sync = self.fsync, self.sync
        return self

    def __exit__(self, *_: object) -> None:
        os.fsync, os.sync = self.real

    def fsync(self, file: int) -> None:
        self.keep(Path(f"/proc/self/fd/{file}").resolve())

    def sync(self) -> None:
        for path in (self.root, *self.root.rglob("*")):
            self.keep(path)

    def keep(self, path: Path) -> None:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            entries = [*os.scandir(path)]
            self.folders[found.st_ino] = {entry.name: entry.inode() for entry in entries}
            below = [one.inode() for one in entries if one.is_dir(follow_symlinks=False)]
            self.known |= {*below, found.st_ino}
        else:
            self.files[found.st_ino] = path.read_bytes()

    def after_power_cut(self, copy: Path) -> Path:
        """Make a copy that holds what was flushed, and nothing else; return it."""
        shutil.rmtree(copy, ignore_errors=True)
        self._restore(self.root.stat().st_ino, copy)
        return copy

    def _restore(self, number: int, path: Path) -> None:
        if number in self.known:
            path.mkdir()
            for name, below in self.folders.get(number, {}).items():
                self._restore(below, path / name)
        else:
            # Named, but never flushed itself: it comes back empty, as such a folder does.
            path.write_bytes(self.files.get(number, b""))


def tidy(path: Path) -> str:
    """Return what stock Git finds wrong; dangling objects are no fault."""
    with suppress(subprocess.CalledProcessError):
        return git(path, "fsck", "--strict", "--full", "--no-dangling")
    return "fsck failed"
