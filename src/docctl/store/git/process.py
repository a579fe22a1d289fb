"""Processes of Git: started, ended, and what their failures mean."""

import errno
import importlib
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from docctl.errors import DiskError, GitError, StoreError

#: The answer of a Git that was killed.
SILENCE = "it ended without an answer"

_PATIENCE = 2.0  # seconds that a process may take to end by itself

_DISK = tuple(os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT, errno.EIO))


def start(
    argv: Sequence[str], environment: Mapping[str, str], **options: bool
) -> "subprocess.Popen[bytes]":
    """Start Git with all three streams connected.

    Raises:
        StoreError: there is no Git on this machine.
    """
    try:
        command = importlib.import_module("git.cmd").Git  # late: it costs 60 ms, and runs Git
    except ImportError as error:
        raise _no_git() from error
    argv = [*_without_foreign(environment), command.GIT_PYTHON_GIT_EXECUTABLE, *argv]
    pipes = {"istream": subprocess.PIPE, "as_process": True, "env": environment}
    try:
        started = command().execute(argv, **pipes, **options)
    except importlib.import_module("git.exc").GitCommandNotFound as error:
        raise _no_git() from error
    # Out of GitPython's wrapper, which would end the process from a forked child as well.
    process: subprocess.Popen[bytes] = started.proc
    started.proc = None
    return process


def _without_foreign(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield what takes away every variable of Git's that docctl does not set itself.

    Some lead to another repository, some name programs, and newer ones will come. GitPython adds
    to the environment of this process and takes nothing away.
    """
    foreign = [name for name in os.environ if name.startswith("GIT_") and name not in environment]
    if foreign:
        yield "env"
        yield from (f"--unset={name}" for name in foreign)


def stop(process: "subprocess.Popen[bytes]", owner: int) -> bytes:
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
    said = heard(process)
    for stream in others:
        stream.close()
    return said


def heard(process: "subprocess.Popen[bytes]") -> bytes:
    """Return what is on the error stream; a conversation does not wait for more."""
    if process.stderr is None or process.stderr.closed:
        return b""
    return process.stderr.read() or b""


def failure(command: str, answer: bytes) -> StoreError:
    """Return the error that a command's last words mean."""
    text = answer.decode("utf-8", "replace")
    reason = next((reason for reason in _DISK if reason in text), None)
    return DiskError(reason) if reason else GitError(command, text or SILENCE)


def _no_git() -> StoreError:
    return StoreError(
        "Git cannot be started on this machine", hint="install Git 2.36 or newer and put it on PATH"
    )
