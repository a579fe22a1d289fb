"""Security keys and passkeys: whether somebody was there, and on which site.

A FIDO signature states whether the key was touched and whether its holder was verified (by PIN or
biometrics); stock tools ignore both, so docctl judges them here. Formats: OpenSSH's PROTOCOL.u2f.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from docctl.errors import SignatureError
from docctl.trust.keys import SK_ECDSA, SK_ED25519, WEBAUTHN
from docctl.trust.wire import Reader

TOUCHED = 0x01
USER_VERIFIED = 0x04
ATTESTED = 0x40
EXTENDED = 0x80


class Presence(NamedTuple):
    """What a signature says about its making; None where the kind of key cannot say it."""

    touched: bool | None = None
    user_verified: bool | None = None
    #: The web origin that asked a passkey to sign, such as `https://docs.acme.example`.
    origin: str | None = None


#: Of a key in a file.
SILENT = Presence()


@dataclass(frozen=True, slots=True)
class SecurityKeyPolicy:
    """What is asked of security keys and passkeys. Other keys are not concerned."""

    require_touch: bool = True
    require_user_verification: bool = False
    #: Web origins that may ask for a signature, each exactly; when empty, any `https://` origin.
    origins: tuple[str, ...] = ()

    def judge(self, presence: Presence) -> None:
        """Refuse a signature that was made with less than this policy asks for.

        Raises:
            SignatureError: no touch, no verification of the user, or a foreign origin.
        """
        if self.require_touch and presence.touched is False:
            raise SignatureError("the security key was not touched")
        if self.require_user_verification and presence.user_verified is False:
            raise SignatureError(
                "the security key did not verify its user",
                hint="sign with PIN or biometrics: ssh-keygen -t ed25519-sk -O verify-required",
            )
        if presence.origin is not None and not self.admits(presence.origin):
            raise SignatureError(f"it was made for the site {presence.origin!r:.200}")

    def admits(self, origin: str) -> bool:
        """Tell whether a site may ask for signatures."""
        return origin in self.origins if self.origins else origin.startswith("https://")


class KeyStatement(NamedTuple):
    """What the key itself has signed, and how it came about."""

    signature: bytes
    signed: bytes
    presence: Presence


def plain(fields: Reader, message: bytes, _: bytes) -> KeyStatement:
    """Read the signature of a key in a file: it is over the message."""
    return KeyStatement(fields.string(), message, SILENT)


def security_key(fields: Reader, message: bytes, application: bytes) -> KeyStatement:
    """Read the signature of a FIDO key: flags and counter are signed too."""
    signature, flags, counter = fields.string(), fields.take(1), fields.take(4)
    signed = application + flags + counter + hashlib.sha256(message).digest()
    return KeyStatement(signature, signed, flagged(flags[0], None))


def webauthn(fields: Reader, message: bytes, application: bytes) -> KeyStatement:
    """Read the assertion of a passkey: a browser wrapped the message into its client data."""
    signature, flags, counter = fields.string(), fields.take(1), fields.take(4)
    origin, client_data, extensions = fields.string(), fields.string(), fields.string()
    if flags[0] & ATTESTED or bool(flags[0] & EXTENDED) != bool(extensions):
        raise ValueError("the flags do not fit the data of the passkey")
    challenge = base64.urlsafe_b64encode(message).rstrip(b"=")
    start = b'{"type":"webauthn.get","challenge":"%b","origin":"%b"' % (challenge, origin)
    if b'"' in origin or not client_data.startswith(start):
        raise ValueError("the browser did not ask for this message")
    if client_data.startswith(b',"crossOrigin":true', len(start)):
        raise ValueError("it was asked for from within a foreign page")
    signed = application + flags + counter + extensions + hashlib.sha256(client_data).digest()
    return KeyStatement(signature, signed, flagged(flags[0], origin.decode()))


def flagged(flags: int, origin: str | None) -> Presence:
    """Name the flags of an authenticator."""
    return Presence(bool(flags & TOUCHED), bool(flags & USER_VERIFIED), origin)


#: How the signatures of security keys are read; all others are plain.
FORMATS: Mapping[bytes, Callable[[Reader, bytes, bytes], KeyStatement]] = MappingProxyType(
    {SK_ED25519: security_key, SK_ECDSA: security_key, WEBAUTHN: webauthn}
)
