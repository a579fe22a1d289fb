"""The one place that starts Git, through GitPython.

What a user, a machine or a foreign repository has set up (hooks, replace refs, grafts, helpers) is
not obeyed. GitPython's own objects, index, refs and remotes stay unused: they lose commits.
"""

import errno
import importlib
import os
import re
import secrets
import subprocess
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import IO, Self, TypeVar, cast

from docctl.errors import DiskError, GitError, NotFoundError, StoreError
from docctl.store.objects import FORMATS, Format, Object, answers

T = TypeVar("T")

#: The one ref that docctl knows.
BRANCH = "refs/heads/main"
#: The answer of a Git that was killed.
SILENCE = "it ended without an answer"

_ENVIRONMENT = MappingProxyType(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "0",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_PARAMETERS": "",
        "GIT_DEFAULT_REF_FORMAT": "files",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NAMESPACE": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_SHALLOW_FILE": "",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_TRACE": "",
        "LC_ALL": "C",
    }
)

_SETTINGS = (
    "advice.graftFileDeprecated=false",
    "core.alternateRefsCommand=true",
    "core.askPass=true",
    "core.commitGraph=false",
    "core.fsmonitor=false",
    "core.gitProxy=",
    "core.hooksPath=/dev/null",
    "core.sshCommand=ssh",
    "credential.helper=",
    "diff.external=",
    "gc.autoDetach=false",
    "gc.packRefs=false",
    "gpg.program=gpg",
    "gpg.ssh.program=ssh-keygen",
    "protocol.ext.allow=never",
    "safe.bareRepository=explicit",
)

#: Written into every new repository, for the programs that are not docctl.
_CONFIG = """\
[core]
	fsync = all
	fsyncMethod = fsync
	logAllRefUpdates = false
[gc]
	autoDetach = false
	packRefs = false
[receive]
	denyDeletes = true
	denyNonFastForwards = true
	fsckObjects = true
"""

_SHA256 = re.compile(r"^\s*objectformat\s*=\s*\"?sha256\b", re.MULTILINE | re.IGNORECASE)

_PATIENCE = 2.0  # seconds that a process may take to end by itself

_DISK = tuple(os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT, errno.EIO))


class Git:
    """Stock Git on one repository. Close it after use; it belongs to one thread and process."""

    def __init__(self, git_dir: Path, *, environment: Mapping[str, str] | None = None) -> None:
        """Look at *git_dir*; nothing is started yet.

        *environment* is added to what Git gets: a receiving hook passes its quarantine on.
        """
        self.git_dir = Path(git_dir).absolute()
        own = {"GIT_OBJECT_DIRECTORY": str(self.git_dir / "objects")} | dict(environment or {})
        self._environment = {**_ENVIRONMENT, **own}
        cat_file = self._argv("cat-file", "--buffer", "--batch-command")
        self.cat_file = CatFile(cat_file, self._environment)
        #: Moves refs from an expected value; docctl flushes in its own way.
        update_ref = self._argv("-c", "core.fsync=none", "update-ref", "--stdin")
        self.update_ref = Conversation(update_ref, self._environment)

    @classmethod
    def init(cls, path: Path, *, object_format: str = "sha1") -> Self:
        """Make a bare repository at *path* with the branch `main` and careful settings."""
        git = cls(path)
        form = FORMATS[object_format].name
        options = ("--bare", "--quiet", "--template=", "--initial-branch=main")
        git.run("init", *options, f"--object-format={form}", values=[str(git.git_dir)])
        with (git.git_dir / "config").open("a") as config:
            config.write(_CONFIG)
        return git

    @cached_property
    def format(self) -> Format:
        """The repository's object format, read without starting Git.

        Raises:
            NotFoundError: there is no repository.
        """
        try:
            config = (self.git_dir / "config").read_text("utf-8", "replace")
        except OSError as error:
            raise NotFoundError(f"store at {self.git_dir}") from error
        return FORMATS["sha256" if _SHA256.search(config) else "sha1"]

    def run(self, *args: str, values: Sequence[str] = (), stdin: bytes | None = None) -> bytes:
        """Run one command to its end and return what it printed.

        *args* are the words of docctl itself; whatever came from outside goes into *values*,
        which Git never reads as options, or into *stdin*.

        Raises:
            GitError: Git answered with an error.
            DiskError: the disk is full or failing.
            StoreError: there is no Git on this machine.
        """
        argv = self._argv(*args, *(("--end-of-options", *values) if values else ()))
        process = _start(argv, self._environment)
        try:
            out, answer = process.communicate(stdin)
        finally:
            _stop(process, os.getpid())
        if process.returncode:
            raise _failure(args[0], answer)
        return out

    def close(self) -> None:
        """End what still runs; the next use starts it again."""
        self.cat_file.close()
        self.update_ref.close()

    def _argv(self, *args: str) -> tuple[str, ...]:
        settings = (word for setting in _SETTINGS for word in ("-c", setting))
        return (f"--git-dir={self.git_dir}", *settings, *args)


