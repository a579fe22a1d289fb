"""Into force and out of it: release, periodic review, suspension, withdrawal, assignments."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

import click

from docctl.cli.cards import status_lines
from docctl.cli.door import answer, library, told_each
from docctl.cli.options import day, examples, number, number_of, numbers, reason, signing
from docctl.cli.printing import folded
from docctl.errors.meant import did_you_mean
from docctl.library import Library
from docctl.model.assignment import Assignments, Owner
from docctl.model.wellformed import well_formed


@signing(
    epilog=examples(
        "docctl release PRO-001",
        "docctl release PRO-001 WI-003 FRM-002 --effective 2026-12-01",
    )
)
@numbers
@day("--effective", "effective_on", about="The day from which to work by them; today if left out.")
def release(numbers: tuple[str, ...], effective_on: date | None) -> None:
    """Let approved revisions take effect: all that are named, or none.

    Their predecessors are superseded in the same moment.
    """
    released = library().release(*numbers, effective_on=effective_on)
    answer(released, (line for one in released for line in status_lines(one)))


@signing(epilog=examples('docctl postpone PRO-001 --effective 2027-01-15 --reason "Training"'))
@numbers
@day("--effective", "effective_on", required=True, about="The later day.")
@reason
def postpone(numbers: tuple[str, ...], effective_on: date, reason: str) -> None:
    """Let a scheduled revision of NUMBER take effect on a later day."""
    told_each(Library.postpone, numbers, effective_on=effective_on, reason=reason)


@signing(
    epilog=examples(
        'docctl periodic-review PRO-001 --reason "Read with the fitters; still right"',
        'docctl periodic-review WI-004 --outcome revise --reason "New test rig"',
    )
)
@numbers
@reason
@click.option(
    "--outcome",
    type=click.Choice(["keep", "revise", "withdraw"]),
    default="keep",
    show_default=True,
    help="What should become of it.",
)
@day("--next", "next_review_on", about="The next review, if not after the usual interval.")
def periodic_review(
    numbers: tuple[str, ...],
    reason: str,
    outcome: Literal["keep", "revise", "withdraw"],
    next_review_on: date | None,
) -> None:
    """State the outcome of a periodic review of NUMBER; its route then approves it.

    Only the owner does this. To revise or to withdraw is recorded as what should become of the
    document; go on with 'docctl revise' or 'docctl withdraw'.
    """
    told_each(
        Library.periodic_review,
        numbers,
        reason=reason,
        outcome=outcome,
        next_review_on=next_review_on,
    )


@signing(
    epilog=examples(
        'docctl suspend WI-004 --reason "A hose burst" --instruction "Stop; call the workshop"'
    )
)
@numbers
@reason
@click.option("--instruction", required=True, metavar="TEXT", help="What to do meanwhile.")
def suspend(numbers: tuple[str, ...], reason: str, instruction: str) -> None:
    """Stop work by NUMBER at once."""
    told_each(Library.suspend, numbers, reason=reason, instruction=instruction)


@signing(epilog=examples('docctl resume WI-004 --reason "The hoses were replaced"'))
@numbers
@reason
def resume(numbers: tuple[str, ...], reason: str) -> None:
    """Let NUMBER be followed again; somebody else than who suspended it."""
    told_each(Library.resume, numbers, reason=reason)


@signing(epilog=examples('docctl withdraw PRO-002 --reason "Merged" --replaced-by PRO-007'))
@numbers
@reason
@day("--from", "--effective", "from_on", about="The first day without it; today if left out.")
@click.option("--replaced-by", type=number_of, metavar="NUMBER", help="What to follow instead.")
def withdraw(
    numbers: tuple[str, ...], reason: str, from_on: date | None, replaced_by: str | None
) -> None:
    """Propose to take NUMBER out of use; its route then approves that."""
    told_each(Library.withdraw, numbers, reason=reason, from_on=from_on, replaced_by=replaced_by)


@signing(
    epilog=examples(
        'docctl assign PRO-001 owner="Workshop Manager" --reason "Reorganisation"',
        'docctl assign PRO-001 distribution="Workshop, Office" --reason "New office"',
        "docctl assign EXT-002 checked_on=2026-11-02 newer_edition= --reason Checked",
    )
)
@number
@click.argument("facts", nargs=-1, required=True, metavar="FIELD=VALUE...")
@reason
def assign(number: str, facts: tuple[str, ...], reason: str) -> None:
    """Change administrative facts of NUMBER; its text and revision stay.

    FIELD is owner, distribution, next_reviewer, location, newer_edition or checked_on. An owner
    is a function, or person:ID; a distribution is a list with commas.
    """
    changes = _assignments(facts)
    status = library().assign(number, changes, reason=reason)
    answer(status, folded([*status_lines(status), *_assigned(changes)]))


def _assigned(changes: Assignments) -> Iterator[str]:
    for name, value in changes:
        if value is not None:
            words = ", ".join(value) if isinstance(value, tuple) else value
            words = words.name if isinstance(words, Owner) else words
            yield f"  {name.replace('_', ' ')}: {words or 'none'}"


def _assignments(facts: tuple[str, ...]) -> Assignments:
    fields: dict[str, Any] = {}
    for fact in facts:
        name, sign, value = fact.partition("=")
        if not sign:
            raise click.UsageError(f"{fact!r} is not FIELD=VALUE, such as owner='Workshop Manager'")
        if name not in Assignments.model_fields:
            known = Assignments.model_fields
            hint = f"{did_you_mean(name, known)}fields: {', '.join(known)}"
            raise click.UsageError(f"there is no field {name!r} to assign; {hint}")
        fields[name] = _READERS.get(name, str)(value.strip())
    with well_formed():
        return Assignments.model_validate(fields)


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _owner(value: str) -> Owner:
    with well_formed():
        return Owner.parse(value)


#: Fields that are not plain texts, and how they are read.
_READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"owner": _owner, "distribution": _listed}
)
