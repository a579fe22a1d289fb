"""Public keys, as OpenSSH writes them, and what each kind of key can check."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import NamedTuple, Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from docctl.errors import SignerError, UnreadableError
from docctl.trust.wire import Reader, unbase64

#: Takes a raw signature and the signed bytes; raises InvalidSignature or ValueError if they differ.
Check = Callable[[bytes, bytes], None]

SK_ED25519 = b"sk-ssh-ed25519@openssh.com"
SK_ECDSA = b"sk-ecdsa-sha2-nistp256@openssh.com"
WEBAUTHN = b"webauthn-sk-ecdsa-sha2-nistp256@openssh.com"

#: Shorter RSA keys are refused, in bits; longer ones OpenSSH cannot read.
RSA_BITS = range(3072, 16384 + 1)
#: Small exponents invite forgeries by careless libraries, huge ones cost time.
RSA_EXPONENTS = range(65537, 1 << 64)
#: The ed25519 points of small order, sign bit cleared: a signature "by" them fits many messages.
SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)

#: How many keys are kept open.
REMEMBERED = 1024


class Curve(NamedTuple):
    """A curve that ecdsa keys may lie on, with the digest that goes with it."""

    name: bytes
    curve: ec.EllipticCurve
    digest: hashes.HashAlgorithm


CURVES = (
    Curve(b"nistp256", ec.SECP256R1(), hashes.SHA256()),
    Curve(b"nistp384", ec.SECP384R1(), hashes.SHA384()),
    Curve(b"nistp521", ec.SECP521R1(), hashes.SHA512()),
)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that docctl accepts; two are equal when their bytes are.

    Kinds: ed25519, ecdsa (nistp256, nistp384, nistp521), rsa from 3072 bits, and the security keys
    sk-ssh-ed25519 and sk-ecdsa (the latter also as a passkey in a browser).

    Raises:
        UnreadableError: the bytes are not a key in its one canonical form.
        SignerError: a weak key, or of a kind that is not accepted.
    """

    #: The key in SSH wire format.
    blob: bytes

    def __post_init__(self) -> None:
        material(self.blob)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the key of one line: `ssh-ed25519 AAAA… comment`. The comment is dropped."""
        words = text.split(maxsplit=2)
        if len(text.strip().splitlines()) != 1 or not words[1:]:
            raise UnreadableError(
                "public key",
                "it is not one line such as 'ssh-ed25519 AAAA… name'",
                hint="give the line from the file that ends in .pub",
            )
        try:
            key = cls(unbase64(words[1].encode("ascii")))
        except ValueError as error:
            raise UnreadableError("public key", f"it is not base64: {error}") from error
        if key.algorithm != words[0]:
            raise UnreadableError("public key", f"it says {words[0]} but is {key.algorithm}")
        return key

    @property
    def algorithm(self) -> str:
        """The kind of key, such as `ssh-ed25519`."""
        return Reader(self.blob).string().decode("ascii")

    @property
    def line(self) -> str:
        """The key on one line, without a comment: `ssh-ed25519 AAAA…`."""
        return f"{self.algorithm} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """`SHA256:…`, as `ssh-keygen -l` prints it."""
        return fingerprint(self.blob)


@lru_cache(maxsize=REMEMBERED)
def key_of(blob: bytes) -> PublicKey:
    """Return the key in *blob*. Raises as `PublicKey` does."""
    return PublicKey(blob)


@lru_cache(maxsize=REMEMBERED)
def fingerprint(blob: bytes) -> str:
    """Return the name that OpenSSH gives to the key in *blob*."""
    digest = base64.b64encode(hashlib.sha256(blob).digest())
    return f"SHA256:{digest.decode().rstrip('=')}"


class Material(NamedTuple):
    """What a key can check, by the name of the signature algorithm."""

    checks: Mapping[bytes, Check]
    #: The digest of what a security key is bound to; empty for other keys.
    application: bytes = b""


@lru_cache(maxsize=REMEMBERED)
def material(blob: bytes) -> Material:
    """Open the key in *blob*. Raises as `PublicKey` does."""
    fields = Reader(blob)
    try:
        kind = fields.string()
        if kind not in KINDS:
            raise SignerError(
                f"keys of type {kind.decode('ascii', 'replace')!r:.60} cannot sign here",
                hint="use an ed25519 key: ssh-keygen -t ed25519",
            )
        opened = KINDS[kind](fields)
        fields.end()
    except ValueError as error:
        raise UnreadableError("public key", str(error)) from error
    return opened


def ed25519_point(fields: Reader) -> ed25519.Ed25519PublicKey:
    """Take an ed25519 point; its sign does not matter for its order."""
    point = fields.string()
    if point[:-1] + bytes(byte & 0x7F for byte in point[-1:]) in SMALL_ORDER:
        raise SignerError("this ed25519 key is weak", hint="make a new one: ssh-keygen -t ed25519")
    return ed25519.Ed25519PublicKey.from_public_bytes(point)


def ecdsa_check(fields: Reader, curve: Curve) -> Check:
    """Take a curve name and an uncompressed point on it."""
    if fields.string() != curve.name:
        raise ValueError("the curve is not the one of this kind of key")
    point = fields.string()
    if point[:1] != b"\x04":
        raise ValueError("the point is not in its uncompressed form")
    key = ec.EllipticCurvePublicKey.from_encoded_point(curve.curve, point)
    return partial(check_ecdsa, key, ec.ECDSA(curve.digest))


def check_ecdsa(
    key: ec.EllipticCurvePublicKey, algorithm: ec.ECDSA, signature: bytes, signed: bytes
) -> None:
    """Check a signature of two integers, as SSH writes it."""
    fields = Reader(signature)
    pair = encode_dss_signature(fields.mpint(), fields.mpint())
    fields.end()
    key.verify(pair, signed, algorithm)


def open_ed25519(fields: Reader) -> Material:
    """Open `ssh-ed25519`."""
    return Material({b"ssh-ed25519": ed25519_point(fields).verify})


def open_ecdsa(fields: Reader, *, curve: Curve) -> Material:
    """Open `ecdsa-sha2-…`."""
    return Material({b"ecdsa-sha2-" + curve.name: ecdsa_check(fields, curve)})


def open_rsa(fields: Reader) -> Material:
    """Open `ssh-rsa`; SHA-1 signatures do not exist here."""
    exponent, modulus = fields.mpint(), fields.mpint()
    if modulus.bit_length() not in RSA_BITS or exponent not in RSA_EXPONENTS:
        raise SignerError(
            f"an RSA key of {modulus.bit_length()} bits with an exponent of "
            f"{exponent.bit_length()} bits cannot sign here",
            hint="use an ed25519 key, or RSA from 3072 bits: ssh-keygen -t rsa -b 3072",
        )
    verify = rsa.RSAPublicNumbers(exponent, modulus).public_key().verify
    pad = padding.PKCS1v15()
    return Material(
        {
            b"rsa-sha2-512": partial(verify, padding=pad, algorithm=hashes.SHA512()),
            b"rsa-sha2-256": partial(verify, padding=pad, algorithm=hashes.SHA256()),
        }
    )


def open_sk_ed25519(fields: Reader) -> Material:
    """Open an ed25519 security key."""
    return Material({SK_ED25519: ed25519_point(fields).verify}, application(fields))


def open_sk_ecdsa(fields: Reader) -> Material:
    """Open an ecdsa security key, which may also sign as a passkey in a browser."""
    check = ecdsa_check(fields, CURVES[0])
    return Material({SK_ECDSA: check, WEBAUTHN: check}, application(fields))


def application(fields: Reader) -> bytes:
    """Take the name a security key is bound to, and return its digest."""
    name = fields.string()
    if not name or 0 in name:
        raise ValueError("the security key is bound to no application")
    return hashlib.sha256(name).digest()


#: How each kind of key is opened, by its name on the wire.
KINDS: Mapping[bytes, Callable[[Reader], Material]] = MappingProxyType(
    {
        b"ssh-ed25519": open_ed25519,
        b"ssh-rsa": open_rsa,
        SK_ED25519: open_sk_ed25519,
        SK_ECDSA: open_sk_ecdsa,
        **{b"ecdsa-sha2-" + curve.name: partial(open_ecdsa, curve=curve) for curve in CURVES},
    }
)
