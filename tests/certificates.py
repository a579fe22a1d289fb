"""Keys with certificates of their own, made for a test: as PKCS#12 and as PEM."""

from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


def usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def certificate(
    key: Any, span: tuple[datetime, datetime] = (BEGINS, ENDS), **allowed: bool
) -> x509.Certificate:
    """Return a certificate that a key gave itself; without *allowed* it says no usage."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Varnesund Pump Service AS")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(span[0])
        .not_valid_after(span[1])
    )
    if allowed:
        made = made.add_extension(usage(**allowed), critical=True)
    own = None if not hasattr(key, "curve") and not hasattr(key, "key_size") else hashes.SHA256()
    return made.sign(key, own)


def new_key() -> Any:
    return ec.generate_private_key(ec.SECP256R1())


def locked(passphrase: str) -> KeySerializationEncryption:
    return BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()


def pem(key: Any, passphrase: str = "") -> bytes:
    made: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked(passphrase))
    return made


def pem_of(one: x509.Certificate) -> bytes:
    return one.public_bytes(Encoding.PEM)


def p12(
    key: Any, own: x509.Certificate | None = None, passphrase: str = "", *others: x509.Certificate
) -> bytes:
    return serialize_key_and_certificates(b"seal", key, own, others, locked(passphrase))
