import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from soft_keys import SoftEd25519, Stock

from docctl.errors import SignerError
from docctl.trust.keys import PublicKey
from docctl.trust.signers import AgentKey, KeyFile
from docctl.trust.sshsig import dearmor, verify
from docctl.trust.wire import string

MESSAGE = b'{"item":"PRO-001","type":"approved","v":1}'
HELD = ("ed25519", "ecdsa-384", "rsa-3072", "rsa-2048")


@pytest.fixture(scope="module")
def agent(keys: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A real ssh-agent that holds some keys."""
    path = tmp_path_factory.mktemp("agent") / "socket"
    with subprocess.Popen(["ssh-agent", "-D", "-a", path], stdout=subprocess.DEVNULL) as process:
        env = {"SSH_AUTH_SOCK": str(path)}
        listed = partial(subprocess.run, ["ssh-add", "-l"], env=env, check=False)
        while listed(capture_output=True).returncode > 1:
            assert process.poll() is None  # it is there, and does not listen yet
        for name in HELD:
            subprocess.run(["ssh-add", "-q", keys[name]], env=env, check=True)
        yield path
        process.terminate()


def half(path: Path) -> PublicKey:
    return PublicKey.parse(Path(f"{path}.pub").read_text())


@pytest.mark.parametrize("kind", HELD[:-1])
def test_a_key_in_the_agent_signs(
    agent: Path, keys: Mapping[str, Path], stock: Stock, kind: str
) -> None:
    public = half(keys[kind])

    for name in (kind, public.fingerprint, public.line, f"{public.line} Ola", public):
        signer = AgentKey(name, socket_path=agent)
        armored = signer.sign(MESSAGE)
        assert signer.public_key == verify(MESSAGE, armored).key == public
        assert stock.holds(public, MESSAGE, armored)


def test_the_agent_and_the_file_sign_alike(agent: Path, keys: Mapping[str, Path]) -> None:
    for kind in ("ed25519", "rsa-3072"):
        in_agent = AgentKey(kind, socket_path=agent)
        assert in_agent.sign(MESSAGE) == KeyFile(keys[kind]).sign(MESSAGE)


def test_the_agent_of_the_environment_is_asked(
    agent: Path, keys: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(agent))
    assert AgentKey("ed25519").public_key == half(keys["ed25519"])

    monkeypatch.delenv("SSH_AUTH_SOCK")
    with pytest.raises(SignerError, match="no ssh-agent is running"):
        AgentKey("ed25519").sign(MESSAGE)


def test_a_key_the_agent_does_not_hold_is_a_signer_error(
    agent: Path, keys: Mapping[str, Path]
) -> None:
    with pytest.raises(SignerError, match="no key named 'nobody'") as refused:
        AgentKey("nobody", socket_path=agent).sign(MESSAGE)
    assert half(keys["ed25519"]).fingerprint in refused.value.hint
    with pytest.raises(SignerError, match="refused"):
        AgentKey(half(keys["ecdsa-256"]), socket_path=agent).sign(MESSAGE)


def test_a_weak_key_in_the_agent_is_not_used(agent: Path) -> None:
    with pytest.raises(SignerError, match="no key named 'rsa-2048'"):
        AgentKey("rsa-2048", socket_path=agent).sign(MESSAGE)


def test_an_agent_that_is_gone_is_a_signer_error(tmp_path: Path) -> None:
    with pytest.raises(SignerError, match="does not answer"):
        AgentKey("ed25519", socket_path=tmp_path / "gone").sign(MESSAGE)


def answering(folder: Path, answer: bytes) -> Path:
    """Start an agent that gives *answer* to the first question."""
    path = folder / "scripted"
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen(1)

    def serve() -> None:
        with server, server.accept()[0] as connection:
            connection.recv(1 << 16)
            connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return path


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0",
        string(b""),
        string(b"\x05"),
        string(b"\x0c"),
        string(b"\x0c\0\0\0\1"),
        string(b"\x0c\xff\xff\xff\xff" + string(b"key") * 9),
        b"\xff\xff\xff\xff\x0c",
        string(b"\x0c\0\0\0\0"),
    ],
)
def test_an_agent_that_talks_nonsense_is_a_signer_error(tmp_path: Path, answer: bytes) -> None:
    with pytest.raises(SignerError):
        AgentKey("ed25519", socket_path=answering(tmp_path, answer)).sign(MESSAGE)


def test_a_name_that_several_keys_bear_is_refused(tmp_path: Path) -> None:
    both = [string(SoftEd25519().public_key.blob) + string(b"mine") for _ in range(2)]
    path = answering(tmp_path, string(b"\x0c\0\0\0\2" + b"".join(both)))

    with pytest.raises(SignerError, match="several keys named 'mine'"):
        AgentKey("mine", socket_path=path).sign(MESSAGE)


def test_a_security_key_signs_through_the_agent(soft_ed25519: SoftEd25519, tmp_path: Path) -> None:
    armored = soft_ed25519.sign(MESSAGE)
    signature = dearmor(armored).rpartition(b"sha512")[2]
    path = answering(tmp_path, string(b"\x0e" + signature))

    assert AgentKey(soft_ed25519.public_key, socket_path=path).sign(MESSAGE) == armored


def test_an_answer_that_does_not_hold_is_refused(keys: Mapping[str, Path], tmp_path: Path) -> None:
    own = string(b"ssh-rsa") + string(b"\0" * 384)
    path = answering(tmp_path, string(b"\x0e" + string(own)))

    with pytest.raises(SignerError, match="does not hold"):
        AgentKey(half(keys["rsa-3072"]), socket_path=path).sign(MESSAGE)
