"""Guards of what is proposed and done about a revision in force."""

from docctl.errors import DateError, EventError, IllegalMoveError, SeparationOfDutiesError
from docctl.model import lifecycle as life
from docctl.model.control import CONTROL
from docctl.model.event import Event
from docctl.rules.steps.case import Case, require_route
from docctl.rules.steps.drafting import refuse_while_proposed, stays


def review_proposed(case: Case, event: life.ReviewProposed) -> None:
    """Check a periodic review: if it names the next day, that is still to come."""
    _proposed(case, event, "periodic-review")
    following = event.data.next_review_on
    if following and following <= event.date:
        raise DateError(case.name, following, "is not a later day for the next review")


def withdrawal_proposed(case: Case, event: life.WithdrawalProposed) -> None:
    """Check a withdrawal: from a day that is not past, with nothing else under way."""
    dossier = case.dossier
    if event.item == CONTROL:
        raise IllegalMoveError(CONTROL, "withdraw", "what every library needs", ("revise",))
    if dossier.newest != case.revision and dossier.newest.phase != "cancelled":
        raise IllegalMoveError(
            dossier.number, "withdraw", f"open in revision {dossier.newest.label}", ("cancel",)
        )
    _proposed(case, event, "withdraw")
    if event.data.from_on < event.date:
        raise DateError(dossier.number, event.data.from_on, "lies in the past")
    if event.data.replaced_by == event.item:
        raise EventError(
            event.item, "a document cannot replace itself", hint="name another document, or none"
        )


def _proposed(case: Case, event: life.ReviewProposed | life.WithdrawalProposed, verb: str) -> None:
    stays(case, verb)
    refuse_while_proposed(case, event, verb)
    if case.dossier.newest.phase == "in_review":
        raise IllegalMoveError(case.dossier.number, verb, "under review", ("return", "cancel"))
    require_route(case, event, (event.signer,))


def suspended(_: Case, event: Event) -> None:
    """Refuse to suspend the control settings: nothing could be decided without them."""
    if event.item == CONTROL:
        raise IllegalMoveError(CONTROL, "suspend", "what every library needs", ("revise",))


def resumed(case: Case, event: Event) -> None:
    """Check that another person ends a suspension than the one who began it."""
    before = case.revision.suspended
    if before and before.event.signer == event.signer:
        raise SeparationOfDutiesError(case.name, event.signer, did="suspended", cannot="resume")
