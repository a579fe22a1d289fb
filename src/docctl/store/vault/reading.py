"""Reading from the vault: nothing is handed out unproved, and nothing is changed."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from hmac import compare_digest

from docctl.errors import (
    DamagedVaultError,
    MissingPayloadError,
    SealError,
    VaultAccessError,
    VaultError,
)
from docctl.model.records.record import RecordId, Stub
from docctl.store.vault.copies import Outcome, Progress, condition, is_on, opened
from docctl.store.vault.scrubbing import Scrub, scrub
from docctl.store.vault.shelf import Readable, key_name
from docctl.trust.sealing import KEY

__all__ = ["VaultReader", "key_file"]

_MAGIC = b"docctl-key@v1\n"
_CHECK = 16
_KEY_FILE = len(_MAGIC) + KEY + _CHECK


def key_file(record: RecordId, key: bytes) -> bytes:
    """Return a key as it lies on the shelf, with a check that it is whole and this record's."""
    told = _MAGIC + key
    return told + sha256(told + record.encode()).digest()[:_CHECK]


class VaultReader:
    """A vault as far as those need it who only look.

    Payloads lie in full on every one of *payloads*, keys on *keys*.
    """

    def __init__(self, payloads: Sequence[Readable], keys: Readable) -> None:
        if not payloads:
            raise ValueError("a vault has at least one shelf of payloads")
        self._copies = tuple(payloads)
        self._keyring = keys

    def read(self, record: RecordId, stub: Stub) -> Iterator[bytes]:
        """Yield a payload in pieces of at most 1 MiB, each authenticated.

        The last piece comes only once the whole has been compared with the commitment: whoever gets
        to the end has what was captured. Where a copy is missing or altered the next one is read.

        Raises:
            MissingPayloadError: no copy has it, or its key is gone.
            DamagedVaultError: no copy is what was captured.
            VaultError: a shelf cannot be reached, and no other copy is right.
        """
        return self._pieces(record, stub, self.key_of(record))

    def _pieces(self, record: RecordId, stub: Stub, key: bytes) -> Iterator[bytes]:
        given, ident = 0, b""
        failed: list[VaultError] = []
        for shelf in self._copies:
            try:
                with opened(shelf, record, stub, key) as opener:
                    if given and opener.ident != ident:
                        raise SealError("its copies are not of the same payload")
                    ident = opener.ident
                    for number, piece in enumerate(opener):
                        if number >= given:
                            yield piece
                            given += 1
                    return
            except VaultError as error:
                failed.append(error)
        raise self._reason(record, failed)

    def outcome(self, record: RecordId, stub: Stub) -> Outcome:
        """Tell what stands in the vault of a payload; a copy that is right is enough.

        It is `not readable here` where permissions say so.

        Raises:
            VaultError: a shelf cannot be reached, and what is on the others does not decide it.
        """
        try:
            return self._outcome(record, stub)
        except VaultAccessError:
            return "not readable here"

    def _outcome(self, record: RecordId, stub: Stub) -> Outcome:
        try:
            key = self.key_of(record)
        except (MissingPayloadError, DamagedVaultError):
            lies = any(is_on(shelf, stub) for shelf in self._copies)
            return "key missing" if lies else "missing"
        found = set()
        for shelf in self._copies:
            found.add(condition(shelf, record, stub, key))
            if "present" in found:
                return "present"
        for error in found:
            if isinstance(error, VaultError):
                raise error
        return "altered" if "altered" in found else "missing"

    def scrub(self, expected: Iterable[tuple[RecordId, Stub]], progress: Progress = int) -> Scrub:
        """Read every copy of every expected payload to its end, and name what nobody expects.

        What lies on the shelves is listed before *expected* is asked for its first element.

        Raises:
            VaultError: the shelf of keys cannot be reached.
        """
        return scrub(self._copies, self._keyring, expected, key_of=self.key_of, progress=progress)

    def key_of(self, record: RecordId) -> bytes:
        """Return a record's key.

        Raises:
            MissingPayloadError: it has none.
            DamagedVaultError: it is not what was put there, or another record's.
            VaultError: the shelf of keys cannot be reached.
        """
        found = self._keyring.open(key_name(record))
        if found is None:
            raise MissingPayloadError(record, "key", self._keyring.address)
        with closing(found):
            told = found.read(_KEY_FILE + 1)
        key = told[len(_MAGIC) : -_CHECK]
        if not compare_digest(told, key_file(record, key)):
            raise DamagedVaultError(record, "its key was altered", self._keyring.address)
        return key

    def _reason(self, record: RecordId, failed: Sequence[VaultError]) -> VaultError:
        """Return what to say where no copy serves: the least certain of the reasons."""
        for error in failed:
            if not isinstance(error, MissingPayloadError | DamagedVaultError | SealError):
                return error
        for error in failed:
            if not isinstance(error, MissingPayloadError):
                return DamagedVaultError(record, error.why, self._places)
        return MissingPayloadError(record, "payload", self._places)

    @property
    def _places(self) -> str:
        return " and ".join(shelf.address for shelf in self._copies)
