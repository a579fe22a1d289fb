"""Many objects in one file with its index, as Git packs them."""

import os
import secrets
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Self

from docctl.store.objects import Format, Object, write_all

#: From this size in bytes a file is compressed, lightly, for it is waited for. Events and folders
#: are too small and too random: `gc` does better with them later.
_WORTH_IT = 1024

#: A block that is stored as it is holds at most so many bytes.
_STORED = 0xFFFF

_KINDS = MappingProxyType({"commit": 1, "tree": 2, "blob": 3, "tag": 4})


class Row(NamedTuple):
    """An object as it lies in a pack."""

    oid: str
    data: bytes

    @classmethod
    def of(cls, thing: Object) -> Self:
        """Return an object as a row."""
        text = thing.kind == "blob" and len(thing.data) >= _WORTH_IT
        body = zlib.compress(thing.data, 1) if text else _stored(thing.data)
        return cls(thing.oid, _size(_KINDS[thing.kind], len(thing.data)) + body)


class Packs:
    """The folder of a repository's packs."""

    def __init__(self, folder: Path, form: Format) -> None:
        self._path = folder
        self._form = form

    def write(
        self,
        rows: Iterable[Row],
        *,
        flush: Callable[[int], None],
        instead_of: Iterable[str] = (),
    ) -> None:
        """Write *rows* as one pack, in place of what was noted for commits; wait for the disk.

        The name follows from the content.
        """
        pack, index = encoded(rows, self._form)
        with self._folder() as folder:
            _publish(folder, pack[-self._form.width :].hex(), (pack, index), flush=flush)
            _forget(folder, *instead_of)
            flush(folder)

    def note(self, commit: str, rows: Iterable[Row]) -> None:
        """Write what *commit* brings as a pack of its own, and wait for nothing."""
        with self._folder() as folder:
            _publish(folder, commit, encoded(rows, self._form), flush=_at_once)

    def forget(self, commit: str) -> None:
        """Remove what was noted for a commit that has not landed."""
        with self._folder() as folder:
            _forget(folder, commit)

    def count(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self._path.glob("*.pack"))

    def sweep(self) -> None:
        """Remove what a power cut leaves of packs: names without content."""
        for path in self._path.glob("pack-*"):
            if path.suffix in {".idx", ".pack"} and not path.stat().st_size:
                path.unlink()

    @contextmanager
    def _folder(self) -> Iterator[int]:
        folder = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield folder
        finally:
            os.close(folder)


def _at_once(_: int) -> None:
    """Do not wait."""


def _forget(folder: int, *commits: str) -> None:
    for commit in commits:
        for ending in ("idx", "pack"):  # Git looks for the index: it goes first
            _remove(folder, f"pack-{commit}.{ending}")


def _publish(
    folder: int, name: str, files: tuple[bytes, bytes], *, flush: Callable[[int], None]
) -> None:
    # `git gc` sweeps files of such names, should we die while writing one.
    draft = f"tmp_pack_{secrets.token_hex(6)}"
    drafts = {f"{draft}.pack": f"pack-{name}.pack", f"{draft}.idx": f"pack-{name}.idx"}
    try:
        for path, data in zip(drafts, files, strict=True):
            _write(folder, path, data, flush=flush)
        for path, final in drafts.items():  # Git looks for the index: it comes last
            os.rename(path, final, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        for path in drafts:
            _remove(folder, path)
        raise


def _write(folder: int, name: str, data: bytes, *, flush: Callable[[int], None]) -> None:
    file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444, dir_fd=folder)
    try:
        write_all(file, data)
        flush(file)
    finally:
        os.close(file)


def _remove(folder: int, name: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)


def encoded(rows: Iterable[Row], form: Format) -> tuple[bytes, bytes]:
    """Return *rows*, each once, as a pack and its index, version 2."""
    distinct = dict(rows)
    head = struct.pack(">4sII", b"PACK", 2, len(distinct))
    body = b"".join((head, *distinct.values()))
    checksum: bytes = form.hash(body).digest()
    places, at = [], len(head)
    for oid, row in distinct.items():
        places.append((bytes.fromhex(oid), zlib.crc32(row), at))
        at += len(row)
    return body + checksum, index_of(sorted(places), checksum, form)


def _stored(data: bytes) -> bytes:
    """Return *data* as zlib does without compressing, which takes it a hundred times as long."""
    if len(data) > _STORED:
        return zlib.compress(data, 0)
    sizes = struct.pack("<HH", len(data), len(data) ^ _STORED)
    return b"x\1\1%b%b%b" % (sizes, data, zlib.adler32(data).to_bytes(4))


def _size(kind: int, size: int) -> bytes:
    """Encode kind and size as a pack does: four bits first, then seven at a time."""
    head = bytearray([kind << 4 | size & 15])
    size >>= 4
    while size:
        head[-1] |= 128
        head.append(size & 127)
        size >>= 7
    return bytes(head)


def index_of(places: list[tuple[bytes, int, int]], checksum: bytes, form: Format) -> bytes:
    """Return the index of a pack: *places* are id, CRC and offset of each object, in order."""
    # For each first byte of an id: how many ids begin with it or a lower one.
    firsts = [0, *(oid[0] for oid, _, _ in places), 256]
    fanout = (struct.pack(">I", n) * (to - at) for n, (at, to) in enumerate(pairwise(firsts)))
    far = [at for _, _, at in places if at >= 1 << 31]
    rank = {at: 1 << 31 | number for number, at in enumerate(far)}
    parts = [
        struct.pack(">4sI", b"\xfftOc", 2),
        *fanout,
        b"".join(oid for oid, _, _ in places),
        struct.pack(f">{len(places)}I", *(crc for _, crc, _ in places)),
        struct.pack(f">{len(places)}I", *(rank.get(at, at) for _, _, at in places)),
        struct.pack(f">{len(far)}Q", *far),
        checksum,
    ]
    body = b"".join(parts)
    return body + bytes(form.hash(body).digest())
