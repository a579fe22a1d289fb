"""Keys as they are named on the command line."""

import sys
from contextlib import suppress
from pathlib import Path

import click

from docctl.errors import DocctlError, NotFoundError, SignerError, UnreadableError
from docctl.store.files import is_there, read_file
from docctl.trust.keyfile import located
from docctl.trust.keys import PublicKey
from docctl.trust.signers import AgentKey, KeyFile, Presigned, Signer, generate_key

_LARGEST = 1 << 16


class NewKeyFile(KeyFile):
    """A key file that is made when it is first used, if it is not there yet."""

    def __init__(self, path: Path, *, comment: str) -> None:
        super().__init__(path, passphrase=_asked)
        self.comment = comment

    @property
    def public_key(self) -> PublicKey:
        """The public half; the pair is made now if there is none."""
        if not is_there(located(self.path)):
            return generate_key(self.path, comment=self.comment)
        return super().public_key


def signer_of(path: Path) -> Signer:
    """Return who signs with the key in a file.

    A `.pub` file with no private key beside it stands for a key that ssh-agent holds.

    Raises:
        SignerError: there is no such file.
    """
    place = located(path)
    if place.suffix == ".pub" and not is_there(place.with_suffix("")):
        return AgentKey(_public(place))
    if not is_there(place):
        raise SignerError(f"there is no key {path}", hint="name the file of your private key")
    return KeyFile(place, passphrase=_asked)


def asking(path: Path) -> Signer:
    """Return for whom a change is prepared: the public key is enough, and no passphrase is asked.

    Raises:
        SignerError: there is no such file.
    """
    with suppress(DocctlError):
        return Presigned(public_key(path))
    return signer_of(path)


def noted_signer(path: Path | None) -> Signer | None:
    """Return who signs with the key that `docctl.toml` names, if it names one.

    It is missed only when something is to be signed.
    """
    if path is None or is_there(path):
        return signer_of(path) if path else None
    return KeyFile(path)


def noted_asking(path: Path | None) -> Signer | None:
    """Return for whom a change is prepared where `docctl.toml` names a key."""
    return asking(path) if path and is_there(path) else noted_signer(path)


def public_key(path: Path) -> PublicKey:
    """Return the public key in a `.pub` file, or the one beside a private key.

    Raises:
        SignerError: there is no such file.
        UnreadableError: it holds no public key.
    """
    place = located(path)
    beside = Path(f"{place}.pub")
    return _public(beside if place.suffix != ".pub" and is_there(beside) else place)


def _public(path: Path) -> PublicKey:
    try:
        line = read_file(path, limit=_LARGEST).decode("utf-8", "replace")
    except NotFoundError as error:
        raise SignerError(
            f"there is no key {path}", hint="name the file that ends in .pub"
        ) from error
    if "PRIVATE KEY" in line:
        raise UnreadableError(
            str(path), "this is a private key", hint="give the .pub file, never the private key"
        )
    return PublicKey.parse(line)


def _asked() -> str:
    if not sys.stdin.isatty():
        raise SignerError(
            "the key is protected by a passphrase, and there is no terminal to ask for it",
            hint="let ssh-agent hold the key, and name its .pub file",
        )
    return str(click.prompt("Passphrase of the key", hide_input=True, err=True))
