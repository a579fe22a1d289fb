"""What questions about retention return: when a record may go, and why."""

from datetime import date
from typing import Literal

from docctl.model.base import Digest, Model, Number, Word
from docctl.model.records.record import RecordId
from docctl.model.records.retention import Action, ClassName

DueState = Literal[
    "open",
    "running",
    "due",
    "held",
    "review",
    "trigger_missing",
    "conflict",
    "permanent",
    "disposed",
]
"""`due` alone may be disposed of; `held` is due but for a hold; `review` and `conflict` wait for a
person: one decides about the record, the other about the schedule."""


class Due(Model):
    """When a record may be disposed of."""

    record: RecordId
    form: Number
    retention: ClassName
    state: DueState
    due_since: date | None = None
    """The first day on which it may be disposed of, whether or not it has come."""

    action: Action | None = None
    because: tuple[str, ...] = ()
    """Every reason, in words and in order."""

    missing: tuple[Word, ...] = ()
    """Triggers that have not happened."""

    holds: tuple[RecordId, ...] = ()
    """Holds that stand on it."""

    @property
    def explanation(self) -> str:
        """Return the reasons as one sentence."""
        return "; ".join(self.because)


class PackageMade(Model):
    """A package of records for a receiver."""

    disposal: RecordId
    path: str
    manifest: Digest
    """SHA-256 of its manifest, which names the SHA-256 of every other file."""

    sealed: bool
    """Whether what the records say is sealed under a key that is not in it."""

    records: tuple[RecordId, ...]
    files: int
    size: int
    """The bytes of its files."""


class DueChange(Model):
    """A record for which another schedule would answer otherwise."""

    before: Due
    after: Due

    @property
    def earlier(self) -> bool:
        """Tell whether it could go sooner than now, or at all: somebody should look at it."""
        then, now = self.after.due_since, self.before.due_since
        return then is not None and (now is None or then < now)
