"""Exit code 3: a rule of document control says no, and nothing was changed."""

from collections.abc import Sequence
from datetime import date, datetime

from docctl.errors.base import DocctlError


class RefusedError(DocctlError):
    """The request breaks a rule of document control; nothing was changed."""

    exit_code = 3


class IllegalMoveError(RefusedError):
    """The lifecycle has no such move from this state."""

    def __init__(
        self, item: str, verb: str, state: str, allowed: Sequence[str], *, hint: str = ""
    ) -> None:
        possible = f"possible now: {', '.join(allowed)}" if allowed else ""
        super().__init__(
            f"{item} is {state.replace('_', ' ')}: '{verb}' is not possible now",
            hint=hint or possible or "nothing can be done with it",
        )
        self.item = item
        self.verb = verb
        self.state = state
        self.allowed = tuple(allowed)


class NotAuthorisedError(RefusedError):
    """The signer lacks the role that the step asks for, or the key does not count."""

    def __init__(
        self, person: str, why: str, hint: str = "see who may do what: docctl authority"
    ) -> None:
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


class UnsavedError(RefusedError):
    """The working copy holds changes that the draft in the store does not have."""

    def __init__(self, item: str) -> None:
        super().__init__(
            f"the working copy of {item} was changed and not saved",
            hint=f"save it with 'docctl save {item}', or lay it aside",
        )
        self.item = item


class MissingApprovalError(RefusedError):
    """A release was asked for while signatures are still missing."""

    def __init__(self, item: str, waiting_for: Sequence[str], *, next_verb: str) -> None:
        super().__init__(
            f"{item} still waits for: {'; '.join(waiting_for)}",
            hint=f"next is: docctl {next_verb} {item.split(maxsplit=1)[0]}",
        )
        self.item = item
        self.waiting_for = tuple(waiting_for)
        self.next_verb = next_verb


class RouteError(RefusedError):
    """The route cannot be filled: too few persons hold the roles it asks for."""

    def __init__(self, item: str, unfilled: Sequence[str]) -> None:
        super().__init__(
            f"{item}: nobody can sign as {'; '.join(unfilled)}",
            hint="no author signs, and each person once, in one role: give the role to somebody "
            "else: docctl person role ID ROLE",
        )
        self.item = item
        self.unfilled = tuple(unfilled)


class DateError(RefusedError):
    """A date that the rules do not allow."""

    def __init__(
        self, item: str, given: date, why: str, *, hint: str = "choose another day"
    ) -> None:
        super().__init__(f"{item}: {given.isoformat()} {why}", hint=hint)
        self.item = item
        self.given = given


class ClockError(RefusedError):
    """A time that lies ahead of this machine's clock: one of two clocks is wrong."""

    def __init__(self, item: str, what: str, time: datetime, now: datetime, *, hint: str) -> None:
        super().__init__(
            f"{item}: {what} at {time:%F %H:%M} UTC, and this machine's clock says {now:%F %H:%M}",
            hint=hint,
        )
        self.item = item
        self.time = time
        self.now = now


class RetentionError(RefusedError):
    """A record that may not go: not due, not authorised, or changed since it was proposed."""

    def __init__(
        self, item: str, why: str, *, hint: str = "see when and why: docctl retention due"
    ) -> None:
        super().__init__(f"{item}: {why}", hint=hint)
        self.item = item


class HoldError(RefusedError):
    """A record or document under a hold: it stays until every hold on it is lifted."""

    def __init__(self, item: str, holds: Sequence[str]) -> None:
        super().__init__(
            f"{item} is held by {', '.join(holds)}",
            hint=f"it stays until that is lifted: docctl hold show {holds[0]}",
        )
        self.item = item
        self.holds = tuple(holds)


class IncompleteError(RefusedError):
    """The checks before this step found problems; each is one sentence in `faults`."""

    def __init__(self, item: str, faults: Sequence[str], *, hint: str = "") -> None:
        super().__init__(f"{item} is not ready:", faults=faults, hint=hint)
        self.item = item


class TakenError(RefusedError):
    """A number, label or name that is in use or used up."""

    def __init__(self, name: str, why: str, *, hint: str = "choose another one") -> None:
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

    def __init__(
        self, why: str, *, hint: str = "sign the exact bytes again, with the signer's own key"
    ) -> None:
        super().__init__(f"the signature does not hold: {why}", hint=hint)


class EventError(RefusedError):
    """An event whose bytes, chain or fields are not as they must be."""

    def __init__(
        self, item: str, why: str, *, hint: str = "look how it stands now, and prepare it again"
    ) -> None:
        super().__init__(f"{item}: {why}", hint=hint)
        self.item = item
