"""Reading a whole commit: Git lists and hands out, and we take it while Git still works."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice

from docctl.errors import GitError, StoreError
from docctl.store.reading.reader import WINDOW, Reader


def files_below(
    reader: Reader, commit: str, roots: Iterable[str], endings: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield path and id of every file below these folders of a commit whose path ends like this.

    Those of each folder are sorted by path.

    Raises:
        DamagedStoreError: a folder is missing.
    """
    for root in roots:
        found = reader.entry(commit, root)
        for path, oid in files(reader, found.oid, endings) if found else ():
            yield f"{root}/{path}", oid


def files(reader: Reader, tree: str, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield path and id of every file of a tree whose path ends like this, sorted by path.

    Raises:
        DamagedStoreError: a folder is missing.
    """
    count = 0
    try:
        for found in _listed(reader, tree, endings):
            yield found
            count += 1
    except GitError:
        # The reader looks again: it mends what is missing, or says what it is.
        every = (one for one in reader.walk(tree) if one[0].endswith(endings))
        yield from islice(every, count, None)


def _listed(reader: Reader, tree: str, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    rest, width = b"", 2 * reader.format.width
    for piece in reader.git.pour("ls-tree", "-r", "-z", "--full-tree", values=[tree]):
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
    """The ids that Git is asked for, and how the answers that are still to come begin."""

    def __init__(self, oids: Iterator[str]) -> None:
        self._oids = oids
        self._wrong: StoreError | None = None
        #: What Git says before each payload, with the end of the answer before.
        self.heads: deque[bytes] = deque()

    def lines(self) -> Iterator[str]:
        """Yield the ids; what fails here is raised by `left`, not taken for a failure of Git."""
        try:
            for oid in self._oids:
                self.heads.append(f"\n{oid} blob ".encode())
                yield oid
        except StoreError as error:
            self._wrong = error

    def left(self) -> Iterator[str]:
        """Yield every id that has no answer."""
        yield from (head.split()[0].decode() for head in self.heads)
        yield from self._oids
        if self._wrong:
            raise self._wrong


def _poured(reader: Reader, asked: _Asked) -> Iterator[bytes]:
    """Yield payloads and forget what was asked for, until an answer is not what it should be."""
    known, at, heads = b"\n", 0, asked.heads
    with suppress(StoreError, ValueError):
        pieces = reader.git.pour("cat-file", "--batch", "--buffer", lines=asked.lines())
        for piece in chain(pieces, [b""]):
            known, at = known[at:] + piece, 0
            while len(heads) > 1 or (heads and not piece):
                begin, end = _payload(known, at, heads)
                if not end:
                    break
                heads.popleft()
                yield known[begin:end]
                at = end


def _payload(known: bytes, at: int, heads: Sequence[bytes]) -> tuple[int, int]:
    """Return where the payload of the first answer lies; zeros while that cannot be told.

    A damaged object may lie about its size: none is believed before the next answer stands in its
    place, or nothing more.

    Raises:
        ValueError: something else stands there.
    """
    head = heads[0]
    size = at + len(head)
    line = known.find(b"\n", size)
    if line < 0:
        return 0, 0
    end = line + 1 + int(known[size:line])
    following = heads[1] if len(heads) > 1 else b"\n"
    if known.startswith(following, end) and known.startswith(head, at):
        return line + 1, end
    if len(known) >= end + len(following):
        raise ValueError(head)
    return 0, 0
