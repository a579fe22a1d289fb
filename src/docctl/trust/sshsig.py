"""SSHSIG, OpenSSH's format of detached signatures, read and written in process.

What this module signs, `ssh-keygen -Y verify` accepts, and the other way round; docctl is stricter:
one armor, one hash (SHA-512), no weak keys, and the flags of security keys count.
"""

import base64
import binascii
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature

from docctl.errors import InputError, SignatureError
from docctl.trust.keys import PublicKey, key_of, material
from docctl.trust.presence import FORMATS, Presence, SecurityKeyPolicy, plain
from docctl.trust.wire import Reader, string

__all__ = [
    "NAMESPACE",
    "SecurityKeyPolicy",
    "Verified",
    "armor",
    "enclose",
    "examine",
    "to_be_signed",
    "verify",
]

#: What docctl's signatures are for: a signature made for Git or a file is never one of these.
NAMESPACE = "docctl-event@v1"

MAGIC = b"SSHSIG"
VERSION = 1
BEFORE_KEY = MAGIC + VERSION.to_bytes(4, "big")
HASH = b"sha512"
BEGIN = "-----BEGIN SSH SIGNATURE-----\n"
END = "-----END SSH SIGNATURE-----\n"
#: Characters of base64 on a line.
WIDTH = 70
#: The longest armored signature that is read, in bytes.
MAX_SIZE = 1 << 15
#: How an Ed25519 signature stands at the end of its envelope: so many bytes, the size of the rest
#: first. All of one key have the same beginning, which is read once.
_SHORT = 87
_SHORT_SIZE = (_SHORT - 4).to_bytes(4, "big")


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that holds: whose key made it, and what a security key says of the moment."""

    key: PublicKey
    #: Whether the security key was touched; None for other keys.
    touched: bool | None = None
    #: Whether the security key verified its user by PIN or biometrics; None for other keys.
    user_verified: bool | None = None
    #: The web origin at which a passkey signed; None for everything else.
    origin: str | None = None


#: What is asked of a security key unless the caller asks for more: that it was touched.
TOUCH = SecurityKeyPolicy()


def verify(
    message: bytes,
    armored: str | bytes,
    *,
    namespace: str = NAMESPACE,
    policy: SecurityKeyPolicy = TOUCH,
) -> Verified:
    """Check that *armored* is a signature of *message*, and return whose key made it.

    Whether that key belongs to anyone, and counts, is for the caller to decide.

    Raises:
        SignatureError: for whatever is wrong; no other error, whatever the bytes.
    """
    key, presence = examine(message, armored, namespace)
    policy.judge(presence)
    return Verified(key, *presence)


def examine(
    message: bytes, armored: str | bytes, namespace: str = NAMESPACE
) -> tuple[PublicKey, Presence]:
    """Check as `verify` does, but leave it to others to judge how the signature was made.

    Raises:
        SignatureError: the signature is not one of *message*.
    """
    try:
        key, signature = disclose(dearmor(armored), namespace.encode())
        return key, checked(key, signature, to_be_signed(message, namespace))
    except InvalidSignature as error:
        raise SignatureError("these bytes were not signed by this key") from error
    except (ValueError, InputError) as error:
        raise SignatureError(str(error)) from error


def disclose(blob: bytes, namespace: bytes) -> tuple[PublicKey, Reader]:
    """Take the envelope apart: the key it names, and the signature of that key."""
    if blob[-_SHORT:].startswith(_SHORT_SIZE):
        with suppress(ValueError, InputError):
            return _named(blob[:-_SHORT], namespace), Reader(blob[4 - _SHORT :])
    fields = Reader(blob)
    key = _opened(fields, namespace)
    signature = Reader(fields.string())
    fields.end()
    return key, signature


@lru_cache(maxsize=256)
def _named(beginning: bytes, namespace: bytes) -> PublicKey:
    """Return the key that an envelope names, given all of it that stands before the signature."""
    fields = Reader(beginning)
    key = _opened(fields, namespace)
    fields.end()
    return key


def _opened(fields: Reader, namespace: bytes) -> PublicKey:
    """Read an envelope up to the signature in it, and return the key that it names."""
    if fields.take(len(BEFORE_KEY)) != BEFORE_KEY:
        raise ValueError("it is not an OpenSSH signature of version 1")
    key = key_of(fields.string())
    if fields.string() != namespace:
        raise ValueError(f"it was made for another use than {namespace.decode()}")
    if fields.string():
        raise ValueError("its reserved field is not empty")
    if fields.string() != HASH:
        raise ValueError("its hash is not sha512")
    return key


def checked(key: PublicKey, fields: Reader, message: bytes) -> Presence:
    """Check the signature in *fields*, and return what it says about its making."""
    opened = material(key.blob)
    algorithm = fields.string()
    check = opened.checks.get(algorithm)
    if check is None:
        raise ValueError("its algorithm is not one of this key")
    read = FORMATS.get(algorithm, plain)
    statement = read(fields, message, opened.application)
    fields.end()
    check(statement.signature, statement.signed)
    return statement.presence


def enclose(key: PublicKey, signature: bytes, namespace: str = NAMESPACE) -> str:
    """Put a signature in SSH wire format into an armored envelope that names its key."""
    parts = (key.blob, namespace.encode(), b"", HASH, signature)
    return armor(BEFORE_KEY + b"".join(map(string, parts)))


def to_be_signed(message: bytes, namespace: str = NAMESPACE) -> bytes:
    """Return the bytes that a key signs in place of *message*."""
    return preamble(namespace) + hashlib.sha512(message).digest()


@lru_cache(maxsize=16)
def preamble(namespace: str) -> bytes:
    """Return what comes before the digest of the message, for every message alike."""
    size = hashlib.sha512().digest_size.to_bytes(4, "big")
    return MAGIC + string(namespace.encode()) + string(b"") + string(HASH) + size


def armor(blob: bytes) -> str:
    """Return *blob* as the text that `ssh-keygen -Y sign` writes, final newline included."""
    text = base64.b64encode(blob).decode()
    lines = "\n".join(text[start : start + WIDTH] for start in range(0, len(text), WIDTH))
    return f"{BEGIN}{lines}\n{END}"


def dearmor(armored: str | bytes) -> bytes:
    """Return the blob in *armored*, which must be exactly as `armor` writes it."""
    if len(armored) > MAX_SIZE:
        raise ValueError(f"it is longer than {MAX_SIZE:,} bytes")
    text = armored if isinstance(armored, str) else armored.decode("ascii")
    blob = binascii.a2b_base64(text.removeprefix(BEGIN).removesuffix(END))
    if armor(blob) != text:
        raise ValueError("its armor is not as ssh-keygen writes it")
    return blob
