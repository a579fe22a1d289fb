"""A command of Git that reads much and prints much."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from itertools import islice
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import IO, cast

#: How many lines are given, and how many bytes are read, at a time.
_LINES, _PIECE = 512, 1 << 16


class Stream:
    """Gives a process lines and takes what it prints; neither waits for the other in vain."""

    def __init__(self, process: "subprocess.Popen[bytes]", lines: Iterable[str]) -> None:
        """Nothing is given before somebody reads."""
        streams = process.stdin, process.stdout, process.stderr
        self._into, self._out, self._errors = cast("tuple[IO[bytes], ...]", streams)
        self._lines = iter(lines)
        self._rest = b""
        #: What the process has said on its error stream.
        self.said = b""

    def pieces(self) -> Iterator[bytes]:
        """Yield what the process prints, as it comes, until it closes its output."""
        with DefaultSelector() as ready:
            for stream, event in (
                (self._into, EVENT_WRITE),
                (self._out, EVENT_READ),
                (self._errors, EVENT_READ),
            ):
                os.set_blocking(stream.fileno(), False)
                ready.register(stream, event)
            while True:
                streams = {key.fileobj for key, _ in ready.select()}
                if self._errors in streams and not self._heard():
                    ready.unregister(self._errors)
                if self._into in streams and not self._given():
                    ready.unregister(self._into)
                    self._into.close()
                if self._out in streams:
                    piece = os.read(self._out.fileno(), _PIECE)
                    if not piece:
                        return
                    yield piece

    def _given(self) -> bool:
        """Give what fits; tell whether there was anything to give, and anybody to take it."""
        if not self._rest:
            self._rest = "\n".join((*islice(self._lines, _LINES), "")).encode()
        try:
            written = os.write(self._into.fileno(), self._rest)
        except BrokenPipeError:  # it ended early: what it has printed tells
            return False
        self._rest = self._rest[written:]
        return written > 0

    def _heard(self) -> bool:
        said = os.read(self._errors.fileno(), _PIECE)
        self.said += said
        return said != b""
