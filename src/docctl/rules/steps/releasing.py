"""Guards of release and postponement: who, and from which day."""

from datetime import date

from docctl.errors import DateError, MissingApprovalError, NotAuthorisedError
from docctl.model import lifecycle as life
from docctl.model.control import CONTROL
from docctl.model.event import Event
from docctl.rules.standing import Standing
from docctl.rules.steps.case import Case, require_answers, require_votes


def released(case: Case, event: life.Released) -> None:
    """Check a release: the round is complete, all its votes are listed, its day is not past."""
    now = case.round
    standing = now.standing() if now else Standing((), ())
    if now is None or standing.missing:
        raise MissingApprovalError(
            case.name,
            standing.waiting_for() or ["submission"],
            next_verb=standing.next_verb() or "submit",
        )
    require_answers(case)
    _author_of_it(case, event)
    require_votes(case, event)
    _in_order(case, event, event.data.effective_on)


def postponed(case: Case, event: life.Postponed) -> None:
    """Check that a postponement names a later day."""
    _author_of_it(case, event)
    day, current = event.data.effective_on, case.revision.effective_on
    if current and day <= current:
        raise DateError(
            case.name,
            day,
            f"is not later than {current.isoformat()}",
            hint="to bring it forward, reopen and release it again",
        )
    _in_order(case, event, day)


def _author_of_it(case: Case, event: Event) -> None:
    if event.role == "author" and event.signer not in case.revision.editors:
        raise NotAuthorisedError(event.signer, f"is not an author of {case.name}")


def _in_order(case: Case, event: Event, day: date) -> None:
    if day < event.date:
        raise DateError(
            case.name, day, "lies in the past", hint="a revision takes effect today or later"
        )
    if event.item == CONTROL and day != event.date:
        raise DateError(case.name, day, "is not today; CONTROL takes effect at its release")
    here = case.dossier.revisions.index(case.revision)
    for index, other in enumerate(case.dossier.revisions):
        if other.effective_on is None or index == here:
            continue
        first, second = (other.effective_on, day) if index < here else (day, other.effective_on)
        if first > second:
            raise DateError(
                case.name,
                day,
                f"is out of order: revision {other.label} takes effect on "
                f"{other.effective_on.isoformat()}",
            )
