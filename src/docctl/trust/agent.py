"""Keys that ssh-agent holds: the agent's protocol, spoken over its Unix socket."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property

from docctl.errors import InputError, SignatureError, SignerError
from docctl.trust.keys import PublicKey
from docctl.trust.sshsig import enclose, examine, to_be_signed
from docctl.trust.wire import Reader, string

# Message numbers and flags, as in draft-miller-ssh-agent.
REQUEST_IDENTITIES, IDENTITIES_ANSWER = 11, 12
SIGN_REQUEST, SIGN_RESPONSE = 13, 14
RSA_SHA2_512 = 4

#: The longest answer that is read, in bytes; OpenSSH's agent has the same limit.
MAX_ANSWER = 256 * 1024
#: Seconds to wait for an answer: the holder may have to confirm, or to touch a key.
PATIENCE = 120.0
START = "start it and add the key: eval $(ssh-agent); ssh-add KEYFILE"


class AgentKey:
    """Signs with a key that ssh-agent holds; the private key stays there.

    *key* is a `PublicKey`, its line, its fingerprint (`SHA256:…`), or the comment it bears in the
    agent. The socket is that of `SSH_AUTH_SOCK` unless *socket_path* is given. Security keys work:
    the agent asks for the touch.

    Raises (when first used):
        SignerError: no agent, no such key or several, or the agent refuses to sign.
    """

    def __init__(
        self, key: PublicKey | str, *, socket_path: str | os.PathLike[str] | None = None
    ) -> None:
        self.key = key
        self.socket_path = socket_path

    @cached_property
    def public_key(self) -> PublicKey:
        """The public half of the key."""
        if isinstance(self.key, PublicKey):
            return self.key
        wanted = self.key
        with suppress(InputError):  # then it is a fingerprint or a comment
            wanted = PublicKey.parse(self.key).fingerprint
        held = self.identities()
        found = {key for key, comment in held if wanted in {key.fingerprint, comment}}
        if len(found) != 1:
            known = "; ".join(f"{key.fingerprint} {comment!r}" for key, comment in held)
            raise SignerError(
                f"ssh-agent holds {'several keys' if found else 'no key'} named {wanted!r}",
                hint=f"name one of these by its fingerprint: {known}" if held else START,
            )
        return found.pop()

    def identities(self) -> tuple[tuple[PublicKey, str], ...]:
        """Return the keys the agent holds that docctl accepts, each with its comment."""
        held = []
        with typed_errors():
            answer = self.ask(bytes([REQUEST_IDENTITIES]), IDENTITIES_ANSWER)
            for _ in range(answer.number()):
                blob, comment = answer.string(), answer.string()
                with suppress(InputError):  # of a kind that cannot sign here
                    held.append((PublicKey(blob), comment.decode(errors="replace")))
        return tuple(held)

    def sign(self, message: bytes) -> str:
        """Return the armored signature of *message*."""
        key = self.public_key
        flags = RSA_SHA2_512 if key.algorithm == "ssh-rsa" else 0
        request = string(key.blob) + string(to_be_signed(message)) + flags.to_bytes(4, "big")
        with typed_errors():
            answer = self.ask(bytes([SIGN_REQUEST]) + request, SIGN_RESPONSE)
            armored = enclose(key, answer.string())
        try:
            examine(message, armored)
        except SignatureError as error:
            raise SignerError(f"ssh-agent answered, but {error}") from error
        return armored

    def ask(self, request: bytes, expected: int) -> Reader:
        """Send one request, and return the answer behind its number."""
        path = self.socket_path or os.environ.get("SSH_AUTH_SOCK")
        if not path:
            raise SignerError("no ssh-agent is running", hint=START)
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(os.fspath(path))
            connection.sendall(string(request))
            with connection.makefile("rb") as stream:
                size = int.from_bytes(stream.read(4), "big")
                answer = Reader(stream.read(min(size, MAX_ANSWER)))
        if answer.take(1)[0] != expected:
            raise SignerError(
                "ssh-agent refused",
                hint="is the key still there (ssh-add -l), unlocked, confirmed and touched?",
            )
        return answer


@contextmanager
def typed_errors() -> Iterator[None]:
    """Turn a broken conversation into a SignerError."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise SignerError(f"ssh-agent does not answer as it should: {error}", hint=START) from error