class Conversation:
    """A Git command that stays and answers: started at first use, and again after a failure."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str]) -> None:
        self._argv = argv
        self._name = next(word for word in reversed(argv) if not word.startswith("-"))
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._stop: Callable[[], bytes | None] = bytes

    def exchange(self, request: bytes, read: Callable[[IO[bytes]], T]) -> T:
        """Send *request* and return what *read* makes of the answer.

        *read* takes exactly the answer and raises `EOFError` where it ends too early. Whatever
        is raised meanwhile ends the process, so that question and answer stay in step.

        Raises:
            GitError: the process died instead of answering.
        """
        process = self._running()
        stdin, stdout = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            stdin.write(request)
            stdin.flush()
            answer = read(stdout)
            _heard(process)  # lest a full pipe of warnings stops it
        except (BrokenPipeError, EOFError) as error:
            raise _failure(self._name, self.close()) from error
        except BaseException:
            self.close()
            raise
        return answer

    def close(self) -> bytes:
        """End the process if it runs, and return what it said on its error stream."""
        last_words = self._stop() or b""
        self._process = None
        return last_words

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            # In a session of its own: Ctrl-C is for us to handle, and never cuts an answer.
            self._process = _start(self._argv, self._environment, start_new_session=True)
            os.set_blocking(cast("IO[bytes]", self._process.stderr).fileno(), False)
            self._stop = weakref.finalize(self, _stop, self._process, os.getpid())
        return self._process


class CatFile(Conversation):
    """`git cat-file --batch-command`, which saves up its answers until they are asked for."""

    def ask(self, names: Sequence[str]) -> list[Object | None] | None:
        """Return what Git has under each name, or `None` where it died of one of them."""
        mark = f"end-{secrets.token_hex(16)}"  # no object can foretell it
        ending = f"{mark} missing\n".encode()

        def read(out: IO[bytes]) -> bytes:
            chunks, tail = [], b""
            # To the mark, not by length: a damaged object lies about its size.
            while not tail.endswith(ending):
                chunks.append(os.read(out.fileno(), 1 << 16))
                tail = (tail + chunks[-1])[-len(ending) :]
                if not chunks[-1]:
                    raise EOFError
            return b"".join(chunks)[: -len(ending)]

        request = "".join(f"contents {name}\n" for name in (*names, mark)) + "flush\n"
        try:
            return answers(self.exchange(request.encode(), read), len(names))
        except (GitError, ValueError):
            return None


def _start(
    argv: Sequence[str], environment: Mapping[str, str], **options: bool
) -> "subprocess.Popen[bytes]":
    try:
        command = importlib.import_module("git.cmd").Git  # late: it costs 60 ms, and runs Git
    except ImportError as error:
        raise _no_git() from error
    argv = [command.GIT_PYTHON_GIT_EXECUTABLE, *argv]
    pipes = {"istream": subprocess.PIPE, "as_process": True, "env": environment}
    try:
        started = command().execute(argv, **pipes, **options)
    except importlib.import_module("git.exc").GitCommandNotFound as error:
        raise _no_git() from error
    # Out of GitPython's wrapper, which would end the process from a forked child as well.
    process: subprocess.Popen[bytes] = started.proc
    started.proc = None
    return process


def _stop(process: "subprocess.Popen[bytes]", owner: int) -> bytes:
    """Let *process* finish, or make it, and return what it said on its error stream."""
    if os.getpid() != owner:
        process.returncode = 0  # a forked copy: the process is the parent's
        return b""
    stdin, *others = filter(None, (process.stdin, process.stdout, process.stderr))
    with suppress(OSError):
        stdin.close()
    try:
        process.wait(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    said = _heard(process)
    for stream in others:
        stream.close()
    return said


def _heard(process: "subprocess.Popen[bytes]") -> bytes:
    """Return what is on the error stream; a conversation does not wait for more."""
    if process.stderr is None or process.stderr.closed:
        return b""
    return process.stderr.read() or b""


def _failure(command: str, answer: bytes) -> StoreError:
    text = answer.decode("utf-8", "replace")
    reason = next((reason for reason in _DISK if reason in text), None)
    return DiskError(reason) if reason else GitError(command, text or SILENCE)


def _no_git() -> StoreError:
    return StoreError(
        "Git cannot be started on this machine", hint="install Git 2.36 or newer and put it on PATH"
    )
