"""Real keys made by ssh-keygen, the stock tools to compare with, and security keys in software."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from soft_keys import SoftEcdsa, SoftEd25519, Stock

MADE = {
    "ed25519": ("-t", "ed25519"),
    "ecdsa-256": ("-t", "ecdsa", "-b", "256"),
    "ecdsa-384": ("-t", "ecdsa", "-b", "384"),
    "ecdsa-521": ("-t", "ecdsa", "-b", "521"),
    "rsa-3072": ("-t", "rsa", "-b", "3072"),
    "rsa-2048": ("-t", "rsa", "-b", "2048"),
    "locked": ("-t", "ed25519", "-a", "1", "-N", "correct horse"),
    "locked-pem": ("-t", "ecdsa", "-m", "PKCS8", "-N", "correct horse"),
}


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Private key files by kind; the public halves lie beside them."""
    folder = tmp_path_factory.mktemp("keys")
    for name, options in MADE.items():
        fixed = ("-q", "-C", name, "-f", folder / name)
        no_passphrase = () if "-N" in options else ("-N", "")
        subprocess.run(["ssh-keygen", *options, *no_passphrase, *fixed], check=True)
    return {name: folder / name for name in MADE}


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    return Stock(tmp_path)


@pytest.fixture(scope="session")
def soft_ed25519() -> SoftEd25519:
    return SoftEd25519()


@pytest.fixture(scope="session")
def passkey() -> SoftEcdsa:
    return SoftEcdsa()
