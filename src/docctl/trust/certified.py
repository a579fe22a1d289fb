"""Keys with a certificate, as files are signed with for readers that know X.509 and not SSH."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from cryptography.x509 import Certificate, ExtensionNotFound, KeyUsage, load_pem_x509_certificates

from docctl.errors import CertificateError, PassphraseError, SignerError

__all__ = ["CertifiedKey", "Passphrase"]

#: Returns the pass phrase; asked only where one is needed.
Passphrase = Callable[[], str]

_PEM = b"-----BEGIN "


@dataclass(frozen=True, slots=True)
class CertifiedKey:
    """A private key, its certificate, and further certificates on the way to its root."""

    key: Any
    certificate: Certificate
    chain: tuple[Certificate, ...] = ()

    @classmethod
    def read(
        cls, data: bytes, certificate: bytes = b"", *, passphrase: Passphrase | None = None
    ) -> "CertifiedKey":
        """Return the key in a PKCS#12 file, or in a PEM file beside which its certificate lies.

        *certificate* is a PEM file too; those of issuers may follow in it. A PEM file with the key
        may hold them itself.

        Raises:
            PassphraseError: it is protected, and no pass phrase was given or a wrong one.
            CertificateError: there is no certificate, or it is that of another key.
            SignerError: it is no such file, or the key is too weak or of a kind that signs nothing.
        """
        if _PEM in data:
            key, found = _private(data, passphrase), _certificates(certificate or data)
        else:
            key, found = _unpacked(data, passphrase)
            found += _certificates(certificate) if certificate else []
        if key is None:
            raise SignerError("the file holds no private key", hint=_FILES)
        _require_strong(key)
        own = [one for one in found if _public(one) == _public(key)]
        if not own:
            raise CertificateError("there is no certificate for this key", hint=_FILES)
        return cls(key, own[0], tuple(one for one in found if one != own[0]))

    @property
    def digest(self) -> str:
        """The name of the digest that this key signs: Ed25519 and Ed448 have theirs."""
        if isinstance(self.key, Ed25519PrivateKey):
            return "sha512"
        return "shake256" if isinstance(self.key, Ed448PrivateKey) else "sha256"

    def check(self, time: datetime) -> None:
        """Refuse to sign at a time at which the certificate is not valid, or what it is not for.

        Raises:
            CertificateError: it has expired, is not valid yet, or is not made for signatures.
        """
        begins, ends = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        at = time.astimezone(UTC)
        if at > ends:
            raise CertificateError(
                f"the certificate of this key expired on {ends.date()}",
                hint="get a new certificate, and sign with that",
            )
        if at < begins:
            raise CertificateError(
                f"the certificate of this key is valid from {begins.date()} on",
                hint="sign with one that is valid now",
            )
        if not _signs(self.certificate):
            raise CertificateError(
                "the certificate of this key is not made for signatures",
                hint="its key usage must allow digital signatures",
            )


#: Shorter keys of a kind can be broken (NIST SP 800-57, BSI TR-02102), by their length in bits.
_SHORTEST: tuple[tuple[type, int], ...] = ((RSAPrivateKey, 2048), (EllipticCurvePrivateKey, 256))


def _require_strong(key: Any) -> None:
    if isinstance(key, Ed25519PrivateKey | Ed448PrivateKey):
        return
    least = next((bits for kind, bits in _SHORTEST if isinstance(key, kind)), 0)
    if not least:
        raise SignerError("a key of this kind signs no PDF file", hint=_KINDS)
    if key.key_size < least:
        raise SignerError(f"a key of {key.key_size} bits is too weak to sign with", hint=_KINDS)


_KINDS = "use RSA of 2048 bits or more, an elliptic key of 256 or more, Ed25519 or Ed448"
_FILES = "name a PKCS#12 file (.p12, .pfx), or a PEM key and its certificate with --certificate"


def _private(data: bytes, passphrase: Passphrase | None) -> Any:
    try:
        return load_pem_private_key(data, None)
    except TypeError:
        pass  # it is protected
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SignerError(f"the key cannot be read: {error}", hint=_FILES) from error
    try:
        return load_pem_private_key(data, _asked(passphrase))
    except (TypeError, ValueError) as error:  # an empty one is none to it
        raise PassphraseError("the pass phrase does not open this key") from error


def _unpacked(data: bytes, passphrase: Passphrase | None) -> tuple[Any, list[Certificate]]:
    """Return what a PKCS#12 file holds; many have an empty pass phrase, or none."""
    for empty in (None, b""):
        try:
            return _held(load_key_and_certificates(data, empty))
        except ValueError:
            continue
    try:
        return _held(load_key_and_certificates(data, _asked(passphrase)))
    except ValueError as error:
        raise PassphraseError(
            "the pass phrase does not open this file, or it is no PKCS#12 file"
        ) from error


def _held(
    found: tuple[Any, Certificate | None, list[Certificate]],
) -> tuple[Any, list[Certificate]]:
    key, own, others = found
    return key, [*([own] if own else []), *others]


def _asked(passphrase: Passphrase | None) -> bytes:
    if passphrase is None:
        raise PassphraseError("this key is protected by a pass phrase, and none was given")
    said = passphrase()
    if "\0" in said:
        raise PassphraseError("a pass phrase holds no NUL")
    return said.encode("utf-8", "replace")


def _certificates(data: bytes) -> list[Certificate]:
    try:
        return load_pem_x509_certificates(data)
    except ValueError as error:
        raise CertificateError("the file holds no certificate in PEM", hint=_FILES) from error


def _public(one: Any) -> bytes:
    key = one.public_key()
    found: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return found


def _signs(certificate: Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment
