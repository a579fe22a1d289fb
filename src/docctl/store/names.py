"""Names of people out of the vault: read when they are printed, and never a part of a verdict."""

from docctl.errors import StoreError
from docctl.model.base import Line, PersonId
from docctl.model.persons import LARGEST_NAME, PersonPayload
from docctl.model.records.record import Stub
from docctl.store.vault.reading import VaultReader

#: Every name's payload is filled up with blanks: its size in the history tells nothing.
_FILLED = 256


def name_payload(name: Line) -> bytes:
    """Return what the vault keeps of a name: JSON, filled up to a multiple of 256 bytes."""
    data = PersonPayload(name=name).model_dump_json().encode()
    return data.ljust(-(-len(data) // _FILLED) * _FILLED)


class VaultNames:
    """The names that a vault keeps, as far as it can be read. Nothing of them is remembered."""

    def __init__(self, vault: VaultReader) -> None:
        self._vault = vault

    def __call__(self, person: PersonId, stub: Stub) -> Line | None:
        """Return a person's name; nothing where the vault does not have it, or is not there."""
        if stub.size > LARGEST_NAME:
            return None
        try:
            data = b"".join(self._vault.read(person, stub))
            return PersonPayload.model_validate_json(data).name
        except (StoreError, ValueError):  # a name that nobody can read stops nothing
            return None
