import base64
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from soft_keys import SoftEcdsa, SoftEd25519, Stock

from docctl.errors import SignatureError, SignerError, TakenError
from docctl.trust.keys import PublicKey
from docctl.trust.signers import KeyFile, Presigned, Signer, generate_key
from docctl.trust.sshsig import verify
from docctl.trust.wire import string

MESSAGE = b'{"item":"PRO-001","type":"approved","v":1}'
WORDS = "correct horse"


def half(path: Path) -> PublicKey:
    return PublicKey.parse(Path(f"{path}.pub").read_text())


@pytest.mark.parametrize("kind", ["locked", "locked-pem"])
def test_a_protected_key_signs_with_its_passphrase(keys: Mapping[str, Path], kind: str) -> None:
    asked: list[str] = []

    def ask() -> str:
        asked.append(kind)
        return WORDS

    for passphrase in (ask, WORDS):
        signer = KeyFile(keys[kind], passphrase=passphrase)
        assert verify(MESSAGE, signer.sign(MESSAGE)).key == half(keys[kind])
        assert verify(b"again", signer.sign(b"again"))
    assert asked == [kind]


@pytest.mark.parametrize("passphrase", [None, "", "wrong", "wr\0ng", "\ud800"])
@pytest.mark.parametrize("kind", ["locked", "locked-pem"])
def test_a_protected_key_does_not_open_without_its_passphrase(
    keys: Mapping[str, Path], kind: str, passphrase: str | None
) -> None:
    with pytest.raises(SignerError, match="passphrase"):
        KeyFile(keys[kind], passphrase=passphrase).sign(MESSAGE)


def test_nobody_is_asked_for_the_passphrase_of_an_open_key(keys: Mapping[str, Path]) -> None:
    assert KeyFile(keys["ed25519"], passphrase=WORDS).sign(MESSAGE)


def test_the_home_folder_may_be_written_as_a_tilde(
    keys: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(keys["ed25519"].parent))

    assert KeyFile("~/ed25519").public_key == half(keys["ed25519"])


def test_the_public_half_stands_for_the_private_key_beside_it(
    keys: Mapping[str, Path], tmp_path: Path
) -> None:
    alone = tmp_path / "ola.pub"
    alone.write_text(half(keys["ed25519"]).line)

    assert KeyFile(f"{keys['ed25519']}.pub").public_key == half(keys["ed25519"])
    with pytest.raises(SignerError, match="no private key lies beside it"):
        KeyFile(alone).sign(MESSAGE)


def test_a_file_that_others_can_read_is_accepted(keys: Mapping[str, Path], tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.write_bytes(keys["ed25519"].read_bytes())
    shared.chmod(0o644)

    assert KeyFile(shared).sign(MESSAGE)


@pytest.mark.parametrize("path", ["missing", ".", "~nobody-of-this-name/key"])
def test_a_key_that_cannot_be_read_is_a_signer_error(tmp_path: Path, path: str) -> None:
    signer = KeyFile(path if path.startswith("~") else tmp_path / path)

    with pytest.raises(SignerError, match="the key"):
        signer.sign(MESSAGE)


def test_a_short_rsa_key_does_not_sign(keys: Mapping[str, Path]) -> None:
    with pytest.raises(SignerError, match="2048 bits"):
        KeyFile(keys["rsa-2048"]).sign(MESSAGE)


def other_keys() -> dict[str, bytes]:
    made = (ec.generate_private_key(ec.SECP256K1()), x25519.X25519PrivateKey.generate())
    pem = [key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) for key in made]
    return {"curve": pem[0], "exchange": pem[1], "text": b"my key", "empty": b""}


