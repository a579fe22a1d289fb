"""How the journal lies on the disk: a chain of frames, each of which vouches for those before it.

A frame is a length, a payload, a digest and the length again. The digest covers the digest before
it and the payload, so what an older journal left behind is never taken for a frame of this one. A
payload is a line of facts in JSON, and then bytes.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_LENGTH = 8
_DIGEST = 32
_FRAME = 2 * _LENGTH + _DIGEST

#: What tells one last frame from another: so many bytes at the end of the file.
ENDING = _DIGEST + _LENGTH


class Frame(NamedTuple):
    """One frame: where it ends, its digest, and its facts."""

    end: int
    digest: bytes
    facts: dict[str, Any]


#: What stands before the first frame.
NOTHING = Frame(0, b"", {})


def framed(before: Frame, facts: dict[str, Any], data: Sequence[bytes]) -> tuple[bytes, Frame]:
    """Return the bytes of the frame that follows *before*, and what it then is."""
    payload = b"".join((json.dumps(facts).encode(), b"\n", *data))
    digest = hashlib.sha256(before.digest + payload).digest()
    length = len(payload).to_bytes(_LENGTH)
    whole = b"".join((length, payload, digest, length))
    return whole, Frame(before.end + len(whole), digest, facts)


def read_after(file: int, before: Frame) -> Frame | None:
    """Read the frame that follows *before*; `None` where there is no whole one."""
    length = os.pread(file, _LENGTH, before.end)
    size = int.from_bytes(length)
    if not size or before.end + size + _FRAME > os.fstat(file).st_size:
        return None
    rest = os.pread(file, size + _DIGEST + _LENGTH, before.end + _LENGTH)
    payload, digest = rest[:size], rest[size : size + _DIGEST]
    if rest[-_LENGTH:] != length or hashlib.sha256(before.digest + payload).digest() != digest:
        return None
    return Frame(before.end + size + _FRAME, digest, json.loads(payload.partition(b"\n")[0]))


def frames_after(file: int, first: Frame) -> Iterator[Frame]:
    """Yield every whole frame after *first*."""
    frame = read_after(file, first)
    while frame is not None:
        yield frame
        frame = read_after(file, frame)


def last_frame(file: int, size: int, first: Frame) -> Frame:
    """Return the last whole frame, from behind if the file ends with one."""
    length = int.from_bytes(os.pread(file, _LENGTH, max(0, size - _LENGTH)))
    start = size - length - _FRAME
    if start >= first.end > 0:
        digest = os.pread(file, _DIGEST, start - _LENGTH - _DIGEST)
        found = read_after(file, Frame(start, digest, {}))
        if found is not None and found.end == size:
            return found
    return [first, *frames_after(file, first)][-1]


def data_of(file: int, frame: Frame, size: int) -> bytes:
    """Return the last *size* bytes of a frame's payload: what stands behind its facts."""
    return os.pread(file, size, frame.end - ENDING - size)
