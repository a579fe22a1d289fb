"""Every error docctl raises on purpose.

DocctlError
├── InputError                    what was given cannot be read or has the wrong form  (exit 2)
│   ├── FrontMatterError              the block at the top of a document does not fit its type
│   ├── UnreadableError               bytes that are not UTF-8, not an image, not a key …
│   ├── PathError                     a number or file name that could leave its folder
│   └── SignerError                   a key that cannot be used: passphrase, agent, algorithm
├── RefusedError                  the request breaks a rule of document control  (exit 3)
│   ├── IllegalMoveError              the lifecycle has no such move from this state
│   ├── NotAuthorisedError            the signer lacks the role, or the key does not count
│   ├── SeparationOfDutiesError       four eyes: the signer wrote what he or she would approve
│   ├── StaleApprovalError            the text is not the one that was submitted
│   ├── StaleDraftError               somebody saved a newer draft
│   ├── MissingApprovalError          a signature is still missing
│   ├── RouteError                    the route cannot be filled with persons
│   ├── DateError                     a date that the rules do not allow
│   ├── IncompleteError               the checks before this step found problems
│   ├── TakenError                    a number, label or name that is used up
│   ├── LimitError                    larger than CONTROL allows
│   ├── ExportForbiddenError          a licence forbids to hand this text out
│   ├── SignatureError                a signature that does not fit its bytes
│   └── EventError                    an event whose bytes or chain are not as they must be
├── NotFoundError                 no such document, revision, person, type, library  (exit 4)
└── StoreError                    the store cannot serve now  (exit 5)
    ├── OvertakenError                somebody else changed this item first
    ├── DamagedStoreError             an object is missing or is not what its name says
    ├── NewerFormatError              written by a newer docctl
    ├── LockedError                   a lock that is not ours to break
    ├── GitError                      Git answered with an error
    └── DiskError                     the disk is full or fails
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar


class DocctlError(Exception):
    """The root of the family: a message for people, a hint, and the exit code of the doors."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        #: What to do next, one sentence; empty when the message says it all.
        self.hint = hint


# --- 2: the request cannot be understood -------------------------------------------------


class InputError(DocctlError):
    """What was given cannot be read, or is not of the right form."""

    exit_code = 2


class FrontMatterError(InputError):
    """The front matter does not fit; `faults` holds one sentence for each, with its line."""

    def __init__(self, source: str, faults: Sequence[str], *, hint: str = "") -> None:
        super().__init__(f"{source}: " + "; ".join(faults), hint=hint)
        self.source = source
        self.faults = tuple(faults)


class UnreadableError(InputError):
    """Bytes that are not what they should be: not UTF-8, not an image, not a key."""

    def __init__(self, source: str, what: str, *, hint: str = "") -> None:
        super().__init__(f"{source}: {what}", hint=hint)
        self.source = source


