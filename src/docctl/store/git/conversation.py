"""Commands of Git that stay and answer."""

import os
import secrets
import subprocess
import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import IO, TypeVar, cast

from docctl.errors import GitError
from docctl.store.git.process import failure, heard, start, stop
from docctl.store.objects import Object, answers

T = TypeVar("T")


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
            heard(process)  # lest a full pipe of warnings stops it
        except (BrokenPipeError, EOFError) as error:
            raise failure(self._name, self.close()) from error
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
            self._process = start(self._argv, self._environment, start_new_session=True)
            os.set_blocking(cast("IO[bytes]", self._process.stderr).fileno(), False)
            self._stop = weakref.finalize(self, stop, self._process, os.getpid())
        return self._process


class CatFile(Conversation):
    """`git cat-file --batch-command`, which saves up its answers until they are asked for."""

    def ask(self, names: Sequence[str]) -> list[Object | None] | None:
        """Return what Git has under each name, or `None` where it died of one of them.

        Raises:
            GitError: Git does not serve in this repository at all.
        """
        # No object can foretell it; and as it can be no ref, Git does not look for one.
        mark = f"end?{secrets.token_hex(16)}"
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
            self.exchange(f"contents {mark}\nflush\n".encode(), read)  # or it serves nothing here
            return None
