from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st
from soft_keys import SoftEcdsa, Stock

from docctl.errors import SignatureError
from docctl.trust.keyfile import KeyFile
from docctl.trust.keys import PublicKey
from docctl.trust.sshsig import NAMESPACE, Verified, armor, dearmor, enclose, to_be_signed, verify
from docctl.trust.wire import mpint, string

MESSAGE = b'{"item":"PRO-001","type":"approved","v":1}'
KINDS = ("ed25519", "ecdsa-256", "ecdsa-384", "ecdsa-521", "rsa-3072")
REPEATABLE = ("ed25519", "rsa-3072")


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.fixture
def signed(keys: Mapping[str, Path]) -> str:
    return KeyFile(keys["ed25519"]).sign(MESSAGE)


@pytest.mark.parametrize("kind", KINDS)
def test_ssh_keygen_accepts_what_docctl_signs(
    keys: Mapping[str, Path], stock: Stock, kind: str
) -> None:
    signer = KeyFile(keys[kind])
    armored = signer.sign(MESSAGE)

    assert stock.holds(signer.public_key, MESSAGE, armored)
    assert not stock.holds(signer.public_key, MESSAGE + b" ", armored)
    assert verify(MESSAGE, armored) == Verified(signer.public_key, None, None, None)


@pytest.mark.parametrize("kind", KINDS)
def test_docctl_accepts_what_ssh_keygen_signs(
    keys: Mapping[str, Path], stock: Stock, kind: str
) -> None:
    armored = stock.sign(keys[kind], MESSAGE)

    assert verify(MESSAGE, armored.encode()).key == KeyFile(keys[kind]).public_key
    assert armor(dearmor(armored)) == armored
    assert (KeyFile(keys[kind]).sign(MESSAGE) == armored) == (kind in REPEATABLE)


@pytest.mark.parametrize("length", [0, 1, 700, 100_000])
def test_messages_of_any_length_are_signed_alike(
    keys: Mapping[str, Path], stock: Stock, length: int
) -> None:
    message = b"\x00\xff\n" * length

    assert KeyFile(keys["ed25519"]).sign(message) == stock.sign(keys["ed25519"], message)


def test_every_flipped_bit_of_a_signature_is_refused(signed: str) -> None:
    blob = dearmor(signed)

    for bit in range(len(blob) * 8):
        with pytest.raises(SignatureError):
            verify(MESSAGE, armor(flipped(blob, bit)))


def test_every_flipped_bit_of_the_armor_is_refused(signed: str) -> None:
    for bit in range(len(signed) * 8):
        with pytest.raises(SignatureError):
            verify(MESSAGE, flipped(signed.encode(), bit))


def test_every_flipped_bit_of_the_message_is_refused(signed: str) -> None:
    for bit in range(len(MESSAGE) * 8):
        with pytest.raises(SignatureError, match="not signed by this key"):
            verify(flipped(MESSAGE, bit), signed)


@pytest.mark.parametrize("kind", ["ecdsa-256", "rsa-3072"])
def test_a_flipped_bit_in_each_byte_is_refused_for_other_kinds(
    keys: Mapping[str, Path], kind: str
) -> None:
    blob = dearmor(KeyFile(keys[kind]).sign(MESSAGE))

    for byte in range(len(blob)):
        with pytest.raises(SignatureError):
            verify(MESSAGE, armor(flipped(blob, byte * 8 + byte % 8)))


def test_a_signature_for_another_use_is_refused(keys: Mapping[str, Path], stock: Stock) -> None:
    for_git = stock.sign(keys["ed25519"], MESSAGE, namespace="git")

    with pytest.raises(SignatureError, match="another use"):
        verify(MESSAGE, for_git)
    assert verify(MESSAGE, for_git, namespace="git")


def test_a_signature_over_sha_256_is_refused(keys: Mapping[str, Path], stock: Stock) -> None:
    with pytest.raises(SignatureError, match="sha512"):
        verify(MESSAGE, stock.sign(keys["ed25519"], MESSAGE, digest="sha256"))


