"""Keys as they are named on the command line."""

import sys
from contextlib import suppress
from functools import cached_property, partial
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
        super().__init__(path, passphrase=partial(_asked, path))
        self.comment = comment

    @property
    def public_key(self) -> PublicKey:
        """The public half; the pair is made now if there is none."""
        if not is_there(located(self.path)):
            return generate_key(self.path, comment=self.comment)
        return super().public_key


class PublicHalf:
    """Signs with the key whose public half a file holds: through ssh-agent where that has it.

    Where it has not, the private key that lies beside the file signs.

    Raises (when first used):
        SignerError: neither can sign; the sentence says what was tried.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.private = path.with_suffix("")

    @cached_property
    def public_key(self) -> PublicKey:
        """The key that the file holds."""
        return _public(self.path)

    def sign(self, message: bytes) -> str:
        """Return the armored signature of *message*."""
        held = AgentKey(self.public_key)
        without = self._missing_in(held)
        if not without:
            return held.sign(message)
        if not is_there(self.private):
            raise SignerError(
                f"{without}, and no private key lies beside {self.path}",
                hint="let ssh-agent hold the key (ssh-add FILE), or name the private key",
            )
        beside = KeyFile(self.private, passphrase=partial(_asked, self.private, without))
        if beside.public_key != self.public_key:
            raise SignerError(
                f"{without}, and the private key beside {self.path} is another one",
                hint="name the private key itself",
            )
        return beside.sign(message)

    def _missing_in(self, held: AgentKey) -> str:
        """Return why the agent cannot sign; nothing where it holds the key."""
        try:
            if any(key == self.public_key for key, _ in held.identities()):
                return ""
        except SignerError as error:
            return str(error)
        return f"ssh-agent does not hold {self.path}"


def signer_of(path: Path) -> Signer:
    """Return who signs with the key in a file.

    A `.pub` file stands for a key that ssh-agent holds, and else for the one beside it.

    Raises:
        SignerError: there is no such file.
    """
    place = located(path)
    if not is_there(place):
        raise SignerError(f"there is no key {path}", hint="name the file of your key")
    if place.suffix == ".pub":
        return PublicHalf(place)
    return KeyFile(place, passphrase=partial(_asked, place))


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


def _asked(path: Path, before: str = "") -> str:
    """Ask for the passphrase of a key; *before* says what was tried before it."""
    if not sys.stdin.isatty():
        tried = f"{before}, and the" if before else "the"
        raise SignerError(
            f"{tried} key {path} is protected by a passphrase, with no terminal to ask for it",
            hint=f"let ssh-agent hold it (ssh-add {path}), and name the key as {path}.pub",
        )
    return str(click.prompt(f"Passphrase of the key {path}", hide_input=True, err=True))
