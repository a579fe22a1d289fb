"""Stock Git on one repository."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

from docctl.store.git.config import CAREFUL, object_format
from docctl.store.git.conversation import CatFile, Conversation
from docctl.store.git.process import failure, start, stop
from docctl.store.git.settings import ENVIRONMENT, SETTINGS
from docctl.store.git.stream import Stream
from docctl.store.objects import FORMATS, Format


class Git:
    """Stock Git on one repository. Close it after use; it belongs to one thread and process."""

    def __init__(self, git_dir: Path, *, environment: Mapping[str, str] | None = None) -> None:
        """Look at *git_dir*; nothing is started yet.

        *environment* is added to what Git gets: a receiving hook passes its quarantine on.
        """
        self.git_dir = Path(git_dir).absolute()
        own = {"GIT_OBJECT_DIRECTORY": str(self.git_dir / "objects")} | dict(environment or {})
        self._environment = {**ENVIRONMENT, **own}
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
            config.write(CAREFUL)
        return git

    @cached_property
    def format(self) -> Format:
        """The repository's object format, read without starting Git.

        Raises:
            NotFoundError: there is no repository.
            StoreError: Git cannot be let near it.
        """
        return FORMATS[object_format(self.git_dir)]

    def run(self, *args: str, values: Sequence[str] = (), stdin: bytes | None = None) -> bytes:
        """Run one command to its end and return what it printed.

        *args* are the words of docctl itself; whatever came from outside goes into *values*,
        which Git never reads as options, or into *stdin*.

        Raises:
            GitError: Git answered with an error.
            DiskError: the disk is full or failing.
            StoreError: there is no Git on this machine.
        """
        process = start(self._line(args, values), self._environment)
        try:
            out, answer = process.communicate(stdin)
        finally:
            stop(process, os.getpid())
        if process.returncode:
            raise failure(args[0], answer)
        return out

    def pour(
        self, *args: str, values: Sequence[str] = (), lines: Iterable[str] = ()
    ) -> Iterator[bytes]:
        """Run one command and yield what it prints, in pieces and while it still works.

        It is given *lines* meanwhile. See `run` for the rest; what is raised comes at the end.
        Whoever takes no further piece ends the command.
        """
        process, owner = start(self._line(args, values), self._environment), os.getpid()
        stream = Stream(process, lines)
        ended = False
        try:
            yield from stream.pieces()
            ended = True
        finally:
            if not ended and os.getpid() == owner:
                process.kill()
            said = stream.said + stop(process, owner)
        if process.returncode:
            raise failure(args[0], said)

    def close(self) -> None:
        """End what still runs; the next use starts it again."""
        self.cat_file.close()
        self.update_ref.close()

    def _line(self, args: Sequence[str], values: Sequence[str]) -> tuple[str, ...]:
        return self._argv(*args, *(("--end-of-options", *values) if values else ()))

    def _argv(self, *args: str) -> tuple[str, ...]:
        settings = (word for setting in SETTINGS for word in ("-c", setting))
        return (f"--git-dir={self.git_dir}", *settings, *args)
