"""Commands of Git that stay and answer."""

import os
import secrets
import subprocess
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO, NamedTuple, TypeVar, cast

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
        with self._in_step():
            process = self._say(request)
            return self._hear(process, read)

    def _say(self, request: bytes) -> "subprocess.Popen[bytes]":
        process = self._running()
        stdin = cast("IO[bytes]", process.stdin)
        stdin.write(request)
        stdin.flush()
        return process

    def _hear(self, process: "subprocess.Popen[bytes]", read: Callable[[IO[bytes]], T]) -> T:
        answer = read(cast("IO[bytes]", process.stdout))
        heard(process)  # lest a full pipe of warnings stops it
        return answer

    @contextmanager
    def _in_step(self) -> Iterator[None]:
        """End the process whatever is raised, and say so where it had died before."""
        try:
            yield
        except (BrokenPipeError, EOFError) as error:
            raise failure(self._name, self.close()) from error
        except BaseException:
            self.close()
            raise

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


class _Question(NamedTuple):
    """A question under way."""

    names: Sequence[str]
    ending: bytes
    """What Git says behind the last answer."""

    process: "subprocess.Popen[bytes]"


class CatFile(Conversation):
    """`git cat-file --batch-command`, which saves up its answers until they are asked for."""

    _expected: _Question | None = None

    def expect(self, names: Sequence[str]) -> None:
        """Let Git look for what is asked next, while its answer is not needed yet.

        A hint: whoever asks for something else meanwhile gets it. The names must fit into a pipe.
        """
        if self._expected is None:
            with suppress(GitError), self._in_step():
                self._expected = self._question(names)

    def ask(self, names: Sequence[str]) -> list[Object | None] | None:
        """Return what Git has under each name, or `None` where it died of one of them.

        Raises:
            GitError: Git does not serve in this repository at all.
        """
        expected, self._expected = self._expected, None
        try:
            with self._in_step():
                if expected and expected.names != names:
                    self._answer(expected)
                    expected = None
                said = self._answer(expected or self._question(names))
            return answers(said, len(names))
        except (GitError, ValueError):
            with self._in_step():
                self._answer(self._question(()))  # or it serves nothing here
            return None

    def close(self) -> bytes:
        """End the process as every conversation does; nobody waits for what was expected."""
        if self._expected:
            cast("IO[bytes]", self._expected.process.stdout).close()
            self._expected = None
        return super().close()

    def _question(self, names: Sequence[str]) -> _Question:
        # No object can foretell it; and as it can be no ref, Git does not look for one.
        mark = f"end?{secrets.token_hex(16)}"
        request = "".join(f"contents {name}\n" for name in (*names, mark)) + "flush\n"
        return _Question(names, f"{mark} missing\n".encode(), self._say(request.encode()))

    def _answer(self, question: _Question) -> bytes:
        ending = question.ending

        def read(out: IO[bytes]) -> bytes:
            chunks, tail = [], b""
            # To the mark, not by length: a damaged object lies about its size.
            while not tail.endswith(ending):
                chunks.append(os.read(out.fileno(), 1 << 16))
                tail = (tail + chunks[-1])[-len(ending) :]
                if not chunks[-1]:
                    raise EOFError
            return b"".join(chunks)[: -len(ending)]

        return self._hear(question.process, read)
