"""What a look through the vault found."""

from docctl.model.base import Digest, Line, Model, PersonId, Word, Words
from docctl.model.records.record import RecordId


class VaultFault(Model):
    """A copy of a payload that is not what history promises."""

    record: RecordId | PersonId
    """The record of which it is, or the person whose name it is."""

    commitment: Digest
    copy_at: Line
    """The vault that should hold it."""

    outcome: Words
    """`missing`, `altered`, `key missing`, or why it cannot be read."""


class VaultStranger(Model):
    """A file that nobody expects: it came back, or was left by a capture that was killed."""

    copy_at: Line
    name: Line
    record: RecordId | None = None
    """The record of which it was, where it was let go."""

    disposal: RecordId | None = None
    """The disposal that let it go."""


class VaultCopy(Model):
    """One copy of a vault, as a look through it found it."""

    vault: Word | None = None
    """The vault, where a retention class has one of its own."""

    copy_at: Line
    """Where the copy lies."""

    reached: bool
    right: int
    """Payloads that are as they were captured."""

    faults: int
    """Payloads that are missing, altered, or cannot be read."""

    strangers: int
    """Files that nobody expects."""


class VaultMended(Model):
    """A copy of a payload that was not right."""

    record: RecordId | PersonId
    """The record of which it is, or the person whose name it is."""

    commitment: Digest
    copy_at: Line
    """The copy that was not right."""

    was: Words
    """`missing`, `altered`, `key missing`, or why it could not be read."""

    why: Words = ""
    """Why it could not be put right; nothing where it was written anew."""


class VaultCopied(Model):
    """What became of copies that were to be brought up to date."""

    payloads: int
    """How many payloads history promises."""

    mended: tuple[VaultMended, ...] = ()
    """Copies of payloads that were not right, and whether they are now."""

    unreached: tuple[str, ...] = ()
    """Why vaults could not be looked at."""

    @property
    def sound(self) -> bool:
        """Tell whether every copy has everything now."""
        return not (self.unreached or any(one.why for one in self.mended))


class VaultReport(Model):
    """Whether every copy of every payload is what was captured."""

    payloads: int
    """How many payloads history promises."""

    copies: tuple[VaultCopy, ...] = ()
    faults: tuple[VaultFault, ...] = ()
    strangers: tuple[VaultStranger, ...] = ()
    leftovers: int = 0
    """Keys without anything that they open, left where a capture was refused: they do no harm."""

    unreached: tuple[str, ...] = ()
    """Why vaults could not be looked at."""

    @property
    def sound(self) -> bool:
        """Tell whether all is well."""
        return not (self.faults or self.strangers or self.unreached)
