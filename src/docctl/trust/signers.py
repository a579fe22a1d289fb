"""Who can make a signature: a key in a file, ssh-agent, or somebody elsewhere."""

from dataclasses import dataclass
from typing import Protocol

from docctl.errors import SignatureError, SignerError
from docctl.trust.agent import AgentKey
from docctl.trust.keyfile import KeyFile, generate_key
from docctl.trust.keys import PublicKey
from docctl.trust.sshsig import examine

__all__ = ["AgentKey", "KeyFile", "Presigned", "Signer", "generate_key"]


class Signer(Protocol):
    """Makes signatures of one key; docctl asks for nothing else."""

    @property
    def public_key(self) -> PublicKey:
        """The key whose signatures are made.

        Raises:
            SignerError: the key cannot be reached or used.
        """
        ...

    def sign(self, message: bytes) -> str:
        """Return an armored SSHSIG of *message*, in the namespace `docctl-event@v1`.

        Raises:
            SignerError: the key cannot be reached or used.
            SignatureError: the signature at hand is not one of *message*.
        """
        ...


@dataclass(frozen=True, slots=True)
class Presigned:
    """A key that signs elsewhere: on a token, in a browser, on another computer.

    The public key is enough to prepare a change. Have its exact bytes signed there
    (`ssh-keygen -Y sign -n docctl-event@v1 -f KEY FILE`), and land them with the signature.
    """

    public_key: PublicKey
    #: The text that begins with `-----BEGIN SSH SIGNATURE-----`; how its lines end does not matter.
    #: Empty while nothing is signed: then this prepares, and does not sign.
    armored: str = ""

    def sign(self, message: bytes) -> str:
        """Return the signature, if it is one of *message* by this key.

        How it was made (touch, site) is judged where every event is judged.

        Raises:
            SignerError: there is none yet.
            SignatureError: it is of other bytes, or by another key.
        """
        if not self.armored:
            raise SignerError(
                f"the private key of {self.public_key.fingerprint} is elsewhere",
                hint="prepare the change, have its bytes signed there, and land the signature",
            )
        armored = "".join(f"{line.strip()}\n" for line in self.armored.strip().splitlines())
        key, _ = examine(message, armored)
        if key != self.public_key:
            raise SignatureError(
                f"it was made by the key {key.fingerprint}, not by {self.public_key.fingerprint}"
            )
        return armored
