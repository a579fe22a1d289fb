"""Sealed streams: payloads encrypted in chunks, so that none is used before it is proved.

A stream begins with a header: `docctl-sealed@v1`, a line end, and 16 random bytes, its id. Then
come chunks of 1 MiB, the last one shorter, each encrypted with AES-256-GCM and followed by its tag.
A nonce is the chunk's number (11 bytes) and whether it is the last (1 byte); the header is
authenticated with every chunk. The key is the stream's own, derived from that of the record and the
id. Inside stand 32 random bytes, the salt, and then the payload; the SHA-256 of both is the
commitment. Randomness is always an argument.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from docctl.errors import SealError

__all__ = ["CHUNK", "ID", "KEY", "MAGIC", "SALT", "Opener", "Room", "Sealer", "sealed_size"]

#: What a sealed stream begins with.
MAGIC = b"docctl-sealed@v1\n"
#: What a stream's key is derived for.
PURPOSE = b"docctl-payload@v1"

#: Lengths in bytes: a record's key, a stream's id, the salt, what one chunk holds, and its tag.
KEY = 32
ID = 16
SALT = 32
CHUNK = 1 << 20
TAG = 16
HEADER = len(MAGIC) + ID

#: Gives at most so many bytes, and none only at the end; a file's `read`.
Read = Callable[[int], bytes]

#: Fills the beginning of what it is given, says how much, and none only at the end; a file's
#: `readinto`.
Fill = Callable[[memoryview], int]


#: What was opened: bytes of its own, or memory that is used again.
Plain = TypeVar("Plain", bytes, memoryview)


class Room:
    """Memory for the chunks of one stream at a time, used again for the next one."""

    def __init__(self) -> None:
        self.plain = (memoryview(bytearray(CHUNK)), memoryview(bytearray(CHUNK)))
        self.sealed = memoryview(bytearray(HEADER + CHUNK + TAG))


def sealed_size(size: int) -> int:
    """Return how many bytes a payload of *size* bytes has once it is sealed."""
    inside = SALT + size
    return HEADER + inside + TAG * -(-inside // CHUNK)


class _Stream:
    """What both directions share: the cipher, and what has passed through."""

    def __init__(self, key: bytes, ident: bytes) -> None:
        if len(key) != KEY or len(ident) != ID:
            raise ValueError(f"a key has {KEY} bytes and an id {ID}")
        derived = HKDF(SHA256(), KEY, salt=None, info=PURPOSE + ident).derive(key)
        self._cipher = AESGCM(derived)
        self._header = MAGIC + ident
        self._digest = sha256()
        self._passed = 0

    @property
    def ident(self) -> bytes:
        """The stream's id: two streams with the same are copies of each other."""
        return self._header[len(MAGIC) :]

    @property
    def commitment(self) -> str:
        """SHA-256 over salt and payload, as hex; complete once the stream has ended."""
        return self._digest.hexdigest()

    @property
    def size(self) -> int:
        """The payload's length in bytes; complete once the stream has ended."""
        return self._passed - SALT

    def _count(self, plain: bytes | memoryview) -> None:
        self._digest.update(plain)
        self._passed += len(plain)


class Sealer(_Stream):
    """Seals what *fill* gives: iterate over it once, then ask for `commitment` and `size`."""

    def __init__(
        self, fill: Fill, *, key: bytes, ident: bytes, salt: bytes, room: Room | None = None
    ) -> None:
        """Prepare it. Key, id and salt are random, and id and salt are used for nothing else."""
        super().__init__(key, ident)
        if len(salt) != SALT:
            raise ValueError(f"a salt has {SALT} bytes")
        self._fill = fill
        self._salt = salt
        self._room = room or Room()

    def __iter__(self) -> Iterator[memoryview]:
        """Yield the sealed bytes, a chunk at a time; each is good only until the next is asked for.

        Raises:
            SealError: more came than there was room for.
        """
        sealed, (now, after) = self._room.sealed, self._room.plain
        sealed[:HEADER], now[:SALT] = self._header, self._salt
        size, number, begins = SALT + _filled(self._fill, now[SALT:]), 0, 0
        while size:
            following = _filled(self._fill, after) if size == CHUNK else 0
            plain, ends = now[:size], HEADER + size + TAG
            self._count(plain)
            nonce = _nonce(number, last=not following)
            self._cipher.encrypt_into(nonce, plain, self._header, sealed[HEADER:ends])
            yield sealed[begins:ends]
            now, after, size, number, begins = after, now, following, number + 1, HEADER


class Opener(_Stream):
    """Opens a sealed stream: iterate over it once and get the payload, proved chunk by chunk."""

    def __init__(self, read: Read, *, key: bytes, commitment: str) -> None:
        """Read the header; nothing that does not lead to *commitment* is ever given whole.

        Raises:
            SealError: it is none.
        """
        header = _exactly(read, HEADER)
        if len(header) != HEADER or not header.startswith(MAGIC):
            raise SealError("it does not begin as a sealed stream does")
        super().__init__(key, header[len(MAGIC) :])
        self._read = read
        self._expected = commitment

    def __iter__(self) -> Iterator[bytes]:
        """Yield the payload; its last chunk only once the commitment has been compared.

        Raises:
            SealError: the stream was altered, cut off or continued, is another one, or the key is.
        """
        start = SALT
        for plain in self._proved(self._decrypted):
            yield plain[start:]
            start = 0

    def sizes(self, room: Room) -> Iterator[int]:
        """Prove the payload without giving it, and yield the length of each of its pieces.

        Raises:
            SealError: see `__iter__`.
        """

        def decrypted(nonce: bytes, sealed: bytes) -> memoryview:
            plain = room.plain[0][: max(0, len(sealed) - TAG)]
            self._cipher.decrypt_into(nonce, sealed, self._header, plain)
            return plain

        start = SALT
        for plain in self._proved(decrypted):
            yield len(plain) - start
            start = 0

    def _decrypted(self, nonce: bytes, sealed: bytes) -> bytes:
        return self._cipher.decrypt(nonce, sealed, self._header)

    def _proved(self, decrypted: Callable[[bytes, bytes], Plain]) -> Iterator[Plain]:
        number, sealed = 0, _exactly(self._read, CHUNK + TAG)
        while True:
            following = _exactly(self._read, CHUNK + TAG)
            try:
                plain = decrypted(_nonce(number, last=not following), sealed)
            except (InvalidTag, ValueError) as error:  # or it is too short to have a tag
                why = f"chunk {number} is not what was sealed, or the key is not"
                raise SealError(why) from error
            self._count(plain)
            if not following and self.commitment != self._expected:
                raise SealError("it is not what was committed to")
            yield plain
            if not following:
                return
            sealed, number = following, number + 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes((last,))


def _filled(fill: Fill, into: memoryview) -> int:
    """Fill *into* and return how far, less than whole only at the end."""
    done = 0
    while done < len(into) and (size := fill(into[done:])):
        if size > len(into) - done:
            raise SealError("more came than was asked for")
        done += size
    return done


def _exactly(read: Read, size: int) -> bytes:
    """Return *size* bytes, fewer only at the end."""
    pieces: list[bytes] = []
    missing = size
    while missing and (data := read(missing)):
        if len(data) > missing:
            raise SealError("more came than was asked for")
        pieces.append(data)
        missing -= len(data)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
