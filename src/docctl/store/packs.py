"""Many objects in one file with its index, as Git packs them."""

import os
import secrets
import struct
import zlib
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Self

from docctl.store.objects import Format, Object

#: Light, for it is waited for; `gc` does it better later.
_COMPRESSION = 1

_KINDS = MappingProxyType({"commit": 1, "tree": 2, "blob": 3, "tag": 4})


class PackFile:
    """The `objects` folder, where everything from one block becomes one flushed pack."""

    def __init__(self, objects: Path, form: Format, *, flush: Callable[[int], None]) -> None:
        self._folder = objects / "pack"
        self._form = form
        self._flush = flush
        self._things: list[Object] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if failure is None:
            write_pack(self._folder, self._things, self._form, flush=self._flush)

    def write(self, *things: Object) -> None:
        """Take *things* into the pack."""
        self._things += things


def write_pack(
    folder: Path, things: Iterable[Object], form: Format, *, flush: Callable[[int], None]
) -> None:
    """Write *things* into *folder* as one pack with its index, version 2, and flush all of it.

    The name follows from the content: the same objects give the same pack.
    """
    distinct = {thing.oid: thing for thing in things}
    draft = folder / f"tmp_pack_{secrets.token_hex(6)}"
    index = draft.with_name(f"{draft.name}_idx")
    try:
        with draft.open("xb") as file:
            places, checksum = _fill_pack(file.write, list(distinct.values()), form)
            file.flush()
            flush(file.fileno())
        with index.open("xb") as file:
            file.write(_pack_index(places, checksum, form))
            file.flush()
            flush(file.fileno())
        for path, ending in ((draft, "pack"), (index, "idx")):  # Git looks for the index
            path.chmod(0o444)
            path.rename(folder / f"pack-{checksum.hex()}.{ending}")
        names = os.open(folder, os.O_RDONLY)
        try:
            flush(names)
        finally:
            os.close(names)
    except BaseException:
        draft.unlink(missing_ok=True)
        index.unlink(missing_ok=True)
        raise


def _fill_pack(
    write: Callable[[bytes], object], things: list[Object], form: Format
) -> tuple[list[tuple[bytes, int, int]], bytes]:
    """Return id, CRC and offset of each object, and the checksum of the pack."""
    head = struct.pack(">4sII", b"PACK", 2, len(things))
    digest = form.hash(head)
    write(head)
    places, at = [], len(head)
    for thing in things:
        row = _pack_size(_KINDS[thing.kind], len(thing.data)) + zlib.compress(
            thing.data, _COMPRESSION
        )
        places.append((bytes.fromhex(thing.oid), zlib.crc32(row), at))
        digest.update(row)
        write(row)
        at += len(row)
    write(digest.digest())
    return sorted(places), digest.digest()


def _pack_size(kind: int, size: int) -> bytes:
    """Encode kind and size as a pack does: four bits first, then seven at a time."""
    head = bytearray([kind << 4 | size & 15])
    size >>= 4
    while size:
        head[-1] |= 128
        head.append(size & 127)
        size >>= 7
    return bytes(head)


def _pack_index(places: list[tuple[bytes, int, int]], checksum: bytes, form: Format) -> bytes:
    counts = [0] * 256
    for oid, _, _ in places:
        counts[oid[0]] += 1
    far = [at for _, _, at in places if at >= 1 << 31]
    rank = {at: 1 << 31 | number for number, at in enumerate(far)}
    parts = [
        struct.pack(">4sI256I", b"\xfftOc", 2, *accumulate(counts)),
        b"".join(oid for oid, _, _ in places),
        struct.pack(f">{len(places)}I", *(crc for _, crc, _ in places)),
        struct.pack(f">{len(places)}I", *(rank.get(at, at) for _, _, at in places)),
        struct.pack(f">{len(far)}Q", *far),
        checksum,
    ]
    body = b"".join(parts)
    return body + bytes(form.hash(body).digest())
