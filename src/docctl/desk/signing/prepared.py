"""What is ready to be signed: the exact bytes, and what lands with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from docctl.errors import InputError
from docctl.model.event import Event
from docctl.rules.summary import summary


@dataclass(frozen=True, slots=True)
class Statement:
    """One event as the bytes that its signer signs."""

    event: Event
    path: str
    """Where it will stand in the store."""

    data: bytes
    """Its canonical JSON."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change that is complete but for its signatures.

    Sign `message` with any OpenSSH key that counts, namespace `docctl-event@v1`, and hand the
    armored signature to `Library.land`.
    """

    statements: tuple[Statement, ...]
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    """Content that lands with the events; nothing as bytes removes a file."""

    base: str | None = None
    """The commit on which it was prepared."""

    @property
    def message(self) -> bytes:
        """The bytes to sign, where the change is one event.

        Raises:
            InputError: the change has several events; sign each of `statements`.
        """
        if len(self.statements) != 1:
            raise InputError("this change has several statements", hint="sign each of `statements`")
        return self.statements[0].data

    @property
    def summary(self) -> str:
        """One line that says what the change is, as the commit message has it."""
        return summary([one.event for one in self.statements])
