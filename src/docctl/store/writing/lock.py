"""One writer at a time on this machine, and the locks of a writer that died."""

import fcntl
import json
import os
import socket
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from docctl.errors import LockedError
from docctl.store.git import BRANCH

HOST = socket.gethostname()

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

#: A note is always written whole, so that it replaces whatever stood there.
_NOTE_SIZE = 512

#: Numbers that a process can have.
_PIDS = range(1, 1 << 31)

#: How long the last breath of a dead writer's Git may take, in seconds.
_LAST_BREATH = 0.2

#: How often a waiting writer looks again, in seconds.
_POLL = 0.002


def boot_id() -> str:
    """Return what names this run of the machine, or nothing where that cannot be known."""
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return ""


def _started(pid: int) -> str:
    """Return when process *pid* began, in the kernel's own measure; nothing if unknown."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the writer's lock, and the commit that it is moving the branch to."""

    pid: int
    started: str
    boot: str
    host: str
    moving: str = ""

    @classmethod
    def current(cls) -> Self:
        """Describe this process."""
        return cls(os.getpid(), _started(os.getpid()), boot_id(), HOST)

    @classmethod
    def read(cls, note: bytes) -> Self | None:
        """Read a note; `None` where the last holder has gone in good order."""
        try:
            holder = cls(**json.loads(note)) if note.strip() else None
        except (ValueError, TypeError):
            return None
        return holder if holder and isinstance(holder.pid, int) and holder.pid in _PIDS else None

    @property
    def dead(self) -> bool:
        """Whether it certainly lives no more: it was here, and its process or boot is over."""
        if self.host != HOST:
            return False
        if self.boot != boot_id():
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return _started(self.pid) != self.started


def held_folder(root: Path) -> int | None:
    """Return the handle of a folder, made where it is missing, that nobody else holds so.

    Nothing is returned where somebody does. Closing the handle lets go of it, and so does the end
    of the process, however that comes. Where a file system knows no locks, the folder is free.

    Raises:
        OSError: it cannot be made or opened.
        ValueError: no folder can be called so.
    """
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        pass
    return handle


class WriterLock:
    """The lock that every writer holds while it changes something; it may be taken again inside.

    It is the kernel's (`flock`), so that it ends with its process, however that ends.
    """

    def __init__(self, git_dir: Path, *, patience: float) -> None:
        """Prepare the lock of *git_dir*; wait at most *patience* seconds for another writer."""
        self._git_dir = git_dir
        self._path = git_dir / "docctl" / "lock"
        self._patience = patience
        self._depth = 0
        self._file = -1

    def __enter__(self) -> Self:
        """Wait for the lock.

        Raises:
            LockedError: another writer keeps it.
        """
        if not self._depth:
            self.close()  # in case Ctrl-C came while we let go of it
            try:
                self._wait()
                self._take_over()
            except BaseException:
                self.close()
                raise
        self._depth += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            try:
                with suppress(OSError):  # what was done is done; a note left behind does no harm
                    self._write("")
            finally:
                self.close()

    def close(self) -> None:
        """Let go of the lock, however it was taken; do nothing where it is not ours."""
        self._depth = 0
        if self._file >= 0:
            file, self._file = self._file, -1
            os.close(file)

    def __del__(self) -> None:
        """Let go of what Ctrl-C left in our hands, once nobody has us any more."""
        self.close()

    def moving(self, commit: str) -> None:
        """Note that the branch is about to move to *commit*: a proof, should we die meanwhile."""
        self._write(f'{self._me}"{commit}"}}')

    @cached_property
    def _me(self) -> str:
        """The beginning of our note; what we are moving to follows."""
        return json.dumps(asdict(Holder.current()) | {"moving": ""})[: -len('""}')]

    def _take_over(self) -> None:
        """Clear up after a writer that died here, and leave our own note."""
        last = Holder.read(os.pread(self._file, _NOTE_SIZE, 0))
        if last is not None and last.moving and last.dead:
            clear_ref_locks(self._git_dir, last.moving)
        self._write(f'{self._me}""}}')

    def _write(self, note: str) -> None:
        os.pwrite(self._file, note.encode().ljust(_NOTE_SIZE), 0)

    def _wait(self) -> None:
        deadline = time.monotonic() + self._patience
        while not self._locked():
            if time.monotonic() > deadline:
                raise LockedError(str(self._path), self._holder())
            time.sleep(_POLL)

    def _locked(self) -> bool:
        """Open the file and lock it, unless another writer has it."""
        self._file = self._opened()
        with suppress(BlockingIOError, FileNotFoundError):  # taken, or swept away meanwhile
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(self._file), self._path.stat()):
                return True
        self.close()
        return False

    def _opened(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        try:
            return os.open(self._path, flags, 0o666)
        except FileNotFoundError:  # a repository that plain Git has cloned
            self._path.parent.mkdir()
            return os.open(self._path, flags, 0o666)

    def _holder(self) -> str:
        holder = Holder.read(self._path.read_bytes())
        return (
            f"process {holder.pid} on {holder.host} writes" if holder else "another program writes"
        )


def clear_ref_locks(git_dir: Path, commit: str) -> None:
    """Remove the locks that a dead writer left when it was moving the branch to *commit*.

    Git writes the commit into the branch's lock, so a lock that says anything else stays.
    """
    branch, head = git_dir / f"{BRANCH}.lock", git_dir / "HEAD.lock"
    if not (branch.exists() or head.exists()):
        return
    time.sleep(_LAST_BREATH)
    ours = _holds(branch, commit)
    if (ours or _holds(git_dir / BRANCH, commit)) and _holds(head, ""):
        head.unlink()
    if ours:
        branch.unlink()


def _holds(path: Path, commit: str) -> bool:
    """Whether *path* holds *commit*, as far as it was written."""
    try:
        return f"{commit}\n".encode().startswith(path.read_bytes())
    except FileNotFoundError:
        return False