class PathError(InputError):
    """A number or file name that could leave its folder or collide with another."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{name!r} cannot be used as a name: {why}",
            hint="use letters, digits, '-', '_' and '.', without folders",
        )
        self.name = name


class SignerError(InputError):
    """A key that cannot sign: wrong passphrase, silent agent, unsupported algorithm."""


# --- 3: a rule of document control says no -----------------------------------------------


class RefusedError(DocctlError):
    """The request breaks a rule of document control; nothing was changed."""

    exit_code = 3


class IllegalMoveError(RefusedError):
    """The lifecycle has no such move from this state."""

    def __init__(self, item: str, verb: str, state: str, allowed: Sequence[str]) -> None:
        super().__init__(f"{item} is {state}: it cannot be moved by '{verb}'")
        self.item = item
        self.verb = verb
        self.state = state
        self.allowed = tuple(allowed)
        self.hint = (
            f"possible now: {', '.join(allowed)}" if allowed else "nothing can be done with it"
        )


class NotAuthorisedError(RefusedError):
    """The signer lacks the role that the step asks for, or the key does not count."""

    def __init__(self, person: str, why: str, *, hint: str = "") -> None:
        super().__init__(f"{person or 'this key'} {why}", hint=hint)
        self.person = person


class SeparationOfDutiesError(RefusedError):
    """Four eyes: nobody reviews or approves what he or she wrote, or resumes what they stopped."""

    def __init__(
        self,
        item: str,
        person: str,
        *,
        did: str = "wrote or edited",
        cannot: str = "review or approve",
    ) -> None:
        super().__init__(
            f"{person} {did} {item} and cannot {cannot} it", hint="another person must sign"
        )
        self.item = item
        self.person = person


class StaleApprovalError(RefusedError):
    """The signature names a text that is not the one under review."""

    def __init__(self, item: str, signed: str, current: str) -> None:
        super().__init__(
            f"{item}: the signature is for content {signed[:12]}, under review is {current[:12]}",
            hint="read the text as it is now and sign again",
        )
        self.item = item
        self.signed = signed
        self.current = current


class StaleDraftError(RefusedError):
    """The draft in the store is newer than the one the change began from."""

    def __init__(self, item: str, person: str) -> None:
        super().__init__(
            f"{item}: {person} has saved a newer draft since yours began",
            hint=f"keep your file, run 'docctl edit {item}', and bring your change into that",
        )
        self.item = item
        self.person = person


class MissingApprovalError(RefusedError):
    """A release was asked for while signatures are still missing."""

    def __init__(self, item: str, waiting_for: Sequence[str]) -> None:
        super().__init__(f"{item} still waits for: {'; '.join(waiting_for)}")
        self.item = item
        self.waiting_for = tuple(waiting_for)
        self.hint = f"ask them to run: docctl approve {item.split(maxsplit=1)[0]}"


class RouteError(RefusedError):
    """The route cannot be filled: too few persons hold the roles it asks for."""

    def __init__(self, item: str, unfilled: Sequence[str]) -> None:
        super().__init__(
            f"{item}: nobody can sign as {'; '.join(unfilled)}",
            hint="give the role to someone who is not an author: docctl person role ID ROLE",
        )
        self.item = item
        self.unfilled = tuple(unfilled)


class DateError(RefusedError):
    """A date that the rules do not allow."""

    def __init__(self, item: str, given: date, why: str, *, hint: str = "") -> None:
        super().__init__(f"{item}: {given.isoformat()} {why}", hint=hint)
        self.item = item
        self.given = given


class IncompleteError(RefusedError):
    """The checks before this step found problems; each is one sentence in `faults`."""

    def __init__(self, item: str, faults: Sequence[str], *, hint: str = "") -> None:
        super().__init__(f"{item} is not ready: " + "; ".join(faults), hint=hint)
        self.item = item
        self.faults = tuple(faults)


class TakenError(RefusedError):
    """A number, label or name that is in use or used up."""

    def __init__(self, name: str, why: str, *, hint: str = "") -> None:
        super().__init__(f"{name} {why}", hint=hint)
        self.name = name


class LimitError(RefusedError):
    """Larger than CONTROL allows. Sizes are in bytes."""

    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(
            f"{name} has {size:,} bytes; the limit is {limit:,}",
            hint="make it smaller, or let CONTROL raise the limit",
        )
        self.name = name
        self.size = size
        self.limit = limit


class ExportForbiddenError(RefusedError):
    """A licence forbids to hand out the text of an external document."""

    def __init__(self, item: str, licence: str) -> None:
        super().__init__(
            f"{item} must not be exported: {licence}",
            hint=f"its register entry can be shown: docctl show {item}",
        )
        self.item = item


class SignatureError(RefusedError):
    """A signature that does not fit its bytes, its namespace or its key."""

    def __init__(self, why: str, *, hint: str = "") -> None:
        super().__init__(f"the signature does not hold: {why}", hint=hint)


class EventError(RefusedError):
    """An event whose bytes, chain or fields are not as they must be."""

    def __init__(self, item: str, why: str, *, hint: str = "") -> None:
        super().__init__(f"{item}: {why}", hint=hint)
        self.item = item


# --- 4: not here -----------------------------------------------------------------------


class NotFoundError(DocctlError):
    """There is no such document, revision, person, type or library."""

    exit_code = 4

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(f"there is no {what}", hint=hint)


# --- 5: the store cannot serve -----------------------------------------------------------


class StoreError(DocctlError):
    """The store cannot serve now; what was acknowledged before is safe."""

    exit_code = 5


class OvertakenError(StoreError):
    """Somebody else changed the same item first; nothing of this change was written."""

    def __init__(self, item: str) -> None:
        super().__init__(
            f"{item} was changed by somebody else meanwhile", hint="look again and repeat"
        )
        self.item = item


class DamagedStoreError(StoreError):
    """An object is missing, or its bytes are not what its name says."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"the store is damaged: {what}",
            hint="restore it from a backup or a clone; 'docctl verify' lists every problem",
        )


class NewerFormatError(StoreError):
    """The store was written by a newer docctl."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"the store has format {found}; this docctl reads formats up to {known}",
            hint="install a newer docctl",
        )
        self.found = found
        self.known = known


class LockedError(StoreError):
    """A lock that is not ours to break."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"the store is locked: {path} ({why})",
            hint="wait for the other program, or look who holds it",
        )
        self.path = path


class GitError(StoreError):
    """Git answered with an error."""

    def __init__(self, command: str, answer: str) -> None:
        super().__init__(f"git {command}: {answer.strip()}")
        self.command = command
        self.answer = answer


class DiskError(StoreError):
    """The disk is full or failing; nothing was acknowledged."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the disk does not take it: {why}", hint="make room and repeat; nothing was changed"
        )
