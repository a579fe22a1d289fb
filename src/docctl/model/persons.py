"""How the names of people are kept: in the store for ever, or in the vault, where they can go."""

from typing import Literal

from pydantic import model_validator

from docctl.model.base import Line, Model, PersonId
from docctl.model.records.record import Stub

Names = Literal["store", "vault"]
"""Where people's names stand; chosen once, when a library is founded."""

#: How the id of a person is written where names are kept in the vault: it tells nothing.
OPAQUE = r"^p-[0-9a-f]{16}$"

#: The largest payload that a name can be, in bytes.
LARGEST_NAME = 4096


class PersonPayload(Model):
    """What the vault keeps of a person."""

    name: Line


class Identified(Model):
    """Somebody by his or her permanent id, which stands before everything else."""

    id: PersonId


class Naming(Model):
    """A name, or what the history holds of one that the vault keeps; exactly one of them."""

    name: Line | None = None
    """The name, in a library whose names stand in the store."""

    named: Stub | None = None
    """The name's payload, in a library whose names are kept in the vault."""

    @model_validator(mode="after")
    def _one_of_both(self) -> "Naming":
        if (self.name is None) == (self.named is None):
            raise ValueError("a person has a name or the payload of one, and not both")
        return self