@pytest.mark.parametrize("kind", other_keys())
def test_a_file_that_is_no_signing_key_is_a_signer_error(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    path.write_bytes(other_keys()[kind])

    with pytest.raises(SignerError):
        KeyFile(path).sign(MESSAGE)


def test_the_handle_of_a_security_key_points_to_the_agent(
    soft_ed25519: SoftEd25519, tmp_path: Path
) -> None:
    fields = (b"none", b"none", b"")
    blob = b"openssh-key-v1\0" + b"".join(map(string, fields)) + (1).to_bytes(4, "big")
    handle = tmp_path / "id_ed25519_sk"
    handle.write_bytes(pem(blob + string(soft_ed25519.public_key.blob) + string(b"\0" * 64)))

    with pytest.raises(SignerError) as refused:
        KeyFile(handle).sign(MESSAGE)
    assert "ssh-add" in refused.value.hint


def pem(blob: bytes) -> bytes:
    frame = "-----{} OPENSSH PRIVATE KEY-----"
    return "\n".join(
        (frame.format("BEGIN"), base64.b64encode(blob).decode(), frame.format("END"), "")
    ).encode()


def test_a_generated_key_signs_and_stock_tools_agree(tmp_path: Path, stock: Stock) -> None:
    path = tmp_path / "keys" / "qm"
    made = generate_key(path, comment="Quality  Manager\nacme")
    signer: Signer = KeyFile(path)
    printed = subprocess.run(["ssh-keygen", "-yf", path], capture_output=True, check=True).stdout

    assert made == signer.public_key == half(path) == PublicKey.parse(printed.decode())
    assert stock.sign(path, MESSAGE) == signer.sign(MESSAGE)
    assert Path(f"{path}.pub").read_text() == f"{made.line} Quality Manager acme\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_generated_key_can_be_protected(tmp_path: Path) -> None:
    made = generate_key(tmp_path / "qm", comment="", passphrase=WORDS)

    assert KeyFile(tmp_path / "qm", passphrase=WORDS).public_key == made
    with pytest.raises(SignerError):
        KeyFile(tmp_path / "qm").sign(MESSAGE)


@pytest.mark.parametrize("taken", ["qm", "qm.pub"])
def test_a_key_file_is_never_overwritten(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_text("precious")

    with pytest.raises(TakenError):
        generate_key(tmp_path / "qm", comment="")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(taken, "precious")]


def test_a_key_file_behind_a_dangling_link_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "qm").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SignerError, match="cannot be written"):
        generate_key(tmp_path / "qm", comment="")
    assert [file.name for file in tmp_path.iterdir()] == ["qm"]


def test_a_signature_made_elsewhere_lands_for_its_own_bytes_only(
    keys: Mapping[str, Path], stock: Stock
) -> None:
    armored = stock.sign(keys["ed25519"], MESSAGE)
    signer: Signer = Presigned(half(keys["ed25519"]), "\n " + armored.replace("\n", "\r\n"))

    assert signer.sign(MESSAGE) == armored
    with pytest.raises(SignatureError, match="not signed by this key"):
        signer.sign(MESSAGE + b" ")


def test_a_public_key_is_enough_to_prepare_and_not_to_sign(keys: Mapping[str, Path]) -> None:
    signer: Signer = Presigned(half(keys["ed25519"]))

    assert signer.public_key == half(keys["ed25519"])
    with pytest.raises(SignerError, match="is elsewhere") as refused:
        signer.sign(MESSAGE)
    assert "land the signature" in refused.value.hint


def test_how_a_passkey_signed_is_not_judged_when_its_signature_lands(passkey: SoftEcdsa) -> None:
    untouched = passkey.sign_in_browser(MESSAGE, flags=0, origin="http://localhost")

    assert Presigned(passkey.public_key, untouched).sign(MESSAGE) == untouched


def test_a_signature_by_another_key_does_not_land(keys: Mapping[str, Path]) -> None:
    armored = KeyFile(keys["ecdsa-256"]).sign(MESSAGE)

    with pytest.raises(SignatureError, match="it was made by the key SHA256:"):
        Presigned(half(keys["ed25519"]), armored).sign(MESSAGE)
