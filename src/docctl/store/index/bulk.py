"""Reading a whole commit: Git lists and hands out, and we take it while Git still works."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice

from docctl.errors import GitError, StoreError
from docctl.store.reader import WINDOW, Reader


def files(reader: Reader, commit: str, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield path and id of every file of a commit whose path ends like this, sorted by path.

    Raises:
        DamagedStoreError: a folder is missing.
    """
    count = 0
    try:
        for found in _listed(reader, commit, endings):
            yield found
            count += 1
    except GitError:
        # The reader looks again: it mends what is missing, or says what it is.
        every = (one for one in reader.walk(commit) if one[0].endswith(endings))
        yield from islice(every, count, None)


def _listed(reader: Reader, commit: str, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    rest, width = b"", 2 * reader.format.width
    for piece in reader.git.pour("ls-tree", "-r", "-z", "--full-tree", values=[commit]):
        rows, _, rest = (rest + piece).rpartition(b"\0")
        for row in rows.decode("utf-8", "surrogateescape").split("\0"):
            if row.endswith(endings):
                meta, _, path = row.partition("\t")
                yield path, meta[-width:]


def read_all(reader: Reader, oids: Iterable[str]) -> Iterator[bytes]:
    """Yield the payload of each blob in order, like `reader.read_many`: faster for many.

    Raises:
        DamagedStoreError: a blob is missing or unreadable.
    """
    rest = iter(oids)
    yield from reader.read_many(list(islice(rest, WINDOW)))
    for further in rest:
        asked = _Asked(chain([further], rest))
        yield from _poured(reader, asked)
        # Where Git has stumbled, the reader goes on: it mends what is missing, or says what it is.
        yield from reader.read_many(asked.left())


class _Asked:
    """The ids that Git is asked for, and those among them that it has not answered yet."""

    def __init__(self, oids: Iterator[str]) -> None:
        self._oids = oids
        self._wrong: StoreError | None = None
        self.open: deque[bytes] = deque()

    def lines(self) -> Iterator[str]:
        """Yield the ids; what fails here is raised by `left`, not taken for a failure of Git."""
        try:
            for oid in self._oids:
                self.open.append(oid.encode())
                yield oid
        except StoreError as error:
            self._wrong = error

    def left(self) -> Iterator[str]:
        """Yield every id that has no answer."""
        yield from (oid.decode() for oid in self.open)
        yield from self._oids
        if self._wrong:
            raise self._wrong


def _poured(reader: Reader, asked: _Asked) -> Iterator[bytes]:
    """Yield payloads and forget what was asked for, until an answer is not what it should be."""
    known, at, waiting = b"", 0, asked.open
    with suppress(StoreError, ValueError):
        pieces = reader.git.pour("cat-file", "--batch", "--buffer", lines=asked.lines())
        for piece in chain(pieces, [b""]):
            known, at = known[at:] + piece, 0
            while len(waiting) > 1 or (waiting and not piece):
                begin, end = _payload(known, at, waiting)
                if not end:
                    break
                waiting.popleft()
                yield known[begin:end]
                at = end + 1


def _payload(known: bytes, at: int, waiting: Sequence[bytes]) -> tuple[int, int]:
    """Return where the payload of the first id lies; zeros while that cannot be told.

    A damaged object may lie about its size: none is believed before the next answer stands in its
    place, or nothing more.

    Raises:
        ValueError: something else stands there.
    """
    line = known.find(b"\n", at)
    if line < 0:
        return 0, 0
    oid, _, size = known[at:line].partition(b" blob ")
    end = line + 1 + int(size)
    following = b"\n" + waiting[1] if len(waiting) > 1 else b"\n"
    if oid == waiting[0] and known.startswith(following, end):
        return line + 1, end
    if oid != waiting[0] or len(known) >= end + len(following):
        raise ValueError(oid)
    return 0, 0
