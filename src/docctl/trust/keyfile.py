"""Keys in files: reading them, signing with them, making them."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from docctl.errors import SignerError, TakenError
from docctl.trust.keys import CURVES, PublicKey
from docctl.trust.sshsig import enclose, to_be_signed
from docctl.trust.wire import mpint, string

#: More of a file is not read, in bytes; the longest RSA key takes a fifth of it.
LARGEST = 1 << 16

PrivateKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

#: The curves by the name `cryptography` gives them.
KNOWN_CURVES = MappingProxyType({curve.curve.name: curve for curve in CURVES})


class KeyFile:
    """Signs with a private key in a file, in OpenSSH's or a PEM format.

    The file is read when the key is first used, and the key then kept in memory; `~` is expanded.
    A path that ends in `.pub` stands for the private key beside it. The passphrase, or the function
    that asks for it, is used only if the key is protected. A file that others can read too is
    accepted: mounted and shared folders often cannot say who may read them.

    Raises (when first used):
        SignerError: no such file, not a private key, a wrong or missing passphrase, a weak key, or
            a security key, which signs through ssh-agent.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, passphrase: Callable[[], str] | str | None = None
    ) -> None:
        self.path = Path(path)
        self.passphrase = passphrase

    @cached_property
    def public_key(self) -> PublicKey:
        """The public half of the key."""
        return public_half(self.private_key)

    @cached_property
    def private_key(self) -> PrivateKey:
        """The key itself, opened."""
        try:
            path = beside(located(self.path))
            return self.unlocked(contents(path))
        except (OSError, ValueError) as error:
            what = (
                f"the key {self.path} cannot be read: {error.strerror}"
                if isinstance(error, OSError)
                else f"{path} is not a private key that docctl can read"
            )
            raise SignerError(what, hint="name the file of your private key") from error
        except UnsupportedAlgorithm as error:
            raise SignerError(f"{path}: {error}", hint=f"use ssh-agent: ssh-add {path}") from error

    def unlocked(self, data: bytes) -> PrivateKey:
        """Open the key, with the passphrase if it is protected."""
        try:
            return opened(data, None)
        except TypeError as error:
            if self.passphrase is None:
                raise SignerError(
                    f"{self.path} is protected by a passphrase",
                    hint=f"give the passphrase, or let ssh-agent hold the key: ssh-add {self.path}",
                ) from error
        passphrase = self.passphrase if isinstance(self.passphrase, str) else self.passphrase()
        try:
            return opened(data, passphrase.encode())
        except (TypeError, ValueError, InvalidTag) as error:
            raise SignerError(
                f"the passphrase does not open {self.path}", hint="type it again"
            ) from error

    def sign(self, message: bytes) -> str:
        """Return the armored signature of *message*."""
        key = self.public_key  # refuses a weak key before it signs
        return enclose(key, signature(self.private_key, to_be_signed(message)))


def contents(path: Path) -> bytes:
    """Return the bytes of a plain file, no more than a key has; nothing is waited for.

    Raises:
        ValueError: it is a folder, a pipe, a device.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("not a plain file")
        return file.read(LARGEST)


def beside(path: Path) -> Path:
    """Return the private key that belongs to *path*, which may be its public half."""
    if path.suffix != ".pub":
        return path
    if not path.with_suffix("").exists():
        raise SignerError(
            f"{path} is a public key, and no private key lies beside it",
            hint="if ssh-agent holds the private key, name it by its fingerprint (ssh-add -l)",
        )
    return path.with_suffix("")


def opened(data: bytes, passphrase: bytes | None) -> PrivateKey:
    """Open a private key in either format."""
    openssh = b"-----BEGIN OPENSSH PRIVATE KEY-----" in data
    load = serialization.load_ssh_private_key if openssh else serialization.load_pem_private_key
    key = load(data, passphrase)
    if not isinstance(key, PrivateKey):
        raise UnsupportedAlgorithm("this kind of key cannot sign here")
    return key


def public_half(key: PrivateKey) -> PublicKey:
    """Return the public half of *key*, if docctl accepts keys of its kind and strength."""
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name not in KNOWN_CURVES:
        raise SignerError(f"ecdsa keys on the curve {key.curve.name} cannot sign here")
    line = key.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    return PublicKey.parse(line.decode())


def signature(key: PrivateKey, data: bytes) -> bytes:
    """Sign *data*, and return the signature in SSH wire format."""
    match key:
        case ed25519.Ed25519PrivateKey():
            return string(b"ssh-ed25519") + string(key.sign(data))
        case rsa.RSAPrivateKey():
            return string(b"rsa-sha2-512") + string(
                key.sign(data, padding.PKCS1v15(), hashes.SHA512())
            )
        case _:
            curve = KNOWN_CURVES[key.curve.name]
            pair = decode_dss_signature(key.sign(data, ec.ECDSA(curve.digest)))
            return string(b"ecdsa-sha2-" + curve.name) + string(b"".join(map(mpint, pair)))


def generate_key(
    path: str | os.PathLike[str], *, comment: str, passphrase: str | None = None
) -> PublicKey:
    """Make an ed25519 key pair: *path*, readable by its owner only, and *path*.pub with *comment*.

    Both files are on the disk before this returns; missing folders are made. An empty passphrase is
    none.

    Raises:
        TakenError: one of the files exists; neither is touched.
        SignerError: the folder cannot be written.
    """
    private = located(path)
    public = Path(f"{private}.pub")
    key = ed25519.Ed25519PrivateKey.generate()
    half = public_half(key)
    words = " ".join((half.line, *comment.split()))
    try:
        refuse_taken(private, public)
        private.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create(private, locked(key, passphrase), mode=0o600)
        create(public, f"{words}\n".encode(), mode=0o644)
        flush_folder(private.parent)
    except OSError as error:
        raise SignerError(f"the key {private} cannot be written: {error.strerror}") from error
    return half


def refuse_taken(*paths: Path) -> None:
    """Refuse to go on where a file exists."""
    for path in paths:
        if path.exists():
            raise TakenError(
                str(path), "exists already", hint="use that key, or choose another name"
            )


def locked(key: PrivateKey, passphrase: str | None) -> bytes:
    """Return *key* in OpenSSH's format, protected if there is a passphrase."""
    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        lock = serialization.BestAvailableEncryption(passphrase.encode())
    openssh = serialization.PrivateFormat.OpenSSH
    return key.private_bytes(serialization.Encoding.PEM, openssh, lock)


def create(path: Path, data: bytes, *, mode: int) -> None:
    """Write a new file to the disk; an existing one is never opened."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def flush_folder(path: Path) -> None:
    """Write the names of the files in *path* to the disk."""
    with suppress(PermissionError):  # Windows opens no folders, and needs none
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def located(path: str | os.PathLike[str]) -> Path:
    """Return *path* with `~` expanded."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise SignerError(f"the key {os.fspath(path)} cannot be found: {error}") from error
