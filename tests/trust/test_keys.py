import base64
import pickle
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st
from soft_keys import SoftEcdsa, SoftEd25519

from docctl.errors import InputError, SignerError, UnreadableError
from docctl.trust.keys import SMALL_ORDER, PublicKey
from docctl.trust.wire import mpint, string

ACCEPTED = ("ed25519", "ecdsa-256", "ecdsa-384", "ecdsa-521", "rsa-3072")
POINT = (
    ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
)


def fields(*parts: bytes) -> bytes:
    return b"".join(map(string, parts))


def line(blob: bytes, kind: str = "ssh-ed25519") -> str:
    return f"{kind} {base64.b64encode(blob).decode()}"


@pytest.mark.parametrize("kind", ACCEPTED)
def test_a_key_of_ssh_keygen_is_read_and_named_as_it_names_it(
    keys: Mapping[str, Path], kind: str
) -> None:
    file = Path(f"{keys[kind]}.pub")
    key = PublicKey.parse(file.read_text())
    listed = subprocess.run(["ssh-keygen", "-lf", file], capture_output=True, check=True, text=True)

    assert key.fingerprint == listed.stdout.split()[1]
    assert [key.algorithm, *key.line.split()[1:], kind] == file.read_text().split()
    assert PublicKey.parse(key.line) == key == pickle.loads(pickle.dumps(key))  # noqa: S301


def test_security_keys_are_read(soft_ed25519: SoftEd25519, passkey: SoftEcdsa) -> None:
    for key in (soft_ed25519.public_key, passkey.public_key):
        assert PublicKey.parse(f"  {key.line} Ola's key\n") == key


def test_a_short_rsa_key_is_refused(keys: Mapping[str, Path]) -> None:
    with pytest.raises(SignerError, match="2048 bits"):
        PublicKey.parse(Path(f"{keys['rsa-2048']}.pub").read_text())


@pytest.mark.parametrize("exponent", [3, 1 << 64 | 1])
def test_an_odd_rsa_exponent_is_refused(exponent: int) -> None:
    with pytest.raises(SignerError, match="exponent"):
        PublicKey(string(b"ssh-rsa") + mpint(exponent) + mpint(1 << 3071 | 1))


@pytest.mark.parametrize("sign", [0x00, 0x80])
@pytest.mark.parametrize("point", sorted(SMALL_ORDER))
def test_a_key_whose_signatures_fit_many_messages_is_refused(point: bytes, sign: int) -> None:
    signed_point = point[:-1] + bytes([point[-1] | sign])

    with pytest.raises(SignerError, match="weak"):
        PublicKey(fields(b"ssh-ed25519", signed_point))


def test_such_a_key_would_indeed_fit_any_message() -> None:
    identity = b"\x01" + bytes(31)
    key = ed25519.Ed25519PublicKey.from_public_bytes(identity)

    key.verify(identity + bytes(32), b"whatever")


@pytest.mark.parametrize("kind", [b"ssh-dss", b"ssh-ed25519-cert-v01@openssh.com", b"\xff", b""])
def test_other_kinds_of_keys_are_refused(kind: bytes) -> None:
    with pytest.raises(SignerError, match="cannot sign here"):
        PublicKey(fields(kind, POINT))


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        fields(b"ssh-ed25519"),
        fields(b"ssh-ed25519", POINT[:31]),
        fields(b"ssh-ed25519", POINT) + b"\0",
        fields(b"ssh-ed25519", POINT, b""),
        fields(b"ssh-rsa", b"\x01\x00\x01", b"\x00" * 400),
        fields(b"ssh-rsa", b"\x00\x01\x00\x01", b"\x00\xc1" + b"\x01" * 399),
        string(b"ssh-rsa") + mpint(65537) + string(b"\xc1" * 400),
        fields(b"sk-ssh-ed25519@openssh.com", POINT, b""),
        fields(b"sk-ssh-ed25519@openssh.com", POINT, b"ssh:\0"),
        fields(b"ecdsa-sha2-nistp256", b"nistp384", b"\x04" + b"\x01" * 64),
        fields(b"ecdsa-sha2-nistp256", b"nistp256", b"\x04" + b"\x01" * 64),
        fields(b"ecdsa-sha2-nistp256", b"nistp256", b"\x02" + b"\x01" * 32),
    ],
)
def test_bytes_that_are_not_the_one_form_of_a_key_are_refused(blob: bytes) -> None:
    with pytest.raises(UnreadableError):
        PublicKey(blob)


@pytest.mark.parametrize(
    "text",
    [
        *("", "ssh-ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----", "ssh-ed25519 ****"),
        *("ssh-ed25519 ÄÖ", line(fields(b"ssh-ed25519", POINT), kind="ssh-rsa")),
        *(line(fields(b"ssh-ed25519", POINT)) + "\n# and more", "ssh-ed25519 AAAAB3\n"),
        "ssh-ed25519 AAB=",
    ],
)
def test_text_that_is_not_one_public_key_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        PublicKey.parse(text)


kinds = st.sampled_from([b"ssh-ed25519", b"ssh-rsa", b"ecdsa-sha2-nistp256", b"nistp256", POINT])


@given(st.lists(kinds | st.binary(max_size=70)).map(lambda parts: fields(*parts)) | st.binary())
def test_any_bytes_are_a_key_or_a_typed_refusal(blob: bytes) -> None:
    try:
        key = PublicKey(blob)
    except InputError:
        return
    assert PublicKey.parse(key.line) == key
