"""Lists over the whole library: the register, what changed, what is due, what was found."""

from datetime import date

import click

from docctl.cli.cards import state_text
from docctl.cli.door import answer, library, table
from docctl.cli.options import day, examples, number, reading
from docctl.cli.printing import folded, lined, tell
from docctl.english import many
from docctl.model.answers.register import ChangeEntry, RegisterEntry, SearchHit
from docctl.model.lifecycle import State


@reading(
    epilog=examples(
        "docctl register", "docctl register --type procedure --state effective --as-of 2026-03-01"
    )
)
@day("--as-of", about="As it was at the end of a day; today if left out.")
@click.option("--type", "kind", metavar="TYPE", help="Only documents of this type.")
@click.option(
    "--state",
    type=click.Choice([one.value for one in State]),
    help="Only documents in this state, or with a revision in it on its way.",
)
@click.option("--function", metavar="TITLE", help="Only documents that this function owns.")
def register(as_of: date | None, kind: str | None, state: str | None, function: str | None) -> None:
    """Print the master list: every document with its revision, state and dates.

    On a terminal the table is fitted to its width. In a pipe columns are aligned by spaces, and
    every document is one line. For programs there is --json.
    """
    opened = library()
    entries = opened.register(
        as_of=as_of, type=kind, state=State(state) if state else None, function=function
    )
    if as_of and not entries:
        opened.authority(on=as_of)  # says when the library was founded, if that was later
    head = ("Number", "Title", "Rev", "State", "Effective", "Review due", "Owner", "On its way")
    answer(entries, lined(head, map(_row, entries)), nothing="no document fits")


def _row(one: RegisterEntry) -> tuple[str, ...]:
    due = f"{one.review_due_on or ''}{' late' if one.review_overdue else ''}"
    pending = f"{one.pending_revision} {state_text(one.pending_state)}" if one.pending_state else ""
    proposed = (one.proposal or "").replace("_", " ")
    leaving = f"withdrawn on {one.withdrawn_on}" if one.withdrawn_on else ""
    coming = (pending, proposed, "" if one.state is State.WITHDRAWN else leaving)
    effective = one.effective_on.isoformat() if one.effective_on else ""
    head = (one.number, one.title, one.revision, state_text(one.state))
    return (*head, effective, due, one.owner, "; ".join(filter(None, coming)))


@reading(epilog=examples("docctl where FRM-002"))
@number
def where(number: str) -> None:
    """List the documents that refer to NUMBER; of a form, how many records are made on it."""
    opened = library()
    found, made = opened.where(number), opened.record_count(form=number)
    rows = ((one.number, one.title, one.revision, state_text(one.state)) for one in found)
    answer(found, lined(("Number", "Title", "Rev", "State"), rows), nothing="nothing refers to it")
    if made:
        waiting = opened.record_count(form=number, where="status=open")
        records = many(made, "record")
        tell(f"{records} made on it, {waiting:,} open: docctl record list --form {number}")


@reading(
    epilog=examples(
        "docctl search calibration",
        "docctl search torque wrench",
        "docctl search '\"as it stands\"'",
    )
)
@click.argument("words", nargs=-1, required=True, metavar="TEXT...")
def search(words: tuple[str, ...]) -> None:
    """Find the documents whose text holds these words, best first; and records by identifier.

    All words must be there; each finds what begins with it, too. Words in quotation marks are
    found as they stand. Searched is what is in force, and where nothing is yet, the newest text.
    Of records their numbers and identifiers are searched, which stand in the history; for all that
    they say ask 'docctl record list --where'.
    """
    found = library().search(" ".join(words))
    lines = (
        line
        for one in found
        for line in (
            f"{one.number} {one.title} ({_found_in(one)}, {state_text(one.state)})",
            f"  {one.excerpt}",
        )
    )
    answer(found, folded(lines), nothing="not found in any text")


def _found_in(one: SearchHit) -> str:
    return f"revision {one.revision}" if one.kind == "document" else "a record"


@reading(epilog=examples("docctl changes --since 2026-11-01"))
@day("--since", required=True, about="The first day.")
@day("--until", about="The last day; today if left out.")
def changes(since: date, until: date | None) -> None:
    """List everything that happened since a day, oldest first.

    To documents, people and settings, and to records: captures, steps, amendments, closings, holds,
    disposals, and requests about personal data.
    """
    found = library().changes(since=since, until=until)
    head = ("Time (UTC)", "Item", "Rev", "What", "Who", "Reason")
    answer(found, table(head, map(_changed, found)), nothing="nothing happened")


def _changed(one: ChangeEntry) -> tuple[str, ...]:
    time, what = f"{one.time:%Y-%m-%d %H:%M}", one.type.replace("_", " ")
    return (time, one.item, one.revision or "", what, one.signer, one.reason)


@reading(epilog=examples("docctl due", "docctl due --on 2027-01-01"))
@day("--on", about="The day; today if left out.")
def due(on: date | None) -> None:
    """List what waits to be done, and who can do it.

    Reviews, signatures, releases and answers to comments; external documents whose edition must
    be looked up; exceptions that end; signatures that must be given again. Of records: those that
    are open and what they wait for, holds to look at again, disposals under way, requests about
    personal data, and classes of which something may go. A record is late when the day in the
    field 'due' of its form has passed.
    """
    found = library().due(on=on)
    rows = (
        (
            one.on.isoformat() if one.on else "",
            one.sentence,
            ", ".join(one.who),
        )
        for one in found
    )
    answer(found, table(("Day", "What", "Who"), rows), nothing="nothing is due")


@reading(epilog=examples("docctl exceptions"))
def exceptions() -> None:
    """List what every report must show.

    Exceptions granted and used, sole administrators, settings that nobody else approved, and
    signatures by keys that were declared suspect. Of records: those that are open and overdue, what
    was entered late, and what somebody entered for somebody else.
    """
    found = library().exceptions()
    answer(found, (f"{one.kind}: {one.sentence}" for one in found), nothing="no exceptions")
