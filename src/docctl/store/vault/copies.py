"""One copy of a payload: opened, and judged."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Literal

from docctl.errors import DamagedVaultError, MissingPayloadError, SealError, VaultError
from docctl.model.records.record import RecordId, Stub
from docctl.store.vault.shelf import Openable, Readable, payload_name
from docctl.trust.sealing import Opener, Room, sealed_size

#: What stands in the vault of a payload that history promises.
Outcome = Literal["present", "missing", "altered", "key missing", "not readable here"]

#: Is told the length of each piece that was read.
Progress = Callable[[int], object]


@contextmanager
def opened(shelf: Openable, record: RecordId, stub: Stub, key: bytes) -> Iterator[Opener]:
    """Open a copy.

    Raises:
        MissingPayloadError: it is not there.
        SealError: it is not a sealed payload of this size.
        DamagedVaultError: it is no file.
        VaultError: it cannot be read.
    """
    file = shelf.open(payload_name(stub.commitment))
    if file is None:
        raise MissingPayloadError(record, "payload", shelf.address)
    with closing(file):
        if file.size != sealed_size(stub.size):
            raise SealError("it has another length")
        yield Opener(file.read, key=key, commitment=stub.commitment)


def is_on(shelf: Readable, stub: Stub) -> bool:
    """Tell whether a shelf has something under the name of a payload, right or wrong.

    Raises:
        VaultError: the shelf cannot be reached.
    """
    try:
        found = shelf.open(payload_name(stub.commitment))
    except DamagedVaultError:
        return True
    if found is not None:
        found.close()
    return found is not None


def condition(
    shelf: Readable,
    record: RecordId,
    stub: Stub,
    key: bytes,
    *,
    progress: Progress = int,
    room: Room | None = None,
) -> Outcome | VaultError:
    """Read one copy to its end and tell what it is; an error where it cannot be read."""
    try:
        with opened(shelf, record, stub, key) as opener:
            for size in opener.sizes(room or Room()):
                progress(size)
    except MissingPayloadError:
        return "missing"
    except (DamagedVaultError, SealError):
        return "altered"
    except VaultError as error:
        return error
    return "present"
