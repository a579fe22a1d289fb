"""ACCESS: people, their keys, roles and functions, and the events that change them."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from docctl.model.base import Digest, Line, Model, PersonId, Word, Words
from docctl.model.control import Profile
from docctl.model.event import Event
from docctl.model.persons import Identified, Names, Naming
from docctl.model.records.record import Stub

#: The item under which people, keys and roles are kept.
ACCESS = "ACCESS"

PublicKeyLine = str
"""A public key in OpenSSH's one-line form, without a comment."""

Fingerprint = str
"""A key's fingerprint as `ssh-keygen -l` prints it: `SHA256:…`."""


class PersonNew(Naming, Identified):
    """A person as ACCESS takes him or her up."""

    kind: Literal["person", "service"] = "person"
    """A `service` drafts and checks; it never reviews, approves, releases or destroys."""

    key: PublicKeyLine | None = None
    """Comes with its fingerprint, or not at all."""

    fingerprint: Fingerprint | None = None
    roles: tuple[Word, ...] = ()
    functions: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _key_with_its_fingerprint(self) -> "PersonNew":
        if bool(self.key) != bool(self.fingerprint):
            raise ValueError("a key and its fingerprint come together")
        return self


class FoundedData(Model):
    """The first statement of a library; its digest is the library's identity."""

    organization: Line
    founder: PersonNew
    profile: Profile
    names: Names = "store"
    """Where people's names stand: in the store, or in the vault."""

    control: Digest
    """The digest of the first control settings, which are founded with it."""

    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    """Random, so that no two libraries are the same."""


class Founded(Event):
    """A library begins."""

    type: Literal["founded"] = "founded"
    data: FoundedData


class PersonAdded(Event):
    """A person is taken up; the key counts once its holder has accepted."""

    type: Literal["person_added"] = "person_added"
    data: PersonNew


class KeyData(Model):
    """A person and one of his or her keys."""

    person: PersonId
    fingerprint: Fingerprint


class Accepted(Event):
    """The holder proves possession of a key and takes signatures made with it as binding."""

    type: Literal["accepted"] = "accepted"
    data: KeyData


class KeyAddedData(KeyData):
    """A further key."""

    key: PublicKeyLine


class KeyAdded(Event):
    """A person gets a further key, as for rotation."""

    type: Literal["key_added"] = "key_added"
    data: KeyAddedData


class KeyRevokedData(KeyData):
    """The key that ends, and since when it is suspect."""

    suspect_from: int | None = Field(default=None, ge=1)
    """The position (change number) from which signatures by this key are questioned."""


class KeyRevoked(Event):
    """A key no longer counts from here on; signatures made before stay valid."""

    type: Literal["key_revoked"] = "key_revoked"
    data: KeyRevokedData


class RoleData(Model):
    """A person and a role."""

    person: PersonId
    role: Word


class RoleGranted(Event):
    """A person may act in a role."""

    type: Literal["role_granted"] = "role_granted"
    data: RoleData


class RoleWithdrawn(Event):
    """A person may no longer act in a role."""

    type: Literal["role_withdrawn"] = "role_withdrawn"
    data: RoleData


class FunctionData(Model):
    """A person, a job title, and the day on which it begins or ends."""

    person: PersonId
    function: Line
    on: date


class FunctionGiven(Event):
    """A person holds a function from a day on."""

    type: Literal["function_given"] = "function_given"
    data: FunctionData


class FunctionEnded(Event):
    """A person no longer holds a function; `on` is the first day without it."""

    type: Literal["function_ended"] = "function_ended"
    data: FunctionData


class PersonLeftData(Model):
    """Who left, and the first day without him or her."""

    person: PersonId
    on: date


class PersonLeft(Event):
    """A person left: roles, functions and keys end; what was signed stays valid."""

    type: Literal["person_left"] = "person_left"
    data: PersonLeftData


class PersonRenamedData(Naming):
    """A person and what he or she is called from now on."""

    person: PersonId


class PersonRenamed(Event):
    """A person's name is corrected, or has changed."""

    type: Literal["person_renamed"] = "person_renamed"
    data: PersonRenamedData


class PersonErasedData(Model):
    """Whose name is let go."""

    person: PersonId


class PersonErased(Event):
    """The name of somebody who left is let go: the vault destroys it, signatures stay valid."""

    type: Literal["person_erased"] = "person_erased"
    data: PersonErasedData


class ThresholdData(Model):
    """How many administrators must sign a change of ACCESS."""

    administrators: int = Field(ge=1, le=20)


class ThresholdSet(Event):
    """The number of administrators that must sign changes; old and new number must sign this."""

    type: Literal["threshold_set"] = "threshold_set"
    data: ThresholdData


class ExceptionData(Model):
    """A person, the rule he or she is excepted from, and the last day of it."""

    person: PersonId
    rule: Literal["self_approval"] = "self_approval"
    until: date
    """The last day on which the exception holds."""


class ExceptionGranted(Event):
    """A named exception with reason and end; every report shows it."""

    type: Literal["exception_granted"] = "exception_granted"
    data: ExceptionData


class ExceptionEnded(Event):
    """An exception ends before its day; `until` is its last day."""

    type: Literal["exception_ended"] = "exception_ended"
    data: ExceptionData


class FunctionHeld(Model):
    """A function and the span of days in which it is held."""

    function: Line
    since: date
    """The first day."""

    until: date | None = None
    """The first day without it; nothing while it goes on."""


class KeyHeld(Model):
    """A key and the span of positions in which its signatures count."""

    fingerprint: Fingerprint
    key: PublicKeyLine
    accepted_at: int | None = None
    """The position of its acceptance; nothing while its holder has not accepted."""

    ended_at: int | None = None
    """The position of the change that ended it."""

    suspect_from: int | None = None
    """The position from which its signatures are in doubt; only a key that ended is suspect."""

    @model_validator(mode="after")
    def _suspect_once_ended(self) -> "KeyHeld":
        if self.suspect_from is not None and self.ended_at is None:
            raise ValueError("a key is suspect from its end on, and this one has not ended")
        return self


class Person(Model):
    """A person as ACCESS knows him or her at a position."""

    id: PersonId
    name: Words
    """The name as it is printed; the id, or a neutral one, where it cannot be had."""

    kind: Literal["person", "service"] = "person"
    roles: tuple[Word, ...] = ()
    functions: tuple[FunctionHeld, ...] = ()
    keys: tuple[KeyHeld, ...] = ()
    left_on: date | None = None
    """The first day without him or her."""

    left_stated_on: date | None = None
    """The day on which that was stated."""

    named: Stub | None = None
    """The payload of the name, where the vault keeps it."""

    let_go: tuple[Stub, ...] = ()
    """Payloads of names that this person does not bear any more."""

    erased: bool = False
    """Whether the name was let go for good."""
