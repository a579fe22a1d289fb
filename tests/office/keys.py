"""Private keys in memory."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ed25519

from docctl.trust.keyfile import public_half, signature
from docctl.trust.keys import PublicKey
from docctl.trust.sshsig import NAMESPACE, enclose, to_be_signed


class Key:
    """A private key in memory; the same name gives the same key."""

    def __init__(self, name: str) -> None:
        seed = sha256(name.encode()).digest()
        self.private = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key: PublicKey = public_half(self.private)

    def sign(self, message: bytes, namespace: str = NAMESPACE) -> str:
        made = signature(self.private, to_be_signed(message, namespace))
        return enclose(self.public_key, made, namespace)