def test_a_signature_by_a_short_rsa_key_is_refused(keys: Mapping[str, Path], stock: Stock) -> None:
    with pytest.raises(SignatureError, match="2048 bits"):
        verify(MESSAGE, stock.sign(keys["rsa-2048"], MESSAGE))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n",
        lambda text: "\n" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "", 2),
        lambda text: text.replace("SSH SIGNATURE", "SSH  SIGNATURE"),
        lambda text: text.replace("-----END", "ü-----END"),
        lambda text: text * 2,
        lambda text: text * 200,
        lambda _: "",
        lambda _: b"\xff",
    ],
)
def test_only_the_armor_of_ssh_keygen_is_accepted(signed: str, change: object) -> None:
    assert callable(change)
    with pytest.raises(SignatureError):
        verify(MESSAGE, change(signed))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"SSHSIG", b"SSHSIH"),
        (b"\0\0\0\1", b"\0\0\0\2"),
        (string(b""), string(b"reserved")),
        (string(b"sha512"), string(b"sha513")),
        (string(NAMESPACE.encode()), string(NAMESPACE.encode() + b"\0")),
    ],
)
def test_an_envelope_that_differs_is_refused(signed: str, old: bytes, new: bytes) -> None:
    with pytest.raises(SignatureError):
        verify(MESSAGE, armor(dearmor(signed).replace(old, new, 1)))


def test_nothing_may_follow_a_signature(signed: str, keys: Mapping[str, Path]) -> None:
    key = KeyFile(keys["ed25519"]).public_key
    own = dearmor(signed)[-83:]

    assert enclose(key, own) == signed
    for longer in (armor(dearmor(signed) + b"\0"), enclose(key, own + b"\0")):
        with pytest.raises(SignatureError, match="left over"):
            verify(MESSAGE, longer)


@pytest.mark.parametrize("algorithm", [b"ssh-rsa", b"rsa-sha2-512", b"", b"\xff"])
def test_an_algorithm_of_another_key_is_refused(signed: str, algorithm: bytes) -> None:
    key = verify(MESSAGE, signed).key

    with pytest.raises(SignatureError, match="not one of this key"):
        verify(MESSAGE, enclose(key, string(algorithm) + string(b"\0" * 64)))


def test_sha_1_does_not_exist_for_rsa_keys(keys: Mapping[str, Path]) -> None:
    key = KeyFile(keys["rsa-3072"]).public_key

    with pytest.raises(SignatureError, match="not one of this key"):
        verify(MESSAGE, enclose(key, string(b"ssh-rsa") + string(b"\0" * 384)))


def test_rsa_with_sha_256_is_accepted_as_stock_tools_do(
    keys: Mapping[str, Path], stock: Stock
) -> None:
    signer = KeyFile(keys["rsa-3072"])
    assert isinstance(signer.private_key, rsa.RSAPrivateKey)
    raw = signer.private_key.sign(to_be_signed(MESSAGE), padding.PKCS1v15(), hashes.SHA256())
    armored = enclose(signer.public_key, string(b"rsa-sha2-256") + string(raw))

    assert verify(MESSAGE, armored).key == signer.public_key
    assert stock.holds(signer.public_key, MESSAGE, armored)


@pytest.mark.parametrize(
    "pair",
    [
        mpint(1),
        string(b"") + mpint(1),
        string(b"\xff") + mpint(1),
        string(b"\0\1") + mpint(1),
        mpint(1) + mpint(1) + b"\0",
        mpint(1 << 255) + mpint(1 << 600),
    ],
)
def test_an_ecdsa_signature_is_two_positive_integers(keys: Mapping[str, Path], pair: bytes) -> None:
    key = KeyFile(keys["ecdsa-256"]).public_key

    with pytest.raises(SignatureError):
        verify(MESSAGE, enclose(key, string(b"ecdsa-sha2-nistp256") + string(pair)))


@given(st.binary() | st.text() | st.binary().map(armor))
def test_any_bytes_are_refused_with_a_signature_error(armored: str | bytes) -> None:
    with pytest.raises(SignatureError):
        verify(MESSAGE, armored)


PASSKEY = SoftEcdsa()
FORGED = dearmor(PASSKEY.sign_in_browser(MESSAGE))


@given(st.integers(0, len(FORGED)), st.integers(0, 40), st.binary(min_size=1, max_size=40))
def test_a_spliced_signature_is_refused_or_is_the_same(start: int, cut: int, new: bytes) -> None:
    spliced = FORGED[:start] + new + FORGED[start + cut :]

    try:
        verified = verify(MESSAGE, armor(spliced))
    except SignatureError:
        return
    assert spliced == FORGED
    assert verified.key == PASSKEY.public_key


def test_a_verified_signature_names_its_key_and_nothing_else_for_a_plain_key(signed: str) -> None:
    verified = verify(MESSAGE, signed)

    assert isinstance(verified.key, PublicKey)
    assert (verified.touched, verified.user_verified, verified.origin) == (None, None, None)
