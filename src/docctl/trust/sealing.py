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

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from docctl.errors import SealError

__all__ = ["CHUNK", "ID", "KEY", "MAGIC", "SALT", "Opener", "Sealer", "sealed_size"]

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

    def _count(self, plain: bytes) -> None:
        self._digest.update(plain)
        self._passed += len(plain)


class Sealer(_Stream):
    """Seals what *read* gives: iterate over it once, then ask for `commitment` and `size`."""

    def __init__(self, read: Read, *, key: bytes, ident: bytes, salt: bytes) -> None:
        """Prepare it. Key, id and salt are random, and id and salt are used for nothing else."""
        super().__init__(key, ident)
        if len(salt) != SALT:
            raise ValueError(f"a salt has {SALT} bytes")
        self._read = read
        self._salt = salt

    def __iter__(self) -> Iterator[bytes]:
        """Yield the sealed bytes, a chunk at a time."""
        yield self._header
        chunk = self._salt + _exactly(self._read, CHUNK - SALT)
        number = 0
        while chunk:
            following = _exactly(self._read, CHUNK) if len(chunk) == CHUNK else b""
            self._count(chunk)
            nonce = _nonce(number, last=not following)
            yield self._cipher.encrypt(nonce, chunk, self._header)
            chunk, number = following, number + 1


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
        start, number = SALT, 0
        for plain, last in self._chunks():
            self._count(plain)
            if last and self.commitment != self._expected:
                raise SealError("it is not what was committed to")
            yield plain[start:]
            start, number = 0, number + 1

    def _chunks(self) -> Iterator[tuple[bytes, bool]]:
        number, sealed = 0, _exactly(self._read, CHUNK + TAG)
        while True:
            following = _exactly(self._read, CHUNK + TAG)
            yield self._opened(sealed, number, last=not following), not following
            if not following:
                return
            sealed, number = following, number + 1

    def _opened(self, sealed: bytes, number: int, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(_nonce(number, last=last), sealed, self._header)
        except InvalidTag as error:
            raise SealError(f"chunk {number} is not what was sealed, or the key is not") from error


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes((last,))


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
