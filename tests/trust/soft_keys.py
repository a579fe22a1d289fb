"""The stock tools to compare with, and security keys in software."""

import base64
import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from docctl.trust.allowed import allowed_signers
from docctl.trust.keys import SK_ECDSA, SK_ED25519, WEBAUTHN, PublicKey
from docctl.trust.sshsig import NAMESPACE, enclose, to_be_signed
from docctl.trust.wire import mpint, string

ORIGIN = "https://docs.acme.example"


@dataclass(frozen=True)
class Stock:
    """What `ssh-keygen -Y` says."""

    folder: Path

    def sign(
        self, key: Path, message: bytes, *, namespace: str = NAMESPACE, digest: str = "sha512"
    ) -> str:
        command = [
            "ssh-keygen",
            "-Y",
            "sign",
            "-n",
            namespace,
            "-O",
            f"hashalg={digest}",
            "-f",
            key,
        ]
        return subprocess.run(
            command, input=message, check=True, capture_output=True
        ).stdout.decode()

    def holds(self, key: PublicKey, message: bytes, armored: str, *, person: str = "ola") -> bool:
        allowed, signature = self.folder / "allowed_signers", self.folder / "event.sig"
        allowed.write_text(allowed_signers([(person, key)]))
        signature.write_text(armored)
        command = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", person, "-n", NAMESPACE]
        run = subprocess.run(
            [*command, "-s", signature], input=message, capture_output=True, check=False
        )
        return run.returncode == 0


class SoftEd25519:
    """An ed25519 security key without the hardware."""

    def __init__(self, application: bytes = b"ssh:") -> None:
        self.private = ed25519.Ed25519PrivateKey.generate()
        self.application = application
        point = self.private.public_key().public_bytes_raw()
        self.public_key = PublicKey(b"".join(map(string, (SK_ED25519, point, application))))
        self.algorithm = SK_ED25519

    def raw(self, data: bytes) -> bytes:
        return self.private.sign(data)

    def sign(self, message: bytes, *, flags: int = 1) -> str:
        """Sign as `ssh-keygen` with a security key does."""
        state = bytes([flags]) + (7).to_bytes(4, "big")
        inner = hashlib.sha256(to_be_signed(message)).digest()
        signature = self.raw(hashlib.sha256(self.application).digest() + state + inner)
        return enclose(self.public_key, string(self.algorithm) + string(signature) + state)


class SoftEcdsa(SoftEd25519):
    """An ecdsa security key without the hardware; as a passkey, it is bound to a site."""

    def __init__(self, application: bytes = b"acme.example") -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.application = application
        point = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        fields = (SK_ECDSA, b"nistp256", point, application)
        self.public_key = PublicKey(b"".join(map(string, fields)))
        self.algorithm = SK_ECDSA

    def raw(self, data: bytes) -> bytes:
        pair = decode_dss_signature(self.private.sign(data, ec.ECDSA(hashes.SHA256())))
        return b"".join(map(mpint, pair))

    def sign_in_browser(
        self,
        message: bytes,
        *,
        flags: int = 5,
        origin: str = ORIGIN,
        client_data: str = '{{"type":"webauthn.get","challenge":"{0}","origin":"{1}"}}',
        extensions: bytes = b"",
    ) -> str:
        """Sign as a browser does that was asked for a passkey."""
        challenge = base64.urlsafe_b64encode(to_be_signed(message)).decode().rstrip("=")
        client = client_data.format(challenge, origin).encode()
        state = bytes([flags]) + (9).to_bytes(4, "big")
        application = hashlib.sha256(self.application).digest()
        signature = self.raw(application + state + extensions + hashlib.sha256(client).digest())
        seen = b"".join(map(string, (origin.encode(), client, extensions)))
        return enclose(self.public_key, string(WEBAUTHN) + string(signature) + state + seen)
